/** Tensors joined along an axis, rows looked up in tables, products of batches of matrices. */
import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { isKnown, sizeOf } from "./shape";

/** Joins tensors along an axis. */
export function concatenate(tape: Tape, parts: readonly Value[], axis: number): Value {
  const { graph } = tape;
  const [first] = parts as readonly [Value, ...Value[]];
  const along: Shape = parts.map(({ shape }) => shape[axis] ?? null);
  const size = isKnown(along) ? along.reduce((sum, part) => sum + part) : null;
  const output = { dtype: first.dtype, shape: first.shape.with(axis, size) };
  const place = graph.int(axis);
  const [T, count] = [{ type: first.dtype }, { int: parts.length }];
  const joined = graph.one(
    "ConcatV2",
    [...parts, place],
    { T, N: count, Tidx: { type: DType.int32 } },
    output,
  );
  tape.record(parts, [joined], ([d]) => {
    if (!d) return [];
    const attributes = { T, Tlen: { type: DType.int32 }, num_split: count };
    return graph.node("SplitV", [d, sizesAlong(graph, parts, axis), place], attributes, parts);
  });
  return joined;
}

function sizesAlong(graph: Graph, parts: readonly Value[], axis: number): Value {
  const along: Shape = parts.map(({ shape }) => shape[axis] ?? null);
  if (isKnown(along)) return graph.ints(along);
  const sizes = parts.map((part) => sizeOf(graph, part, axis));
  const attributes = { N: { int: sizes.length }, T: { type: DType.int32 }, axis: { int: 0 } };
  return graph.one("Pack", sizes, attributes, { dtype: DType.int32, shape: [sizes.length] });
}

/** The rows of a table with these numbers, which may have any shape; TensorFlow refuses ones outside. */
export function lookUp(tape: Tape, table: Value, rows: Value): Value {
  const { graph } = tape;
  const output = { dtype: table.dtype, shape: [...rows.shape, ...table.shape.slice(1)] };
  const indices = { type: rows.dtype };
  const gather = {
    Tparams: { type: table.dtype },
    Tindices: indices,
    Taxis: { type: DType.int32 },
    batch_dims: { int: 0 },
  };
  const found = graph.one("GatherV2", [table, rows, graph.int(0)], gather, output);
  tape.record([table], [found], ([d]) => {
    if (!d) return [];
    const segment = {
      T: { type: table.dtype },
      Tindices: indices,
      Tnumsegments: { type: DType.int32 },
    };
    return [graph.one("UnsortedSegmentSum", [d, rows, sizeOf(graph, table, 0)], segment, table)];
  });
  return found;
}

/** Which factors are transposed first. */
interface Transposed {
  readonly a: boolean;
  readonly b: boolean;
}

/** Returns a · b for each two matrices of two batches, [batch, rows, columns]. */
export function batchProduct(tape: Tape, a: Value, b: Value, transposed: Transposed): Value {
  const { graph } = tape;
  const result = batchProductOnly(graph, a, b, transposed);
  tape.record([a, b], [result], ([d], needed) => {
    if (!d) return [];
    const byA = () =>
      transposed.a
        ? batchProductOnly(graph, b, d, { a: transposed.b, b: true })
        : batchProductOnly(graph, d, b, { a: false, b: !transposed.b });
    const byB = () =>
      transposed.b
        ? batchProductOnly(graph, d, a, { a: true, b: transposed.a })
        : batchProductOnly(graph, a, d, { a: !transposed.a, b: false });
    return [needed[0] ? byA() : undefined, needed[1] ? byB() : undefined];
  });
  return result;
}

function batchProductOnly(graph: Graph, a: Value, b: Value, transposed: Transposed): Value {
  const attributes = {
    T: { type: DType.float32 },
    adj_x: { bool: transposed.a },
    adj_y: { bool: transposed.b },
  };
  const rows = a.shape[transposed.a ? 2 : 1] ?? null;
  const columns = b.shape[transposed.b ? 1 : 2] ?? null;
  const output = { dtype: DType.float32, shape: [a.shape[0] ?? b.shape[0] ?? null, rows, columns] };
  return graph.one("BatchMatMulV2", [a, b], attributes, output);
}
