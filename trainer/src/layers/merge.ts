/** Layers that make one tensor of several. */
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { add, maximum, minimum, multiply } from "../ops/arithmetic";
import { dropAxis, expandAxis } from "../ops/axes";
import { batchProduct, concatenate } from "../ops/joining";
import { unitLength } from "../ops/normalization";
import { sum } from "../ops/reductions";
import type { LayerCall, LayerEmitter } from "./layer-emitter";

/** Merges element by element, one after the other. */
function elementwise(merge: (tape: Tape, a: Value, b: Value) => Value): LayerEmitter {
  return ({ tape }, inputs) =>
    sameRank(tape, inputs).reduce((merged, input) => merge(tape, merged, input));
}

/** The layer Add. */
export const addLayer = elementwise(add);

/** The layer Multiply. */
export const multiplyLayer = elementwise(multiply);

/** The layer Maximum. */
export const maximumLayer = elementwise(maximum);

/** The layer Minimum. */
export const minimumLayer = elementwise(minimum);

/** The layer Average. */
export const averageLayer: LayerEmitter = (call, inputs) => {
  const total = addLayer(call, inputs) as Value;
  return multiply(call.tape, total, call.graph.float(1 / inputs.length));
};

/** As tfjs does it: axes of size 1 after the first, until all have as many. */
function sameRank(tape: Tape, inputs: readonly Value[]): Value[] {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  return inputs.map((input) => {
    let expanded = input;
    while (expanded.shape.length < rank) expanded = expandAxis(tape, expanded, 1);
    return expanded;
  });
}

/** The layer Concatenate. */
export const concatenateLayer: LayerEmitter = (call, inputs) => {
  const given = call.config.axis as number;
  const rank = (inputs[0] as Value).shape.length;
  const axis = given === -1 ? rank - 1 : given;
  // Negative axes other than -1 are not what they seem in tfjs: it takes the last one.
  if (axis < 1 || axis >= rank) call.refuse(`axis ${given} for inputs of rank ${rank}`);
  return concatenate(call.tape, inputs, axis);
};

/** The layer Dot: products of two inputs' matrices or vectors, sample by sample. */
export const dotLayer: LayerEmitter = (call, inputs) => {
  const { tape } = call;
  const option = call.config.axes as number | readonly [number, number];
  const [first, second] = inputs.map((input, index) => {
    const rank = input.shape.length;
    const given = typeof option === "number" ? option : (option[index] as number);
    const axis = given < 0 ? given + rank : given;
    if (axis < 1 || axis >= rank || rank > 3) {
      call.refuse(`axes ${option} for an input of rank ${rank}`);
    }
    return factor(call, input, axis);
  }) as [Factor, Factor];
  if (first.isVector && second.isVector) {
    return sum(tape, multiply(tape, first.value, second.value), [1], true);
  }
  const a = first.isVector ? expandAxis(tape, first.value, 2) : first.value;
  const b = second.isVector ? expandAxis(tape, second.value, 2) : second.value;
  const transposed = { a: first.axis !== 2, b: second.axis === 2 };
  const product = batchProduct(tape, a, b, transposed);
  if (first.isVector) return dropAxis(tape, product, 1);
  return second.isVector ? dropAxis(tape, product, 2) : product;
};

interface Factor {
  readonly value: Value;
  /** The axis over which is summed. */
  readonly axis: number;
  /** Whether a sample is a vector, otherwise a matrix. */
  readonly isVector: boolean;
}

/** What tfjs takes at least for the square of a length. */
const EPSILON = 1e-7;

function factor({ tape, config }: LayerCall, input: Value, axis: number): Factor {
  const value = config.normalize === true ? unitLength(tape, input, axis, EPSILON) : input;
  return { value, axis, isVector: input.shape.length === 2 };
}
