import type { TypedValues, Values } from "../search-space/parameter";
import { mean } from "../storage/run-reports";
import { type Objective, rankingObjective } from "../trials/objective";
import type { Trial, TrialStatus } from "../trials/trial";
import { type Displayable, displayable } from "./displayable";
import { escapeHtml } from "./escape-html";
import { budgetText, durationText, shortValue } from "./value-text";

/** The epochs that a trial was given, counted from 1, and its place in the schedule. */
export interface BudgetRow {
  readonly firstEpoch: number;
  readonly lastEpoch: number;
  /** Which bracket, counted from 1. */
  readonly bracket: number;
  /** Which round of it, counted from 1. */
  readonly round: number;
  /** How many rounds the bracket has. */
  readonly rounds: number;
  /** The trial whose model it went on with. */
  readonly continues: string | undefined;
}

/** A trial as a row of a table. */
export interface TrialRow<V extends TypedValues = Values> {
  readonly trial: string;
  readonly status: TrialStatus;
  /** The mean of its executions at their best step; undefined where it has none. */
  readonly score: number | undefined;
  readonly bestStep: number | undefined;
  readonly values: V;
  readonly budget: BudgetRow | undefined;
  /** From its last start to its end; undefined before. */
  readonly seconds: number | undefined;
  /** What each execution reported at the best step. */
  readonly executionScores: readonly number[];
  /** The objective after each step that it reported: the mean of its executions. */
  readonly history: readonly number[];
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** Why it failed or was pruned. */
  readonly message: string | undefined;
}

/** Rows that a notebook shows as a table. */
export type TrialRows<V extends TypedValues = Values> = readonly TrialRow<V>[] & Displayable;

/**
 * Returns a row for each trial, in the order of creation. In a notebook they show as a table.
 *
 * @typeParam V the type of the values, as the declared space infers it
 */
export function trialRows<V extends TypedValues = Values>(
  trials: readonly Trial[],
  objectives: readonly Objective[],
): TrialRows<V> {
  const objective = rankingObjective(objectives);
  const rows = trials.map((trial) => trialRow<V>(trial, objective));
  const texts = trials.map((trial) => rowTexts(trial, namesIn(trials)));
  const headings = ["trial", "status", objective.name, ...namesIn(trials), "budget", "time"];
  return displayable(rows, () => ({
    "text/html": htmlTable(headings, texts),
    "text/plain": [headings, ...texts].map((row) => row.join(" | ")).join("\n"),
  }));
}

function trialRow<V extends TypedValues>(trial: Trial, objective: Objective): TrialRow<V> {
  const { startedAt, endedAt, bestStep } = trial;
  const reports = trial.metrics.get(objective.name) ?? [];
  return {
    trial: trial.id,
    status: trial.status,
    score: trial.score,
    bestStep,
    // The study only holds values of its space, so these are the space's type.
    values: trial.values as V,
    budget: trial.budget && {
      firstEpoch: trial.budget.initialEpoch + 1,
      lastEpoch: trial.budget.epochs,
      bracket: trial.budget.bracketNumber + 1,
      round: trial.budget.round + 1,
      rounds: trial.budget.bracket + 1,
      continues: trial.budget.promotedFrom,
    },
    seconds:
      startedAt === undefined || endedAt === undefined ? undefined : (endedAt - startedAt) / 1000,
    executionScores: reports.find(({ step }) => step === bestStep)?.values ?? [],
    history: reports.map(({ values }) => mean(values)),
    startedAt: startedAt === undefined ? undefined : new Date(startedAt),
    endedAt: endedAt === undefined ? undefined : new Date(endedAt),
    message: trial.message,
  };
}

function rowTexts(trial: Trial, names: readonly string[]): string[] {
  const { startedAt, endedAt, score, values, budget } = trial;
  return [
    trial.id,
    trial.status.toLowerCase(),
    score === undefined ? "" : shortValue(score),
    ...names.map((name) => (values[name] === undefined ? "" : shortValue(values[name]))),
    budget === undefined ? "" : budgetText(budget),
    startedAt === undefined || endedAt === undefined ? "" : durationText(endedAt - startedAt),
  ];
}

function namesIn(trials: readonly Trial[]): readonly string[] {
  return [...new Set(trials.flatMap(({ values }) => Object.keys(values)))];
}

function htmlTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: "th" | "td", row: readonly string[]) =>
    row.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("");
  return `<table><thead><tr>${cells("th", headings)}</tr></thead><tbody>${body}</tbody></table>`;
}
