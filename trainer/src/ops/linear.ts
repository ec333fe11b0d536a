/** Matrix products and biases. */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";

/** Which factors of a product are transposed first. */
interface Transposed {
  readonly a?: boolean;
  readonly b?: boolean;
}

/** Returns a · b of two matrices, without a gradient. */
export function product(graph: Graph, a: Value, b: Value, transposed: Transposed = {}): Value {
  const attributes = {
    T: { type: DType.float32 },
    transpose_a: { bool: transposed.a === true },
    transpose_b: { bool: transposed.b === true },
  };
  const rows = a.shape[transposed.a ? 1 : 0] ?? null;
  const columns = b.shape[transposed.b ? 0 : 1] ?? null;
  return graph.one("MatMul", [a, b], attributes, { dtype: DType.float32, shape: [rows, columns] });
}

/** Returns a · b of two matrices. */
export function matMul(tape: Tape, a: Value, b: Value): Value {
  const { graph } = tape;
  const result = product(graph, a, b);
  tape.record([a, b], [result], ([d], needed) => [
    needed[0] && d ? product(graph, d, b, { b: true }) : undefined,
    needed[1] && d ? product(graph, a, d, { a: true }) : undefined,
  ]);
  return result;
}

/** Adds a bias to each channel; channels are the last axis. */
export function addBias(tape: Tape, x: Value, bias: Value): Value {
  const { graph } = tape;
  const attributes = { T: { type: DType.float32 }, data_format: { string: "NHWC" } };
  const sum = graph.one("BiasAdd", [x, bias], attributes, x);
  tape.record([x, bias], [sum], ([d], needed) => [
    needed[0] ? d : undefined,
    needed[1] && d ? graph.one("BiasAddGrad", [d], attributes, bias) : undefined,
  ]);
  return sum;
}
