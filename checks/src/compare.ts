import { abs, hasOwn, is, isArray, isFiniteNumber, isView, keys } from "./primordials";
import { show } from "./show";
import { isOpaque } from "./snapshot";

/** Where two values first differ. */
export interface Difference {
  /** From the value inwards: `[1].rate`; empty for the value itself. */
  readonly path: string;
  readonly got: unknown;
  readonly want: unknown;
  /** True when one of them is a list of another length: `got` and `want` are the lengths. */
  readonly lengths: boolean;
}

/**
 * Returns where a value first differs from the wanted one, or undefined when they are equal.
 *
 * Lists are compared item by item, typed or not; objects by their own properties, where undefined is
 * as good as absent; 0 and -0 are equal, and so are NaN and NaN.
 *
 * @param tolerance how far two numbers may lie apart, absolute
 * @param options `functionsAlike` takes any two functions (as data) for equal
 */
export function firstDifference(
  got: unknown,
  want: unknown,
  tolerance: number,
  { functionsAlike = false }: { readonly functionsAlike?: boolean } = {},
): Difference | undefined {
  return compare(got, want, { tolerance, functionsAlike, pairs: [] }, "");
}

interface State {
  readonly tolerance: number;
  readonly functionsAlike: boolean;
  /** The pairs that contain the present one: cycles end where they began. */
  readonly pairs: [object, object][];
}

function compare(got: unknown, want: unknown, state: State, path: string): Difference | undefined {
  if (got === want || is(got, want)) return undefined;
  const here = { path, got, want, lengths: false };
  if (typeof got === "number" && typeof want === "number") {
    const near = isFiniteNumber(got) && isFiniteNumber(want) && abs(got - want) <= state.tolerance;
    return near ? undefined : here;
  }
  if (typeof got !== "object" || typeof want !== "object") return here;
  if (got === null || want === null) return here;
  for (const [a, b] of state.pairs) if (a === got && b === want) return undefined;
  state.pairs.push([got, want]);
  const difference = compareObjects(got, want, state, here);
  state.pairs.pop();
  return difference;
}

function compareObjects(
  got: object,
  want: object,
  state: State,
  here: Difference,
): Difference | undefined {
  if (state.functionsAlike && isFunction(got) && isFunction(want)) return undefined;
  if (isList(want)) return isList(got) ? compareLists(got, want, state, here.path) : here;
  if (want instanceof Map) return got instanceof Map ? compareMaps(got, want, state, here) : here;
  if (want instanceof Set) return got instanceof Set ? compareSets(got, want, state, here) : here;
  if (want instanceof Date) return got instanceof Date && is(+got, +want) ? undefined : here;
  if (want instanceof Error || want instanceof RegExp) {
    return show(got, 1000) === show(want, 1000) ? undefined : here;
  }
  if (isList(got) || got instanceof Map || got instanceof Set || got instanceof Date) return here;
  for (const key of keys(want)) {
    const difference = compare(own(got, key), own(want, key), state, `${here.path}.${key}`);
    if (difference) return difference;
  }
  for (const key of keys(got)) {
    const value = own(got, key);
    if (value !== undefined && !hasOwn(want, key)) {
      return { path: `${here.path}.${key}`, got: value, want: undefined, lengths: false };
    }
  }
  return undefined;
}

function isFunction(value: object): boolean {
  return isOpaque(value) && value.opaque === "function";
}

function own(of: object, key: string): unknown {
  return hasOwn(of, key) ? Reflect.get(of, key) : undefined;
}

function isList(value: object): value is ArrayLike<unknown> & object {
  return isArray(value) || (isView(value) && !(value instanceof DataView));
}

function compareLists(
  got: ArrayLike<unknown>,
  want: ArrayLike<unknown>,
  state: State,
  path: string,
): Difference | undefined {
  if (got.length !== want.length) {
    return { path, got: got.length, want: want.length, lengths: true };
  }
  for (let at = 0; at < want.length; at++) {
    const difference = compare(got[at], want[at], state, `${path}[${at}]`);
    if (difference) return difference;
  }
  return undefined;
}

function compareMaps(
  got: Map<unknown, unknown>,
  want: Map<unknown, unknown>,
  state: State,
  here: Difference,
): Difference | undefined {
  for (const [key, value] of want) {
    const match = got.has(key) ? key : equalIn(got.keys(), key, state, NOTHING);
    if (match === NOTHING) return here;
    const path = `${here.path}.get(${show(key, 30)})`;
    const difference = compare(got.get(match), value, state, path);
    if (difference) return difference;
  }
  return got.size === want.size ? undefined : here;
}

function compareSets(
  got: Set<unknown>,
  want: Set<unknown>,
  state: State,
  here: Difference,
): Difference | undefined {
  if (got.size !== want.size) return here;
  for (const item of want) {
    if (!got.has(item) && equalIn(got, item, state, NOTHING) === NOTHING) return here;
  }
  return undefined;
}

const NOTHING = Symbol("nothing");

/** Returns the first of the items that equals the wanted one: objects are other objects here. */
function equalIn<N>(items: Iterable<unknown>, want: unknown, state: State, none: N): unknown | N {
  for (const item of items) if (!compare(item, want, state, "")) return item;
  return none;
}
