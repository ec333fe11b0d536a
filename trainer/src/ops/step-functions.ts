/** Activation functions as the steps of a loop use them: few nodes in the loop, derivatives outside. */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import { Tape } from "../graph/tape";
import { activationNamed } from "./activations";
import { compare, toFloat, unary } from "./arithmetic";

/** An activation function of scale · x + shift, which is to be computed before the loop. */
export interface StepFunction {
  readonly scale: number;
  readonly shift: number;
  /** The function's value, without a gradient. */
  readonly apply: (graph: Graph, x: Value) => Value;
  /** The derivative by what `apply` takes, of which `y` is the result. */
  readonly derivative: (graph: Graph, x: Value, y: Value) => Value;
}

const LINEAR = { scale: 1, shift: 0 };

const identity: StepFunction = {
  ...LINEAR,
  apply: (_graph, x) => x,
  derivative: (graph, x) => unary(graph, "OnesLike", x),
};

/** tfjs's: 0.2 · x + 0.5 between 0 and 1; its gradient is there at the bounds too. */
const hardSigmoid: StepFunction = {
  scale: 0.2,
  shift: 0.5,
  apply(graph, x) {
    const type = { T: { type: DType.float32 } };
    return graph.one("ClipByValue", [x, graph.float(0), graph.float(1)], type, x);
  },
  derivative: (graph, x, y) => toFloat(graph, compare(graph, "Equal", x, y)),
};

/** Activations that need all elements of a row. */
const WHOLE_ROWS = new Set(["softmax", "logSoftmax"]);

/** Returns the activation function that tfjs calls so; undefined where steps can't use it. */
export function stepFunctionNamed(name: string): StepFunction | undefined {
  if (name === "linear") return identity;
  if (WHOLE_ROWS.has(name)) return undefined;
  const activation = activationNamed(name);
  if (activation === undefined) return undefined;
  return {
    ...LINEAR,
    apply: (graph, x) => activation(new Tape(graph), x),
    derivative(graph, x) {
      const tape = new Tape(graph);
      const value = activation(tape, x);
      const [slope] = tape.gradients([{ value, gradient: unary(graph, "OnesLike", x) }], [x]);
      return slope ?? unary(graph, "ZerosLike", x);
    },
  };
}

/** The same for gates, where tfjs's default, hardSigmoid, is a single operation but for scale and shift. */
export function gateFunctionNamed(name: string): StepFunction | undefined {
  return name === "hardSigmoid" ? hardSigmoid : stepFunctionNamed(name);
}
