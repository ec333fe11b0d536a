/** A function as it was, with its `this` already given. */
export type Original = (...parameters: unknown[]) => unknown;

/** What runs instead: gets the original, the object it was called on, and the parameters. */
export type Replacement = (original: Original, self: unknown, ...parameters: unknown[]) => unknown;

/**
 * Replaces a function of an object by one that may call it; the new one keeps the name, the length
 * and own properties (such as `util.promisify.custom`). Does nothing where there is no function.
 */
export function replaceMethod<T extends object>(
  owner: T,
  name: keyof T,
  replacement: Replacement,
): void {
  const original: unknown = owner[name];
  if (typeof original !== "function") return;
  const method = function (this: unknown, ...parameters: unknown[]): unknown {
    return replacement((...given) => original.apply(this, given), this, ...parameters);
  };
  Object.defineProperties(method, Object.getOwnPropertyDescriptors(original));
  Reflect.set(owner, name, method);
}
