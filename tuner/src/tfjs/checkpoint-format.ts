/**
 * A model's state as bytes: the length of a JSON header (4 bytes, little-endian), the header, then the
 * numbers of all tensors one behind the other, each at a multiple of 4 bytes.
 */
import { StorageError } from "../errors";
import type { ModelState, SavedField, SavedTensor } from "./model-state";

interface Described {
  readonly shape: readonly number[];
  readonly dtype: SavedTensor["dtype"];
}

interface Header {
  readonly format: "headroom-checkpoint/1";
  /** Of everything behind the header. */
  readonly bytes: number;
  /** One model for each execution and fold. */
  readonly models: readonly {
    readonly weights: readonly Described[];
    readonly optimizer: readonly DescribedField[];
  }[];
}

type DescribedField = { readonly name: string } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "tensor"; readonly value: Described }
  | {
      readonly kind: "slots";
      readonly names: readonly string[];
      readonly values: readonly Described[];
    }
);

const FORMAT = "headroom-checkpoint/1";
const LENGTH_BYTES = 4;

/** Returns the bytes of the states of a trial's models. */
export function encodeCheckpoint(states: readonly ModelState[]): Uint8Array {
  const tensors: SavedTensor[] = [];
  const describe = (tensor: SavedTensor): Described => {
    tensors.push(tensor);
    return { shape: tensor.shape, dtype: tensor.dtype };
  };
  const models = states.map(({ weights, optimizer }) => ({
    weights: weights.map(describe),
    optimizer: Object.entries(optimizer).map(([name, field]) =>
      describeField(name, field, describe),
    ),
  }));
  const bytes = tensors.reduce((sum, { data }) => sum + aligned(data.byteLength), 0);
  const header: Header = { format: FORMAT, bytes, models };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = aligned(LENGTH_BYTES + text.length);
  const result = new Uint8Array(start + bytes);
  new DataView(result.buffer).setUint32(0, text.length, true);
  result.set(text, LENGTH_BYTES);
  let offset = start;
  for (const { data } of tensors) {
    result.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += aligned(data.byteLength);
  }
  return result;
}

function describeField(
  name: string,
  field: SavedField,
  describe: (tensor: SavedTensor) => Described,
): DescribedField {
  switch (field.kind) {
    case "number":
      return { name, ...field };
    case "tensor":
      return { name, kind: "tensor", value: describe(field.value) };
    case "slots":
      return { name, kind: "slots", names: field.names, values: field.values.map(describe) };
  }
}

/** Returns the states that `encodeCheckpoint` was given. Throws StorageError `damaged-checkpoint`. */
export function decodeCheckpoint(bytes: Uint8Array): ModelState[] {
  const { header, start } = readHeader(bytes);
  if (bytes.length !== start + header.bytes) {
    throw damaged(`it has ${bytes.length} bytes, expected ${start + header.bytes}`);
  }
  // A copy begins at a multiple of 4, as typed arrays need it. (Node's Buffer.slice would not copy.)
  const body = new Uint8Array(bytes.subarray(start));
  let offset = 0;
  const read = ({ shape, dtype }: Described): SavedTensor => {
    const size = shape.reduce((product, n) => product * n, 1);
    const Data = dtype === "float32" ? Float32Array : dtype === "int32" ? Int32Array : Uint8Array;
    const data = new Data(body.buffer, offset, size);
    offset += aligned(data.byteLength);
    return { shape, dtype, data };
  };
  return header.models.map(({ weights, optimizer }) => ({
    weights: weights.map(read),
    optimizer: Object.fromEntries(optimizer.map((field) => [field.name, readField(field, read)])),
  }));
}

function readField(field: DescribedField, read: (described: Described) => SavedTensor): SavedField {
  switch (field.kind) {
    case "number":
      return { kind: "number", value: field.value };
    case "tensor":
      return { kind: "tensor", value: read(field.value) };
    case "slots":
      return { kind: "slots", names: field.names, values: field.values.map(read) };
  }
}

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  if (bytes.length < LENGTH_BYTES) throw damaged("it is empty");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  try {
    const text = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
    const header: Header = JSON.parse(new TextDecoder().decode(text));
    if (header.format === FORMAT) return { header, start: aligned(LENGTH_BYTES + length) };
  } catch {
    // Told below.
  }
  throw damaged("its beginning is no header of a checkpoint");
}

function damaged(why: string): StorageError {
  return new StorageError(
    "damaged-checkpoint",
    `A checkpoint can't be read: ${why}. Delete the file; the trial is then trained from its beginning.`,
  );
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
