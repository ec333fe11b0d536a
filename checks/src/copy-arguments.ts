import { defineProperty, getPrototypeOf, isArray, isView, keys } from "./primordials";

/**
 * Returns copies of arguments, so that a function that changes them changes nobody else's. Lists,
 * plain objects, maps, sets and dates are copied however deep, and what is shared stays shared;
 * functions, tensors and instances of classes are passed on as they are.
 */
export function copyArguments(args: readonly unknown[]): unknown[] {
  const copies = new Map<object, object>();
  const copied: unknown[] = [];
  for (let at = 0; at < args.length; at++) copied[at] = copy(args[at], copies);
  return copied;
}

function copy(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const known = copies.get(value);
  if (known) return known;
  if (isArray(value)) {
    const items: unknown[] = [];
    copies.set(value, items);
    for (let at = 0; at < value.length; at++) items[at] = copy(value[at], copies);
    return items;
  }
  if (isView(value) && !(value instanceof DataView)) return (value as Uint8Array).slice();
  if (value instanceof Date) return new Date(value);
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    copies.set(value, map);
    for (const [key, item] of value) map.set(copy(key, copies), copy(item, copies));
    return map;
  }
  if (value instanceof Set) {
    const set = new Set<unknown>();
    copies.set(value, set);
    for (const item of value) set.add(copy(item, copies));
    return set;
  }
  return isPlain(value) ? copyPlain(value, copies) : value;
}

function copyPlain(value: object, copies: Map<object, object>): object {
  const object = {};
  copies.set(value, object);
  for (const key of keys(value)) {
    const item = copy(Reflect.get(value, key), copies);
    defineProperty(object, key, {
      value: item,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return object;
}

function isPlain(value: object): boolean {
  const prototype: unknown = getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
