/** What the cells of recurrent layers share. They see time first: [steps, batch, features]. */
import { DType } from "../../graph/dtype";
import type { Graph, Value } from "../../graph/graph";
import type { Tape } from "../../graph/tape";
import { add, binary, compare, multiply, toFloat } from "../../ops/arithmetic";
import { addBias, matMul, product } from "../../ops/linear";
import { listed, zeros } from "../../ops/pieces";
import { reshape, reshapeBy, reshapeTo, sizeOf } from "../../ops/shape";
import { gateFunctionNamed, type StepFunction, stepFunctionNamed } from "../../ops/step-functions";
import { rowAt } from "../../ops/time-loop";
import type { LayerCall } from "../layer-emitter";

/** How many steps and samples there are, and how wide the state is. */
export interface CellSizes {
  readonly steps: number | Value;
  readonly batch: number | Value;
  readonly units: number;
}

/** A cell's weights; scaled, where the gates' functions leave that to be done before the loop. */
export interface CellWeights {
  readonly kernel: Value;
  readonly recurrent: Value;
  readonly bias: Value | undefined;
}

/** Reads the sizes of a sequence and of the cell's state. */
export function cellSizes(call: LayerCall, x: Value): CellSizes {
  const { graph } = call;
  return {
    steps: x.shape[0] ?? sizeOf(graph, x, 0),
    batch: x.shape[1] ?? sizeOf(graph, x, 1),
    units: call.config.units as number,
  };
}

/** The function that the configuration names so; what steps can't use is refused. */
export function functionOf(
  call: LayerCall,
  key: "activation" | "recurrentActivation",
): StepFunction {
  const name = call.config[key] ?? "linear";
  const isGate = key === "recurrentActivation";
  const named =
    typeof name === "string" ? (isGate ? gateFunctionNamed : stepFunctionNamed)(name) : undefined;
  return named ?? call.refuse(`its ${key} ${String(name)} can't be used in steps`);
}

/** The cell's weights for gates with these functions, in the order of the kernel's columns. */
export function cellWeights(call: LayerCall, gates: readonly StepFunction[]): CellWeights {
  const { tape, graph } = call;
  const units = call.config.units as number;
  const kernel = call.weight("kernel");
  const recurrent = call.weight("recurrent_kernel");
  const bias = call.hasWeight("bias") ? call.weight("bias") : undefined;
  if (gates.every(({ scale, shift }) => scale === 1 && shift === 0))
    return { kernel, recurrent, bias };
  const row = (of: (gate: StepFunction) => number) => {
    const data = Float32Array.from(gates.flatMap((gate) => Array(units).fill(of(gate))));
    return graph.constant({ dtype: DType.float32, shape: [data.length], data });
  };
  const scale = row((gate) => gate.scale);
  const shift = row((gate) => gate.shift);
  return {
    kernel: multiply(tape, kernel, scale),
    recurrent: multiply(tape, recurrent, scale),
    bias: bias === undefined ? shift : add(tape, multiply(tape, bias, scale), shift),
  };
}

/** The input's part of all gates: x · kernel + bias, for all steps at once. */
export function projected(tape: Tape, x: Value, { kernel, bias }: CellWeights): Value {
  const { graph } = tape;
  const [inputs, width] = kernel.shape as readonly [number, number];
  const flat = matMul(tape, reshape(tape, x, [null, inputs]), kernel);
  const sum = bias === undefined ? flat : addBias(tape, flat, bias);
  const [known = null] = x.shape;
  const steps = known ?? sizeOf(graph, x, 0);
  const shape = [known, x.shape[1] ?? null, width];
  const result = reshapeBy(graph, sum, listed(graph, [steps, -1, width]), shape);
  tape.record([sum], [result], ([d]) => [d && flatRows(graph, d)]);
  return result;
}

/** A state: the one that is given, or zeros. */
export function initialState(call: LayerCall, { batch, units }: CellSizes, given?: Value): Value {
  if (given !== undefined) return given;
  return zeros(call.graph, listed(call.graph, [batch, units]), [sizeIf(batch), units]);
}

/** The input with tfjs's dropout: one mask for all steps of a sequence. */
export function droppedInput(call: LayerCall, x: Value): Value {
  const width = x.shape[2] as number;
  const mask = dropoutMask(call, "dropout", cellSizes(call, x).batch, width);
  return mask === undefined ? x : multiply(call.tape, x, mask);
}

/** What the state before each step is multiplied with; undefined where nothing is dropped. */
export function recurrentMask(call: LayerCall, { batch, units }: CellSizes): Value | undefined {
  return dropoutMask(call, "recurrentDropout", batch, units);
}

function dropoutMask(
  call: LayerCall,
  name: "dropout" | "recurrentDropout",
  batch: number | Value,
  width: number,
): Value | undefined {
  const { graph } = call;
  const rate = call.config[name];
  // tfjs drops nothing at a rate of 1.
  if (!call.training || typeof rate !== "number" || rate <= 0 || rate >= 1) return undefined;
  if (Reflect.get(call.layer, "dropoutFunc")) call.refuse("it has a dropoutFunc of its own");
  const fed = call.hyperparameter(name, rate);
  const random = call.random(listed(graph, [batch, width]), { shape: [sizeIf(batch), width] });
  const kept = toFloat(graph, compare(graph, "GreaterEqual", random, fed));
  return binary(graph, "RealDiv", kept, binary(graph, "Sub", graph.float(1), fed));
}

/** The rows of all steps under each other: [steps · batch, width]. */
function flatRows(graph: Graph, rows: Value): Value {
  return reshapeTo(graph, rows, [null, rows.shape[2] as number]);
}

/** The gradient of a matrix with which all steps have multiplied. */
export function matrixGradient(graph: Graph, left: Value, gradient: Value): Value {
  return product(graph, flatRows(graph, left), flatRows(graph, gradient), { a: true });
}

/** The gradient of each step's output, from those of the sequence and of the last output. */
export function outputGradients(
  graph: Graph,
  sequence: Value | undefined,
  last: Value | undefined,
  { steps, batch, units }: CellSizes,
): Value {
  const shape = [sizeIf(steps), sizeIf(batch), units];
  if (last === undefined) {
    return sequence ?? zeros(graph, listed(graph, [steps, batch, units]), shape);
  }
  const row = reshapeBy(graph, last, listed(graph, [1, -1, units]), [1, sizeIf(batch), units]);
  const before = typeof steps === "number" ? steps - 1 : binary(graph, "Sub", steps, graph.int(1));
  const none = graph.ints([0, 0]);
  const margins = graph.one(
    "Pack",
    [listed(graph, [before, 0]), none, none],
    { N: { int: 3 }, T: { type: DType.int32 }, axis: { int: 0 } },
    { dtype: DType.int32, shape: [3, 2] },
  );
  const attributes = { T: { type: DType.float32 }, Tpaddings: { type: DType.int32 } };
  const padded = graph.one("Pad", [row, margins], attributes, { dtype: DType.float32, shape });
  return sequence === undefined ? padded : binary(graph, "AddV2", padded, sequence);
}

/** The state after the last step, of those after all. */
export function lastState(graph: Graph, states: Value, { steps }: CellSizes): Value {
  const one = graph.int(1);
  return rowAt(
    graph,
    states,
    typeof steps === "number" ? graph.int(steps - 1) : binary(graph, "Sub", steps, one),
  );
}

/** A size as a shape says it. */
export function sizeIf(size: number | Value): number | null {
  return typeof size === "number" ? size : null;
}
