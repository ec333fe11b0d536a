/**
 * Convolutions over one to three spatial axes with channels last, by TensorFlow's own kernels. There is
 * none for one axis: such tensors come with another axis of size 1.
 */
import type { Attributes } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { shapeOf } from "./shape";
import { type Sliding, slidingAttributes, slidShape } from "./sliding";

/** A convolution's kernels. The gradients take an input's shape, a filter's, and a result's gradient. */
interface Kernels {
  readonly forward: string;
  readonly byInput: string;
  readonly byFilter: string;
  /** What the gradient by the input needs beside the common attributes. */
  readonly extra: Attributes;
}

const PLANE: Kernels = {
  forward: "Conv2D",
  byInput: "Conv2DBackpropInput",
  byFilter: "Conv2DBackpropFilter",
  extra: {},
};

const SPACE: Kernels = {
  forward: "Conv3D",
  byInput: "Conv3DBackpropInputV2",
  byFilter: "Conv3DBackpropFilterV2",
  extra: { Tshape: { type: DType.int32 } },
};

const DEPTHWISE: Kernels = {
  forward: "DepthwiseConv2dNative",
  byInput: "DepthwiseConv2dNativeBackpropInput",
  byFilter: "DepthwiseConv2dNativeBackpropFilter",
  extra: {},
};

/** Returns the convolution of x with a filter [...window, channels of x, channels]. */
export function convolution(tape: Tape, x: Value, filter: Value, sliding: Sliding): Value {
  return convolve(tape, x, filter, sliding, kernelsFor(filter), filter.shape.at(-1) ?? null);
}

/**
 * Returns the convolution of each channel with filters of its own: [height, width, channels of x,
 * filters per channel]. Both strides must be equal.
 */
export function depthwiseConvolution(tape: Tape, x: Value, filter: Value, sliding: Sliding): Value {
  const [, , channels, multiplier] = filter.shape as readonly number[];
  return convolve(tape, x, filter, sliding, DEPTHWISE, (channels ?? 1) * (multiplier ?? 1));
}

/**
 * Returns what a convolution's gradient by its input is: the filter [...window, channels, channels of
 * x], spread by each element of x. `sizes` are the result's spatial sizes.
 */
export function transposedConvolution(
  tape: Tape,
  x: Value,
  filter: Value,
  sizes: readonly number[],
  sliding: Sliding,
): Value {
  const { graph } = tape;
  const kernels = kernelsFor(filter);
  const channels = filter.shape.at(-2) as number;
  const shape = [x.shape[0] ?? null, ...sizes, channels];
  const result = byInput(graph, kernels, resultSizes(graph, x, [...sizes, channels]), filter, x, {
    sliding,
    shape,
  });
  tape.record([x, filter], [result], ([d], needed) => {
    if (!d) return [];
    const attributes = slidingAttributes(sliding);
    return [
      needed[0] ? graph.one(kernels.forward, [d, filter], attributes, x) : undefined,
      needed[1] ? byFilter(graph, kernels, d, filter, x, sliding) : undefined,
    ];
  });
  return result;
}

function convolve(
  tape: Tape,
  x: Value,
  filter: Value,
  sliding: Sliding,
  kernels: Kernels,
  channels: number | null,
): Value {
  const { graph } = tape;
  const window = filter.shape.slice(0, -2) as number[];
  const shape = slidShape(x.shape, window, sliding, channels);
  const output = { dtype: DType.float32, shape };
  const result = graph.one(kernels.forward, [x, filter], slidingAttributes(sliding), output);
  tape.record([x, filter], [result], ([d], needed) => {
    if (!d) return [];
    const toInput = () =>
      byInput(graph, kernels, shapeOf(graph, x), filter, d, { sliding, shape: x.shape });
    return [
      needed[0] ? toInput() : undefined,
      needed[1] ? byFilter(graph, kernels, x, filter, d, sliding) : undefined,
    ];
  });
  return result;
}

function byInput(
  graph: Graph,
  { byInput: op, extra }: Kernels,
  sizes: Value,
  filter: Value,
  gradient: Value,
  { sliding, shape }: { readonly sliding: Sliding; readonly shape: Value["shape"] },
): Value {
  const attributes = { ...slidingAttributes(sliding), ...extra };
  return graph.one(op, [sizes, filter, gradient], attributes, { dtype: DType.float32, shape });
}

function byFilter(
  graph: Graph,
  { byFilter: op }: Kernels,
  x: Value,
  filter: Value,
  gradient: Value,
  sliding: Sliding,
): Value {
  const inputs = [x, shapeOf(graph, filter), gradient];
  return graph.one(op, inputs, slidingAttributes(sliding), filter);
}

/** The result's shape for as many samples as x has. */
function resultSizes(graph: Graph, x: Value, rest: readonly number[]): Value {
  const int = { T: { type: DType.int32 } };
  const list = (length: number) => ({ dtype: DType.int32, shape: [length] });
  const from = [graph.ints([0]), graph.ints([1])];
  const slice = { ...int, Index: { type: DType.int32 } };
  const samples = graph.one("Slice", [shapeOf(graph, x), ...from], slice, list(1));
  const attributes = { ...int, N: { int: 2 }, Tidx: { type: DType.int32 } };
  const parts = [samples, graph.ints(rest), graph.int(0)];
  return graph.one("ConcatV2", parts, attributes, list(rest.length + 1));
}

function kernelsFor(filter: Value): Kernels {
  return filter.shape.length === 5 ? SPACE : PLANE;
}
