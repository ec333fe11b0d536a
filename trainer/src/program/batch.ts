/** What goes into one step: a part of the data, or all of what was fed. */
import type { LayersModel } from "@tensorflow/tfjs-node";
import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import { binary } from "../ops/arithmetic";
import { sizeOf } from "../ops/shape";

/** Data of a model, batch or whole. */
export interface Batch {
  readonly inputs: readonly Value[];
  readonly targets: readonly Value[];
  /** What each sample counts, for each output; undefined: the same. */
  readonly weights: readonly Value[] | undefined;
}

/** The names of what is fed. */
export const DATA = {
  input: (index: number) => `input/${index}`,
  target: (index: number) => `target/${index}`,
  weight: (index: number) => `sample_weight/${index}`,
} as const;

/** Adds placeholders for a model's data. */
export function dataPlaceholders(
  graph: Graph,
  model: LayersModel,
  targetShapes: readonly Shape[],
  isWeighted: boolean,
): Batch {
  const float = DType.float32;
  const inputs = model.inputs.map(({ shape }, index) =>
    graph.placeholder(DATA.input(index), float, [null, ...shape.slice(1)]),
  );
  const targets = targetShapes.map((shape, index) =>
    graph.placeholder(DATA.target(index), float, [null, ...shape.slice(1)]),
  );
  const weights = isWeighted
    ? model.outputs.map((_, index) => graph.placeholder(DATA.weight(index), float, [null]))
    : undefined;
  return { inputs, targets, weights };
}

/** The rows of `data` that `rows` lists. */
export function gatherBatch(graph: Graph, data: Batch, rows: Value): Batch {
  const gather = (value: Value) => gatherRows(graph, value, rows);
  const { inputs, targets, weights } = data;
  return {
    inputs: inputs.map(gather),
    targets: targets.map(gather),
    weights: weights?.map(gather),
  };
}

/** The part of a list of rows that makes batch `index`; the last one may be smaller. */
export function rowsOfBatch(graph: Graph, order: Value, index: Value, batchSize: Value): Value {
  const begin = binary(graph, "Mul", index, batchSize);
  const left = binary(graph, "Sub", sizeOf(graph, order, 0), begin);
  const size = binary(graph, "Minimum", left, batchSize);
  const attributes = { T: { type: DType.int32 }, Index: { type: DType.int32 } };
  const output = { dtype: DType.int32, shape: [null] };
  const list = { dtype: DType.int32, shape: [1] };
  const pack = { N: { int: 1 }, T: { type: DType.int32 }, axis: { int: 0 } };
  const [from, count] = [begin, size].map((value) => graph.one("Pack", [value], pack, list));
  return graph.one("Slice", [order, from as Value, count as Value], attributes, output);
}

/** The rows (slices along the first axis) with these numbers. */
export function gatherRows(graph: Graph, x: Value, rows: Value): Value {
  const attributes = {
    Tparams: { type: x.dtype },
    Tindices: { type: DType.int32 },
    Taxis: { type: DType.int32 },
    batch_dims: { int: 0 },
  };
  const shape = [...rows.shape, ...x.shape.slice(1)];
  return graph.one("GatherV2", [x, rows, graph.int(0)], attributes, { dtype: x.dtype, shape });
}
