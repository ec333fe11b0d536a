/**
 * TensorFlow's SavedModel with nothing in it but one graph: no variables folder, saver, signatures or
 * functions. Field numbers are those of saved_model.proto, meta_graph.proto, graph.proto,
 * node_def.proto, attr_value.proto, tensor.proto and tensor_shape.proto.
 */
import type { Attribute, Shape, TensorContent } from "./attribute";
import { ProtobufWriter } from "./protobuf";

/** A node as a graph stores it. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:1` for another output than the first, `^node` for a control input. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The tag by which the graph is found when it is loaded. */
export const TAG = "train";

/** The graph format of TensorFlow 2.9 to 2.15, and the oldest reader that may read it. */
const VERSIONS = { producer: 1286, minConsumer: 12 };

/** Returns the content of `saved_model.pb`. */
export function savedModel(nodes: readonly NodeDef[]): Uint8Array {
  const graph = (writer: ProtobufWriter) => {
    for (const node of nodes) writer.message(1, (inner) => writeNode(inner, node));
    writer.message(4, (inner) => inner.int(1, VERSIONS.producer).int(2, VERSIONS.minConsumer));
  };
  return new ProtobufWriter()
    .int(1, 1)
    .message(2, (meta) => meta.message(1, (info) => info.string(4, TAG)).message(2, graph))
    .finish();
}

function writeNode(writer: ProtobufWriter, { name, op, inputs, attributes }: NodeDef): void {
  writer.string(1, name).string(2, op);
  for (const input of inputs) writer.string(3, input);
  for (const [key, value] of Object.entries(attributes)) {
    writer.message(5, (entry) =>
      entry.string(1, key).message(2, (inner) => writeAttribute(inner, value)),
    );
  }
}

function writeAttribute(writer: ProtobufWriter, attribute: Attribute): void {
  if ("type" in attribute) writer.int(6, attribute.type);
  else if ("types" in attribute) {
    writer.message(1, (list) => list.packedInts(6, attribute.types));
  } else if ("shape" in attribute) writer.message(7, (shape) => writeShape(shape, attribute.shape));
  else if ("bool" in attribute) writer.int(5, attribute.bool ? 1 : 0);
  else if ("int" in attribute) writer.int(3, attribute.int);
  else if ("ints" in attribute) writer.message(1, (list) => list.packedInts(3, attribute.ints));
  else if ("float" in attribute) writer.float(4, attribute.float);
  else if ("string" in attribute) writer.string(2, attribute.string);
  else writer.message(8, (tensor) => writeTensor(tensor, attribute.tensor));
}

function writeShape(writer: ProtobufWriter, shape: Shape): void {
  for (const size of shape) writer.message(2, (axis) => axis.int(1, size ?? -1));
}

function writeTensor(writer: ProtobufWriter, { dtype, shape, data }: TensorContent): void {
  writer
    .int(1, dtype)
    .message(2, (inner) => writeShape(inner, shape))
    .bytes(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
