/**
 * What a documented value stands for. Written values are JavaScript literals: numbers, strings,
 * `true`, `null`, `undefined`, `NaN`, `Infinity`, arrays and objects. A number with three decimals
 * or more stands for all numbers that round to it, any other number, or a fraction such as `2 / 3`,
 * for itself; typed arrays are written as arrays; properties that are `undefined` need no mention.
 *
 * @throws {Error} where the value is another one, naming the place and both values
 */
export function checkValue(where: string, actual: unknown, written: string): void {
  if (matches(actual, parse(where, written))) return;
  throw new Error(`${where}: the value is ${show(actual)}, but the documentation says ${written}`);
}

/**
 * That an expression throws, or rejects with, an error of a name.
 *
 * @throws {Error} where it doesn't
 */
export async function checkThrows(
  where: string,
  run: () => Promise<unknown>,
  name: string,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error && error.name === name) return;
    throw new Error(`${where}: threw ${show(error)}, but the documentation says ${name}`);
  }
  throw new Error(`${where}: threw nothing, but the documentation says ${name}`);
}

/** A number as it is written, with its decimals. */
class Written {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  matches(actual: number): boolean {
    const decimals = /^-?\d+\.(\d+)$/.exec(this.#text)?.[1]?.length ?? 0;
    return isNear(actual, this.valueOf(), decimals >= 3 ? 0.5 * 10 ** -decimals : 0);
  }

  /** So that `2 / 3` can be written for a fraction. */
  valueOf(): number {
    return Number(this.#text);
  }
}

/** Sums of decimal fractions are off by a few units in the last place; that much is forgiven. */
function isNear(actual: number, wanted: number, tolerance = 0): boolean {
  const slack = 1e-12 * Math.max(1, Math.abs(wanted));
  return Object.is(actual, wanted) || Math.abs(actual - wanted) <= tolerance + slack;
}

const NUMBERS_OUTSIDE_STRINGS =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w$.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;

function parse(where: string, written: string): unknown {
  const code = written.replace(NUMBERS_OUTSIDE_STRINGS, (text) => {
    return /^["']/.test(text) ? text : `written("${text}")`;
  });
  try {
    return new Function("written", `return (${code});`)((text: string) => new Written(text));
  } catch {
    throw new Error(`${where}: "${written}" isn't a value that can be compared`);
  }
}

function matches(actual: unknown, wanted: unknown): boolean {
  if (wanted instanceof Written) return typeof actual === "number" && wanted.matches(actual);
  if (typeof wanted === "number") return typeof actual === "number" && isNear(actual, wanted);
  if (Array.isArray(wanted)) {
    const list = listOf(actual);
    return list?.length === wanted.length && wanted.every((one, i) => matches(list[i], one));
  }
  if (typeof wanted !== "object" || wanted === null) return Object.is(actual, wanted);
  if (typeof actual !== "object" || actual === null || listOf(actual)) return false;
  const present = Object.entries(actual).filter(([, value]) => value !== undefined);
  const wantedEntries = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return (
    present.length === wantedEntries.length &&
    wantedEntries.every(([key, value]) => matches(Reflect.get(actual, key), value))
  );
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) {
    return Array.from(value as Iterable<unknown> & ArrayBufferView);
  }
  return undefined;
}

function show(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value)) return show(listOf(value));
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === "number" && !Number.isFinite(inner) ? String(inner) : inner,
  );
}
