import { InputError } from "./errors";

/** Whether a lower or a higher value is the better one; "auto" tells by the name, if it can. */
export type MonitorMode = "min" | "max" | "auto";

/** What TensorFlow.js calls its losses and metrics in a history, in lower case. */
const LOWER_IS_BETTER = new Set([
  "loss",
  "mse",
  "mae",
  "mape",
  "meansquarederror",
  "meanabsoluteerror",
  "meanabsolutepercentageerror",
  "meansquaredlogarithmicerror",
  "binarycrossentropy",
  "categoricalcrossentropy",
  "sparsecategoricalcrossentropy",
]);
const HIGHER_IS_BETTER = new Set([
  "acc",
  "accuracy",
  "binaryaccuracy",
  "categoricalaccuracy",
  "sparsecategoricalaccuracy",
  "precision",
  "recall",
]);

/**
 * Returns whether a monitored value is to fall or to rise. By the name it is told only where there is
 * no doubt: stock TensorFlow.js takes every name without "acc" for a loss, and so stops a rising F1.
 *
 * @param monitor a key of the history: `loss`, `val_acc`, or with an output's name `val_left_loss`
 * @throws InputError `out-of-range` for another mode, and for "auto" where the name doesn't tell
 */
export function monitorDirection(monitor: string, mode: MonitorMode): "min" | "max" {
  if (mode === "min" || mode === "max") return mode;
  if (mode !== "auto") {
    throw new InputError(
      "out-of-range",
      `mode: expected "min", "max" or "auto", got ${JSON.stringify(mode)}.`,
      { mode },
    );
  }
  const name = monitor.toLowerCase().split("_").at(-1) ?? "";
  if (LOWER_IS_BETTER.has(name)) return "min";
  if (HIGHER_IS_BETTER.has(name)) return "max";
  throw new InputError(
    "out-of-range",
    `monitor: whether a higher or a lower ${JSON.stringify(monitor)} is better can't be told by its ` +
      'name. Pass mode: "max" where higher is better (F1, AUROC), or mode: "min" where lower is.',
    { monitor, mode },
  );
}
