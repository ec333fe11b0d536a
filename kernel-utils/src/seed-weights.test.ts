import * as tf from "@tensorflow/tfjs-node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { InputError } from "./errors";
import { seedWeights } from "./seed-weights";

const valuesOf = (model: tf.LayersModel): number[][] =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

/** A layer of each kind that has weights. */
const architectures: Record<string, () => tf.LayersModel> = {
  "dense, with biases drawn too": () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [3], biasInitializer: "heNormal" }),
        tf.layers.dense({ units: 2, useBias: false, kernelInitializer: "orthogonal" }),
      ],
    }),
  "convolutions and batch normalisation": () =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 3, kernelSize: 2, inputShape: [6, 6, 1] }),
        tf.layers.batchNormalization({ gammaInitializer: "randomNormal" }),
        tf.layers.depthwiseConv2d({ kernelSize: 2 }),
        tf.layers.separableConv2d({ filters: 2, kernelSize: 2 }),
        tf.layers.conv2dTranspose({ filters: 2, kernelSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2 }),
      ],
    }),
  "embedding and recurrent layers": () =>
    tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 5, outputDim: 3, inputLength: 4 }),
        tf.layers.lstm({ units: 3, returnSequences: true }),
        tf.layers.gru({ units: 3, returnSequences: true }),
        tf.layers.bidirectional({
          layer: tf.layers.simpleRNN({ units: 2, returnSequences: true }) as tf.RNN,
          mergeMode: "concat",
        }),
        tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2 }) }),
        tf.layers.rnn({
          cell: [tf.layers.simpleRNNCell({ units: 2 }), tf.layers.lstmCell({ units: 3 })],
        }),
      ],
    }),
  "a functional model with models in it": () => {
    const inner = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] });
    const [left, right] = [tf.input({ shape: [2] }), tf.input({ shape: [2] })];
    const joined = tf.layers.concatenate().apply([inner.apply(left), inner.apply(right)] as never);
    const outputs = tf.layers.dense({ units: 1 }).apply(joined) as tf.SymbolicTensor;
    return tf.model({ inputs: [left, right], outputs });
  },
  "a model at each time step": () => {
    const inner = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] });
    return tf.sequential({
      layers: [
        tf.layers.timeDistributed({ layer: inner, inputShape: [4, 2] }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1 }),
      ],
    });
  },
};

describe("seedWeights", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    tf.disposeVariables();
  });

  it.each(Object.entries(architectures))("fixes all weights by the seed: %s", (_, build) => {
    const first = valuesOf(seedWeights(build(), 1));
    const unseeded = build();
    const strays = valuesOf(unseeded);
    expect(valuesOf(seedWeights(unseeded, 1))).toEqual(first);
    const second = valuesOf(seedWeights(build(), 2));
    for (const [i, stray] of strays.entries()) {
      // Zeros and ones are not drawn; all else changes with the draw and with the seed.
      const isDrawn = new Set(stray).size > 2;
      expect([i, JSON.stringify(first[i]) === JSON.stringify(stray)]).toEqual([i, !isDrawn]);
      expect([i, JSON.stringify(first[i]) === JSON.stringify(second[i])]).toEqual([i, !isDrawn]);
    }
  });

  it.each(Object.entries(architectures))(
    "gives what building gives, with weights that layers know and use: %s",
    (_, build) => {
      const model = build();
      const x = model.inputs.map(({ shape }) => tf.ones([1, ...(shape.slice(1) as number[])]));
      const predict = () => String(model.predict(x.length === 1 ? (x[0] as tf.Tensor) : x));
      const names = model.weights.map((weight) => weight.name);
      const fields = model.layers.map((layer) => Object.values(layer).length);
      seedWeights(model, 1);
      const predicted = predict();
      expect(model.weights.map((weight) => weight.name)).toEqual(names);
      expect(model.layers.map((layer) => Object.values(layer).length)).toEqual(fields);
      seedWeights(model, 2);
      expect(predict()).not.toBe(predicted);
      seedWeights(model, 1);
      expect(predict()).toBe(predicted);
    },
  );

  it("draws each weight from its layer's initializer", () => {
    const layers = [
      tf.layers.dense({ units: 300, inputShape: [200], kernelInitializer: "glorotUniform" }),
      tf.layers.dense({ units: 100, kernelInitializer: "heNormal", biasInitializer: "ones" }),
      tf.layers.dense({
        units: 50,
        kernelInitializer: tf.initializers.randomUniform({ minval: 3, maxval: 4 }),
      }),
    ];
    const [glorot, zeros, he, ones, uniform] = valuesOf(
      seedWeights(tf.sequential({ layers }), 3),
    ) as [number[], number[], number[], number[], number[]];
    const limit = Math.sqrt(6 / 500);
    const largest = glorot.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
    expect(new Set(zeros)).toEqual(new Set([0]));
    expect(new Set(ones)).toEqual(new Set([1]));
    const spread = Math.sqrt(he.reduce((sum, value) => sum + value ** 2, 0) / he.length);
    expect(spread / Math.sqrt(2 / 300)).toBeGreaterThan(0.8);
    expect(spread / Math.sqrt(2 / 300)).toBeLessThan(1.05);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...uniform)).toBeLessThanOrEqual(4);
  });

  it("depends on places, not on names, on models built before, nor on layers that follow", () => {
    const build = (name: string, further: tf.layers.Layer[] = []) =>
      tf.sequential({
        layers: [
          tf.layers.dense({ units: 4, inputShape: [4], name: `${name}1` }),
          tf.layers.dense({ units: 4, name: `${name}2` }),
          ...further,
        ],
      });
    const first = valuesOf(seedWeights(build("a"), 1));
    build("other");
    expect(valuesOf(seedWeights(build("z"), 1))).toEqual(first);
    const longer = seedWeights(build("longer", [tf.layers.dense({ units: 2 })]), 1);
    expect(valuesOf(longer).slice(0, 4)).toEqual(first);
    expect(first[0]).not.toEqual(first[2]);
  });

  it("neither reads nor moves the process's random numbers, and puts tfjs back", () => {
    const { addWeight } = tf.layers.Layer.prototype as unknown as { addWeight: unknown };
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
    const first = valuesOf(seedWeights(model, 1));
    const constant = vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect(valuesOf(seedWeights(model, 1))).toEqual(first);
    expect(constant).not.toHaveBeenCalled();
    expect(Math.random).toBe(constant);
    expect(Reflect.get(tf.layers.Layer.prototype, "addWeight")).toBe(addWeight);
  });

  it("keeps what doesn't depend on chance: a seed of the layer's own, and given weights", () => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 9 });
    const weights = [tf.fill([4, 2], 7), tf.fill([2], 8)];
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer }),
        tf.layers.dense({ units: 2, weights }),
      ],
    });
    const before = valuesOf(model);
    expect(valuesOf(seedWeights(model, 1))).toEqual(before);
  });

  it("goes past constraints, as building does, and adds no regularisation", () => {
    const build = () =>
      tf.sequential({
        layers: [
          tf.layers.dense({
            units: 4,
            inputShape: [3],
            kernelInitializer: tf.initializers.randomUniform({ minval: -3, maxval: -2 }),
            kernelConstraint: "nonNeg",
            kernelRegularizer: tf.regularizers.l2(),
          }),
        ],
      });
    const model = build();
    const { length } = model.losses;
    seedWeights(model, 1);
    expect(model.losses.length).toBe(length);
    expect(Math.max(...(valuesOf(model)[0] ?? []))).toBeLessThan(-1.9);
  });

  it("returns the model itself, trainable or not, and leaves no tensors behind", () => {
    const model = architectures["embedding and recurrent layers"]?.() as tf.LayersModel;
    for (const layer of model.layers) layer.trainable = false;
    const { numTensors } = tf.memory();
    expect(seedWeights(model, 1)).toBe(model);
    expect(tf.memory().numTensors).toBe(numTensors);
    const frozen = valuesOf(model);
    for (const layer of model.layers) layer.trainable = true;
    expect(valuesOf(seedWeights(model, 1)).length).toBe(frozen.length);
  });

  it("draws the weights of layers of your own", () => {
    class Scale extends tf.layers.Layer {
      static className = "SeedWeightsScale";
      private factor: tf.LayerVariable | undefined;
      override build(shape: tf.Shape): void {
        const initializer = tf.initializers.randomNormal({});
        this.factor = this.addWeight("factor", [shape.at(-1) as number], "float32", initializer);
      }
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const [input] = [inputs].flat() as [tf.Tensor];
        return input.mul((this.factor as tf.LayerVariable).read());
      }
    }
    const build = () =>
      tf.sequential({ layers: [tf.layers.dense({ units: 9, inputShape: [2] }), new Scale({})] });
    const first = valuesOf(seedWeights(build(), 1));
    expect(valuesOf(seedWeights(build(), 1))).toEqual(first);
    expect(new Set(first[2]).size).toBe(9);
  });

  it("refuses what it would leave unseeded", () => {
    class Hidden extends tf.layers.Layer {
      static className = "SeedWeightsHidden";
      private readonly inner = tf.layers.dense({ units: 2 });
      override build(shape: tf.Shape): void {
        if (!this.inner.built) this.inner.build(shape);
        if (this.weights.length === 0)
          this.addWeight("once", [2], "float32", tf.initializers.zeros());
      }
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return [inputs].flat()[0] as tf.Tensor;
      }
    }
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 2, inputShape: [2], name: "fine" }),
        new Hidden({ name: "odd" }),
      ],
    });
    expect(() => seedWeights(model, 1)).toThrow(InputError);
    expect(() => seedWeights(model, 1)).toThrow(
      /Layer odd: its weight \S*once can't be drawn again/,
    );
  });

  it("refuses a model without weights yet, and a seed that isn't whole", () => {
    const unbuilt = tf.sequential({ layers: [] });
    expect(() => seedWeights(unbuilt, 1)).toThrow("The model has no weights yet");
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    expect(() => seedWeights(model, 1.5)).toThrow("seed: expected a whole number, got 1.5");
  });
});
