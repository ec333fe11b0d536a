import type { DType } from "./dtype";

/** Sizes along the axes of a tensor; null where only the run tells, as for the size of a batch. */
export type Shape = readonly (number | null)[];

/** A tensor's content as a graph holds it. */
export interface TensorContent {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array | BigInt64Array;
}

/** The value of a node's attribute; TensorFlow's `AttrValue`. */
export type Attribute =
  | { readonly type: DType }
  | { readonly types: readonly DType[] }
  | { readonly shape: Shape }
  | { readonly bool: boolean }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly tensor: TensorContent };

/** A node's attributes by name. */
export type Attributes = Readonly<Record<string, Attribute>>;
