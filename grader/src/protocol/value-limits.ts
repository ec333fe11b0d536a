/** How large a value may be that crosses the border. */

/** Parts of a value: elements, properties, numbers of a typed array. */
export const MOST_PARTS = 200_000;

/** Levels of nesting. */
export const MOST_LEVELS = 200;

/** UTF-16 units of all texts in a value together. */
export const MOST_CHARACTERS = 2_000_000;

/** Decimal digits of a bigint. */
export const MOST_DIGITS = 1000;

/** The kinds of typed arrays that every supported version of Node has, by name. */
export const TYPED_ARRAYS: ReadonlyMap<string, TypedArrayConstructor> = new Map(
  Object.entries({
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  }),
);

/** Makes a typed array of a length, all 0. */
export type TypedArrayConstructor = new (length: number) => TypedArray;

/** What they have in common. */
interface TypedArray {
  readonly length: number;
  [index: number]: number | bigint;
}
