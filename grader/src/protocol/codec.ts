/**
 * Values as data, both ways. Numbers, texts, booleans, null and arrays stand for themselves in JSON;
 * everything else is an object whose `$` says what it is.
 */
export { decode, MalformedValueError } from "./decode";
export { encode, encodeText } from "./encode";

/** A value as JSON. */
export type Encoded = null | boolean | number | string | readonly Encoded[] | Tagged;

/** What JSON has no word for. */
type Tagged =
  | { readonly $: "undefined" }
  /** An element that a sparse array lacks. */
  | { readonly $: "hole" }
  | { readonly $: "number"; readonly v: "NaN" | "Infinity" | "-Infinity" | "-0" }
  | { readonly $: "bigint"; readonly v: string }
  | { readonly $: "typed"; readonly type: string; readonly v: readonly Encoded[] }
  | { readonly $: "map"; readonly v: readonly (readonly [Encoded, Encoded])[] }
  | { readonly $: "set"; readonly v: readonly Encoded[] }
  | { readonly $: "date"; readonly v: Encoded }
  | { readonly $: "regexp"; readonly v: string; readonly flags: string }
  | { readonly $: "error"; readonly name: string; readonly message: string }
  | { readonly $: "object"; readonly v: readonly (readonly [string, Encoded])[] }
  | {
      readonly $: "tensor";
      readonly shape: readonly number[];
      readonly dtype: string;
      readonly v: readonly Encoded[];
    }
  /** The value that many levels above, of which this is a part. */
  | { readonly $: "cycle"; readonly v: number }
  /** A function that the other side answers. */
  | { readonly $: "callback"; readonly v: number }
  /** What can't leave its process. */
  | { readonly $: "opaque"; readonly v: string; readonly name: string };
