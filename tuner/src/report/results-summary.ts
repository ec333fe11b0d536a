import type { SearchSpace } from "../search-space/search-space";
import { byScore, type Objective, rankingObjective } from "../trials/objective";
import type { Trial } from "../trials/trial";
import { budgetText } from "./value-text";

/** What a summary of results says. */
export interface ResultsSummaryOptions {
  /** How many trials; 10 by default. */
  readonly count?: number;
  /** Where the results are kept. */
  readonly directory?: string;
}

/**
 * Returns the best trials in words, best first, in the form that Keras Tuner's users know; trials that
 * have not completed follow where there are too few. The budget is told in words.
 */
export function resultsSummary(
  trials: readonly Trial[],
  objectives: readonly Objective[],
  { count = 10, directory }: ResultsSummaryOptions = {},
): string {
  const { direction } = rankingObjective(objectives);
  const completed = trials.filter(({ status }) => status === "COMPLETED").sort(byScore(direction));
  const others = trials.filter(({ status }) => status !== "COMPLETED");
  const shown = [...completed, ...others].slice(0, count);
  return [
    "Results summary",
    ...(directory === undefined ? [] : [`Results in ${directory}`]),
    `Showing ${count} best trials`,
    objectivesText(objectives),
    ...shown.flatMap((trial) => ["", ...trialSummary(trial)]),
  ].join("\n");
}

function trialSummary({ id, values, budget, score, message, status }: Trial): string[] {
  const named = Object.entries(values).map(([name, value]) => `${name}: ${value}`);
  return [
    `Trial ${id} summary`,
    "Hyperparameters:",
    ...(named.length === 0 ? ["default configuration"] : named),
    ...(budget === undefined ? [] : [`Budget: ${budgetText(budget)}`]),
    ...(status === "COMPLETED" ? [] : [`Status: ${status}`]),
    ...(score === undefined ? [] : [`Score: ${score}`]),
    ...(message === undefined ? [] : [message]),
  ];
}

function objectivesText(objectives: readonly Objective[]): string {
  const texts = objectives.map(
    ({ name, direction }) => `Objective(name="${name}", direction="${direction}")`,
  );
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return only;
  const { name, direction } = rankingObjective(objectives);
  return `MultiObjective(name="${name}", direction="${direction}"): [${texts.join(", ")}]`;
}

/** Returns the search space in words, in the form that Keras Tuner's users know. */
export function searchSpaceSummary({ parameters }: Pick<SearchSpace, "parameters">): string {
  return [
    "Search space summary",
    `Default search space size: ${parameters.length}`,
    ...parameters.flatMap(({ kind, name, conditions, ...facts }) => [
      `${name} (${kind[0]?.toUpperCase()}${kind.slice(1)})`,
      literal({ conditions, ...facts }),
    ]),
  ].join("\n");
}

/** A value as it would be written in a program, in one line. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${literal(part)}`);
  return `{ ${parts.join(", ")} }`;
}
