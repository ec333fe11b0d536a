import { inspect, types } from "node:util";
import type { ErrorInfo } from "../bridge/contract";

const LONGEST_MESSAGE = 100_000;
const LONGEST_DETAILS = 20_000;

/** What the head of a stack already tells. */
const HEAD_PROPERTIES = new Set<PropertyKey>(["name", "message", "stack"]);

/**
 * Returns what is needed to show a thrown value, whatever it is: errors whose getters throw, proxies,
 * objects without a prototype, strings, undefined. Never throws.
 */
export function toErrorInfo(thrown: unknown): ErrorInfo {
  if (!isErrorLike(thrown)) {
    const message = typeof thrown === "string" ? thrown : safeInspect(thrown);
    return { name: "Thrown", message: shorten(message, LONGEST_MESSAGE), stack: "", details: "" };
  }
  const name = readText(thrown, "name") || constructorName(thrown) || "Error";
  const message = shorten(readText(thrown, "message"), LONGEST_MESSAGE);
  return { name, message, stack: readText(thrown, "stack"), details: detailsOf(thrown) };
}

/** Returns whether a value can be shown as an error: a real one, of any realm, or one by its shape. */
function isErrorLike(value: unknown): value is object {
  if (value === null || typeof value !== "object" || types.isProxy(value)) return false;
  if (types.isNativeError(value)) return true;
  return hasText(value, "name") && hasText(value, "message") && hasText(value, "stack");
}

function hasText(value: object, key: string): boolean {
  return typeof read(value, key) === "string";
}

/** A property; undefined where reading it throws. */
function read(value: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}

function readText(value: object, key: string): string {
  const found = read(value, key);
  if (typeof found === "string") return found;
  // An own `stack` or `message` that is no text is shown among the details.
  return "";
}

function constructorName(value: object): string {
  const maker = read(value, "constructor");
  return typeof maker === "function" ? String(read(maker, "name") ?? "") : "";
}

/** Own properties, `cause` and `errors`, one a line. */
function detailsOf(error: object): string {
  const lines: string[] = [];
  for (const key of ownKeys(error)) {
    if (isHead(error, key)) continue;
    const isPlain = Object.prototype.propertyIsEnumerable.call(error, key);
    if (!isPlain && key !== "cause" && key !== "errors") continue;
    const label = typeof key === "symbol" ? `[${key.toString()}]` : key;
    lines.push(`${label}: ${printed(key, read(error, key))}`);
  }
  return shorten(lines.join("\n"), LONGEST_DETAILS);
}

function ownKeys(error: object): PropertyKey[] {
  try {
    return Reflect.ownKeys(error);
  } catch {
    return [];
  }
}

function isHead(error: object, key: PropertyKey): boolean {
  return HEAD_PROPERTIES.has(key) && typeof read(error, key) === "string";
}

function printed(key: PropertyKey, value: unknown): string {
  // The stacks of the errors that an AggregateError holds would bury their messages.
  if (key !== "errors" || !Array.isArray(value)) return safeInspect(value);
  return value
    .map((part: unknown) => {
      const info = toErrorInfo(part);
      return `\n  - ${info.name}: ${info.message}`;
    })
    .join("");
}

function safeInspect(value: unknown): string {
  try {
    return inspect(value, { depth: 3, maxStringLength: LONGEST_DETAILS });
  } catch (problem) {
    try {
      return inspect(value, { customInspect: false, getters: false, showProxy: true });
    } catch {
      return `a value that cannot be printed (${typeof problem})`;
    }
  }
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length)}... (${text.length - length} more characters)`;
}
