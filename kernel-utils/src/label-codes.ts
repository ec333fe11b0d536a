import { InputError } from "./errors";
import {
  columnValues,
  isNumericTypedArray,
  type Label,
  type LabelColumn,
  requireSameLength,
  toLabels,
  typeName,
} from "./inputs";

/** A column of labels and what the caller calls it; error messages begin with that name. */
export interface NamedLabels {
  readonly name: string;
  readonly column: LabelColumn;
}

/** Columns of labels as numbers: `codes[c][i]` is the place in `labels` of column c's sample i. */
export interface LabelCodes {
  readonly labels: readonly Label[];
  readonly codes: readonly Int32Array[];
}

/** More distinct labels than this are taken for a mistake: scores or identifiers, not classes. */
const MOST_LABELS = 4096;

/** Whole numbers that lie no further apart are coded through a table, others through a Map. */
const WIDEST_TABLE = 1 << 20;

interface Column {
  readonly name: string;
  readonly values: ArrayLike<unknown>;
}

/**
 * Returns equally long columns as codes 0, 1, ... into one list of labels: `known` in its own order
 * where given, otherwise the labels that occur, sorted (numbers by size, text by code unit, `false`
 * before `true`).
 *
 * @throws InputError `wrong-type` for values that are no labels, for fractions and for columns of
 *   different kinds, `unknown-label` for a label outside `known`, `out-of-range` for more than
 *   4,096 labels, `length-mismatch`, `empty-input`, and `not-finite` for NaN
 */
export function encodeLabels(
  columns: readonly NamedLabels[],
  known?: readonly Label[],
): LabelCodes {
  const read = columns.map(({ name, column }) => ({ name, values: columnValues(name, column) }));
  const [first, ...others] = read;
  requireLabel(first);
  for (const other of others) {
    requireSameLength(first.name, first.values, other.name, other.values);
    requireSameKind(first, other);
  }
  if (known !== undefined) requireUsable(known, first);
  if (kindOf(first) !== "number") return encodeByMap(read, known);
  const integers = read.map(smallIntegers);
  if (integers.some((values) => values === undefined)) return encodeByMap(read, known);
  return encodeByTable(read, integers as Int32Array[], known as readonly number[] | undefined);
}

function kindOf(column: Column): string {
  return typeof column.values[0];
}

/** An empty column, or one that doesn't begin with a label, goes to `toLabels`, which says so. */
function requireLabel(column: Column): void {
  const kind = kindOf(column);
  if (kind === "string" || kind === "number" || kind === "boolean") return;
  toLabels(column.name, column.values as ArrayLike<Label>);
}

function requireSameKind(first: Column, second: Column): void {
  requireLabel(second);
  if (kindOf(first) === kindOf(second)) return;
  throw new InputError(
    "wrong-type",
    `${first.name} holds labels of type ${kindOf(first)}, ${second.name} of type ` +
      `${kindOf(second)}: ${showLabel(first.values[0])} and ${showLabel(second.values[0])} can ` +
      "never be the same label. Convert one of the columns.",
    { [first.name]: kindOf(first), [second.name]: kindOf(second) },
  );
}

/** Checks the caller's list of labels: no label twice, and of the kind that the column holds. */
function requireUsable(known: readonly Label[], column: Column): void {
  toLabels("labels", known);
  if (known.length > MOST_LABELS) throw tooManyLabels();
  const twice = known.find((label, i) => known.indexOf(label) !== i);
  if (twice !== undefined) {
    const message = `labels: expected every label once, got ${showLabel(twice)} twice.`;
    throw new InputError("out-of-range", message, { label: twice });
  }
  if (typeof known[0] === kindOf(column)) return;
  throw new InputError(
    "wrong-type",
    `labels: expected ${kindOf(column)}s, as ${column.name} holds, got ${showLabel(known[0])}.`,
    { labels: known },
  );
}

/** The column as 32-bit integers; `undefined` where a whole number is too large for that. */
function smallIntegers(column: Column): Int32Array | undefined {
  const { values } = column;
  if (values instanceof Int32Array) return values;
  if (!isNumericTypedArray(values)) return plainIntegers(column);
  const integers = new Int32Array(values);
  if (!/^(Float|Uint32)/.test(typeName(values))) return integers;
  const numbers = new Float64Array(values);
  for (let i = 0; i < numbers.length; i++) {
    if (integers[i] !== numbers[i]) return refuseFraction(column, i);
  }
  return integers;
}

function plainIntegers(column: Column): Int32Array | undefined {
  const { values } = column;
  const integers = new Int32Array(values.length);
  for (let i = 0; i < integers.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || (value | 0) !== value) return refuseFraction(column, i);
    integers[i] = value;
  }
  return integers;
}

/** `undefined` where the value is a whole number after all, too large for 32 bits. */
function refuseFraction({ name, values }: Column, index: number): undefined {
  const value = values[index];
  if (typeof value === "number" && Number.isInteger(value)) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) {
    toLabels(name, values as ArrayLike<Label>);
  }
  throw new InputError(
    "wrong-type",
    `${name}[${index}] is ${String(value)}: expected a label, and labels that are numbers are ` +
      "whole. If these are scores, turn them into labels with a threshold first (score >= 0.5), " +
      "or count with countsAt(actual, scores, threshold).",
    { name, index, value },
  );
}

function encodeByTable(
  columns: readonly Column[],
  integers: readonly Int32Array[],
  known: readonly number[] | undefined,
): LabelCodes {
  const [low, high] = extent(integers);
  if (high - low >= WIDEST_TABLE) return encodeByMap(columns, known);
  const labels = known ?? presentIntegers(integers, low, high);
  const table = new Int32Array(high - low + 1).fill(-1);
  for (let code = 0; code < labels.length; code++) table[labels[code] - low] = code;
  // Labels 0, 1, 2, ... are their own codes, by far the most common case.
  if (low >= 0 && labels.every((label, code) => label === code) && high < labels.length) {
    return { labels, codes: integers };
  }
  const codes = integers.map((values, c) => {
    const coded = new Int32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const code = table[values[i] - low];
      if (code < 0) throw unknownLabel(columns[c].name, i, values[i], labels);
      coded[i] = code;
    }
    return coded;
  });
  return { labels, codes };
}

function extent(columns: readonly Int32Array[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of columns) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function presentIntegers(columns: readonly Int32Array[], low: number, high: number): number[] {
  const present = new Uint8Array(high - low + 1);
  for (const values of columns) {
    for (let i = 0; i < values.length; i++) present[values[i] - low] = 1;
  }
  const labels: number[] = [];
  for (let i = 0; i < present.length; i++) if (present[i] === 1) labels.push(low + i);
  if (labels.length > MOST_LABELS) throw tooManyLabels();
  return labels;
}

function encodeByMap(columns: readonly Column[], known: readonly Label[] | undefined): LabelCodes {
  const codeOf = new Map<unknown, number>(known?.map((label, code) => [label, code]));
  const codes = columns.map((column) => {
    const { name, values } = column;
    const coded = new Int32Array(values.length);
    for (let i = 0; i < coded.length; i++) {
      const code = codeOf.get(values[i]);
      coded[i] = code ?? codeOf.size;
      if (code !== undefined) continue;
      // Each label comes here once, so the checks cost nothing.
      if (typeof values[i] !== kindOf(column)) toLabels(name, values as ArrayLike<Label>);
      if (typeof values[i] === "number") refuseFraction(column, i);
      if (known !== undefined) throw unknownLabel(name, i, values[i], known);
      if (codeOf.size === MOST_LABELS) throw tooManyLabels();
      codeOf.set(values[i], codeOf.size);
    }
    return coded;
  });
  if (known !== undefined) return { labels: known, codes };
  return sortCodes([...codeOf.keys()] as Label[], codes);
}

/** Renumbers codes given in order of first appearance, so that the labels come sorted. */
function sortCodes(seen: readonly Label[], codes: readonly Int32Array[]): LabelCodes {
  const labels = [...seen].sort((a, b) => (a < b ? -1 : 1));
  const place = new Map(labels.map((label, code) => [label, code]));
  const rank = Int32Array.from(seen, (label) => place.get(label) as number);
  for (const coded of codes) {
    for (let i = 0; i < coded.length; i++) coded[i] = rank[coded[i]];
  }
  return { labels, codes };
}

/** A label as error messages and tables show it inside a sentence: text in quotes. */
export function showLabel(label: unknown): string {
  return typeof label === "string" ? JSON.stringify(label) : String(label);
}

/** Labels for an error message: all of a few, or the first of many with their number. */
export function showLabels(labels: readonly Label[]): string {
  const shown = labels.slice(0, 12).map(showLabel).join(", ");
  return labels.length > 12 ? `${shown}, ... (${labels.length} in all)` : shown;
}

function unknownLabel(
  name: string,
  index: number,
  label: unknown,
  known: readonly Label[],
): InputError {
  return new InputError(
    "unknown-label",
    `${name}[${index}] is ${showLabel(label)}, which is not among the labels ` +
      `${showLabels(known)}. Correct the value, or add it to \`labels\`.`,
    { name, index, label, known },
  );
}

function tooManyLabels(): InputError {
  return new InputError(
    "out-of-range",
    `More than ${MOST_LABELS} different labels: these look like identifiers or scores, not ` +
      "classes. Pass one class label per sample.",
    { most: MOST_LABELS },
  );
}
