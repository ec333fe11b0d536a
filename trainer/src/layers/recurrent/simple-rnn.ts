import type { Value } from "../../graph/graph";
import { binary } from "../../ops/arithmetic";
import { product } from "../../ops/linear";
import { joined, listed, parted, zeros } from "../../ops/pieces";
import { overTime, partOf, rowAt } from "../../ops/time-loop";
import type { LayerEmitter } from "../layer-emitter";
import {
  cellSizes,
  cellWeights,
  droppedInput,
  functionOf,
  initialState,
  lastState,
  matrixGradient,
  outputGradients,
  projected,
  recurrentMask,
  sizeIf,
} from "./cell";

/** The cell of SimpleRNN over a whole sequence, time first: the outputs of all steps and the last one. */
export const simpleRnnCell: LayerEmitter = (call, [sequence, given]) => {
  const { tape, graph, training } = call;
  const activation = functionOf(call, "activation");
  const x = droppedInput(call, sequence as Value);
  const sizes = cellSizes(call, x);
  const { steps, units } = sizes;
  const weights = cellWeights(call, [activation]);
  const { recurrent } = weights;
  const inputs = projected(tape, x, weights);
  const initial = initialState(call, sizes, given);
  const mask = recurrentMask(call, sizes);
  const masked = (value: Value) => (mask === undefined ? value : binary(graph, "Mul", value, mask));
  const rows = overTime(graph, {
    name: "simple_rnn",
    inputs,
    initial: [initial],
    extraWidth: training ? units : 0,
    backwards: false,
    step(input, [h]) {
      const sum = binary(graph, "AddV2", input, product(graph, masked(h as Value), recurrent));
      const next = activation.apply(graph, sum);
      return { states: [next], row: training ? joined(graph, [next, sum], 1) : next };
    },
  });
  const slice = (row: number, column: number) =>
    partOf(graph, rows, { row, column }, { rows: steps, columns: units });
  const outputs = slice(1, 0);
  const last = lastState(graph, outputs, sizes);
  tape.record([inputs, recurrent, initial], [outputs, last], ([dOutputs, dLast]) => {
    const sum = slice(1, units);
    const slope = activation.derivative(graph, sum, outputs);
    const own = outputGradients(graph, dOutputs, dLast, sizes);
    const toBefore = (d: Value) => masked(product(graph, d, recurrent, { b: true }));
    const found = overTime(graph, {
      name: "simple_rnn_gradient",
      inputs: joined(graph, [slope, own], 2),
      initial: [zeros(graph, listed(graph, [sizes.batch, units]), [sizeIf(sizes.batch), units])],
      extraWidth: 0,
      backwards: true,
      step(input, [after]) {
        const [factor, given] = parted(graph, input, [units, units], 1) as [Value, Value];
        const dh = binary(graph, "AddV2", toBefore(after as Value), given);
        const row = binary(graph, "Mul", dh, factor);
        return { states: [row], row };
      },
    });
    const dSum = partOf(graph, found, { row: 0, column: 0 }, { rows: steps, columns: units });
    const before = masked(slice(0, 0));
    const first = rowAt(graph, found, graph.int(0));
    return [dSum, matrixGradient(graph, before, dSum), toBefore(first)];
  });
  return [outputs, last];
};
