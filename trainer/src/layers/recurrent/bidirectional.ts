import type { Value } from "../../graph/graph";
import type { Tape } from "../../graph/tape";
import { add, multiply } from "../../ops/arithmetic";
import { concatenate } from "../../ops/joining";
import { reverse } from "../../ops/reverse";
import type { Layer, LayerEmitter } from "../layer-emitter";

/** What tfjs's Bidirectional has beside what is declared. */
interface Both {
  readonly forwardLayer: Layer;
  readonly backwardLayer: Layer;
}

type Merge = (tape: Tape, forward: Value, backward: Value) => readonly Value[];

const MERGES: Readonly<Record<string, Merge>> = {
  concat: (tape, forward, backward) => [
    concatenate(tape, [forward, backward], forward.shape.length - 1),
  ],
  sum: (tape, forward, backward) => [add(tape, forward, backward)],
  ave: (tape, forward, backward) => [half(tape, add(tape, forward, backward))],
  mul: (tape, forward, backward) => [multiply(tape, forward, backward)],
  null: (_tape, forward, backward) => [forward, backward],
};

/** The layer Bidirectional: two recurrent layers, the second from the end, and their outputs merged. */
export const bidirectional: LayerEmitter = (call, [x, ...states]) => {
  const { tape } = call;
  const { forwardLayer, backwardLayer } = call.layer as unknown as Both;
  const merge = MERGES[String(call.config.mergeMode ?? null)];
  if (merge === undefined) return call.refuse(`its mergeMode ${String(call.config.mergeMode)}`);
  const half = states.length / 2;
  const [forward, ...forwardStates] = call.apply(forwardLayer, [
    x as Value,
    ...states.slice(0, half),
  ]);
  const [last, ...backwardStates] = call.apply(backwardLayer, [x as Value, ...states.slice(half)]);
  const isSequence = (last as Value).shape.length === 3;
  const backward = isSequence ? reverse(tape, last as Value, 1) : (last as Value);
  return [...merge(tape, forward as Value, backward), ...forwardStates, ...backwardStates];
};

function half(tape: Tape, x: Value): Value {
  return multiply(tape, x, tape.graph.float(0.5));
}
