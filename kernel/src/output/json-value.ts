import { toUSVString } from "node:util";

/** Deeper values are refused, before the stack overflows. */
const MAX_DEPTH = 500;

/**
 * Returns a value as JSON has it, safe to send: typed arrays, sets and maps become arrays and
 * objects, dates ISO texts, NaN and the infinities null, big integers texts; functions, symbols and
 * undefined are left out of objects. A method `toJSON` is asked first.
 *
 * @throws TypeError for a value that contains itself or is nested more than 500 deep
 */
export function toJson(value: unknown): unknown {
  return convert(value, new Set());
}

function convert(value: unknown, path: Set<object>): unknown {
  switch (typeof value) {
    case "string":
      return toUSVString(value);
    case "number":
      return Number.isFinite(value) ? value : null;
    case "bigint":
      return String(value);
    case "boolean":
      return value;
    case "object":
      return value === null ? null : convertObject(value, path);
    default:
      return undefined;
  }
}

function convertObject(value: object, path: Set<object>): unknown {
  if (path.has(value)) {
    throw new TypeError("JSON can't hold an object that contains itself. Leave that part out.");
  }
  if (path.size >= MAX_DEPTH) {
    throw new TypeError(`JSON of this kernel is nested at most ${MAX_DEPTH} deep. Flatten it.`);
  }
  path.add(value);
  const converted = convertParts(value, path);
  path.delete(value);
  return converted;
}

function convertParts(value: object, path: Set<object>): unknown {
  const item = (part: unknown) => convert(part, path) ?? null;
  if (Array.isArray(value)) return Array.from(value, item);
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) {
    return Array.from(value as unknown as Iterable<unknown>, item);
  }
  if ("toJSON" in value && typeof value.toJSON === "function") {
    const own: unknown = value.toJSON();
    if (own !== value) return convert(own, path);
  }
  if (value instanceof Set) return Array.from(value, item);
  const entries: Iterable<[unknown, unknown]> =
    value instanceof Map ? value.entries() : Object.entries(value);
  const result: Record<string, unknown> = {};
  for (const [key, part] of entries) {
    const converted = convert(part, path);
    if (converted !== undefined) define(result, String(key), converted);
  }
  return result;
}

/** A key `__proto__` must stay a key. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
