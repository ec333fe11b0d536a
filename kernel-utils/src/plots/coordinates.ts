import { InputError } from "../errors";
import type { Coordinate } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";

/** One column of positions: numbers, category names, or null for a gap on purpose. */
export type CoordinateColumn = ArrayLike<Coordinate> | NumberColumn;

function isArrayLike(column: CoordinateColumn): column is ArrayLike<Coordinate> {
  return "length" in column && !("dataSync" in column);
}

/**
 * Returns the column as a new array of finite numbers, names and nulls.
 *
 * @throws InputError `empty-input` for no values, `not-finite` for NaN and infinities (null is a
 *   gap on purpose), `wrong-type` for anything else
 */
export function toCoordinates(name: string, column: CoordinateColumn): Coordinate[] {
  if (!isArrayLike(column)) return Array.from(toNumbers(name, column));
  if (column.length === 0) {
    throw new InputError("empty-input", `${name} is empty: expected at least one value.`, { name });
  }
  return Array.from(column, (value, index) => {
    if (value === null || typeof value === "string") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    const code = typeof value === "number" ? "not-finite" : "wrong-type";
    throw new InputError(
      code,
      `${name}[${index}] is ${String(value)}: expected a finite number, the name of a category, ` +
        "or null for a gap.",
      { name, index },
    );
  });
}

/**
 * Returns both columns as `toCoordinates` does.
 *
 * @throws InputError `length-mismatch` unless they are equally long
 */
export function toPoints(
  x: CoordinateColumn,
  y: CoordinateColumn,
): { x: Coordinate[]; y: Coordinate[] } {
  const points = { x: toCoordinates("x", x), y: toCoordinates("y", y) };
  requireSameLength("x", points.x, "y", points.y);
  return points;
}

/** @throws InputError `length-mismatch` unless `texts`, where given, has one text per point */
export function requireOnePerPoint(
  name: string,
  texts: ArrayLike<unknown> | undefined,
  points: ArrayLike<unknown>,
): void {
  if (texts !== undefined) requireSameLength(name, texts, "the points", points);
}
