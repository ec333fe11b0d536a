import { InputError } from "./errors";

/** A class label. The labels of one column are all of one kind. */
export type Label = string | number | boolean;

/** What this library needs of a tfjs tensor: its shape and its values in row order. */
export interface TensorLike {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

/** What this library needs of a danfojs Series (one column of a data frame). */
export interface SeriesLike {
  readonly values: unknown;
  readonly config?: unknown;
}

/** One column of numbers: a plain or typed array, a one-dimensional tensor, or a danfojs Series. */
export type NumberColumn = ArrayLike<number> | TensorLike | SeriesLike;

/** One column of labels: a plain or typed array, a one-dimensional tensor, or a danfojs Series. */
export type LabelColumn<L extends Label = Label> = ArrayLike<L> | TensorLike | SeriesLike;

/** A typed array whose elements are numbers by construction, so only their values need a look. */
type NumericTypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/**
 * The class name of a typed array. Unlike `instanceof` it holds for arrays of another realm too.
 */
export function typeName(view: object): string {
  return Object.prototype.toString.call(view).slice("[object ".length, -1);
}

/** True for a typed array of numbers: checking every element's type again would be wasted. */
export function isNumericTypedArray(input: unknown): input is NumericTypedArray {
  return ArrayBuffer.isView(input) && /^(?!Big).*Array$/.test(typeName(input));
}

function isTensor(input: object): input is TensorLike {
  return "dataSync" in input && typeof input.dataSync === "function" && "shape" in input;
}

/** A tensor of shape [n] or [n, 1] is a column; every other shape is refused. */
function tensorColumn(name: string, tensor: TensorLike): ArrayLike<number> {
  const size = tensor.shape.reduce((product, extent) => product * extent, 1);
  if (tensor.shape.length === 0 || tensor.shape[0] !== size) {
    throw new InputError(
      "wrong-type",
      `${name}: expected a tensor of shape [n] or [n, 1], got [${tensor.shape.join(", ")}]. ` +
        "Pick one column, or turn scores into labels with argMax(1), first.",
      { name, shape: tensor.shape },
    );
  }
  return tensor.dataSync();
}

/**
 * Returns the input's values, unchecked, as an array that is not copied where it is one already.
 *
 * @throws InputError `wrong-type` for anything but a column
 */
export function columnValues(name: string, input: unknown): ArrayLike<unknown> {
  if (Array.isArray(input)) return input;
  if (isNumericTypedArray(input)) return input;
  if (typeof input === "object" && input !== null) {
    if (isTensor(input)) return tensorColumn(name, input);
    if ("values" in input && Array.isArray(input.values)) return input.values;
  }
  throw new InputError(
    "wrong-type",
    `${name}: expected an array, a typed array, a tensor or a data frame's column, ` +
      `got ${input === null ? "null" : typeof input}.`,
    { name },
  );
}

/**
 * Returns `input` as an array of finite numbers, not copied where it is one already.
 *
 * @param name what the caller calls this argument; errors begin with it
 * @throws InputError `wrong-type` for anything but a column of numbers, `not-finite` for NaN and
 *   infinities (with the first position), `empty-input` for no values at all
 */
export function toNumbers(name: string, input: NumberColumn): ArrayLike<number> {
  const values = columnValues(name, input);
  if (values.length === 0) throw emptyInput(name);
  if (isNumericTypedArray(values) && allFinite(values)) return values;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number") {
      throw new InputError(
        "wrong-type",
        `${name}[${i}]: expected a number, got ${describe(value)}. Convert the column first.`,
        { name, index: i },
      );
    }
    if (!Number.isFinite(value)) {
      throw new InputError(
        "not-finite",
        `${name}[${i}] is ${value}: expected a finite number. ` +
          "Drop or fill missing values, or look for the step that made it.",
        { name, index: i, value },
      );
    }
  }
  return values as ArrayLike<number>;
}

/**
 * Returns `input` as an array of labels, not copied where it is one already.
 *
 * @param name what the caller calls this argument; errors begin with it
 * @throws InputError `wrong-type` where kinds are mixed or a value is no label, `not-finite` for
 *   NaN, `empty-input` for no values at all
 */
export function toLabels(name: string, input: LabelColumn): ArrayLike<Label> {
  const values = columnValues(name, input);
  if (values.length === 0) throw emptyInput(name);
  if (isNumericTypedArray(values) && allFinite(values)) return values;
  const kind = typeof values[0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const isLabel = kind === "string" || kind === "number" || kind === "boolean";
    if (!isLabel || typeof value !== kind) {
      throw new InputError(
        "wrong-type",
        `${name}[${i}]: expected a label (text, number or boolean, all of one kind` +
          `${i > 0 && isLabel ? `, here ${kind}` : ""}), got ${describe(value)}.`,
        { name, index: i },
      );
    }
    if (kind === "number" && !Number.isFinite(value as number)) {
      throw new InputError(
        "not-finite",
        `${name}[${i}] is ${String(value)}: a label must be a finite number.`,
        { name, index: i },
      );
    }
  }
  return values as ArrayLike<Label>;
}

/** Integer types can't hold NaN; all float types go through one loop, so that it stays fast. */
function allFinite(values: NumericTypedArray): boolean {
  const type = typeName(values);
  if (!type.startsWith("Float")) return true;
  const floats = type === "Float64Array" ? values : new Float64Array(values);
  for (let i = 0; i < floats.length; i++) if (!Number.isFinite(floats[i])) return false;
  return true;
}

/** @throws InputError `length-mismatch` unless both columns have the same number of values */
export function requireSameLength(
  firstName: string,
  first: ArrayLike<unknown>,
  secondName: string,
  second: ArrayLike<unknown>,
): void {
  if (first.length === second.length) return;
  throw new InputError(
    "length-mismatch",
    `${firstName} has ${first.length} values, ${secondName} has ${second.length}: ` +
      "they must describe the same samples, in the same order.",
    { [firstName]: first.length, [secondName]: second.length },
  );
}

function emptyInput(name: string): InputError {
  return new InputError("empty-input", `${name} is empty: expected at least one value.`, { name });
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "string" ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
}
