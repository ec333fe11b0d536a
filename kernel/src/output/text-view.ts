import { type InspectOptions, inspect, stripVTControlCharacters, types } from "node:util";
import { hideKernelFrames } from "./stack-frames";

/** How much of a value is shown: how deep, and how many items or keys at each level. */
interface Extent {
  readonly depth: number;
  readonly items: number;
}

/** Arrays with holes beyond this length are not shown in full view: Node looks at all their items. */
const MAX_HOLEY_LENGTH = 10_000;

const FULL: Extent = { depth: 4, items: 100 };
/** Tried in this order until what is shown stays within the budget. */
const EXTENTS: readonly Extent[] = [
  FULL,
  { depth: 4, items: 20 },
  { depth: 3, items: 20 },
  { depth: 2, items: 10 },
  { depth: 1, items: 10 },
];
/** What is left where nothing else does: hardly more than the outermost value. */
const LEAST: Extent = { depth: 0, items: 100 };
/** How many values a text may show. */
const BUDGET = 4_000;
const MAX_CHARACTERS = 10_000;
const HINT = '// shortened; display(value, { all: true }) from "@headroom/kernel" shows everything';

const STYLE: InspectOptions = { colors: false, breakLength: 80, sorted: false };

/**
 * Returns a value as text, as Node's console prints it but without colours. Long values are
 * shortened, with a last line that says how to see all; `all` shows all of it. Never throws.
 */
export function toText(value: unknown, all = false): string {
  try {
    return print(value, all, true);
  } catch {
    return printPlainly(value, all);
  }
}

/** For values whose own way of being printed fails. */
function printPlainly(value: unknown, all: boolean): string {
  try {
    return print(value, all, false);
  } catch (error) {
    return `[a value that cannot be printed: ${reason(error)}]`;
  }
}

/** Returns the message of whatever was thrown. Never throws. */
export function reason(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "unknown";
  }
}

function print(value: unknown, all: boolean, customInspect: boolean): string {
  const style = { ...STYLE, customInspect };
  const text = all
    ? inspect(value, { ...style, depth: null, maxArrayLength: null, maxStringLength: null })
    : printPart(value, style);
  const plain = text.includes("\u001b") ? stripVTControlCharacters(text) : text;
  return hideKernelFrames(plain);
}

function printPart(value: unknown, style: InspectOptions): string {
  const keysOf = rememberKeys();
  const extent = EXTENTS.find((candidate) => fits(value, candidate, keysOf)) ?? LEAST;
  const options = {
    ...style,
    depth: extent.depth,
    maxArrayLength: extent.items,
    maxStringLength: MAX_CHARACTERS,
  };
  const text = printLongArray(value, options, extent) ?? printManyKeys(value, options);
  if (text !== undefined) return `${text}\n${HINT}`;
  const whole = inspect(value, options);
  return /\.\.\. \d+ more (item|character|byte)s?\b/.test(whole) ? `${whole}\n${HINT}` : whole;
}

/** Node lists every index of an array that has holes, millions of them; so it gets a short copy. */
function printLongArray(
  value: unknown,
  options: InspectOptions,
  { items }: Extent,
): string | undefined {
  if (types.isProxy(value) || !Array.isArray(value) || value.length <= items) return undefined;
  if (Object.getPrototypeOf(value) !== Array.prototype) return undefined;
  const head: unknown[] = new Array(items + 1);
  for (let i = 0; i <= items; i++) if (i in value) head[i] = value[i];
  const text = inspect(head, options);
  const end = text.lastIndexOf("... 1 more item");
  const more = `... ${(value.length - items).toLocaleString("en")} more items`;
  return end < 0
    ? `${text.slice(0, -1).trimEnd()},\n  ${more}\n]`
    : text.slice(0, end) + more + text.slice(end + "... 1 more item".length);
}

/** Node prints all keys of an object, whatever the limits say. */
function printManyKeys(value: unknown, options: InspectOptions): string | undefined {
  if (!hasPlainKeys(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length <= FULL.items) return undefined;
  const part: object = Object.create(Object.getPrototypeOf(value));
  for (const key of keys.slice(0, FULL.items)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor !== undefined) Object.defineProperty(part, key, descriptor);
  }
  const text = inspect(part, { ...options, compact: false });
  const more = (keys.length - FULL.items).toLocaleString("en");
  return text.replace(/\n?\s*\}$/, `,\n  ... ${more} more keys\n}`);
}

/** Objects that Node prints by their keys, and not by what they are or say. */
function hasPlainKeys(value: unknown): value is object {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  if (types.isMap(value) || types.isSet(value) || types.isNativeError(value)) return false;
  return !(inspect.custom in value);
}

type KeysOf = (value: object) => readonly string[];

/** Naming the keys of a large object takes long, so it is done once. */
function rememberKeys(): KeysOf {
  const known = new Map<object, readonly string[]>();
  return (value) => {
    const keys = known.get(value) ?? Object.keys(value);
    known.set(value, keys);
    return keys;
  };
}

/** Returns whether no more than the budget of values would be shown. */
function fits(value: unknown, { depth, items }: Extent, keysOf: KeysOf): boolean {
  let left = BUDGET;
  const path = new Set<object>();
  const visit = (part: unknown, level: number): boolean => {
    if (--left < 0) return false;
    if (typeof part !== "object" || part === null || level > depth || path.has(part)) return true;
    if (level > 0 && isHoley(part, items)) return false;
    path.add(part);
    const parts = visibleParts(part, items, level === 0 ? FULL.items : BUDGET, keysOf);
    const isWithin = parts.every((inner) => visit(inner, level + 1));
    path.delete(part);
    return isWithin;
  };
  return visit(value, 0);
}

function isHoley(value: object, items: number): boolean {
  if (types.isProxy(value) || !Array.isArray(value)) return false;
  if (value.length <= MAX_HOLEY_LENGTH) return false;
  for (let i = 0; i < items; i++) if (!(i in value)) return true;
  return false;
}

/** The values inside an object that would be shown; getters are not run. */
function visibleParts(
  value: object,
  items: number,
  maxKeys: number,
  keysOf: KeysOf,
): readonly unknown[] {
  if (types.isProxy(value)) return [];
  if (Array.isArray(value)) return value.slice(0, items);
  if (ArrayBuffer.isView(value)) return new Array(Math.min(items, value.byteLength)).fill(0);
  if (types.isMap(value)) return take(value.entries(), items).flat();
  if (types.isSet(value)) return take(value.values(), items);
  return keysOf(value)
    .slice(0, maxKeys + 1)
    .map((key) => Object.getOwnPropertyDescriptor(value, key)?.value);
}

function take<T>(values: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length >= count) break;
    taken.push(value);
  }
  return taken;
}
