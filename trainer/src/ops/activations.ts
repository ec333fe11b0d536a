/** Activation functions, by the names that tfjs gives them. */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { binary, compare, multiply, unary } from "./arithmetic";
import { gelu, geluNew } from "./gelu";
import { reduce } from "./shape";

/** Writes an activation function; with gradient. */
export type Activation = (tape: Tape, x: Value) => Value;

/** Returns max(x, 0). */
export const relu = byOutput("Relu", "ReluGrad");

/** Returns min(max(x, 0), 6). */
export const relu6 = byOutput("Relu6", "Relu6Grad");

/** Returns x where it is positive, otherwise exp(x) - 1. */
export const elu = byOutput("Elu", "EluGrad");

const selu = byOutput("Selu", "SeluGrad");
const softplus = byInput("Softplus", "SoftplusGrad");
const softsign = byInput("Softsign", "SoftsignGrad");

/** Returns the logistic function of x. */
function sigmoid(tape: Tape, x: Value): Value {
  const y = unary(tape.graph, "Sigmoid", x);
  tape.noteLogits(y, { activation: "sigmoid", logits: x });
  tape.record([x], [y], ([d]) => [d && gradientBy(tape.graph, "SigmoidGrad", y, d)]);
  return y;
}

/** Returns the hyperbolic tangent of x. */
function tanh(tape: Tape, x: Value): Value {
  const y = unary(tape.graph, "Tanh", x);
  tape.record([x], [y], ([d]) => [d && gradientBy(tape.graph, "TanhGrad", y, d)]);
  return y;
}

/** Returns the softmax of x over the given axes, by default the last one. */
export function softmax(tape: Tape, x: Value, axes: readonly number[] = [lastAxis(x)]): Value {
  const { graph } = tape;
  const isNative = axes.length === 1 && axes[0] === lastAxis(x);
  const y = isNative ? unary(graph, "Softmax", x) : softmaxOver(graph, x, axes);
  if (isNative) tape.noteLogits(y, { activation: "softmax", logits: x });
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    const sum = reduce(graph, "Sum", binary(graph, "Mul", d, y), axes, true);
    return [binary(graph, "Mul", binary(graph, "Sub", d, sum), y)];
  });
  return y;
}

/** TensorFlow's own takes the last axis only. */
function softmaxOver(graph: Graph, x: Value, axes: readonly number[]): Value {
  const shifted = binary(graph, "Sub", x, reduce(graph, "Max", x, axes, true));
  const powers = unary(graph, "Exp", shifted);
  return binary(graph, "RealDiv", powers, reduce(graph, "Sum", powers, axes, true));
}

function logSoftmax(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const attributes = { T: { type: DType.float32 } };
  const y = graph.one("LogSoftmax", [x], attributes, x);
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    const sum = reduce(graph, "Sum", d, [lastAxis(x)], true);
    return [binary(graph, "Sub", d, binary(graph, "Mul", unary(graph, "Exp", y), sum))];
  });
  return y;
}

/** tfjs's own slope: 0.2 x + 0.5 between 0 and 1. */
function hardSigmoid(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const [slope, half] = [graph.float(0.2), graph.float(0.5)];
  const line = binary(graph, "AddV2", binary(graph, "Mul", x, slope), half);
  const limits = [line, graph.float(0), graph.float(1)];
  const y = graph.one("ClipByValue", limits, { T: { type: DType.float32 } }, x);
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    const inner = select(graph, compare(graph, "Equal", line, y), d, graph.float(0));
    return [binary(graph, "Mul", inner, slope)];
  });
  return y;
}

/** Returns x where it is positive, otherwise alpha · x, with a slope that is known before the run. */
export function leakyRelu(tape: Tape, x: Value, alpha: number): Value {
  const { graph } = tape;
  const attributes = { T: { type: DType.float32 }, alpha: { float: alpha } };
  const y = graph.one("LeakyRelu", [x], attributes, x);
  tape.record([x], [y], ([d]) => [d && graph.one("LeakyReluGrad", [d, x], attributes, x)]);
  return y;
}

/** Elements of `a` where the truth value holds, of `b` elsewhere; no gradient. */
export function select(graph: Graph, condition: Value, a: Value, b: Value): Value {
  return graph.one("SelectV2", [condition, a, b], { T: { type: a.dtype } }, a);
}

/** The gradient follows from the output. */
function byOutput(op: string, gradient: string): Activation {
  return (tape, x) => {
    const y = unary(tape.graph, op, x);
    tape.record([x], [y], ([d]) => [d && gradientBy(tape.graph, gradient, d, y)]);
    return y;
  };
}

/** The gradient follows from the input. */
function byInput(op: string, gradient: string): Activation {
  return (tape, x) => {
    const y = unary(tape.graph, op, x);
    tape.record([x], [y], ([d]) => [d && gradientBy(tape.graph, gradient, d, x)]);
    return y;
  };
}

function gradientBy(graph: Graph, op: string, a: Value, b: Value): Value {
  return graph.one(op, [a, b], { T: { type: DType.float32 } }, a);
}

function lastAxis(x: Value): number {
  return x.shape.length - 1;
}

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  elu,
  gelu,
  gelu_new: geluNew,
  hardSigmoid,
  linear: (_tape, x) => x,
  logSoftmax,
  mish: (tape, x) => multiply(tape, x, tanh(tape, softplus(tape, x))),
  relu,
  relu6,
  selu,
  sigmoid,
  softmax: (tape, x) => softmax(tape, x),
  softplus,
  softsign,
  swish: (tape, x) => multiply(tape, x, sigmoid(tape, x)),
  tanh,
};

/** Returns the activation function that tfjs calls so; undefined for one that is not known. */
export function activationNamed(name: string): Activation | undefined {
  return Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
}
