/** Attributes of operations as tfjs-node gives them to TensorFlow, and as a graph has them. */
import type { Attribute, Attributes } from "../graph/attribute";
import type { DType } from "../graph/dtype";

/** An attribute as `executeOp` takes it. */
export interface RawAttribute {
  readonly name: string;
  /** One of the binding's `TF_ATTR_...` numbers. */
  readonly type: number;
  readonly value: unknown;
}

/** The numbers by which the binding tells kinds of attributes apart. */
export interface AttributeKinds {
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** Returns the attributes by name; undefined where one has a kind that a graph here can't hold. */
export function graphAttributes(
  kinds: AttributeKinds,
  raw: readonly RawAttribute[],
): Attributes | undefined {
  const found: Record<string, Attribute> = {};
  for (const { name, type, value } of raw) {
    const attribute = graphAttribute(kinds, type, value);
    if (attribute === undefined) return undefined;
    found[name] = attribute;
  }
  return found;
}

function graphAttribute(kinds: AttributeKinds, type: number, value: unknown) {
  switch (type) {
    case kinds.TF_ATTR_STRING:
      return typeof value === "string" ? { string: value } : undefined;
    case kinds.TF_ATTR_INT:
      if (isNumbers(value)) return { ints: value };
      return typeof value === "number" ? { int: value } : undefined;
    case kinds.TF_ATTR_FLOAT:
      return typeof value === "number" ? { float: value } : undefined;
    case kinds.TF_ATTR_BOOL:
      return Array.isArray(value) ? undefined : { bool: Boolean(value) };
    case kinds.TF_ATTR_TYPE:
      return typeof value === "number" ? { type: value as DType } : undefined;
    case kinds.TF_ATTR_SHAPE:
      return isNumbers(value) ? { shape: value } : undefined;
    default:
      return undefined;
  }
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "number");
}
