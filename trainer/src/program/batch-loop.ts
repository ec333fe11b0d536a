import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import { loop } from "../graph/loop";
import { binary, compare } from "../ops/arithmetic";
import { type Batch, gatherBatch, rowsOfBatch } from "./batch";
import { NODES } from "./nodes";
import type { Objective } from "./objective";
import type { ProgramParts } from "./parts";

/** What happens with a batch. */
export type Visit = (
  index: Value,
  batch: Batch,
) => { readonly objective: Objective; readonly updates: readonly Value[] };

/**
 * Returns what writes a loop over batches, and the node that has its sums: float32 [batches, sums]. They
 * are added up outside, so that nothing depends on how many batches a run has.
 */
export function batchLoop(
  writer: ProgramParts,
): (name: string, node: string, visit: Visit) => void {
  const { graph, data, plan } = writer;
  const order = graph.placeholder(NODES.order, DType.int32, [null]);
  const batchSize = writer.int(NODES.batchSize);
  const [begin, end] = [writer.int(NODES.begin), writer.int(NODES.end)];
  const float = { T: { type: DType.float32 } };
  const width =
    2 + plan.losses.length + plan.metrics.reduce((sum, { emitter }) => sum + emitter.size, 0);
  const output = { dtype: DType.float32, shape: [null, width] };
  const pack = { N: { int: 2 }, T: { type: DType.int32 }, axis: { int: 0 } };
  const sizes = graph.one("Pack", [binary(graph, "Sub", end, begin), graph.int(width)], pack, {
    dtype: DType.int32,
    shape: [2],
  });
  // A list of one, as the operation that writes rows wants it.
  const first = binary(graph, "AddV2", begin, graph.ints([0]));
  return (name, node, visit) => {
    const attributes = { dtype: { type: DType.float32 }, init: { bool: false } };
    const rows = graph.one("Empty", [sizes], attributes, output);
    const [last] = loop(graph, {
      name,
      initial: [begin],
      condition: ([index]) => compare(graph, "Less", index as Value, end),
      body: ([value]) => {
        const index = value as Value;
        const samples = rowsOfBatch(graph, order, index, batchSize);
        const { objective, updates } = visit(index, gatherBatch(graph, data, samples));
        // In place: another variable of the loop would cost more than the sums.
        const place = binary(graph, "Sub", index, first);
        const written = graph.one(
          "InplaceUpdate",
          [rows, place, sumsRow(writer, objective)],
          float,
          output,
        );
        const type = { T: { type: DType.int32 } };
        const after = { after: [...updates, written] };
        return [graph.one("AddV2", [index, graph.int(1)], type, index, after)];
      },
    });
    graph.one("Identity", [rows], float, output, { name: node, after: [last as Value] });
  };
}

/** What a batch adds to the sums: samples, total, each output's loss, the metrics' own; [1, sums]. */
function sumsRow({ graph }: ProgramParts, { samples, total, losses, metrics }: Objective): Value {
  const timesSamples = (value: Value) => binary(graph, "Mul", value, samples);
  const sums = [samples, timesSamples(total), ...losses.map(timesSamples), ...metrics.flat()];
  const pack = { N: { int: sums.length }, T: { type: DType.float32 }, axis: { int: 0 } };
  const list = { dtype: DType.float32, shape: [sums.length] };
  const packed = graph.one("Pack", sums, pack, list);
  const attributes = { T: { type: DType.float32 }, Tdim: { type: DType.int32 } };
  const row = { dtype: DType.float32, shape: [1, sums.length] };
  return graph.one("ExpandDims", [packed, graph.int(0)], attributes, row);
}
