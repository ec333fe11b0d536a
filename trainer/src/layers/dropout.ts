/** Layers that disturb what they are given while a model is trained, and pass it on otherwise. */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import { select } from "../ops/activations";
import { add, binary, compare, multiply, toFloat } from "../ops/arithmetic";
import { isKnown, shapeOf, sizeOf } from "../ops/shape";
import type { LayerCall, LayerEmitter } from "./layer-emitter";

/** The layer Dropout. */
export const dropout: LayerEmitter = (call, [x]) => {
  const shape = call.config.noiseShape as readonly (number | null)[] | null | undefined;
  return drop(call, x as Value, noiseShape(call, x as Value, shape));
};

/** The layer SpatialDropout1D: drops a channel in all of a series or not at all. */
export const spatialDropout1d: LayerEmitter = (call, [x]) =>
  drop(call, x as Value, noiseShape(call, x as Value, [null, 1, null]));

function drop(call: LayerCall, x: Value, shape: Value["shape"]): Value {
  const { tape, graph } = call;
  const rate = effectiveRate(call);
  if (rate === undefined) return x;
  const kept = toFloat(graph, keeps(call, x, shape, rate));
  const scale = call.hyperparameter("scale", 1 / (1 - rate));
  return multiply(tape, x, binary(graph, "Mul", kept, scale));
}

/** The layer AlphaDropout: what it drops becomes what selu tends to, and mean and variance stay. */
export const alphaDropout: LayerEmitter = (call, [input]) => {
  const { tape, graph } = call;
  const x = input as Value;
  const rate = effectiveRate(call);
  if (rate === undefined) return x;
  // The configuration leaves it out.
  const given = Reflect.get(call.layer, "noiseShape") as readonly number[] | undefined;
  const kept = keeps(call, x, noiseShape(call, x, given), rate);
  const factor = ((1 - rate) * (1 + rate * SELU_LEAST ** 2)) ** -0.5;
  const scale = call.hyperparameter("scale", factor);
  const shift = call.hyperparameter("shift", -factor * SELU_LEAST * rate);
  const chosen = select(graph, kept, x, graph.float(SELU_LEAST));
  const y = binary(graph, "AddV2", binary(graph, "Mul", chosen, scale), shift);
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    return [binary(graph, "Mul", d, binary(graph, "Mul", toFloat(graph, kept), scale))];
  });
  return y;
};

/** The limit of selu to the left. */
const SELU_LEAST = -1.6732632423543772 * 1.0507009873554805;

/** The layer GaussianNoise: adds normal noise. */
export const gaussianNoise: LayerEmitter = (call, [input]) => {
  const x = input as Value;
  if (!call.training) return x;
  const deviation = call.hyperparameter("stddev", call.config.stddev as number);
  return add(call.tape, x, noise(call, x, deviation));
};

/** The layer GaussianDropout: multiplies by normal noise around 1. */
export const gaussianDropout: LayerEmitter = (call, [input]) => {
  const x = input as Value;
  const rate = effectiveRate(call);
  if (rate === undefined) return x;
  const deviation = call.hyperparameter("deviation", Math.sqrt(rate / (1 - rate)));
  const factor = binary(call.graph, "AddV2", noise(call, x, deviation), call.graph.float(1));
  return multiply(call.tape, x, factor);
};

/** Normal noise with mean 0. */
function noise(call: LayerCall, x: Value, deviation: Value): Value {
  const { graph } = call;
  const normal = call.random(shapeOf(graph, x), x, { distribution: "normal" });
  return binary(graph, "Mul", normal, deviation);
}

/** The rate where it has an effect: in training, and, as in tfjs, if it is between 0 and 1. */
function effectiveRate({ training, config }: LayerCall): number | undefined {
  const rate = config.rate as number;
  return training && rate > 0 && rate < 1 ? rate : undefined;
}

/** Truth values, of which a share of 1 - rate is true. */
function keeps(call: LayerCall, x: Value, shape: Value["shape"], rate: number): Value {
  const { graph } = call;
  const seed = (call.config.seed ?? undefined) as number | undefined;
  const uniform = call.random(sizes(graph, x, shape), { shape }, { seed });
  return compare(graph, "GreaterEqual", uniform, call.hyperparameter("rate", rate));
}

/** The shape of the noise: that of x, where the option gives no sizes of 1. */
function noiseShape(
  call: LayerCall,
  x: Value,
  option: readonly (number | null)[] | null | undefined,
): Value["shape"] {
  if (option === null || option === undefined) return x.shape;
  const fits = (size: number | null, axis: number) =>
    size === null || size === 1 || size === x.shape[axis];
  if (option.length !== x.shape.length || !option.every(fits)) {
    return call.refuse(`noiseShape [${option}] for an input of the shape [${x.shape}]`);
  }
  return option.map((size, axis) => size ?? (x.shape[axis] as number | null));
}

/** Sizes as a list; the unknown ones are those of x. */
function sizes(graph: Graph, x: Value, shape: Value["shape"]): Value {
  if (isKnown(shape)) return graph.ints(shape);
  if (shape.every((size, axis) => size === x.shape[axis])) return shapeOf(graph, x);
  const parts = shape.map((size, axis) =>
    size === null ? sizeOf(graph, x, axis) : graph.int(size),
  );
  const attributes = { N: { int: parts.length }, T: { type: DType.int32 }, axis: { int: 0 } };
  return graph.one("Pack", parts, attributes, { dtype: DType.int32, shape: [parts.length] });
}
