import type { Value } from "../../graph/graph";
import type { Layer, LayerEmitter } from "../layer-emitter";

/** What tfjs's StackedRNNCells has beside what is declared. */
interface Stacked {
  readonly cells: readonly (Layer & { readonly stateSize: number | readonly number[] })[];
}

/**
 * Cells upon each other: nothing goes back from one to those below, so that each runs over the whole
 * sequence before the next. As in tfjs, states are those of the last cell first.
 */
export const stackedCells: LayerEmitter = (call, [x, ...given]) => {
  const { cells } = call.layer as unknown as Stacked;
  let end = given.length;
  let outputs = x as Value;
  const last: Value[] = [];
  for (const cell of cells) {
    const count = Array.isArray(cell.stateSize) ? cell.stateSize.length : 1;
    const begin = Math.max(0, end - count);
    const results = call.apply(cell, [outputs, ...given.slice(begin, end)]);
    end = begin;
    outputs = results[0] as Value;
    last.unshift(...results.slice(1));
  }
  return [outputs, ...last];
};
