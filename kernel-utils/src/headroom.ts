import { InputError } from "./errors";
import { requireProportion } from "./ranges";
import { ratio, type Score } from "./score";

/** One kind of data, with all rates as proportions from 0 to 1: 89 % is 0.89. */
export interface HeadroomCondition {
  readonly name: string;
  /** Share of all data. */
  readonly share: number;
  /** Accuracy of the model. */
  readonly model: number;
  /** Accuracy of people, or of whatever else the model is measured against. */
  readonly human: number;
  /** How easy it is to improve, on any scale from 0 up; for all rows or for none. */
  readonly ease?: number;
  /** How much it matters beyond its share, on any scale from 0 up; for all rows or for none. */
  readonly importance?: number;
}

/** What follows from a condition's figures; differences are proportions too: 0.01 is one point. */
export interface Headroom {
  /**
   * human - model: what could be gained on this kind of data. Negative where the model is ahead.
   */
  readonly gap: number;
  /** gap * share: what overall accuracy would gain. */
  readonly impact: number;
  /** Share of all the model's errors; 0/0 for a model that makes none. */
  readonly errorShare: Score;
  /** impact * ease * importance, where these are given. */
  readonly priority: number;
}

/** A condition with what follows from it; other columns of the input are kept. */
export type HeadroomRow<Row extends HeadroomCondition = HeadroomCondition> = Row & Headroom;

/** Figures over all conditions, weighted by their shares. */
export interface HeadroomTotals {
  /** Sum of the shares; less than 1 where the table leaves something out. */
  readonly share: number;
  readonly model: number;
  readonly human: number;
  /** Sum of the impacts. */
  readonly headroom: number;
}

/** Rows in the order of the input; without totals, for shares that may overlap. */
export interface HeadroomRows<Row extends HeadroomCondition = HeadroomCondition> {
  readonly rows: readonly HeadroomRow<Row>[];
}

/** A headroom table: its rows and their totals. */
export interface HeadroomTable<Row extends HeadroomCondition = HeadroomCondition>
  extends HeadroomRows<Row> {
  readonly totals: HeadroomTotals;
}

/** What a ranking goes by: the lowest accuracy first, or the largest of the others. */
export type RankedBy = "accuracy" | "gap" | "impact" | "priority";

/**
 * Returns, for each kind of data, how far the model is behind people and what closing that gap
 * would gain overall: impact = (human - model) * share.
 *
 * @param conditions proportions from 0 to 1 throughout
 * @param options.overlapping true where data can belong to several conditions, so that shares may
 *   add up to more than 1; then there are no totals, in which data with two names would count twice
 *   (`jointHeadroom` counts them once, from the samples themselves)
 * @throws InputError `out-of-range` for per cents and for shares that add up to more than 1,
 *   `missing-column` where only some rows have ease or importance, `empty-input` for no rows
 *
 * @example
 * import { headroomTable } from "@headroom/kernel-utils";
 * const { rows, totals } = headroomTable([
 *   { name: "quiet", share: 0.6, model: 0.94, human: 0.95 },
 *   { name: "car noise", share: 0.04, model: 0.89, human: 0.93 },
 *   { name: "people noise", share: 0.3, model: 0.87, human: 0.89 },
 *   { name: "low bandwidth", share: 0.06, model: 0.7, human: 0.7 },
 * ]);
 * rows.map((row) => 100 * row.impact); // => [0.60, 0.16, 0.60, 0.00]
 * totals.model; // => 0.9026
 */
export function headroomTable<Row extends HeadroomCondition>(
  conditions: readonly Row[],
  options?: { readonly overlapping?: false },
): HeadroomTable<Row>;
export function headroomTable<Row extends HeadroomCondition>(
  conditions: readonly Row[],
  options: { readonly overlapping: boolean },
): HeadroomRows<Row>;
export function headroomTable<Row extends HeadroomCondition>(
  conditions: readonly Row[],
  { overlapping = false }: { readonly overlapping?: boolean } = {},
): HeadroomTable<Row> | HeadroomRows<Row> {
  if (conditions.length === 0) {
    throw new InputError("empty-input", "conditions is empty: expected at least one row.");
  }
  for (const [i, condition] of conditions.entries()) requireCondition(i, condition);
  requireAllOrNone(conditions, "ease");
  requireAllOrNone(conditions, "importance");
  const errors = conditions.reduce((sum, { share, model }) => sum + share * (1 - model), 0);
  const rows = conditions.map((condition) => ({ ...condition, ...headroomOf(condition, errors) }));
  if (overlapping) return { rows };
  const share = rows.reduce((sum, row) => sum + row.share, 0);
  if (share > 1 + 1e-9) {
    throw new InputError(
      "out-of-range",
      `The shares add up to ${Number(share.toPrecision(6))}: expected at most 1. If data can ` +
        "belong to several rows, pass { overlapping: true } and use jointHeadroom for their total.",
      { share },
    );
  }
  return { rows, totals: totalsOf(rows, share) };
}

/**
 * Returns the rows with their rank, best candidate first. Equal values (up to rounding) get the
 * same rank and keep their order; the next one counts them all: 1, 1, 3.
 *
 * @param by what decides: "accuracy" puts the lowest model accuracy first, the others the largest
 *   value first
 *
 * @example
 * import { headroomTable, rankRows } from "@headroom/kernel-utils";
 * const { rows } = headroomTable([
 *   { name: "car noise", share: 0.04, model: 0.89, human: 0.93 },
 *   { name: "low bandwidth", share: 0.06, model: 0.7, human: 0.7 },
 * ]);
 * rankRows(rows, "accuracy").map((row) => row.name); // => ["low bandwidth", "car noise"]
 * rankRows(rows, "gap").map((row) => row.name); // => ["car noise", "low bandwidth"]
 */
export function rankRows<Row extends Headroom & Pick<HeadroomCondition, "model">>(
  rows: readonly Row[],
  by: RankedBy,
): (Row & { readonly rank: number })[] {
  const value = (row: Row): number => (by === "accuracy" ? -row.model : row[by]);
  const sorted = [...rows].sort((a, b) => value(b) - value(a));
  // 0.1 * (0.9 - 0.7) and 0.4 * (0.85 - 0.8) differ in their last digit only: that is a tie.
  const rounding = 1e-9 * Math.max(...rows.map((row) => Math.abs(value(row))));
  let rank = 1;
  let leader = Number.POSITIVE_INFINITY;
  return sorted.map((row, i) => {
    if (leader - value(row) > rounding) {
      rank = i + 1;
      leader = value(row);
    }
    return { ...row, rank };
  });
}

function headroomOf(condition: HeadroomCondition, errors: number): Headroom {
  const { share, model, human, ease = 1, importance = 1 } = condition;
  const gap = human - model;
  const impact = gap * share;
  return {
    gap,
    impact,
    errorShare: ratio(share * (1 - model), errors, "the model makes no errors"),
    priority: impact * ease * importance,
  };
}

function totalsOf(rows: readonly HeadroomRow[], share: number): HeadroomTotals {
  const mean = (value: (row: HeadroomRow) => number): number =>
    share === 0 ? 0 : rows.reduce((sum, row) => sum + row.share * value(row), 0) / share;
  return {
    share,
    model: mean((row) => row.model),
    human: mean((row) => row.human),
    headroom: rows.reduce((sum, row) => sum + row.impact, 0),
  };
}

function requireCondition(i: number, condition: HeadroomCondition): void {
  for (const column of ["share", "model", "human"] as const) {
    requireProportion(`conditions[${i}].${column}`, condition[column]);
  }
  for (const column of ["ease", "importance"] as const) {
    const weight = condition[column];
    if (weight === undefined || (weight >= 0 && weight < Number.POSITIVE_INFINITY)) continue;
    throw new InputError(
      "out-of-range",
      `conditions[${i}].${column} is ${weight}: expected a finite weight of at least 0.`,
      { row: i, column, weight },
    );
  }
}

function requireAllOrNone(
  conditions: readonly HeadroomCondition[],
  column: "ease" | "importance",
): void {
  const without = conditions.filter((condition) => condition[column] === undefined);
  if (without.length === 0 || without.length === conditions.length) return;
  throw new InputError(
    "missing-column",
    `${column} is given for some rows but not for ${without.map((row) => row.name).join(", ")}: ` +
      "give it for every row, or for none.",
    { column, rows: without.map((row) => row.name) },
  );
}
