import { badOption, requireWhole } from "../option-checks";
import type { Trial } from "../trials/trial";
import { askedReports, type JudgeAsked } from "./asked-reports";
import type { Pruner } from "./pruner";
import type { StepValue } from "./reported-values";

/** How long trials run before they are compared, and how many go on. */
export interface SuccessiveHalvingPrunerOptions {
  /**
   * The step of the first comparison. `"auto"`, the default, takes a hundredth of the last step of
   * the trial that is completed first; until then nothing is pruned.
   */
  readonly minResource?: number | "auto";
  /** One of so many goes on, to a step so many times as high; 4 by default. */
  readonly reductionFactor?: number;
  /** Leaves out so many of the first comparisons; 0 by default. */
  readonly minEarlyStoppingRate?: number;
  /** So many trials must reach a comparison before one goes on; 0 by default. */
  readonly bootstrapCount?: number;
}

/**
 * Returns a pruner that compares trials at rungs, steps that grow by a factor, and lets only the best
 * of each rung go on: asynchronous successive halving (Li et al., "A System for Massively Parallel
 * Hyperparameter Tuning", 2020).
 *
 * Options, defaults and decisions are those of Optuna 5.0.0's `SuccessiveHalvingPruner`, which notes
 * each rung's value when a trial reaches it. Here they are read from the reports: trials are followed
 * in the order in which they began. That gives the same, except where trials overlap and one
 * report passes several rungs at once, or `minResource` is `"auto"`.
 *
 * @throws DefinitionError `out-of-range`
 */
export function successiveHalvingPruner(options: SuccessiveHalvingPrunerOptions = {}): Pruner {
  const ladder = readLadder(options);
  const judge: JudgeAsked = (trial, others, metric, wasAsked) => {
    const asked = (one: Trial) => askedReports(one, metric.name, wasAsked);
    const reports = asked(trial);
    const first = firstResource(ladder, trial, others, metric.name, asked);
    if (first === undefined) return undefined;
    const rungs = new Rungs(ladder, first.resource, metric.direction);
    if (!rungs.mayReachOne(reports)) return undefined;
    for (const other of inOrderOfStart(others)) {
      // Trials that had ended before the first resource was known have climbed nothing.
      if (endOf(other) > first.knownSince) rungs.climb(asked(other));
    }
    return rungs.climb(reports)?.(metric.name);
  };
  return { name: "successive-halving", judge };
}

interface Ladder {
  readonly minResource: number | undefined;
  readonly factor: number;
  readonly rate: number;
  readonly bootstrapCount: number;
}

function readLadder(options: SuccessiveHalvingPrunerOptions): Ladder {
  const { minResource = "auto", reductionFactor = 4 } = options;
  const { minEarlyStoppingRate = 0, bootstrapCount = 0 } = options;
  const owner = "the successive-halving pruner";
  if (minResource === "auto" && bootstrapCount > 0) {
    throw badOption(owner, "bootstrapCount", bootstrapCount, '0, since minResource is "auto"');
  }
  if (minResource !== "auto" && !(Number.isInteger(minResource) && minResource >= 1)) {
    throw badOption(owner, "minResource", minResource, 'a whole number from 1 up, or "auto"');
  }
  return {
    minResource: minResource === "auto" ? undefined : minResource,
    factor: requireWhole(owner, "reductionFactor", reductionFactor, 2),
    rate: requireWhole(owner, "minEarlyStoppingRate", minEarlyStoppingRate, 0),
    bootstrapCount: requireWhole(owner, "bootstrapCount", bootstrapCount, 0),
  };
}

/**
 * The step of the first rung, and the time since which it is known; undefined if it isn't yet. It is
 * known from the first question after the first trial was completed.
 */
function firstResource(
  ladder: Ladder,
  trial: Trial,
  others: readonly Trial[],
  metric: string,
  asked: (trial: Trial) => readonly StepValue[],
): { resource: number; knownSince: number } | undefined {
  if (ladder.minResource !== undefined) {
    return { resource: ladder.minResource, knownSince: Number.NEGATIVE_INFINITY };
  }
  const lastStep = (one: Trial) => one.metrics.get(metric)?.at(-1)?.step ?? -1;
  const completed = others
    .filter((other) => other.status === "COMPLETED" && lastStep(other) >= 0)
    .sort((a, b) => endOf(a) - endOf(b));
  const [earliest] = completed;
  if (earliest === undefined) return undefined;
  const knownSince = endOf(earliest);
  const asking = inOrderOfStart([...others, trial]).find(
    (one) => endOf(one) > knownSince && asked(one).length > 0,
  );
  const known = completed.filter((one) => endOf(one) <= (asking?.startedAt ?? knownSince));
  const steps = [earliest, ...known].map(lastStep);
  return { resource: Math.max(1, Math.floor(Math.max(...steps) / 100)), knownSince };
}

function inOrderOfStart(trials: readonly Trial[]): Trial[] {
  return [...trials].sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || a.number - b.number);
}

function endOf({ endedAt }: Trial): number {
  return endedAt ?? Number.POSITIVE_INFINITY;
}

/** The values that trials had when they reached each rung. */
class Rungs {
  private readonly values: number[][] = [];

  constructor(
    private readonly ladder: Ladder,
    private readonly resource: number,
    private readonly direction: "min" | "max",
  ) {}

  /** Returns false only if the newest report certainly reaches no rung that an earlier did not. */
  mayReachOne(reports: readonly StepValue[]): boolean {
    let rung = 0;
    for (const { step, value } of reports.slice(0, -1)) {
      if (!Number.isNaN(value) && step >= this.stepOf(rung)) rung += 1;
    }
    return (reports.at(-1)?.step ?? -1) >= this.stepOf(rung);
  }

  /** Follows a trial; returns why it should end after its newest report, or undefined. */
  climb(reports: readonly StepValue[]): ((metric: string) => string) | undefined {
    let rung = 0;
    let reason: ((metric: string) => string) | undefined;
    for (const { step, value } of reports) {
      reason = undefined;
      while (reason === undefined && step >= this.stepOf(rung)) {
        if (Number.isNaN(value)) {
          reason = (metric) => `${metric} at step ${step} is NaN`;
          break;
        }
        reason = this.compare(rung, step, value);
        rung += 1;
      }
    }
    return reason;
  }

  private compare(
    rung: number,
    step: number,
    value: number,
  ): ((metric: string) => string) | undefined {
    const rivals = [...(this.values[rung] ?? []), value].sort((a, b) => a - b);
    this.values[rung] = rivals;
    const { bootstrapCount, factor } = this.ladder;
    if (rivals.length <= bootstrapCount) {
      return (metric) =>
        `rung ${rung}: the first ${bootstrapCount} trials end there (${metric} ${value} at step ${step})`;
    }
    // The very first ones can't wait for others: the best until now goes on.
    const places = Math.max(1, Math.floor(rivals.length / factor));
    const isMax = this.direction === "max";
    const last = rivals.at(isMax ? -places : places - 1) as number;
    if (isMax ? value >= last : value <= last) return undefined;
    return (metric) =>
      `rung ${rung}: ${metric} ${value} at step ${step} is not among the best ${places} of ${rivals.length}`;
  }

  private stepOf(rung: number): number {
    return this.resource * this.ladder.factor ** (this.ladder.rate + rung);
  }
}
