/** Element by element, with TensorFlow's broadcasting. */
import type { Attributes, Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { reshapeLike, sumAxes } from "./shape";

/** Returns a + b. */
export function add(tape: Tape, a: Value, b: Value): Value {
  const sum = binary(tape.graph, "AddV2", a, b);
  tape.record([a, b], [sum], ([d], needed) => [
    needed[0] && d ? unbroadcast(tape.graph, d, a) : undefined,
    needed[1] && d ? unbroadcast(tape.graph, d, b) : undefined,
  ]);
  return sum;
}

/** Returns a - b. */
export function subtract(tape: Tape, a: Value, b: Value): Value {
  const { graph } = tape;
  const difference = binary(graph, "Sub", a, b);
  tape.record([a, b], [difference], ([d], needed) => [
    needed[0] && d ? unbroadcast(graph, d, a) : undefined,
    needed[1] && d ? unbroadcast(graph, unary(graph, "Neg", d), b) : undefined,
  ]);
  return difference;
}

/** Returns a · b, element by element. */
export function multiply(tape: Tape, a: Value, b: Value): Value {
  const { graph } = tape;
  const product = binary(graph, "Mul", a, b);
  tape.record([a, b], [product], ([d], needed) => [
    needed[0] && d ? unbroadcast(graph, binary(graph, "Mul", d, b), a) : undefined,
    needed[1] && d ? unbroadcast(graph, binary(graph, "Mul", d, a), b) : undefined,
  ]);
  return product;
}

/** Returns a / b, element by element. */
export function divide(tape: Tape, a: Value, b: Value): Value {
  const { graph } = tape;
  const quotient = binary(graph, "RealDiv", a, b);
  tape.record([a, b], [quotient], ([d], needed) => {
    if (!d) return [];
    const byB = binary(graph, "RealDiv", d, b);
    const minus = () => unary(graph, "Neg", binary(graph, "Mul", byB, quotient));
    return [
      needed[0] ? unbroadcast(graph, byB, a) : undefined,
      needed[1] ? unbroadcast(graph, minus(), b) : undefined,
    ];
  });
  return quotient;
}

/** Returns the greater of a and b; where they are equal, the gradient goes to a. */
export function maximum(tape: Tape, a: Value, b: Value): Value {
  return choose(tape, "Maximum", "GreaterEqual", a, b);
}

/** Returns the smaller of a and b; where they are equal, the gradient goes to a. */
export function minimum(tape: Tape, a: Value, b: Value): Value {
  return choose(tape, "Minimum", "LessEqual", a, b);
}

function choose(tape: Tape, op: string, comparison: string, a: Value, b: Value): Value {
  const { graph } = tape;
  const chosen = binary(graph, op, a, b);
  tape.record([a, b], [chosen], ([d], needed) => {
    if (!d) return [];
    const isA = toFloat(graph, compare(graph, comparison, a, b));
    const forA = binary(graph, "Mul", d, isA);
    return [
      needed[0] ? unbroadcast(graph, forA, a) : undefined,
      needed[1] ? unbroadcast(graph, binary(graph, "Sub", d, forA), b) : undefined,
    ];
  });
  return chosen;
}

/** An operation on two tensors of one type, without a gradient. */
export function binary(graph: Graph, op: string, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape);
  return graph.one(op, [a, b], { T: { type: a.dtype } }, { dtype: a.dtype, shape });
}

/** An operation on one tensor that keeps type and shape, without a gradient. */
export function unary(graph: Graph, op: string, x: Value, attributes: Attributes = {}): Value {
  return graph.one(op, [x], { T: { type: x.dtype }, ...attributes }, x);
}

/** A comparison: truth values. */
export function compare(graph: Graph, op: string, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape);
  return graph.one(op, [a, b], { T: { type: a.dtype } }, { dtype: DType.bool, shape });
}

/** Returns the tensor as another type. */
export function cast(graph: Graph, x: Value, dtype: DType): Value {
  if (x.dtype === dtype) return x;
  const attributes = { SrcT: { type: x.dtype }, DstT: { type: dtype }, Truncate: { bool: false } };
  return graph.one("Cast", [x], attributes, { dtype, shape: x.shape });
}

/** Truth values as 0 and 1, and whole numbers as they are. */
export function toFloat(graph: Graph, x: Value): Value {
  return cast(graph, x, DType.float32);
}

/** The shape of what has been broadcast from two. Throws a RangeError where they don't go together. */
function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = at(a, rank, axis);
    const y = at(b, rank, axis);
    if (x === 1) return y;
    if (y === 1) return x;
    if (x === null) return y;
    if (y === null || x === y) return x;
    throw new RangeError(`shapes [${a}] and [${b}] can't be broadcast together`);
  });
}

/** Sums a gradient over the axes along which its value was broadcast. */
export function unbroadcast(graph: Graph, gradient: Value, value: Value): Value {
  const rank = gradient.shape.length;
  const axes = gradient.shape.flatMap((size, axis) => {
    const before = at(value.shape, rank, axis);
    const isNew = axis < rank - value.shape.length;
    return isNew || (before === 1 && size !== 1) ? [axis] : [];
  });
  if (axes.length === 0) return gradient;
  return reshapeLike(graph, sumAxes(graph, gradient, axes, false), value);
}

function at(shape: Shape, rank: number, axis: number): number | null {
  const own = axis - (rank - shape.length);
  return own < 0 ? 1 : (shape[own] ?? null);
}
