import { InputError } from "./errors";
import { type FeatureMatrix, type FeatureRows, toFeatureMatrix } from "./feature-rows";

/** The rows that a preparation must not learn from; `[]` says that there are none. */
export type HeldOutRows = FeatureRows | readonly [];

/** Up to this share of equal rows passes as chance: real tables repeat themselves now and then. */
const TWINS_BY_CHANCE = 0.1;

/**
 * Guards a preparation step against learning from rows that are held out.
 *
 * A held-out row counts as learned from if the very same array or tensor is among the rows. Copies
 * are found by their values: where more than a tenth of the held-out rows equal a row learned from,
 * and more than twice as many as the rows' own repeats make likely. (Where values repeat a lot, as in
 * one column of whole numbers, equal rows prove nothing.)
 *
 * @throws InputError `data-leak` with the number of such rows and the first of them, `length-mismatch`
 *   for held-out rows with other features, and what `toFeatureMatrix` throws
 */
export function requireHeldOut(
  rows: FeatureRows,
  matrix: FeatureMatrix,
  heldOut: HeldOutRows,
): void {
  if ("length" in heldOut && heldOut.length === 0) return;
  const others = toFeatureMatrix("heldOut", heldOut as FeatureRows, matrix.columns);
  if (heldOut === rows) throw leak(others.rows, others.rows, 0, "are");
  const shared = sameObjects(rows, heldOut as FeatureRows);
  if (shared.length > 0) throw leak(shared.length, others.rows, shared[0] as number, "are");

  const keys = keysOf(matrix);
  const known = new Map<string, number>();
  for (const key of keys) known.set(key, (known.get(key) ?? 0) + 1);
  const twins = keysOf(others).flatMap((key, i) => (known.has(key) ? [i] : []));
  const repeats = keys.filter((key) => (known.get(key) as number) > 1).length / keys.length;
  const share = twins.length / others.rows;
  if (share > TWINS_BY_CHANCE && share > 2 * repeats) {
    throw leak(twins.length, others.rows, twins[0] as number, "equal");
  }
}

/** Positions of the held-out rows that are the very arrays among `rows`. */
function sameObjects(rows: FeatureRows, heldOut: FeatureRows): number[] {
  if (!Array.isArray(rows) || !Array.isArray(heldOut)) return [];
  const objects = new Set<unknown>(rows);
  return heldOut.flatMap((row, i) => (objects.has(row) ? [i] : []));
}

/** Each row's numbers as a text that equal rows share. */
function keysOf({ rows, columns, values }: FeatureMatrix): string[] {
  return Array.from({ length: rows }, (_, r) => {
    let key = "";
    // 0 and -0 are the same text, as they are the same value.
    for (let c = 0; c < columns; c++) key += `${values[r * columns + c]},`;
    return key;
  });
}

function leak(count: number, of: number, first: number, verb: "are" | "equal"): InputError {
  return new InputError(
    "data-leak",
    `${count} of ${of} held-out rows ${verb} among the rows to learn from (the first is ` +
      `heldOut[${first}]). What is learned from them makes their scores flattering: fit on training ` +
      "rows alone, then transform both.",
    { count, of, first },
  );
}
