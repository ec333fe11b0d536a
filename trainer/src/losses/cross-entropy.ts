/**
 * Cross-entropies of classes that exclude each other. Of a softmax they are computed from its logits by
 * TensorFlow's own operations, as in Keras: exact where tfjs has run against the clipping of
 * probabilities. Other probabilities are divided by their sum and held within [1e-7, 1 - 1e-7], as tfjs
 * does.
 */
import { CannotCompileError } from "../errors";
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import { binary, divide } from "../ops/arithmetic";
import { sum } from "../ops/reductions";
import { reduce, reshape, reshapeBy, reshapeTo, shapeOf } from "../ops/shape";
import { calculator, EPSILON, pointwise } from "./calculator";
import type { LossCall, LossEmitter } from "./loss-emitter";
import { alignedTarget, asColumn, classNumbers } from "./target";

const FLOAT = { T: { type: DType.float32 } };

/** Categorical cross-entropy: targets are shares of the classes. */
export const categoricalCrossentropy: LossEmitter = (call) => {
  const { prediction, logits } = call;
  const target = alignedTarget(call);
  if (logits?.activation !== "softmax") return fromProbabilities(call, prediction, target);
  return fromLogits(call, logits.logits, (x) => {
    const { graph } = call;
    const shares = asRows(call, target);
    const { loss } = native(call, "SoftmaxCrossEntropyWithLogits", x, shares);
    // Not the operation's own gradient, which is right only for shares that sum to 1.
    const gradient = () => {
      const total = reduce(graph, "Sum", shares, [1], true);
      const expected = binary(graph, "Mul", asRows(call, prediction), total);
      return binary(graph, "Sub", expected, shares);
    };
    return { loss, gradient };
  });
};

/**
 * Categorical cross-entropy: targets are the numbers of classes. One that does not exist is an error where
 * there are logits, as in Keras, and no class otherwise, as in tfjs.
 */
export const sparseCategoricalCrossentropy: LossEmitter = (call) => {
  const { graph, prediction, logits } = call;
  const classes = classNumbers(call);
  if (logits?.activation === "softmax") {
    return fromLogits(call, logits.logits, (x) => {
      const op = "SparseSoftmaxCrossEntropyWithLogits";
      const { loss, gradient } = native(call, op, x, classes);
      return { loss, gradient: () => gradient };
    });
  }
  // tfjs clips before it divides by the sum, and again afterwards.
  const clipped = clip(call, prediction);
  const depth = prediction.shape.at(-1) ?? undefined;
  if (depth === undefined) throw new CannotCompileError("a loss", "the number of classes is open");
  const attributes = { ...FLOAT, TI: { type: DType.int32 }, axis: { int: -1 } };
  const inputs = [classes, graph.int(depth), graph.float(1), graph.float(0)];
  const rows = graph.one("OneHot", inputs, attributes, { ...prediction, shape: [null, depth] });
  const target = reshapeBy(graph, rows, shapeOf(graph, prediction), prediction.shape);
  return fromProbabilities(call, clipped, target);
};

/** `tf.losses.softmaxCrossEntropy`: the predictions are logits, targets are shares that sum to 1. */
export const softmaxCrossEntropy: LossEmitter = (call) =>
  fromLogits(call, call.prediction, (x) => {
    const shares = asRows(call, alignedTarget(call));
    const { loss, gradient } = native(call, "SoftmaxCrossEntropyWithLogits", x, shares);
    return { loss, gradient: () => gradient };
  });

/** What the operations on rows of logits return. */
interface RowLosses {
  /** [rows] */
  readonly loss: Value;
  /** The loss's gradient by the logits; [rows, classes]. */
  readonly gradient: () => Value;
}

/** The loss in the shape of the logits without their last axis. */
function fromLogits(call: LossCall, logits: Value, emit: (rows: Value) => RowLosses): Value {
  const { tape, graph } = call;
  const isMatrix = logits.shape.length === 2;
  const x = isMatrix ? logits : reshape(tape, logits, [null, logits.shape.at(-1) ?? null]);
  const { loss, gradient } = emit(x);
  tape.record([x], [loss], ([d]) => {
    if (!d) return [];
    return [binary(graph, "Mul", gradient(), asColumn(graph, d))];
  });
  if (isMatrix) return loss;
  const shaped = inShape(call, loss, logits);
  tape.record([loss], [shaped], ([d]) => [d && reshapeTo(graph, d, [null])]);
  return shaped;
}

/** Gives the losses of rows the shape of the logits without their last axis. */
function inShape({ graph }: LossCall, loss: Value, logits: Value): Value {
  const shape = logits.shape.slice(0, -1);
  const isOpen = shape.filter((size) => size === null).length > 1;
  if (!isOpen) return reshapeTo(graph, loss, shape);
  const like = reduce(graph, "Max", logits, [shape.length], false);
  return reshapeBy(graph, loss, shapeOf(graph, like), shape);
}

function native({ graph }: LossCall, op: string, logits: Value, labels: Value) {
  const types = labels.dtype === DType.int32 ? { ...FLOAT, Tlabels: { type: DType.int32 } } : FLOAT;
  const output = { dtype: DType.float32, shape: logits.shape.slice(0, -1) };
  const [loss, gradient] = graph.node(op, [logits, labels], types, [output, logits]);
  return { loss: loss as Value, gradient: gradient as Value };
}

function asRows({ graph }: LossCall, x: Value): Value {
  return x.shape.length === 2 ? x : reshapeTo(graph, x, [null, x.shape.at(-1) ?? null]);
}

function fromProbabilities(call: LossCall, prediction: Value, target: Value): Value {
  const { tape, graph } = call;
  const last = [prediction.shape.length - 1];
  const shares = clip(call, divide(tape, prediction, sum(tape, prediction, last, true)));
  const { multiply, log, negate, divide: over } = calculator(graph);
  const weight = negate(target);
  const each = pointwise(tape, shares, multiply(weight, log(shares)), () => over(weight, shares));
  return sum(tape, each, last, false);
}

function clip({ tape, graph }: LossCall, x: Value): Value {
  const { number, greatest, least, isWithin } = calculator(graph);
  const [low, high] = [number(EPSILON), number(1 - EPSILON)];
  return pointwise(tape, x, least(greatest(x, low), high), () => isWithin(x, low, high));
}
