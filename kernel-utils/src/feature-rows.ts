import { InputError } from "./errors";
import type { SeriesLike, TensorLike } from "./inputs";

/**
 * Samples with their features: an array of rows (plain or typed arrays), a tensor of shape [n, ...]
 * whose further axes are flattened, or a danfojs DataFrame of numbers.
 */
export type FeatureRows = ArrayLike<ArrayLike<number>> | TensorLike | SeriesLike;

/** Samples by features: the value of sample r and feature c is `values[r * columns + c]`. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * Returns the samples as one block of doubles.
 *
 * @param name what the caller calls this argument; errors begin with it
 * @param columns number of features that a fitted model expects, if there is one
 * @throws InputError `empty-input` for no rows or no features, `length-mismatch` for rows of
 *   unequal length or another number of features than expected, `not-finite` for NaN and
 *   infinities, `wrong-type` for anything else
 */
export function toFeatureMatrix(name: string, input: FeatureRows, columns?: number): FeatureMatrix {
  const matrix = isTensor(input) ? fromTensor(name, input) : fromRows(name, rowsOf(name, input));
  if (columns !== undefined && matrix.columns !== columns) {
    throw new InputError(
      "length-mismatch",
      `${name} has ${matrix.columns} features, the model was trained on ${columns}: ` +
        "pass the same ones, in the same order.",
      { name, got: matrix.columns, expected: columns },
    );
  }
  const wrong = matrix.values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const [r, c] = [Math.floor(wrong / matrix.columns), wrong % matrix.columns];
    throw new InputError(
      "not-finite",
      `${name}[${r}][${c}] is ${matrix.values[wrong]}: expected a finite number. ` +
        "Drop the row or fill in the value.",
      { name, row: r, column: c },
    );
  }
  return matrix;
}

function isTensor(input: FeatureRows): input is TensorLike {
  return typeof input === "object" && input !== null && "dataSync" in input;
}

function fromTensor(name: string, tensor: TensorLike): FeatureMatrix {
  const [rows = 0, ...rest] = tensor.shape;
  const columns = rest.reduce((product, extent) => product * extent, 1);
  if (rest.length === 0) {
    throw new InputError(
      "wrong-type",
      `${name}: expected a tensor of shape [samples, features], got ` +
        `[${tensor.shape.join(", ")}]. For a single feature reshape it to [samples, 1].`,
      { name, shape: tensor.shape },
    );
  }
  requireSome(name, rows, columns);
  return { rows, columns, values: Float64Array.from(tensor.dataSync()) };
}

function rowsOf(name: string, input: ArrayLike<ArrayLike<number>> | SeriesLike): unknown[] {
  if (Array.isArray(input)) return input;
  if (typeof input === "object" && input !== null && "values" in input) {
    if (Array.isArray(input.values)) return input.values;
  }
  throw new InputError(
    "wrong-type",
    `${name}: expected an array of rows, a tensor or a data frame, got ${typeof input}.`,
    { name },
  );
}

function fromRows(name: string, rows: readonly unknown[]): FeatureMatrix {
  const first = rows[0];
  const columns = isRow(first) ? first.length : 0;
  if (rows.length > 0 && !isRow(first)) throw notARow(name, 0, first);
  requireSome(name, rows.length, columns);
  const values = new Float64Array(rows.length * columns);
  for (const [r, row] of rows.entries()) {
    if (!isRow(row)) throw notARow(name, r, row);
    if (row.length !== columns) {
      throw new InputError(
        "length-mismatch",
        `${name}[${r}] has ${row.length} features, ${name}[0] has ${columns}: every row needs ` +
          "the same ones.",
        { name, row: r, got: row.length, expected: columns },
      );
    }
    for (let c = 0; c < columns; c++) {
      const value = row[c];
      if (typeof value !== "number") throw notANumber(name, r, c, value);
      values[r * columns + c] = value;
    }
  }
  return { rows: rows.length, columns, values };
}

function isRow(row: unknown): row is ArrayLike<unknown> {
  return Array.isArray(row) || (ArrayBuffer.isView(row) && "length" in row);
}

function requireSome(name: string, rows: number, columns: number): void {
  if (rows > 0 && columns > 0) return;
  throw new InputError(
    "empty-input",
    `${name} has ${rows} rows of ${columns} features: expected at least one of each.`,
    { name, rows, columns },
  );
}

function notARow(name: string, row: number, value: unknown): InputError {
  return new InputError(
    "wrong-type",
    `${name}[${row}]: expected a row of numbers, got ${typeof value}. ` +
      "For a single feature write each sample as [value].",
    { name, row },
  );
}

function notANumber(name: string, row: number, column: number, value: unknown): InputError {
  return new InputError(
    "wrong-type",
    `${name}[${row}][${column}]: expected a number, got ${JSON.stringify(value) ?? "nothing"}. ` +
      "Convert text and categories to numbers first.",
    { name, row, column },
  );
}
