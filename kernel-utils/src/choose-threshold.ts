import { type BinaryCounts, type BinaryOptions, shareCorrect } from "./binary-counts";
import { f1, fBeta, precision, recall, specificity } from "./classification-metrics";
import { InputError } from "./errors";
import type { LabelColumn, NumberColumn } from "./inputs";
import { requireBeta, requireShare } from "./rates";
import type { Score } from "./score";
import {
  type CumulativeCounts,
  cumulativeCounts,
  readScored,
  requireClasses,
} from "./scored-samples";
import { countsOf, thresholdOf } from "./threshold";

/** What a mistake of each kind costs, in any one unit, 0 or more. */
export interface MistakeCosts {
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/** What makes one threshold better than another. */
export type ThresholdGoal =
  /** F1; accuracy; or Youden's J, recall + specificity - 1 (1950). */
  | { readonly maximise: "f1" | "accuracy" | "youden" }
  /** F-beta, in which recall weighs beta^2 times as much as precision. */
  | { readonly maximise: "fbeta"; readonly beta: number }
  /** The best precision among thresholds that find at least this share of the positives. */
  | { readonly maximise: "precision"; readonly recallAtLeast: number }
  /** The best recall among thresholds with at least this precision. */
  | { readonly maximise: "recall"; readonly precisionAtLeast: number }
  /** Any function of the counts; `-Infinity` rules a threshold out. */
  | { readonly maximise: (counts: BinaryCounts) => number }
  /** The lowest `falsePositive * FP + falseNegative * FN`. */
  | { readonly minimise: "cost"; readonly costs: MistakeCosts };

/** A threshold, how good it is (in what was asked for; a cost is positive), and its counts. */
export interface ThresholdChoice {
  readonly threshold: number;
  readonly value: number;
  readonly counts: BinaryCounts;
}

/** A number to maximise; among equals the highest threshold wins unless `lowest` is set. */
interface Objective {
  readonly of: (counts: BinaryCounts) => number;
  readonly lowest?: boolean;
}

/**
 * Returns the threshold that serves the goal best on these samples, among all distinct scores and
 * `Infinity`, which calls nothing positive. Of equally good ones it is the highest (fewest alarms);
 * for "precision" the lowest (most found). Choose on validation data: on the test set the value
 * comes out too good.
 *
 * @param actual the true labels
 * @param scores finite numbers, higher for "more likely positive"
 * @throws InputError `one-class` unless there are positives and negatives; `out-of-range` for a bad
 *   goal, or a precision that no threshold reaches; otherwise as `countsAt`
 * @example
 * import { chooseThreshold } from "@headroom/kernel-utils";
 * const actual = [0, 0, 1, 1];
 * const scores = [0.1, 0.4, 0.35, 0.8];
 * chooseThreshold(actual, scores, { maximise: "f1" }).threshold;  // => 0.35
 * const best = chooseThreshold(actual, scores, { maximise: "precision", recallAtLeast: 0.5 });
 * best.threshold;  // => 0.8
 * const costs = { falsePositive: 5, falseNegative: 1 };
 * chooseThreshold(actual, scores, { minimise: "cost", costs }).value;  // => 1
 */
export function chooseThreshold(
  actual: LabelColumn,
  scores: NumberColumn,
  options: ThresholdGoal & BinaryOptions,
): ThresholdChoice {
  const objective = objectiveOf(options);
  const samples = readScored(actual, scores, options);
  const cumulative = cumulativeCounts(samples);
  requireClasses(samples, cumulative, "choosing a threshold");
  const place = bestPlace(cumulative, objective);
  if (place === undefined) throw outOfReach(cumulative, options);
  const counts = countsOf(cumulative, place);
  const threshold = thresholdOf(cumulative, place);
  const value = objective.of(counts);
  return { threshold, value: "minimise" in options ? 0 - value : value, counts };
}

function bestPlace(cumulative: CumulativeCounts, objective: Objective): number | undefined {
  let best = Number.NEGATIVE_INFINITY;
  let bestAt: number | undefined;
  for (let place = -1; place < cumulative.thresholds.length; place++) {
    const value = objective.of(countsOf(cumulative, place));
    if (Number.isNaN(value)) {
      throw new InputError(
        "not-finite",
        `maximise: the function returned NaN at threshold ${thresholdOf(cumulative, place)}. ` +
          "Return -Infinity for a threshold that must not be chosen.",
        { counts: countsOf(cumulative, place) },
      );
    }
    const tied = value === best && objective.lowest === true && bestAt !== undefined;
    if (value > best || tied) {
      best = value;
      bestAt = place;
    }
  }
  return bestAt;
}

function objectiveOf(goal: ThresholdGoal): Objective {
  if (typeof goal !== "object" || goal === null) throw unknownGoal(goal);
  if ("minimise" in goal) {
    if (goal.minimise !== "cost") throw unknownGoal(goal);
    return costObjective(goal.costs);
  }
  if (typeof goal.maximise === "function") return { of: goal.maximise };
  switch (goal.maximise) {
    case "f1":
      return { of: (counts) => f1(counts).value };
    case "accuracy":
      return { of: shareCorrect };
    case "youden":
      return { of: (counts) => recall(counts).value + specificity(counts).value - 1 };
    case "fbeta": {
      const { beta } = goal;
      requireBeta(beta);
      return { of: (counts) => fBeta(counts, { beta }).value };
    }
    case "precision": {
      const least = goal.recallAtLeast;
      requireShare("recallAtLeast", least);
      return { of: (counts) => wherever(recall(counts), least, precision(counts)), lowest: true };
    }
    case "recall": {
      const least = goal.precisionAtLeast;
      requireShare("precisionAtLeast", least);
      return { of: (counts) => wherever(precision(counts), least, recall(counts)) };
    }
    default:
      throw unknownGoal(goal);
  }
}

/**
 * `wanted` where `condition` is at least `least`; where either is 0/0 the threshold is ruled out.
 */
function wherever(condition: Score, least: number, wanted: Score): number {
  const allowed = condition.defined && condition.value >= least && wanted.defined;
  return allowed ? wanted.value : Number.NEGATIVE_INFINITY;
}

function costObjective(costs: MistakeCosts): Objective {
  const { falsePositive, falseNegative } = costs;
  for (const [name, cost] of Object.entries({ falsePositive, falseNegative })) {
    if (Number.isFinite(cost) && cost >= 0) continue;
    throw new InputError(
      "out-of-range",
      `costs.${name}: expected what one such mistake costs, 0 or more, got ${String(cost)}.`,
      { name, cost },
    );
  }
  return { of: ({ fp, fn }) => -(falsePositive * fp + falseNegative * fn) };
}

function unknownGoal(goal: unknown): InputError {
  return new InputError(
    "out-of-range",
    'Expected { maximise: "f1" | "accuracy" | "youden" }, { maximise: "fbeta", beta }, ' +
      '{ maximise: "precision", recallAtLeast }, { maximise: "recall", precisionAtLeast }, ' +
      '{ maximise: (counts) => number } or { minimise: "cost", costs }.',
    { goal },
  );
}

/**
 * No threshold was allowed: says how much precision there is to be had, where that was asked for.
 */
function outOfReach(cumulative: CumulativeCounts, goal: ThresholdGoal): InputError {
  const highest = bestPlace(cumulative, { of: (counts) => precision(counts).value }) ?? -1;
  const reached = precision(countsOf(cumulative, highest)).value;
  const wanted = "precisionAtLeast" in goal ? goal.precisionAtLeast : undefined;
  const message =
    wanted === undefined
      ? "No threshold is allowed: the function returned -Infinity for all of them."
      : `No threshold has a precision of ${wanted}; the highest on these samples is ${reached}.`;
  return new InputError("out-of-range", message, { wanted, reached });
}
