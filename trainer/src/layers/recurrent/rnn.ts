import type { Value } from "../../graph/graph";
import { transpose } from "../../ops/axes";
import { reverse } from "../../ops/reverse";
import type { Layer, LayerEmitter } from "../layer-emitter";

/** What tfjs's recurrent layers have beside what is declared. */
interface Recurrent {
  readonly cell: Cell;
}

type Cell = Layer & {
  /** Those of StackedRNNCells. */
  readonly cells?: readonly Cell[];
  readonly dropout?: number;
  readonly recurrentDropout?: number;
};

/**
 * The layers SimpleRNN, GRU, LSTM, and RNN with one of their cells: the cell runs over the whole sequence,
 * time first. tfjs ignores `unroll` and `implementation`, and so does this.
 */
export const rnn: LayerEmitter = (call, [input, ...states]) => {
  const { tape, config } = call;
  const { cell } = call.layer as unknown as Recurrent;
  if (config.stateful) call.refuse("it is stateful");
  if (call.layer.getClassName() === "RNN" && drops(cell)) {
    call.refuse("its cell has dropout, for which tfjs's RNN keeps one mask for the whole training");
  }
  const timeFirst = transpose(tape, input as Value, [1, 0, 2]);
  const ordered = config.goBackwards ? reverse(tape, timeFirst, 0) : timeFirst;
  const [outputs, ...last] = call.apply(cell, [ordered, ...states]);
  const result = config.returnSequences ? transpose(tape, outputs as Value, [1, 0, 2]) : last[0];
  return [result as Value, ...(config.returnState ? last : [])];
};

function drops({ cells, dropout = 0, recurrentDropout = 0 }: Cell): boolean {
  return dropout > 0 || recurrentDropout > 0 || (cells ?? []).some(drops);
}
