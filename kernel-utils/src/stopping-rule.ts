import { InputError } from "./errors";
import { type MonitorMode, monitorDirection } from "./monitor-direction";
import { requireCount } from "./ranges";

/** When a training is to end for want of improvement. The names are those of Keras and TensorFlow.js. */
export interface StoppingOptions {
  /** A key of the training's history; default `val_loss`. */
  readonly monitor?: string;
  /**
   * Epochs without improvement in a row after which to stop; default 0, which does what 1 does.
   * `Infinity` never stops: the best epoch is found all the same.
   */
  readonly patience?: number;
  /** An improvement is more than this, in the monitored value's unit; at least 0, default 0. */
  readonly minDelta?: number;
  /** Default "auto", which refuses names that don't tell whether they are to rise or to fall. */
  readonly mode?: MonitorMode;
  /** As long as this value is not beaten the counter runs on, also in epochs that improve. */
  readonly baseline?: number;
  /** The first epoch that counts, from 0; those before are neither best nor counted. Default 0. */
  readonly startFromEpoch?: number;
}

/** What was decided at the end of one epoch. */
export interface StoppingRow {
  /** Counted from 0. */
  readonly epoch: number;
  /** The monitored value. */
  readonly value: number;
  /** Whether it beats the best one so far by more than `minDelta`; the first to count always does. */
  readonly improved: boolean;
  /** The best value so far, this epoch's included; undefined before there is one. */
  readonly best: number | undefined;
  /** The epoch it came from. */
  readonly bestEpoch: number | undefined;
  /** Epochs without improvement up to here; when it reaches `patience`, training stops. */
  readonly counter: number;
  /** Whether training ends with this epoch. */
  readonly stopped: boolean;
}

/** Decides epoch by epoch. */
export interface StoppingRule {
  /** Returns what epoch `epoch` (from 0, rising) with this value leads to. */
  decide(epoch: number, value: number): StoppingRow;
}

/**
 * Returns a rule at the beginning of a training.
 *
 * Source: Keras 3's `EarlyStopping`, in one thing not followed: there a NaN in the first epoch is taken
 * for the best value, which no number ever beats; here NaN is never best.
 *
 * @throws InputError `out-of-range` or `not-finite` for options that can't be
 */
export function stoppingRule(options: StoppingOptions = {}): StoppingRule {
  const { monitor = "val_loss", mode = "auto", patience = 0, minDelta = 0 } = options;
  const { baseline, startFromEpoch = 0 } = options;
  if (patience !== Number.POSITIVE_INFINITY) requireCount("patience", patience, 0);
  requireCount("startFromEpoch", startFromEpoch, 0);
  requireMinDelta(minDelta);
  requireBaseline(baseline);
  const sign = monitorDirection(monitor, mode) === "min" ? -1 : 1;

  // In 32 bits, as TensorFlow has its losses and Keras compares them: otherwise rounding would decide
  // whether 0.3 is an improvement by 0.01 over 0.31.
  const beats = (value: number, other: number): boolean =>
    sign * Math.fround(value - sign * minDelta) > sign * Math.fround(other);

  let best: number | undefined;
  let bestEpoch: number | undefined;
  let counter = 0;
  return {
    decide(epoch, value) {
      if (epoch < startFromEpoch) {
        return { epoch, value, improved: false, best, bestEpoch, counter, stopped: false };
      }
      counter++;
      const improved = best === undefined ? !Number.isNaN(value) : beats(value, best);
      if (improved) {
        best = value;
        bestEpoch = epoch;
        if (baseline === undefined || beats(value, baseline)) counter = 0;
      }
      const stopped = !improved && counter >= patience && epoch > 0;
      return { epoch, value, improved, best, bestEpoch, counter, stopped };
    },
  };
}

function requireMinDelta(minDelta: number): void {
  if (minDelta >= 0 && minDelta < Number.POSITIVE_INFINITY) return;
  throw new InputError(
    "out-of-range",
    `minDelta: expected a finite number of at least 0, got ${String(minDelta)}. It is the size of an ` +
      "improvement, whether the value is to rise or to fall.",
    { minDelta },
  );
}

function requireBaseline(baseline: number | undefined): void {
  if (baseline === undefined || Number.isFinite(baseline)) return;
  throw new InputError(
    "not-finite",
    `baseline: expected a finite number, got ${String(baseline)}. Leave it out for none.`,
    { baseline },
  );
}
