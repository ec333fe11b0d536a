import { InputError } from "./errors";
import { columnValues, type NumberColumn } from "./inputs";
import { type StoppingOptions, type StoppingRow, stoppingRule } from "./stopping-rule";

/**
 * Returns what early stopping decides on a history of values, a row for each epoch up to the one that
 * stops; for the values after that nothing is decided, since they would not have been trained.
 *
 * @param values the monitored value of epoch 0, 1, ...; NaN and infinities may be among them, since
 *   trainings give them, and NaN never counts as an improvement
 * @throws InputError `empty-input` for no values, `wrong-type` for what is no number, `out-of-range`
 *   for options that can't be, also for a `monitor` that doesn't tell whether higher is better
 *
 * Source: Keras 3's `EarlyStopping` (see `earlyStopping` for the callback).
 *
 * @example
 * import { stoppingHistory } from "@headroom/kernel-utils";
 * const rows = stoppingHistory([0.9, 0.6, 0.7, 0.65, 0.5], { patience: 2 });
 * rows.map((row) => row.counter); // => [0, 0, 1, 2]
 * rows.at(-1)?.stopped; // => true
 * rows.at(-1)?.bestEpoch; // => 1
 */
export function stoppingHistory(
  values: NumberColumn,
  options: StoppingOptions = {},
): StoppingRow[] {
  const rule = stoppingRule(options);
  const history = columnValues("values", values);
  if (history.length === 0) {
    throw new InputError(
      "empty-input",
      "values is empty: expected the value of at least one epoch.",
    );
  }
  const rows: StoppingRow[] = [];
  for (let epoch = 0; epoch < history.length && rows.at(-1)?.stopped !== true; epoch++) {
    rows.push(rule.decide(epoch, numberAt(history, epoch)));
  }
  return rows;
}

function numberAt(history: ArrayLike<unknown>, epoch: number): number {
  const value = history[epoch];
  if (typeof value === "number") return value;
  throw new InputError(
    "wrong-type",
    `values[${epoch}]: expected a number, got ${String(value)}. Pass one key of the history, for ` +
      "example history.val_loss.",
    { index: epoch },
  );
}
