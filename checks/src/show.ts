import type { AnyFunction } from "./call";
import { functionName } from "./functions";
import { is, isArray, isFiniteNumber, isInteger, isView, keys, min, toJson } from "./primordials";
import { isOpaque, isTensorData } from "./snapshot";

interface Style {
  /** Significant digits of a number. */
  readonly digits: number;
  /** How many items of a list are shown. */
  readonly items: number;
  /** How many levels of lists in lists are shown. */
  readonly levels: number;
  /** How many characters of a text are shown. */
  readonly text: number;
}

const STYLES: readonly Style[] = [
  { digits: 6, items: 6, levels: 4, text: 60 },
  { digits: 6, items: 3, levels: 3, text: 40 },
  { digits: 6, items: 2, levels: 2, text: 20 },
];

/**
 * Returns a value as a student reads it: short, on one line, a number with 6 significant digits, a
 * long list cut with its length. Never throws.
 *
 * @param most characters that it may take; fewer items are shown, then the text is cut
 * @param exact numbers with all their digits, for two that look alike otherwise
 */
export function show(value: unknown, most = 90, exact = false): string {
  let text = "";
  for (const style of STYLES) {
    try {
      text = write(value, exact ? { ...style, digits: 17 } : style, 0);
    } catch {
      return "a value that can't be read";
    }
    if (text.length <= most) return text;
  }
  return cut(text, most);
}

/** Returns the text, with an ellipsis when it is longer than `most` characters. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function write(value: unknown, style: Style, level: number): string {
  switch (typeof value) {
    case "number":
      return writeNumber(value, style.digits);
    case "bigint":
      return `${value}n`;
    case "string":
      return toJson(cut(value, style.text));
    case "function":
      return functionName(value as AnyFunction) || "a function";
    case "object":
      return value === null ? "null" : writeObject(value, style, level);
    default:
      return String(value);
  }
}

function writeNumber(value: number, digits: number): string {
  if (is(value, -0)) return "-0";
  if (isInteger(value) || !isFiniteNumber(value) || digits > 16) return String(value);
  return String(Number(value.toPrecision(digits)));
}

function writeObject(value: object, style: Style, level: number): string {
  if (isArray(value)) return writeList("[", value, "]", style, level);
  if (isView(value)) {
    const list = value as unknown as ArrayLike<unknown>;
    return writeList(`${value.constructor.name} [`, list, "]", style, level);
  }
  if (value instanceof Map) return writeEntries("Map {", [...value], " => ", style, level);
  if (value instanceof Set) return writeList("Set {", [...value], "}", style, level);
  if (value instanceof Date)
    return `Date ${Number.isNaN(+value) ? "invalid" : value.toISOString()}`;
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`, style.text);
  if (value instanceof RegExp) return String(value);
  if (isOpaque(value)) return writeOpaque(value.opaque, value.name, style);
  if (isTensorData(value)) {
    const start = `tensor of shape [${value.shape.join(", ")}], ${value.dtype} [`;
    return writeList(start, value.values, "]", style, level);
  }
  const entries: [string, unknown][] = [];
  for (const key of keys(value)) entries.push([key, Reflect.get(value, key)]);
  return writeEntries("{", entries, ": ", style, level);
}

function writeOpaque(kind: string, name: string, style: Style): string {
  if (kind === "again") return "(itself again)";
  const thing = /^[aeiou]/i.test(kind) ? `an ${kind}` : `a ${kind}`;
  return name ? `${thing} (${cut(name, style.text)})` : thing;
}

function writeList(
  start: string,
  list: ArrayLike<unknown>,
  end: string,
  style: Style,
  level: number,
): string {
  if (list.length > 0 && level >= style.levels) return `${start}…${end}`;
  let text = start;
  const shown = min(list.length, style.items);
  for (let at = 0; at < shown; at++) {
    text += (at > 0 ? ", " : "") + write(list[at], style, level + 1);
  }
  return text + theRest(list.length, shown) + end;
}

function writeEntries(
  start: string,
  entries: readonly (readonly [unknown, unknown])[],
  between: string,
  style: Style,
  level: number,
): string {
  if (entries.length > 0 && level >= style.levels) return `${start}…}`;
  let text = start;
  const shown = min(entries.length, style.items);
  for (let at = 0; at < shown; at++) {
    const [key, value] = entries[at] as readonly [unknown, unknown];
    const name = between === ": " ? writeKey(key as string) : write(key, style, level + 1);
    text += (at > 0 ? ", " : "") + name + between + write(value, style, level + 1);
  }
  return `${text}${theRest(entries.length, shown)}}`;
}

function writeKey(key: string): string {
  return /^[\w$]+$/.test(key) ? key : toJson(cut(key, 30));
}

function theRest(length: number, shown: number): string {
  return shown < length ? `, … ${length} in all` : "";
}
