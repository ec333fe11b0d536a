import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import { add, binary, multiply } from "../ops/arithmetic";
import { transpose } from "../ops/axes";
import { addBias } from "../ops/linear";
import {
  normalizeBatch,
  type Standardized,
  type Statistics,
  standardize,
  standardizeBy,
} from "../ops/normalization";
import { reshape } from "../ops/shape";
import type { LayerCall, LayerEmitter } from "./layer-emitter";

/**
 * The layer BatchNormalization. As in tfjs, a layer that is not trainable still normalises by the batch
 * and follows its averages while the model is trained.
 */
export const batchNormalization: LayerEmitter = (call, [input]) => {
  const { tape, config, refuse } = call;
  const x = input as Value;
  const rank = x.shape.length;
  const [axis] = positive([config.axis as number], rank) as [number];
  if (rank < 2 || rank > 4 || axis < 1 || axis >= rank) {
    return refuse(`axis ${config.axis} for an input of rank ${rank}`);
  }
  if (axis === rank - 1) return normalizeChannels(call, x);
  // Two axes change places, so that the same order leads there and back.
  const order = x.shape.map((_, place) => place);
  [order[axis], order[rank - 1]] = [rank - 1, axis];
  return transpose(tape, normalizeChannels(call, transpose(tape, x, order)), order);
};

/** Channels are the last axis. */
function normalizeChannels(call: LayerCall, x: Value): Value {
  const { training, weight } = call;
  const moving = { mean: weight("moving_mean"), variance: weight("moving_variance") };
  const normalize = x.shape.length === 4 ? normalizePictures : normalizeRows;
  const { y, mean, variance } = normalize(call, x, training ? undefined : moving);
  if (training) {
    follow(call, "moving_mean", mean);
    follow(call, "moving_variance", variance);
  }
  return y;
}

function normalizePictures(call: LayerCall, x: Value, fixed: Statistics | undefined): Standardized {
  const { tape, config, weight, hasWeight } = call;
  const channels = x.shape.at(-1) as number;
  const affine = {
    scale: hasWeight("gamma") ? weight("gamma") : filled(call, channels, 1),
    offset: hasWeight("beta") ? weight("beta") : filled(call, channels, 0),
    epsilon: config.epsilon as number,
  };
  return normalizeBatch(tape, x, affine, fixed);
}

function normalizeRows(call: LayerCall, x: Value, fixed: Statistics | undefined): Standardized {
  const { tape } = call;
  const epsilon = epsilonOf(call);
  const axes = x.shape.slice(1).map((_, axis) => axis);
  const { y, mean, variance } =
    fixed === undefined
      ? standardize(tape, x, { axes, epsilon, keepsAxes: false })
      : standardizeBy(tape, x, fixed, epsilon);
  return { y: scaleAndShift(call, y), mean, variance };
}

/** Lets a moving average go a part of the way to a value. */
function follow(call: LayerCall, name: string, value: Value): void {
  const { graph, config } = call;
  const share = call.hyperparameter("share", 1 - (config.momentum as number));
  // A layer that is used twice goes twice.
  const before = call.assigned(name);
  const way = binary(graph, "Mul", binary(graph, "Sub", before, value), share);
  call.assign(name, binary(graph, "Sub", before, way));
}

function filled({ graph }: LayerCall, size: number, value: number): Value {
  const data = new Float32Array(size).fill(value);
  return graph.constant({ dtype: DType.float32, shape: [size], data });
}

/** The layer LayerNormalization, over one axis or several. */
export const layerNormalization: LayerEmitter = (call, [input]) => {
  const { tape, config, weight, hasWeight } = call;
  const x = input as Value;
  const rank = x.shape.length;
  const axes = positive([config.axis as number | number[]].flat(), rank);
  if (!axes.every((axis) => axis > 0 && axis < rank)) {
    return call.refuse(`axis ${config.axis} for an input of rank ${rank}`);
  }
  const standard = standardize(tape, x, { axes, epsilon: epsilonOf(call), keepsAxes: true });
  if (axes.length === 1 && axes[0] === rank - 1) return scaleAndShift(call, standard.y);
  // As tfjs does it: the sizes in the order of the axes of x, whatever that of the option.
  const shape = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  const spread = (name: string) => reshape(tape, weight(name), shape.slice(Math.min(...axes)));
  const scaled = hasWeight("gamma") ? multiply(tape, standard.y, spread("gamma")) : standard.y;
  return hasWeight("beta") ? add(tape, scaled, spread("beta")) : scaled;
};

/** Multiplies by gamma and adds beta, where the layer has them, along the last axis. */
function scaleAndShift({ tape, weight, hasWeight }: LayerCall, x: Value): Value {
  const scaled = hasWeight("gamma") ? multiply(tape, x, weight("gamma")) : x;
  return hasWeight("beta") ? addBias(tape, scaled, weight("beta")) : scaled;
}

function epsilonOf({ config, hyperparameter }: LayerCall): Value {
  return hyperparameter("epsilon", config.epsilon as number);
}

/** Axes that are counted from the end, counted from the beginning. */
function positive(axes: readonly number[], rank: number): number[] {
  return axes.map((axis) => (axis < 0 ? axis + rank : axis));
}
