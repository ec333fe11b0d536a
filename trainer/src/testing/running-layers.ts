/** Single layers in a graph: what comes out of them, and the gradient by what goes in. */
import * as tf from "@tensorflow/tfjs-node";
import { DType } from "../graph/dtype";
import { Graph, type Value } from "../graph/graph";
import { savedModel } from "../graph/saved-model";
import { Tape } from "../graph/tape";
import { forward } from "../program/forward";
import { Hyperparameters } from "../program/hyperparameters";
import { GraphVariables, VARIABLE_NODES } from "../program/variables";
import { addWeights, WeightValues } from "../program/weight-values";
import { type NodeBackend, nodeBackend } from "../session/backend";
import { type Feeds, GraphSession } from "../session/graph-session";

/** What comes out of layers, and the gradient of its sum by what goes in. */
export interface LayersPass {
  readonly y: Float32Array;
  readonly gradient: Float32Array;
}

/** Layers, one after the other, with one input; its shape must be that of the output. */
export class RunningLayers {
  readonly model: tf.Sequential;
  readonly #session: GraphSession;
  readonly #feeds: Feeds;

  constructor(stack: readonly tf.layers.Layer[], x: tf.Tensor, training: boolean) {
    const inputShape = x.shape.slice(1);
    this.model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape }), ...stack] });
    const graph = new Graph();
    const tape = new Tape(graph);
    const hyperparameters = new Hyperparameters(graph);
    const variables = new GraphVariables(graph);
    const all = addWeights(this.model, variables);
    variables.finish();
    const input = graph.placeholder("x", DType.float32, [null, ...inputShape]);
    const [seed, step] = ["seed", "step"].map((name) =>
      graph.placeholder(name, DType.int32, []),
    ) as [Value, Value];
    const weights = new WeightValues(graph, all);
    const context = { tape, training, weights, hyperparameters, seed, step };
    const [y] = forward(this.model, [input], context) as [Value];
    const type = { T: { type: DType.float32 } };
    const ones = graph.one("OnesLike", [y], type, y);
    const [gradient] = tape.gradients([{ value: y, gradient: ones }], [input]) as [Value];
    graph.one("Identity", [y], type, input, { name: "y" });
    graph.one("Identity", [gradient], type, input, { name: "gradient" });
    this.#session = new GraphSession(nodeBackend() as NodeBackend, savedModel(graph.nodes));
    if (all.length > 0) {
      const initial = all.map(({ weight, variable }) => [
        VARIABLE_NODES.initial(variable.name),
        weight.read(),
      ]);
      this.#session.numbers(Object.fromEntries(initial), [VARIABLE_NODES.initialized]);
    }
    const numbers = [...hyperparameters.values].map(([name, value]) => [
      name,
      { shape: [], data: Float32Array.of(value) },
    ]);
    this.#feeds = { x, ...Object.fromEntries(numbers) };
  }

  /** Runs the layers, always on the same input. */
  pass(step = 0, seed = 0): LayersPass {
    const int = (value: number) => ({ shape: [], data: Int32Array.of(value) });
    const feeds = { ...this.#feeds, seed: int(seed), step: int(step) };
    const [y, gradient] = this.#session.numbers(feeds, ["y", "gradient"]);
    return { y: y as Float32Array, gradient: gradient as Float32Array };
  }
}
