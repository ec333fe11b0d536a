/** Optuna's journal: one JSON object per line. What Optuna 5.0.0 writes and reads, and nothing of ours. */

/** Optuna's states of a trial, as its journal numbers them. */
export const OptunaState = { running: 0, complete: 1, pruned: 2, failed: 3, waiting: 4 } as const;

/** Any JSON by name. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A trial's creation; with a state it is a queued trial or a ready-made one, without it runs. */
export interface CreateTrial {
  readonly op_code: 4;
  readonly study_id: number;
  /** ISO 8601 with an offset from UTC; null for a trial that has not begun. */
  readonly datetime_start: string | null;
  readonly datetime_complete?: string;
  readonly state?: number;
  /** The score with one objective. */
  readonly value?: number | null;
  /** The scores with several objectives. */
  readonly values?: readonly number[] | null;
  /** JSON in a string, by parameter. */
  readonly distributions?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, number>>;
  readonly user_attrs?: Attributes;
  readonly system_attrs?: Attributes;
  readonly intermediate_values?: Readonly<Record<string, number>>;
}

/** What a line does, without who wrote it. */
export type Operation =
  | { readonly op_code: 0; readonly study_name: string; readonly directions: readonly number[] }
  | { readonly op_code: 1; readonly study_id: number }
  | { readonly op_code: 2; readonly study_id: number; readonly user_attr: Attributes }
  | { readonly op_code: 3; readonly study_id: number; readonly system_attr: Attributes }
  | CreateTrial
  | {
      readonly op_code: 5;
      readonly trial_id: number;
      readonly param_name: string;
      readonly param_value_internal: number;
      readonly distribution: string;
    }
  | {
      readonly op_code: 6;
      readonly trial_id: number;
      readonly state: number;
      readonly values: readonly number[] | null;
      readonly datetime_start?: string;
      readonly datetime_complete?: string;
    }
  | {
      readonly op_code: 7;
      readonly trial_id: number;
      readonly step: number;
      readonly intermediate_value: number;
    }
  | { readonly op_code: 8; readonly trial_id: number; readonly user_attr: Attributes }
  | { readonly op_code: 9; readonly trial_id: number; readonly system_attr: Attributes }
  /** Discards trials; Optuna itself skips it. */
  | { readonly op_code: 10 };

/** A line of a journal. The writer is a UUID, a dash and a number; readers compare it with their own. */
export type JournalLine = Operation & { readonly worker_id: string };

type Check = (value: unknown) => boolean;
const isId: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number";
const isObject: Check = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isList: Check = (value) => Array.isArray(value) && value.every(isNumber);
const isState: Check = (value) => isId(value) && (value as number) <= OptunaState.waiting;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** What a reader may rely on, by operation. */
const fields: readonly Readonly<Record<string, Check>>[] = [
  { study_name: isText, directions: isList },
  { study_id: isId },
  { study_id: isId, user_attr: isObject },
  { study_id: isId, system_attr: isObject },
  {
    study_id: isId,
    datetime_start: orNull(isText),
    datetime_complete: optional(isText),
    state: optional(isState),
    value: optional(orNull(isNumber)),
    values: optional(orNull(isList)),
    distributions: optional(isObject),
    params: optional(isObject),
    user_attrs: optional(isObject),
    system_attrs: optional(isObject),
    intermediate_values: optional(isObject),
  },
  { trial_id: isId, param_name: isText, param_value_internal: isNumber, distribution: isText },
  { trial_id: isId, state: isState, values: orNull(isList) },
  { trial_id: isId, step: isNumber, intermediate_value: isNumber },
  { trial_id: isId, user_attr: isObject },
  { trial_id: isId, system_attr: isObject },
  {},
];

/** Returns a line of a journal, from its text without the line break. Throws an Error that says what is wrong. */
export function parseLine(text: string): JournalLine {
  const line = parseJson(text) as Readonly<Record<string, unknown>>;
  if (!isObject(line)) throw new Error("it is no JSON object");
  const expected = typeof line.op_code === "number" ? fields[line.op_code] : undefined;
  if (expected === undefined) throw new Error(`its op_code is ${printJson(line.op_code)}`);
  for (const [field, check] of Object.entries({ worker_id: isText, ...expected })) {
    if (!check(line[field])) throw new Error(`its ${field} is ${printJson(line[field])}`);
  }
  return line as unknown as JournalLine;
}

/** Returns the text of lines, each with its line break. */
export function printLines(lines: readonly JournalLine[]): string {
  return lines.map((line) => `${printJson(line)}\n`).join("");
}

/** Returns JSON as Python writes it: numbers may be NaN, Infinity and -Infinity. Leaves out what is undefined. */
export function printJson(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0.0" : String(value);
  if (Array.isArray(value)) return `[${value.map(printJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${printJson(item)}`).join(",")}}`;
}

/** Returns what JSON says, also as Python writes it. Throws SyntaxError for text that is neither. */
export function parseJson(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  let mark = "#number ";
  while (text.includes(mark)) mark += "#";
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) =>
    token.startsWith('"') ? token : `"${mark}${token}"`,
  );
  return JSON.parse(marked, (_key, item) =>
    typeof item === "string" && item.startsWith(mark) ? Number(item.slice(mark.length)) : item,
  );
}

/** Returns a time as Optuna writes it: UTC, with microseconds. */
export function printTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000+00:00");
}

/** Returns milliseconds since 1970; undefined for no time. */
export function parseTime(text: string | null | undefined): number | undefined {
  return text === null || text === undefined ? undefined : Date.parse(text);
}
