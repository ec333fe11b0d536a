import type { TypedValues } from "../search-space/parameter";
import type { SearchSpace } from "../search-space/search-space";
import type { TrialRow } from "./trial-rows";

/** How columns of a CSV file are made of a row; those of the values stand between `status` and the rest. */
const COLUMNS: readonly (readonly [
  heading: string,
  read: (row: TrialRow<TypedValues>) => string | number | undefined,
])[] = [
  ["score", ({ score }) => score],
  ["best_step", ({ bestStep }) => bestStep],
  ["execution_scores", ({ executionScores }) => executionScores.join(" ")],
  ["first_epoch", ({ budget }) => budget?.firstEpoch],
  ["last_epoch", ({ budget }) => budget?.lastEpoch],
  ["bracket", ({ budget }) => budget?.bracket],
  ["round", ({ budget }) => budget?.round],
  ["continues", ({ budget }) => budget?.continues],
  ["seconds", ({ seconds }) => seconds],
  ["started_at", ({ startedAt }) => startedAt?.toISOString()],
  ["ended_at", ({ endedAt }) => endedAt?.toISOString()],
  ["message", ({ message }) => message],
];

/**
 * Returns rows as CSV (RFC 4180, lines end with CR LF) with a heading. The columns depend on the space
 * alone: `trial`, `status`, a `values.NAME` for each hyperparameter, then the rest. What a trial lacks
 * is empty.
 */
export function rowsToCsv(
  rows: readonly TrialRow<TypedValues>[],
  space: Pick<SearchSpace, "parameters">,
): string {
  const names = [...new Set(space.parameters.map(({ name }) => name))];
  const headings = [
    "trial",
    "status",
    ...names.map((name) => `values.${name}`),
    ...COLUMNS.map(([heading]) => heading),
  ];
  const lines = rows.map((row) => [
    row.trial,
    row.status,
    ...names.map((name) => row.values[name]),
    ...COLUMNS.map(([, read]) => read(row)),
  ]);
  return [headings, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(value: string | number | boolean | undefined): string {
  const text = value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * Returns rows as JSON, indented, with times as ISO 8601 texts. Numbers that JSON lacks are the texts
 * `NaN`, `Infinity` and `-Infinity`; what a trial lacks is null.
 */
export function rowsToJson(rows: readonly TrialRow<TypedValues>[]): string {
  return JSON.stringify(rows, jsonValue, 2);
}

function jsonValue(_key: string, value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
