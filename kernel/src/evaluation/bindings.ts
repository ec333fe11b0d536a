/**
 * Makes globals with a getter, such as `crypto`, plain properties where a cell binds their names: the
 * getter would swallow the cell's assignment.
 */
export function freeGlobals(names: readonly string[]): void {
  for (const name of names) {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
    if (descriptor?.configurable !== true) continue;
    if (descriptor.get === undefined && descriptor.writable === true) continue;
    Object.defineProperty(globalThis, name, {
      value: undefined,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
}

/** Keeps the global `_` at the last result, unless a cell makes `_` its own. */
export function createLastResult(): {
  declared(names: readonly string[]): void;
  set(value: unknown): void;
} {
  let last: unknown;
  let isOurs = true;
  Object.defineProperty(globalThis, "_", {
    value: undefined,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return {
    declared(names) {
      if (names.includes("_")) isOurs = false;
    },
    set(value) {
      if (!isOurs || value === undefined) return;
      // Something else was put there: `_ = ...` is as good as a declaration.
      if (!Object.is(Reflect.get(globalThis, "_"), last)) isOurs = false;
      else {
        last = value;
        Reflect.set(globalThis, "_", value);
      }
    },
  };
}
