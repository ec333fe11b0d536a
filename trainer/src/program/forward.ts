/** A model's forward pass, layer by layer. */
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import type { Layer, LayerCall } from "../layers/layer-emitter";
import { emitterOf } from "../layers/registry";
import { cast } from "../ops/arithmetic";
import type { Hyperparameters } from "./hyperparameters";
import type { NumericChecks } from "./numeric-checks";
import type { WeightValues } from "./weight-values";

/** What a forward pass stands on. */
export interface ForwardOptions {
  readonly tape: Tape;
  readonly training: boolean;
  readonly weights: WeightValues;
  readonly hyperparameters: Hyperparameters;
  /** The number of the layer's random numbers; see LayerCall.random. */
  readonly seed: Value;
  /** The number of the step since the optimizer began. */
  readonly step: Value;
  /** What looks at each layer's outputs; undefined: nothing. */
  readonly checks?: NumericChecks | undefined;
}

/** Parts of tfjs's layers that are public in fact, though not by declaration. */
interface LayerInternals {
  readonly inboundNodes: readonly { readonly inputTensors: readonly SymbolicTensor[] }[];
}

/** What a model has beside what is declared. */
interface ModelInternals {
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
}

/** Writes a model's forward pass and returns its outputs. Throws a CannotCompileError. */
export function forward(
  model: LayersModel,
  inputs: readonly Value[],
  options: ForwardOptions,
): Value[] {
  return new ForwardPass(options).model(model, inputs, "");
}

class ForwardPass {
  #randoms = 0;

  constructor(readonly options: ForwardOptions) {}

  /** `path` tells a layer's place, whatever its name is: equal models have equal graphs. */
  model(model: LayersModel, inputs: readonly Value[], path: string): Value[] {
    const { inputs: given, outputs } = model as unknown as ModelInternals;
    const values = new Map<number, Value>();
    given.forEach((tensor, index) => void values.set(tensor.id, inputs[index] as Value));
    const calls = new Map<string, readonly Value[]>();
    const numbers = new Map(model.layers.map((layer, index) => [layer, `${path}${index}`]));
    const resultOf = (tensor: SymbolicTensor): Value => {
      const known = values.get(tensor.id);
      if (known !== undefined) return known;
      const { sourceLayer: layer, nodeIndex, tensorIndex } = tensor;
      const place = numbers.get(layer) ?? `${path}${layer.name}`;
      const key = `${place}:${nodeIndex}`;
      let results = calls.get(key);
      if (results === undefined) {
        const node = (layer as unknown as LayerInternals).inboundNodes[nodeIndex as number];
        results = this.layer(layer, (node?.inputTensors ?? []).map(resultOf), place);
        calls.set(key, results);
      }
      const value = results[tensorIndex ?? 0] as Value;
      values.set(tensor.id, value);
      return value;
    };
    return outputs.map(resultOf);
  }

  layer(layer: Layer, inputs: readonly Value[], place: string): readonly Value[] {
    if (isModel(layer)) return this.model(layer, inputs, `${place}.`);
    const className = layer.getClassName();
    const emit = emitterOf(layer);
    const call = this.#call(layer, className, place);
    if (typeof emit === "string") return call.refuse(emit);
    if (call.config.activityRegularizer) call.refuse("it has an activityRegularizer");
    try {
      const results = [emit(call, inputs)].flat() as readonly Value[];
      const { tape, checks } = this.options;
      if (checks === undefined) return results;
      const known = `the output of layer ${layer.name} (${className})`;
      return results.map((value) => checks.checkOutput(tape, `layer/${place}`, known, value));
    } catch (problem) {
      // Shapes that only the run tells do not always suffice.
      if (problem instanceof RangeError) return call.refuse(problem.message);
      throw problem;
    }
  }

  #call(layer: Layer, className: string, place: string): LayerCall {
    const { tape, training, weights, hyperparameters } = this.options;
    return {
      tape,
      graph: tape.graph,
      layer,
      config: layer.getConfig(),
      training,
      weight: (name) => weights.of(layer, name),
      hasWeight: (name) => weights.has(layer, name),
      assign: (name, value) => weights.assign(layer, name, value),
      assigned: (name) => weights.assignedTo(layer, name),
      hyperparameter: (name, value) => hyperparameters.add(`${place}/${name}`, value),
      random: (shape, like, { distribution = "uniform", seed } = {}) =>
        this.#random(DISTRIBUTIONS[distribution], shape, like, this.#seed(place, seed)),
      apply: (inner, inputs) => this.layer(inner, inputs, `${place}.${inner.getClassName()}`),
      refuse(reason) {
        throw new CannotCompileError(`layer ${layer.name} (${className})`, reason);
      },
    };
  }

  /** The training's seed, or a layer's own, of which 24 bits come through as a number. */
  #seed(place: string, own: number | undefined): Value {
    const { tape, seed, hyperparameters } = this.options;
    if (own === undefined) return seed;
    const fed = hyperparameters.add(`${place}/seed`, Math.trunc(own) % 2 ** 24);
    return tape.graph.outside(() => cast(tape.graph, fed, DType.int32));
  }

  /** Random numbers follow from seed, place and step alone: a training can go on where it ended. */
  #random(op: string, shape: Value, like: Pick<Value, "shape">, seed: Value): Value {
    const { tape, step } = this.options;
    const { graph } = tape;
    const place = graph.int(this.#randoms++);
    const own = graph.one(
      "AddV2",
      [seed, graph.one("Mul", [place, graph.int(PLACES)], { T: { type: DType.int32 } }, place)],
      { T: { type: DType.int32 } },
      seed,
    );
    const pack = { N: { int: 2 }, T: { type: DType.int32 }, axis: { int: 0 } };
    const seeds = graph.one("Pack", [own, step], pack, { dtype: DType.int32, shape: [2] });
    return graph.one(
      op,
      [shape, seeds],
      { dtype: { type: DType.float32 }, T: { type: DType.int32 }, Tseed: { type: DType.int32 } },
      { dtype: DType.float32, shape: like.shape },
    );
  }
}

const DISTRIBUTIONS = {
  uniform: "StatelessRandomUniform",
  normal: "StatelessRandomNormal",
} as const;

/** Seeds of different places are far apart: a large prime. */
const PLACES = 1_000_003;

function isModel(layer: Layer): layer is LayersModel {
  return "inputLayers" in layer || layer.getClassName() === "Sequential";
}
