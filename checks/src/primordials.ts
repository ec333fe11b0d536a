/**
 * The built-in functions that judging rests on, as they were when this module was loaded: what a
 * notebook does to its globals later does not change what its checks say.
 */

export const { isArray } = Array;
export const { isView } = ArrayBuffer;
export const { abs, imul, min } = Math;
export const { isFinite: isFiniteNumber, isInteger } = Number;
export const { create, defineProperty, getPrototypeOf, is, keys } = Object;
export const toJson = JSON.stringify;
export const startTimer = setTimeout;
export const stopTimer = clearTimeout;

const owns = Object.prototype.hasOwnProperty;
const apply = Reflect.apply;

/** Returns true when the object itself, not its prototype, has the property. */
export function hasOwn(of: object, key: PropertyKey): boolean {
  return apply(owns, of, [key]);
}
