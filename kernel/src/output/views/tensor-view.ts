import type { MimeBundle } from "../../bridge/contract";

/** What is needed of a tensor of TensorFlow.js, whichever copy of the library made it. */
interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly size: number;
  readonly isDisposed: boolean;
  /** Of variables. */
  readonly name?: string;
  readonly trainable?: boolean;
  toString(): string;
}

/** Beyond, values are not fetched for showing: that copies all of them. */
const MAX_VALUES = 5_000_000;

/** Shows a tensor by its kind, type and shape, then its values as the library prints them. */
export function tensorView(value: object): MimeBundle | undefined {
  if (!isTensor(value)) return undefined;
  return { data: { "text/plain": tensorText(value) }, metadata: {} };
}

function isTensor(value: object): value is TensorLike {
  return (
    "dtype" in value &&
    typeof value.dtype === "string" &&
    "shape" in value &&
    Array.isArray(value.shape) &&
    "dataSync" in value &&
    typeof value.dataSync === "function" &&
    "isDisposed" in value &&
    typeof value.isDisposed === "boolean"
  );
}

function tensorText(tensor: TensorLike): string {
  const variable = typeof tensor.trainable === "boolean" ? `Variable "${tensor.name}"` : "Tensor";
  const head = `${variable} ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head} (disposed: its memory is freed)`;
  if (tensor.size > MAX_VALUES) {
    return `${head} (${tensor.size.toLocaleString("en")} values; tensor.slice(...) shows some)`;
  }
  return `${head}\n${tensor.toString().replace(/^Tensor\n/, "")}`;
}
