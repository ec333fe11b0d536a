import type { Value } from "../../graph/graph";
import type { Tape } from "../../graph/tape";
import { listed } from "../../ops/pieces";
import { reshapeBy, reshapeLike, sizeOf } from "../../ops/shape";
import type { Layer, LayerEmitter } from "../layer-emitter";

/** What wrappers and models of tfjs have beside what is declared. */
interface Wrapping {
  readonly layer?: Layer;
  readonly layers?: readonly Layer[];
  readonly forwardLayer?: Layer;
}

/**
 * The layer TimeDistributed. Layers see each sample for itself, so that the steps of all samples can be
 * one large batch; batch normalisation does not, as tfjs does one step after the other.
 */
export const timeDistributed: LayerEmitter = (call, [input]) => {
  const { tape, graph } = call;
  const x = input as Value;
  const { layer } = call.layer as unknown as { readonly layer: Layer };
  if (mixesSamples(layer)) {
    call.refuse("tfjs normalises each step for itself in the BatchNormalization that it wraps");
  }
  const [batch = null, steps = null, ...rest] = x.shape;
  const count = batch === null || steps === null ? null : batch * steps;
  const merged = resized(
    tape,
    x,
    [-1, ...rest.map((size, index) => size ?? sizeOf(graph, x, 2 + index))],
    [count, ...rest],
  );
  const outputs = call.apply(layer, [merged]);
  if (outputs.length !== 1) call.refuse("the layer that it wraps has several outputs");
  const apart = (value: Value) => {
    const [, ...own] = value.shape;
    const sizes = [
      -1,
      steps ?? sizeOf(graph, x, 1),
      ...own.map((size) => size ?? call.refuse("a size of the inner layer's output is not known")),
    ];
    return resized(tape, value, sizes, [batch, steps, ...own]);
  };
  const output = outputs[0] as Value;
  const result = apart(output);
  // The loss is as exact after this layer as without it.
  const known = tape.logitsOf(output);
  if (known) tape.noteLogits(result, { ...known, logits: apart(known.logits) });
  return result;
};

/** Reshapes, with a gradient. */
function resized(
  tape: Tape,
  x: Value,
  sizes: readonly (number | Value)[],
  shape: readonly (number | null)[],
): Value {
  const { graph } = tape;
  const result = reshapeBy(graph, x, listed(graph, sizes), shape);
  tape.record([x], [result], ([d]) => [d && reshapeLike(graph, d, x)]);
  return result;
}

function mixesSamples(layer: Layer): boolean {
  const { layer: inner, layers, forwardLayer } = layer as unknown as Wrapping;
  const parts = [
    ...(layers ?? []),
    ...(inner ? [inner] : []),
    ...(forwardLayer ? [forwardLayer] : []),
  ];
  return layer.getClassName() === "BatchNormalization" || parts.some(mixesSamples);
}
