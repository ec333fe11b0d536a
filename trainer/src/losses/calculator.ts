import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { binary, compare, toFloat, unary } from "../ops/arithmetic";

/** tfjs's `epsilon()`: what probabilities and divisors are kept away from 0 by. */
export const EPSILON = 1e-7;

/** Returns the arithmetic that losses are written with: element by element, without gradients. */
export function calculator(graph: Graph) {
  const two = (op: string) => (a: Value, b: Value) => binary(graph, op, a, b);
  const one = (op: string) => (x: Value) => unary(graph, op, x);
  const number = (value: number) => graph.float(value);
  const all = (a: Value, b: Value) =>
    graph.one("LogicalAnd", [a, b], {}, { dtype: a.dtype, shape: a.shape });
  return {
    number,
    add: two("AddV2"),
    subtract: two("Sub"),
    multiply: two("Mul"),
    divide: two("RealDiv"),
    greatest: two("Maximum"),
    least: two("Minimum"),
    abs: one("Abs"),
    log: one("Log"),
    negate: one("Neg"),
    relu: one("Relu"),
    softplus: one("Softplus"),
    square: one("Square"),
    tanh: one("Tanh"),
    /** 1 where a > b, 0 elsewhere. */
    isGreater: (a: Value, b: Value) => toFloat(graph, compare(graph, "Greater", a, b)),
    /** 1 where x lies between the two, or is one of them; 0 elsewhere. */
    isWithin: (x: Value, low: Value, high: Value) => {
      const isAbove = compare(graph, "GreaterEqual", x, low);
      return toFloat(graph, all(isAbove, compare(graph, "LessEqual", x, high)));
    },
    /** The slope of |x|: 1 where x is positive and -1 elsewhere, at 0 too, as tfjs has it. */
    slopeOfAbs: (x: Value) => {
      const isPositive = compare(graph, "Greater", x, number(0));
      const attributes = { T: { type: x.dtype } };
      return graph.one("SelectV2", [isPositive, number(1), number(-1)], attributes, x);
    },
  };
}

/** Tells the tape that `value` is a function of each element of `x`, with that slope there. */
export function pointwise(tape: Tape, x: Value, value: Value, slope: () => Value): Value {
  tape.record([x], [value], ([d]) => [d && binary(tape.graph, "Mul", d, slope())]);
  return value;
}
