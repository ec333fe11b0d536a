import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { InputError } from "./errors";
import { SeededRandom } from "./random";
import { requireCount } from "./ranges";
import { drawingFrom } from "./routed-math-random";
import { type Tf, tensorflow } from "./tensorflow";

/** A weight of a layer. */
interface Weight {
  readonly originalName: string;
  readonly shape: readonly number[];
  read(): Tensor;
}

interface Initializer {
  apply(shape: readonly number[], dtype?: string): Tensor;
}

type Shape = (number | null)[];

/** What tfjs's layers are made of; it declares most of this protected. */
interface LayerParts {
  readonly name: string;
  built: boolean;
  readonly weights: readonly Weight[];
  readonly inboundNodes: readonly { readonly inputShapes: Shape[] }[];
  /** Given by the user instead of an initializer. */
  readonly initialWeights?: Tensor[] | null;
  readonly _trainableWeights: readonly Weight[];
  readonly _nonTrainableWeights: readonly Weight[];
  /** Of models. */
  readonly layers?: readonly LayerParts[];
  readonly outputs?: readonly unknown[];
  /** Of wrappers. */
  readonly layer?: LayerParts;
  build(inputShape: Shape | Shape[]): void;
  setWeights(weights: Tensor[]): void;
}

/** How a layer asks for a weight while it is built. */
type AddWeight = (
  this: LayerParts,
  name: string,
  shape: Shape,
  dtype: string | undefined,
  initializer: Initializer,
  regularizer?: unknown,
  trainable?: boolean,
) => Weight;

/**
 * Returns the model, with all weights drawn anew by the seed, each by its own layer's initializer: as if
 * it had been built with random numbers that the seed fixes. TensorFlow.js builds models with unseeded ones.
 *
 * The draws depend on the seed and a weight's place in the model alone: not on names, on what was built or
 * drawn before, nor on layers that follow. What doesn't depend on chance stays as built: an
 * initializer with a seed of its own, and weights given by a layer's `weights` option. Loaded or trained
 * weights are lost, so call this before. The optimizer is left as it is.
 *
 * @param model sequential or functional, nested models included; built, that is with known input shapes
 * @param seed a whole number
 * @throws InputError `wrong-type` for a seed that isn't whole, a model that isn't built yet, and a layer
 *   of your own whose weights aren't made by `addWeight` in its `build`
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-node";
 * import { seedWeights } from "@headroom/kernel-utils";
 * const weightOf = (seed: number) => {
 *   const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] });
 *   return String(seedWeights(model, seed).getWeights()[0]?.dataSync());
 * };
 * weightOf(1) === weightOf(1); // => true
 * weightOf(1) === weightOf(2); // => false
 */
export function seedWeights<M extends LayersModel>(model: M, seed: number): M {
  requireCount("seed", seed, Number.MIN_SAFE_INTEGER);
  const parts = model as unknown as LayerParts;
  if ((parts.outputs ?? []).length === 0) {
    throw new InputError(
      "wrong-type",
      "The model has no weights yet: expected one whose first layer was given inputShape.",
    );
  }
  const drawn = new Set<Weight>();
  const root = new SeededRandom(seed);
  const layers = new Set<LayerParts>();
  collectLayers(parts, layers);
  const tf = tensorflow();
  withAddWeight(tf, drawAgain(root, drawn), () => {
    for (const layer of layers) rebuild(tf, layer);
  });
  requireAll(layers, drawn);
  return model;
}

/** Layers in the order of the model, none twice, models within it taken apart. */
function collectLayers(part: LayerParts, found: Set<LayerParts>): void {
  if (part.layers !== undefined) for (const layer of part.layers) collectLayers(layer, found);
  else if (part.layer?.layers !== undefined) collectLayers(part.layer, found);
  else if (part.weights.length > 0) found.add(part);
}

function rebuild(tf: Tf, layer: LayerParts): void {
  const shapes = layer.inboundNodes[0]?.inputShapes;
  if (shapes === undefined) return;
  const parts = new Set([layer]);
  collectParts(tf, layer, parts);
  const fields = [...parts].flatMap(takeWeightsOut);
  for (const part of parts) part.built = false;
  try {
    layer.build(shapes.length === 1 ? (shapes[0] as Shape) : shapes);
  } finally {
    for (const part of parts) part.built = true;
    for (const { part, key, weight } of fields) Reflect.set(part, key, weight);
  }
  if (layer.initialWeights) layer.setWeights(layer.initialWeights);
}

/** Layers that a layer is made of: a wrapper's own one, an RNN's cells. */
function collectParts(tf: Tf, layer: LayerParts, found: Set<LayerParts>): void {
  for (const value of Object.values(layer).flat()) {
    if (!(value instanceof tf.layers.Layer) || found.has(value as unknown as LayerParts)) continue;
    found.add(value as unknown as LayerParts);
    collectParts(tf, value as unknown as LayerParts, found);
  }
}

/** Some layers, the dense one among them, ask only for weights that they don't have. */
function takeWeightsOut(part: LayerParts): { part: LayerParts; key: string; weight: Weight }[] {
  const own = new Set<unknown>([...part._trainableWeights, ...part._nonTrainableWeights]);
  return Object.entries(part)
    .filter(([, value]) => own.has(value))
    .map(([key, weight]) => {
      Reflect.set(part, key, null);
      return { part, key, weight };
    });
}

/** Returns what takes the place of `addWeight`: new values for the weight that was made there before. */
function drawAgain(root: SeededRandom, drawn: Set<Weight>): AddWeight {
  return function (name, shape, dtype, initializer, _regularizer, trainable) {
    const own = (trainable ?? true) ? this._trainableWeights : this._nonTrainableWeights;
    const weight = own.find((one) => one.originalName.split("/").at(-1) === name);
    if (weight === undefined) {
      throw new InputError(
        "wrong-type",
        `Layer ${this.name} makes another weight, ${name}, when it is built again. Expected the same ` +
          "each time; set this layer's weights by layer.setWeights.",
        { layer: this.name, weight: name },
      );
    }
    const stream = root.fork(drawn.size);
    const value = drawingFrom(
      () => stream.random(),
      () => initializer.apply(shape as number[], dtype ?? "float32"),
    );
    // Past the layer's constraint, which building doesn't apply either.
    (weight.read() as Tensor & { assign(value: Tensor): void }).assign(value);
    value.dispose();
    drawn.add(weight);
    return weight;
  };
}

/** Runs `work` while every layer asks `addWeight` instead of tfjs's own. */
function withAddWeight(tf: Tf, addWeight: AddWeight, work: () => void): void {
  const prototype = tf.layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const before = prototype.addWeight;
  prototype.addWeight = addWeight;
  try {
    work();
  } finally {
    prototype.addWeight = before;
  }
}

function requireAll(layers: ReadonlySet<LayerParts>, drawn: ReadonlySet<Weight>): void {
  for (const layer of layers) {
    const left = layer.weights.find((weight) => !drawn.has(weight));
    if (left === undefined) continue;
    throw new InputError(
      "wrong-type",
      `Layer ${layer.name}: its weight ${left.originalName} can't be drawn again, since the layer doesn't ask ` +
        "for it by addWeight in build. Give this layer's initializers a seed, or set its weights.",
      { layer: layer.name, weight: left.originalName },
    );
  }
}
