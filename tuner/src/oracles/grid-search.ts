import { requireWhole } from "../option-checks";
import { gridValues } from "../search-space/grid-values";
import { defaultOf } from "../search-space/make-parameter";
import type { Parameter, Scalar, Values } from "../search-space/parameter";
import type { SearchSpace } from "../search-space/search-space";
import type { Trial } from "../trials/trial";
import type { Oracle, StudyView } from "./oracle";
import { randomSeed } from "./random-seed";

/** What grid search is made from. */
export interface GridSearchOptions {
  /** So many trials at most; the whole grid unless given. */
  readonly maxTrials?: number;
  /** Nothing is drawn; it is only kept. */
  readonly seed?: number;
}

/**
 * Returns grid search: every combination of values, the defaults first, the parameter that was defined last
 * changing fastest. Ranges without steps give ten values. A trial that ended leads to the next
 * combination after it, so parameters that become known on the way are tried, too.
 *
 * Trial for trial `keras_tuner.oracles.GridSearchOracle` 1.4.8, without its faults: it goes on after a crash,
 * and some trials may lack a parameter.
 *
 * @throws DefinitionError for options out of range
 */
export function gridSearch(options: GridSearchOptions = {}): Oracle {
  const { maxTrials, seed = randomSeed() } = options;
  if (maxTrials !== undefined) {
    requireWhole("gridSearch", "maxTrials", maxTrials, 1);
  }
  return {
    name: "grid",
    options: { ...options },
    seed,
    maxTrials,
    propose(view) {
      const values = nextValues(view);
      if (values !== undefined) {
        return { kind: "run", values };
      }
      const runs = view.trials.some(({ status }) => status === "RUNNING");
      return { kind: runs ? "wait" : "stop" };
    },
    plan: () => ({ trials: maxTrials, epochs: undefined, rounds: [] }),
  };
}

/** The first combination that follows one that ended and wasn't tried; the defaults before all. */
function nextValues(view: StudyView): Values | undefined {
  const { space, trials, endedRuns } = view;
  const grid = gridOf(space);
  const seen = grid.seenOf(trials);
  const first = space.defaults();
  if (!seen.keys.has(grid.key(first))) {
    return first;
  }
  if (trials.length === 1) {
    // Other workers need not wait for the first trial: nothing was known when it began.
    return untried(grid, seen, trials[0]);
  }
  for (; seen.passedEnds < endedRuns.length; seen.passedEnds++) {
    const next = untried(grid, seen, trials[endedRuns[seen.passedEnds]]);
    if (next !== undefined) {
      return next;
    }
  }
  return undefined;
}

function untried(grid: Grid, { keys }: Seen, { values }: Trial): Values | undefined {
  const next = grid.after(values);
  return next === undefined || keys.has(grid.key(next)) ? undefined : next;
}

/** A parameter with its values in the grid's order. */
interface Axis {
  readonly parameter: Parameter;
  readonly values: readonly Scalar[];
}

/** What was found out about a study's trials: it stays so, whatever happens next in the same space. */
interface Seen {
  /** The combinations of the first `trials` trials. */
  readonly keys: Set<string>;
  trials: number;
  /** So many of the ended runs lead to nothing new. */
  passedEnds: number;
}

/** The combinations of a space. */
class Grid {
  readonly #space: SearchSpace;
  readonly #axes: readonly Axis[];
  readonly #seen = new WeakMap<readonly Trial[], Seen>();

  constructor(space: SearchSpace) {
    this.#space = space;
    this.#axes = space.parameters.map((parameter) => {
      const first = defaultOf(parameter);
      const others = gridValues(parameter).filter((value) => value !== first);
      return { parameter, values: [first, ...others] };
    });
  }

  /** The key of values; a parameter without one counts as its default, the first that would be tried. */
  key(values: Values): string {
    const complete: Record<string, Scalar> = {};
    for (const { parameter } of this.#axes) {
      const { name } = parameter;
      if (this.#space.isActive(parameter, complete)) {
        complete[name] = Object.hasOwn(values, name) ? values[name] : defaultOf(parameter);
      }
    }
    return JSON.stringify(Object.values(complete));
  }

  /** What is known of a study's trials, a list that only grows. */
  seenOf(trials: readonly Trial[]): Seen {
    const seen = this.#seen.get(trials) ?? { keys: new Set(), trials: 0, passedEnds: 0 };
    for (; seen.trials < trials.length; seen.trials++) {
      seen.keys.add(this.key(trials[seen.trials].values));
    }
    this.#seen.set(trials, seen);
    return seen;
  }

  /**
   * Returns the combination after this one; undefined after the last, and for values beside the grid.
   *
   * It moves the last active parameter that isn't at its end to its next value and resets those after it. One
   * that the trial lacks can't make a difference to it. Names come in the reference's order:
   * known ones keep theirs, newly active ones follow from the last to the first.
   */
  after(before: Values): Values | undefined {
    const wasActive = this.#axes.map(({ parameter }) => this.#space.isActive(parameter, before));
    const isSet = ({ parameter }: Axis, i: number) =>
      wasActive[i] && Object.hasOwn(before, parameter.name);
    const values: Record<string, Scalar> = { ...before };
    if (
      this.#axes.some((axis, i) => isSet(axis, i) && !axis.values.includes(valueIn(axis, before)))
    ) {
      return undefined;
    }
    const at = this.#axes.findLastIndex((axis, i) => {
      const { name } = axis.parameter;
      const next = axis.values[axis.values.indexOf(valueIn(axis, before)) + 1];
      const moves = isSet(axis, i) && next !== undefined;
      values[name] = moves ? next : axis.values[0];
      return moves;
    });
    return at < 0 ? undefined : this.#withoutInactive(values, wasActive);
  }

  /** Parameters of one name under conditions that exclude each other must not inherit their values. */
  #withoutInactive(values: Record<string, Scalar>, wasActive: readonly boolean[]): Values {
    const active = new Set<string>();
    for (const [i, { parameter, values: grid }] of this.#axes.entries()) {
      if (this.#space.isActive(parameter, values)) {
        active.add(parameter.name);
        if (!wasActive[i]) {
          values[parameter.name] = grid[0];
        }
      }
    }
    return Object.fromEntries(Object.entries(values).filter(([name]) => active.has(name)));
  }
}

function valueIn({ parameter }: Axis, values: Values): Scalar {
  return values[parameter.name];
}

const grids = new WeakMap<SearchSpace, Grid>();

function gridOf(space: SearchSpace): Grid {
  const grid = grids.get(space) ?? new Grid(space);
  grids.set(space, grid);
  return grid;
}
