import type { layers, serialization, Tensor } from "@tensorflow/tfjs";
import { dropoutMask, requireDropoutRate } from "./dropout";
import { InputError } from "./errors";
import { SeededRandom } from "./random";
import { requireCount } from "./ranges";
import { tensorflow } from "./tensorflow";

/** What a layer of `freshDropout` is made with. */
export interface FreshDropoutOptions {
  /** Share of the inputs that is dropped on average, 0 or more and below 1; 0 drops none. */
  readonly rate: number;
  /** Fixes all masks: a whole number. Give each dropout layer of a model another one. */
  readonly seed: number;
  /**
   * The mask's shape, one size per axis of the input, with the batch's first: null for the input's own
   * size, 1 where all positions along the axis share their fate. `[null, 1, null]` drops whole columns
   * of a series. Default: each number by itself.
   */
  readonly noiseShape?: readonly (number | null)[] | undefined;
  /** The layer's name in its model. */
  readonly name?: string;
  /** Shape of one input, without the batch, where this is a model's first layer. */
  readonly inputShape?: (number | null)[];
}

/** A dropout layer whose masks follow from its seed and from how many it has drawn. */
export interface FreshDropout extends layers.Layer {
  readonly rate: number;
  readonly seed: number;
  /** Masks drawn so far. */
  readonly draws: number;
  /** Begins with the first mask again, so that a second training equals the first. */
  reset(): void;
}

/**
 * Returns a dropout layer for TensorFlow.js that draws another mask for each batch and is
 * reproducible all the same: mask k follows from the seed and k. tfjs's own layer with a `seed` draws
 * one mask and repeats it at every call; without a seed no run can be repeated.
 *
 * In training a share `rate` of the inputs becomes 0 and the rest is divided by 1 - rate (inverted
 * scaling); predicting changes nothing and draws nothing. The layer counts its masks: training goes on
 * with the next one, `reset()` begins anew, and a layer that is loaded or made from a configuration
 * begins at its first mask. `compile(model).fit` of `@headroom/trainer` draws in its own way, from the
 * layer's seed and the step's number: fresh and reproducible too, but not the same masks, and `draws`
 * stays as it is.
 *
 * Saved models keep the layer. To load one in a program that has made no such layer yet, call
 * `registerFreshDropout()` first.
 *
 * @throws InputError `out-of-range` for another rate, `wrong-type` for a seed that isn't whole; while
 *   training `length-mismatch` and `out-of-range` for a noiseShape that doesn't fit the input
 *
 * Source: Srivastava et al. 2014, JMLR 15; Keras's `Dropout`, whose seed advances in the same way.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-node";
 * import { freshDropout } from "@headroom/kernel-utils";
 * const layer = freshDropout({ rate: 0.5, seed: 3 });
 * const pass = () => Array.from((layer.apply(tf.ones([1, 6]), { training: true }) as tf.Tensor).dataSync());
 * const [first, second] = [pass(), pass()];
 * first; // => [2, 2, 2, 0, 0, 2]
 * second; // => [2, 0, 0, 0, 2, 2]
 * layer.reset();
 * pass(); // => [2, 2, 2, 0, 0, 2]
 */
export function freshDropout(options: FreshDropoutOptions): FreshDropout {
  return new (layerClass())(options);
}

/** Makes TensorFlow.js know the layer's class, so that `tf.loadLayersModel` can make one. */
export function registerFreshDropout(): void {
  layerClass();
}

type LayerClass = new (options: FreshDropoutOptions) => FreshDropout;
type Inputs = Parameters<layers.Layer["call"]>[0];

let made: LayerClass | undefined;

/** The class extends one of tfjs's, which is loaded when it is needed first. */
function layerClass(): LayerClass {
  made ??= defineLayer();
  return made;
}

function defineLayer(): LayerClass {
  const tf = tensorflow();
  class FreshDropoutLayer extends tf.layers.Layer implements FreshDropout {
    static readonly className = "FreshDropout";
    /** For `@headroom/trainer`, whose own Dropout has fresh masks. */
    static readonly trainsAs = "Dropout";
    readonly rate: number;
    readonly seed: number;
    readonly noiseShape: readonly (number | null)[] | undefined;
    #draws = 0;

    constructor(options: FreshDropoutOptions) {
      super(options);
      requireDropoutRate(options.rate);
      requireCount("seed", options.seed, Number.MIN_SAFE_INTEGER);
      this.rate = options.rate;
      this.seed = options.seed;
      this.noiseShape = options.noiseShape ?? undefined;
      this.supportsMasking = true;
    }

    get draws(): number {
      return this.#draws;
    }

    reset(): void {
      this.#draws = 0;
    }

    override call(inputs: Inputs, kwargs: { readonly training?: boolean }): Tensor {
      return tf.tidy(() => {
        this.invokeCallHook(inputs, kwargs);
        const x = onlyTensor(inputs);
        if (kwargs.training !== true || this.rate === 0) return x.clone();
        const shape = maskShape(x.shape, this.noiseShape);
        const scales = this.#scales(shape);
        this.#draws += 1;
        return x.mul(tf.tensor(scales, shape));
      });
    }

    /** 0 for what is dropped, 1 / (1 - rate) for the rest. */
    #scales(shape: readonly number[]): Float32Array {
      const size = shape.reduce((product, extent) => product * extent, 1);
      const random = new SeededRandom(this.seed).fork(this.#draws);
      const mask = dropoutMask(random, size, this.rate);
      return Float32Array.from(mask, (kept) => (kept ? 1 / (1 - this.rate) : 0));
    }

    override getConfig(): serialization.ConfigDict {
      const { rate, seed, noiseShape } = this;
      return { ...super.getConfig(), rate, seed, noiseShape: noiseShape ? [...noiseShape] : null };
    }
  }
  tf.serialization.registerClass(FreshDropoutLayer as unknown as RegisteredClass);
  return FreshDropoutLayer as unknown as LayerClass;
}

type RegisteredClass = Parameters<typeof serialization.registerClass>[0];

function onlyTensor(inputs: Inputs): Tensor {
  const all = [inputs].flat();
  if (all.length === 1) return all[0] as Tensor;
  throw new InputError(
    "length-mismatch",
    `freshDropout takes one input, got ${all.length}. Use one layer for each, or concatenate them.`,
    { inputs: all.length },
  );
}

function maskShape(
  shape: readonly number[],
  noiseShape: readonly (number | null)[] | undefined,
): number[] {
  if (noiseShape === undefined) return [...shape];
  const fits = (size: number | null, axis: number): boolean =>
    size === null || size === 1 || size === shape[axis];
  if (noiseShape.length === shape.length && noiseShape.every(fits)) {
    return noiseShape.map((size, axis) => size ?? (shape[axis] as number));
  }
  throw new InputError(
    noiseShape.length === shape.length ? "out-of-range" : "length-mismatch",
    `noiseShape [${noiseShape.map(String).join(", ")}] does not fit an input of the shape ` +
      `[${shape.join(", ")}]: expected for each axis null, 1 or the input's size.`,
    { noiseShape, shape },
  );
}
