import { describe, expect, it } from "vitest";
import keras from "../fixtures/dropout.json";
import { applyDropout, type DropoutScaling, dropoutMask, predictWithDropout } from "./dropout";
import { InputError } from "./errors";
import { SeededRandom } from "./random";

/** All masks of so many neurons, each with its probability. */
function allMasks(size: number, rate: number): { mask: boolean[]; probability: number }[] {
  return Array.from({ length: 2 ** size }, (_, code) => {
    const mask = Array.from({ length: size }, (_, i) => ((code >> i) & 1) === 1);
    const probability = mask.reduce((product, kept) => product * (kept ? 1 - rate : rate), 1);
    return { mask, probability };
  });
}

const SCALINGS: DropoutScaling[] = ["in-training", "at-prediction"];

describe("dropoutMask", () => {
  it("keeps a share of 1 - rate, not the rate, to within chance", () => {
    for (const rate of [0.1, 0.3, 0.5, 0.9]) {
      const mask = dropoutMask(new SeededRandom(4), 20_000, rate);
      const kept = mask.filter(Boolean).length / 20_000;
      expect(Math.abs(kept - (1 - rate))).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / 20_000));
    }
  });

  it("keeps another number each time, with a binomial's spread", () => {
    const random = new SeededRandom(5);
    const counts = Array.from(
      { length: 2000 },
      () => dropoutMask(random, 512, 0.3).filter(Boolean).length,
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / 2000;
    const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
    expect(mean).toBeCloseTo(358.4, 0);
    expect(Math.sqrt(squares / 1999)).toBeCloseTo(Math.sqrt(512 * 0.3 * 0.7), 0);
  });

  it("goes on with other draws at each call, and repeats with the seed", () => {
    const masks = (seed: number) => {
      const random = new SeededRandom(seed);
      return [dropoutMask(random, 30, 0.5), dropoutMask(random, 30, 0.5)];
    };
    const [first, second] = masks(1);
    expect(second).not.toEqual(first);
    expect(masks(1)).toEqual([first, second]);
    expect(masks(2)[0]).not.toEqual(first);
  });

  it("drops nothing at rate 0, and takes no neurons or one", () => {
    expect(dropoutMask(new SeededRandom(1), 4, 0)).toEqual([true, true, true, true]);
    expect(dropoutMask(new SeededRandom(1), 0, 0.5)).toEqual([]);
    expect(dropoutMask(new SeededRandom(1), 1, 0.5)).toHaveLength(1);
  });

  it.each([1, 30, -0.1, Number.NaN])("refuses the rate %s, and says how it is written", (rate) => {
    expect(() => dropoutMask(new SeededRandom(1), 4, rate)).toThrow(InputError);
    expect(() => applyDropout([1], [true], rate)).toThrow(/0 or more and below 1/);
    expect(() => predictWithDropout([1], rate)).toThrow(/0 or more and below 1/);
  });
});

describe("applyDropout and predictWithDropout", () => {
  it.each(keras.rates)("equal Keras's Dropout at rate $rate", ({ rate, training, prediction }) => {
    for (const passed of training) {
      const mask = passed.map((value) => value !== 0);
      const ours = applyDropout(keras.values, mask, rate);
      // Keras computes in float32.
      for (const [i, value] of ours.entries()) {
        expect(Math.abs(value - (passed[i] as number))).toBeLessThan(
          1e-6 * Math.abs(value) + 1e-12,
        );
      }
    }
    const plain = predictWithDropout(keras.values, rate);
    expect(plain.map(Math.fround)).toEqual(prediction.map(Math.fround));
  });

  it.each(SCALINGS)("agree over all masks in what the next neuron gets, scaled %s", (scaling) => {
    const values = [0.5, -2, 3, 1e6, 1e-6, 0, 7];
    const weights = [1, 0.25, -3, 1e-3, 40, 5, -0.5];
    const logit = (inputs: number[]) =>
      inputs.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
    for (const rate of [0, 0.1, 0.3, 0.5, 0.9]) {
      const expectation = allMasks(values.length, rate).reduce(
        (sum, { mask, probability }) =>
          sum + probability * logit(applyDropout(values, mask, rate, scaling)),
        0,
      );
      const plain = logit(predictWithDropout(values, rate, scaling));
      expect(Math.abs(expectation - plain)).toBeLessThan(1e-9 * 1000);
    }
  });

  it("scale once in all: in training or at prediction", () => {
    expect(applyDropout([6, 6], [true, false], 0.25)).toEqual([8, 0]);
    expect(predictWithDropout([6, 6], 0.25)).toEqual([6, 6]);
    expect(applyDropout([6, 6], [true, false], 0.25, "at-prediction")).toEqual([6, 0]);
    expect(predictWithDropout([6, 6], 0.25, "at-prediction")).toEqual([4.5, 4.5]);
  });

  it("take tensors and typed arrays, no values, and leave what they are given", () => {
    const values = Float32Array.of(1, 2);
    expect(applyDropout(values, [true, true], 0.5)).toEqual([2, 4]);
    expect(applyDropout({ shape: [2], dataSync: () => values }, [false, true], 0.5)).toEqual([
      0, 4,
    ]);
    expect([...values]).toEqual([1, 2]);
    expect(applyDropout([], [], 0.5)).toEqual([]);
    expect(predictWithDropout([], 0.5)).toEqual([]);
  });

  it("refuse another length, NaN, numbers for truth values, and an unknown scaling", () => {
    expect(() => applyDropout([1, 2], [true], 0.5)).toThrow(/values has 2 values, mask has 1/);
    expect(() => applyDropout([Number.NaN], [true], 0.5)).toThrow(/finite/);
    expect(() => applyDropout([1], [1] as unknown as boolean[], 0.5)).toThrow(/mask\[0\]/);
    expect(() => predictWithDropout([1], 0.5, "later" as DropoutScaling)).toThrow(/"in-training"/);
  });
});
