/**
 * TensorFlow's kernels for a whole sequence of LSTM with sigmoid and tanh, without a loop in the graph:
 * twice as fast for small cells, where nodes cost more than products.
 */
import { DType } from "../../graph/dtype";
import type { Graph, Value } from "../../graph/graph";
import type { Tape } from "../../graph/tape";
import { cast } from "../../ops/arithmetic";
import { joined, parted } from "../../ops/pieces";
import { sizeOf } from "../../ops/shape";
import { type CellSizes, type CellWeights, lastState, outputGradients } from "./cell";

/**
 * Up to how many weights the kernels are faster. They multiply x step by step, and sum up the gradient of
 * the weights step by step, which takes more time than a loop's nodes once there are more.
 */
const MOST_WEIGHTS = 90_000;

const T = { T: { type: DType.float32 } };

/** Whether the kernels would be faster than a loop, for a kernel and a recurrent kernel. */
export function isSmall({ kernel, recurrent }: CellWeights): boolean {
  const [features, width] = kernel.shape as readonly [number, number];
  return (features + (recurrent.shape[0] as number)) * width <= MOST_WEIGHTS;
}

/** Returns the outputs of all steps, time first, and the states h and c at the end. */
export function blockLstm(
  tape: Tape,
  x: Value,
  [h, c]: readonly [Value, Value],
  { kernel, recurrent, bias }: CellWeights,
  sizes: CellSizes,
): Value[] {
  const { graph } = tape;
  const { units } = sizes;
  const weights = joined(graph, [kernel, recurrent], 0);
  const [noPeephole, noBias] = [none(graph, units), none(graph, 4 * units)];
  const steps = cast(graph, sizeOf(graph, x, 0), DType.int64);
  const peepholes = [noPeephole, noPeephole, noPeephole];
  const inputs = [steps, x, c, h, weights, ...peepholes, bias ?? noBias];
  const rows = { dtype: DType.float32, shape: [x.shape[0] ?? null, x.shape[1] ?? null, units] };
  const attributes = { ...T, use_peephole: { bool: false } };
  const results = graph.node(
    "BlockLSTMV2",
    inputs,
    { ...attributes, cell_clip: { float: 0 } },
    Array<typeof rows>(7).fill(rows),
  );
  const [cells, outputs] = [results[1] as Value, results[6] as Value];
  const last = [lastState(graph, outputs, sizes), lastState(graph, cells, sizes)];
  const trained = [x, h, c, kernel, recurrent, ...(bias === undefined ? [] : [bias])];
  tape.record(trained, [outputs, ...last], ([dOutputs, dH, dC]) => {
    const dCells = outputGradients(graph, undefined, dC, sizes);
    const given = [dCells, outputGradients(graph, dOutputs, dH, sizes)];
    const kinds = [x, c, h, weights, ...peepholes, noBias];
    const found = graph.node(
      "BlockLSTMGradV2",
      [...inputs, ...results, ...given],
      attributes,
      kinds,
    );
    const [dX, dFirstC, dFirstH, dWeights, , , , dBias] = found;
    const kernels = [kernel.shape[0] as number, units];
    return [dX, dFirstH, dFirstC, ...parted(graph, dWeights as Value, kernels, 0), dBias];
  });
  return [outputs, ...last];
}

function none(graph: Graph, size: number): Value {
  return graph.constant({ dtype: DType.float32, shape: [size], data: new Float32Array(size) });
}
