import * as tf from "@tensorflow/tfjs-node";
import { afterEach, expect, test, vi } from "vitest";
import { compile } from "../compile";
import { weightsOf } from "../testing/models";
import { RunningLayers } from "../testing/running-layers";
import { emitterOf } from "./registry";

type Call = tf.layers.Layer["call"];

/** tfjs does not export its class Dropout. */
const Dropout = tf.layers.dropout({ rate: 0.5 }).constructor as new (config: {
  rate: number;
  seed?: number;
}) => tf.layers.Layer & { rate: number };
const half: Call = (inputs) => tf.tidy(() => ([inputs].flat()[0] as tf.Tensor).mul(0.5));

/** Halves its inputs, in training or not. Its name is that of Dropout. */
class Inherited extends Dropout {
  override call(inputs: Parameters<Call>[0]) {
    return half(inputs, {});
  }
}

/** Draws another number in JavaScript at each call. */
class Drawing extends Dropout {
  #calls = 0;
  override call(inputs: Parameters<Call>[0]) {
    this.#calls += 1;
    return tf.tidy(() => ([inputs].flat()[0] as tf.Tensor).mul(1 / this.#calls));
  }
}

class AsDropout extends tf.layers.Layer {
  static readonly className: string = "AsDropout";
  static readonly trainsAs = "Dropout";
  rate = 0.5;
  override getConfig() {
    return { ...super.getConfig(), rate: this.rate, seed: 3 };
  }
  override call(inputs: Parameters<Call>[0]) {
    return [inputs].flat()[0] as tf.Tensor;
  }
}

class BelowAsDropout extends AsDropout {
  static override readonly className = "BelowAsDropout";
}

class AsNothing extends tf.layers.Layer {
  static readonly className = "AsNothing";
  static readonly trainsAs = "Nothing";
}

const x = tf.randomNormal([60, 4], 0, 1, "float32", 1);
const y = x.sum(1, true);
const QUIET = { epochs: 2, batchSize: 20, shuffle: false, verbose: 0 } as const;

function around(layer: tf.layers.Layer): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 6, inputShape: [4], kernelInitializer }),
      layer,
      tf.layers.dense({ units: 1, kernelInitializer }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.05), loss: "meanSquaredError" });
  return model;
}

afterEach(() => {
  vi.restoreAllMocks();
});

test("layers of all classes of tfjs that are known find what writes them", () => {
  expect(emitterOf(tf.layers.dropout({ rate: 0.5 }))).toBeTypeOf("function");
  expect(emitterOf(tf.layers.spatialDropout1d({ rate: 0.5 }))).toBeTypeOf("function");
  expect(emitterOf(tf.layers.masking())).toMatch(/no emitter/);
});

test("a class that inherits its name is not taken for the class that it extends", async () => {
  expect(emitterOf(new Inherited({ rate: 0.5 }))).toMatch(/extends that one/);
  const [ours, theirs] = [new Inherited({ rate: 0.5 }), new Inherited({ rate: 0.5 })].map(around);
  await compile(ours as tf.Sequential).fit(x, y, QUIET);
  await (theirs as tf.Sequential).fit(x, y, QUIET);
  expect(compile(ours as tf.Sequential).explanation?.way).toBe("trace");
  expectClose(weightsOf(ours as tf.Sequential), weightsOf(theirs as tf.Sequential));
});

test("what such a class draws at random is not frozen into a recorded step", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const model = around(new Drawing({ rate: 0.5 }));
  await compile(model).fit(x, y, QUIET);
  expect(compile(model).explanation).toMatchObject({
    way: "stock",
    reason: expect.stringMatching(/extends that one.*differs from call to call/),
  });
});

test("a layer whose call has been replaced is not taken for one of its class", () => {
  const layer = tf.layers.dropout({ rate: 0.5 });
  layer.call = half;
  expect(emitterOf(layer)).toMatch(/call has been replaced/);
});

test("a class may name the class of tfjs that its layers train as", async () => {
  const { y: passed } = new RunningLayers([new AsDropout({})], tf.ones([50, 40]), true).pass(0);
  expect(new Set(passed)).toEqual(new Set([0, 2]));
  const model = around(new AsDropout({}));
  await compile(model).fit(x, y, QUIET);
  expect(compile(model).explanation?.way).toBe("graph");
});

test("that does not hold for classes that extend it, nor for a class that there is not", () => {
  expect(emitterOf(new BelowAsDropout({}))).toMatch(/no emitter/);
  expect(emitterOf(new AsNothing({}))).toMatch(/trains as Nothing, for which there is no emitter/);
});

function expectClose(found: readonly number[][], wanted: readonly number[][]): void {
  const pairs = found.flat().map((value, i) => Math.abs(value - (wanted.flat()[i] as number)));
  expect(Math.max(...pairs)).toBeLessThan(1e-5);
}
