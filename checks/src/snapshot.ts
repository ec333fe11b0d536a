import { create, defineProperty, isArray, isView, keys } from "./primordials";
import { describeThrown } from "./thrown";

/** What can't be data, or is not worth following. */
export interface Opaque {
  /** What it is: "function", "symbol", "again" for a cycle, "error", "deep". */
  readonly opaque: string;
  readonly name: string;
}

/** A tensor as data. */
export interface TensorData {
  readonly tensor: true;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: ArrayLike<unknown>;
}

const MOST_LEVELS = 50;

/**
 * Returns a copy of a value as plain data, the same form in which values come out of another process:
 * objects without a prototype and by their own properties, tensors as `TensorData`, functions, symbols,
 * errors and cycles as `Opaque`. A getter or a Proxy that throws makes its property opaque.
 */
export function snapshot(value: unknown): unknown {
  return copy(value, []);
}

function copy(value: unknown, above: readonly object[]): unknown {
  if (typeof value === "function") return opaque("function", nameOf(value));
  if (typeof value === "symbol") return opaque("symbol", String(value));
  if (typeof value !== "object" || value === null) return value;
  for (let at = 0; at < above.length; at++) if (above[at] === value) return opaque("again", "");
  if (above.length >= MOST_LEVELS) return opaque("deep", "");
  try {
    return copyObject(value, [...above, value]);
  } catch (error) {
    return opaque("error", describeThrown(error).message);
  }
}

function copyObject(value: object, path: readonly object[]): unknown {
  if (isView(value)) return value instanceof DataView ? opaque("DataView", "") : slice(value);
  if (isArray(value)) {
    const items: unknown[] = [];
    for (let at = 0; at < value.length; at++) items[at] = copy(value[at], path);
    return items;
  }
  if (value instanceof Map) {
    const copied = new Map<unknown, unknown>();
    for (const [key, item] of value) copied.set(copy(key, path), copy(item, path));
    return copied;
  }
  if (value instanceof Set) {
    const copied = new Set<unknown>();
    for (const item of value) copied.add(copy(item, path));
    return copied;
  }
  if (value instanceof Date) return new Date(value);
  if (value instanceof Error) return opaque("error", `${value.name}: ${value.message}`);
  if (value instanceof Promise) return opaque("promise", "");
  if (isTensor(value)) return tensorData(value);
  const copied: object = create(null);
  for (const key of keys(value)) {
    defineProperty(copied, key, {
      value: read(value, key, path),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return copied;
}

function read(value: object, key: string, path: readonly object[]): unknown {
  try {
    return copy(Reflect.get(value, key), path);
  } catch (error) {
    return opaque("error", describeThrown(error).message);
  }
}

function slice(view: ArrayBufferView): unknown {
  return (view as Uint8Array).slice();
}

interface LiveTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  dataSync(): ArrayLike<unknown>;
}

function isTensor(value: object): value is LiveTensor {
  const { dataSync, shape, dtype } = value as Partial<LiveTensor>;
  return typeof dataSync === "function" && isArray(shape) && typeof dtype === "string";
}

function tensorData(tensor: LiveTensor): TensorData {
  const { shape, dtype } = tensor;
  return { tensor: true, shape: [...shape], dtype, values: tensor.dataSync() };
}

/** Returns a thing that can't be data. */
export function opaque(kind: string, name: string): Opaque {
  return { opaque: kind, name };
}

/** Returns true for what stands for a thing that can't be data. */
export function isOpaque(value: object): value is Opaque {
  return typeof (value as Partial<Opaque>).opaque === "string" && keys(value).length <= 2;
}

/** Returns true for a tensor as data. */
export function isTensorData(value: object): value is TensorData {
  return (value as Partial<TensorData>).tensor === true && "values" in value && "shape" in value;
}

function nameOf(fn: object): string {
  const name: unknown = Reflect.get(fn, "name");
  return typeof name === "string" ? name : "";
}
