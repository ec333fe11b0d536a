/**
 * Reads values that came as data. Strict: a kind that it does not know, a wrong type or too much of
 * anything is refused, since what answers may be hostile.
 */
import {
  MOST_CHARACTERS,
  MOST_DIGITS,
  MOST_LEVELS,
  MOST_PARTS,
  TYPED_ARRAYS,
} from "./value-limits";

/** What came is no value. */
export class MalformedValueError extends Error {
  override name = "MalformedValueError";
}

/** How values are made. */
export interface DecodeOptions {
  /** Returns what stands for a function of the other side's; by default there is none. */
  readonly callback?: (number: number) => unknown;
  /**
   * True in the sandbox, where the data are the judge's: ordinary objects, closed cycles, errors and
   * regular expressions. False for the judge: objects have no prototype, so that no name in them can
   * mean anything, and what could do harm is `{ opaque, name }`.
   */
  readonly trusted?: boolean;
}

interface Reading {
  readonly options: DecodeOptions;
  parts: number;
  characters: number;
  /** The values of which the current one is a part, the outermost first. */
  readonly above: object[];
}

type Fields = Readonly<Record<string, unknown>>;

const SPECIAL_NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
]);

/**
 * Returns the value. Tensors come back as `{ tensor: true, shape, dtype, values }`, what can't cross as
 * `{ opaque, name }`. Throws MalformedValueError.
 */
export function decode(data: unknown, options: DecodeOptions = {}): unknown {
  return read(data, { options, parts: 0, characters: 0, above: [] });
}

function read(data: unknown, reading: Reading): unknown {
  take(reading, 1);
  switch (typeof data) {
    case "boolean":
      return data;
    case "number":
      return data;
    case "string":
      return text(data, reading);
    case "object":
      if (data === null) return null;
      if (reading.above.length >= MOST_LEVELS) throw malformed("too many levels");
      return Array.isArray(data) ? readArray(data, reading) : readTagged(data as Fields, reading);
    default:
      throw malformed(`a ${typeof data}`);
  }
}

function readTagged(data: Fields, reading: Reading): unknown {
  const { $: kind, v } = data;
  switch (kind) {
    case "undefined":
      return undefined;
    case "number":
      return specialNumber(v);
    case "bigint":
      return readBigint(v, reading);
    case "typed":
      return readTyped(data.type, list(v), reading);
    case "map":
      return readMap(list(v), reading);
    case "set":
      return readSet(list(v), reading);
    case "date":
      return new Date(readNumber(v));
    case "object":
      return readObject(list(v), reading);
    case "tensor":
      return readTensor(data, reading);
    case "cycle":
      return readCycle(v, reading);
    case "callback":
      return readCallback(v, reading);
    case "regexp":
      return readRegExp(text(v, reading), text(data.flags, reading), reading);
    case "error":
      return readError(text(data.name, reading), text(data.message, reading), reading);
    case "opaque":
      return opaque(text(v, reading), text(data.name, reading), reading);
    default:
      throw malformed("an unknown kind");
  }
}

function readArray(data: readonly unknown[], reading: Reading): unknown[] {
  const array: unknown[] = new Array(data.length);
  within(array, reading, () => {
    for (let index = 0; index < data.length; index++) {
      const part = data[index];
      if (isHole(part)) take(reading, 1);
      else array[index] = read(part, reading);
    }
  });
  return array;
}

function isHole(data: unknown): boolean {
  return typeof data === "object" && data !== null && (data as Fields).$ === "hole";
}

function specialNumber(v: unknown): number {
  const number = SPECIAL_NUMBERS.get(v);
  if (number === undefined) throw malformed("an unknown number");
  return number;
}

function readNumber(data: unknown): number {
  if (typeof data === "number") return data;
  if (typeof data !== "object" || data === null || (data as Fields).$ !== "number") {
    throw malformed("something else where a number should be");
  }
  return specialNumber((data as Fields).v);
}

function readBigint(v: unknown, reading: Reading): bigint {
  const digits = text(v, reading);
  if (digits.length > MOST_DIGITS || !/^-?\d+$/.test(digits)) throw malformed("a wrong bigint");
  return BigInt(digits);
}

function readTyped(type: unknown, numbers: readonly unknown[], reading: Reading): object {
  const Type = TYPED_ARRAYS.get(type as string);
  if (Type === undefined) throw malformed("an unknown typed array");
  take(reading, numbers.length);
  const array = new Type(numbers.length);
  const isBig = (type as string).startsWith("Big");
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index];
    array[index] = isBig ? readBigint((number as Fields | null)?.v, reading) : readNumber(number);
  }
  return array;
}

function readMap(pairs: readonly unknown[], reading: Reading): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  within(map, reading, () => {
    for (const found of pairs) {
      const [key, value] = pair(found);
      map.set(read(key, reading), read(value, reading));
    }
  });
  return map;
}

function readSet(parts: readonly unknown[], reading: Reading): Set<unknown> {
  const set = new Set<unknown>();
  within(set, reading, () => {
    for (const part of parts) set.add(read(part, reading));
  });
  return set;
}

function readObject(pairs: readonly unknown[], reading: Reading): object {
  const object = plainObject(reading);
  within(object, reading, () => {
    for (const found of pairs) {
      const [key, value] = pair(found);
      put(object, text(key, reading), read(value, reading));
    }
  });
  return object;
}

function readTensor(data: Fields, reading: Reading): object {
  const shape = list(data.shape).map((size) => {
    if (!Number.isSafeInteger(size) || (size as number) < 0) throw malformed("a wrong shape");
    return size as number;
  });
  const v = list(data.v);
  take(reading, shape.length + v.length);
  if (shape.reduce((size, next) => size * next, 1) !== v.length) throw malformed("a wrong shape");
  const values = v.map((part) =>
    typeof part === "string" ? text(part, reading) : readNumber(part),
  );
  const tensor = plainObject(reading);
  put(tensor, "tensor", true);
  put(tensor, "shape", shape);
  put(tensor, "dtype", text(data.dtype, reading));
  put(tensor, "values", values);
  return tensor;
}

function readCycle(v: unknown, reading: Reading): unknown {
  const { above, options } = reading;
  const found = typeof v === "number" ? above[above.length - v] : undefined;
  if (found === undefined) throw malformed("a cycle that leads nowhere");
  return options.trusted ? found : opaque("cycle", "", reading);
}

function readCallback(v: unknown, reading: Reading): unknown {
  const { callback } = reading.options;
  if (callback === undefined || !Number.isSafeInteger(v)) throw malformed("an unknown function");
  return callback(v as number);
}

function readRegExp(source: string, flags: string, reading: Reading): object {
  if (reading.options.trusted) return new RegExp(source, flags);
  return opaque("regexp", `/${source}/${flags}`, reading);
}

function readError(name: string, message: string, reading: Reading): object {
  if (!reading.options.trusted) {
    const error = opaque("error", name, reading);
    put(error, "message", message);
    return error;
  }
  const error = new Error(message);
  error.name = name;
  return error;
}

function opaque(kind: string, name: string, reading: Reading): object {
  const object = plainObject(reading);
  put(object, "opaque", kind);
  put(object, "name", name);
  return object;
}

function plainObject(reading: Reading): object {
  return reading.options.trusted ? {} : Object.create(null);
}

/** Not an assignment: to an ordinary object's `__proto__` that would mean something. */
function put(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function within(value: object, reading: Reading, work: () => void): void {
  reading.above.push(value);
  work();
  reading.above.pop();
}

function take(reading: Reading, parts: number): void {
  reading.parts += parts;
  if (reading.parts > MOST_PARTS) throw malformed("too many parts");
}

function text(data: unknown, reading: Reading): string {
  if (typeof data !== "string") throw malformed("something else where a text should be");
  reading.characters += data.length;
  // What the encoder adds on its own (kinds, names) comes on top of the value's texts.
  if (reading.characters > 2 * MOST_CHARACTERS) throw malformed("too much text");
  return data;
}

function list(data: unknown): readonly unknown[] {
  if (!Array.isArray(data)) throw malformed("something else where a list should be");
  return data;
}

function pair(data: unknown): readonly [unknown, unknown] {
  const [first, second, ...more] = list(data);
  if (more.length > 0 || list(data).length !== 2) throw malformed("something else than a pair");
  return [first, second];
}

function malformed(what: string): MalformedValueError {
  return new MalformedValueError(`the answer holds ${what}, and so can't be judged`);
}
