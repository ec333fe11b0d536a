/** Targets in the shape that a loss needs. */
import { CannotCompileError } from "../errors";
import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import { cast, unary } from "../ops/arithmetic";
import { reshapeTo } from "../ops/shape";
import type { LossCall } from "./loss-emitter";

/**
 * Returns the target in the prediction's shape. A list of numbers stands for a column, as in tfjs. Throws
 * a CannotCompileError where the shapes don't agree: broadcasting would give a loss, but a wrong one.
 */
export function alignedTarget({
  graph,
  prediction,
  target,
}: Pick<LossCall, "graph" | "prediction" | "target">): Value {
  if (agree(target.shape, prediction.shape)) return target;
  if (prediction.shape.at(-1) !== 1 || !agree(target.shape, prediction.shape.slice(0, -1))) {
    throw mismatch(target.shape, prediction.shape);
  }
  return asColumn(graph, target);
}

/** Adds a last axis of size 1, without a gradient. */
export function asColumn(graph: Graph, x: Value): Value {
  const attributes = { T: { type: DType.float32 }, Tdim: { type: DType.int32 } };
  const output = { dtype: DType.float32, shape: [...x.shape, 1] };
  return graph.one("ExpandDims", [x, graph.int(-1)], attributes, output);
}

/**
 * Returns the target as the numbers of classes, one for each row of the prediction's last axis: int32
 * [rows]. Throws a CannotCompileError where the shapes don't agree.
 */
export function classNumbers({ graph, prediction, target }: LossCall): Value {
  const rows = prediction.shape.slice(0, -1);
  if (!agree(target.shape, rows) && !agree(target.shape, [...rows, 1])) {
    throw mismatch(target.shape, [...rows, 1]);
  }
  const flat = target.shape.length === 1 ? target : reshapeTo(graph, target, [null]);
  return cast(graph, unary(graph, "Floor", flat), DType.int32);
}

function agree(a: Shape, b: Shape): boolean {
  return (
    a.length === b.length &&
    a.every((size, axis) => size === null || b[axis] === null || size === b[axis])
  );
}

function mismatch(target: Shape, expected: Shape): CannotCompileError {
  const [given, wanted] = [target, expected].map((shape) => shape.map((size) => size ?? "any"));
  return new CannotCompileError(`a target of shape [${given}]`, `the loss needs [${wanted}]`);
}
