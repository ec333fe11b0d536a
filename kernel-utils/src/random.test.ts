import fc from "fast-check";
import { describe, expect, it } from "vitest";
import python from "../fixtures/random.json";
import { InputError } from "./errors";
import { SeededRandom } from "./random";

describe.each(python.seeds)("draws what CPython draws for seed $seed", (expected) => {
  const fresh = () => new SeededRandom(BigInt(expected.seed));

  it("random", () => {
    const random = fresh();
    expect(expected.random.map(() => random.random())).toEqual(expected.random);
  });

  it("bits", () => {
    const random = fresh();
    for (const [count, value] of expected.bits) {
      expect(random.bits(count as number)).toBe(value);
    }
  });

  it("integer", () => {
    const random = fresh();
    for (const [low, high, value] of expected.integer as [number, number, number][]) {
      expect(random.integer(low, high)).toBe(value);
    }
  });

  it("normal, up to the last digits of each platform's cosine", () => {
    const random = fresh();
    for (const value of expected.normal) expect(random.normal(10, 2)).toBeCloseTo(value, 12);
  });

  it("shuffle, sample, choice and weightedChoice", () => {
    const order = Array.from({ length: 12 }, (_, i) => i);
    expect(fresh().shuffle(order)).toEqual(expected.shuffle);
    for (const [n, k, drawn] of expected.sample as [number, number, number[]][]) {
      const population = Array.from({ length: n }, (_, i) => i);
      expect(fresh().sample(population, k)).toEqual(drawn);
    }
    const mixed = fresh();
    expect(expected.choice.map(() => mixed.choice(Array.from("abcdefg")))).toEqual(expected.choice);
    const weighted = expected.choices.map(() =>
      mixed.weightedChoice(["a", "b", "c", "d"], [1, 0, 2.5, 0]),
    );
    expect(weighted).toEqual(expected.choices);
  });
});

describe("SeededRandom", () => {
  it("takes the same seed as a number and as a bigint", () => {
    expect(new SeededRandom(7).random()).toBe(new SeededRandom(7n).random());
  });

  it("stays in range and is unbiased: each of 6 faces within 5 standard errors", () => {
    const random = new SeededRandom(1);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const face = random.integer(0, 6);
      counts[face] = (counts[face] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * 91.3);
  });

  it("draws normals with the asked mean and spread", () => {
    const random = new SeededRandom(2);
    const draws = Array.from({ length: 20_000 }, () => random.normal(3, 0.5));
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(3, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
    expect(new SeededRandom(2).normal(5, 0)).toBe(5);
  });

  it("shuffle and sample leave their input as it was and keep its items", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 0 }), (items, seed) => {
        const before = [...items];
        const shuffled = new SeededRandom(seed).shuffle(items);
        const sampled = new SeededRandom(seed).sample(items, items.length);
        expect(items).toEqual(before);
        const sorted = [...items].sort((a, b) => a - b);
        expect(shuffled.sort((a, b) => a - b)).toEqual(sorted);
        expect(sampled.sort((a, b) => a - b)).toEqual(sorted);
      }),
    );
  });

  it("sample never draws an item twice, however large the population", () => {
    const population = Array.from({ length: 1000 }, (_, i) => i);
    expect(new Set(new SeededRandom(3).sample(population, 30)).size).toBe(30);
  });

  it("accepts typed arrays, none and one item", () => {
    expect(new SeededRandom(0).shuffle([])).toEqual([]);
    expect(new SeededRandom(0).shuffle(Float32Array.of(4))).toEqual([4]);
    expect(new SeededRandom(0).choice(Int8Array.of(9))).toBe(9);
    expect(new SeededRandom(0).sample(["x"], 1)).toEqual(["x"]);
  });
});

describe("fork", () => {
  it("depends on seed and label alone, not on what was drawn before", () => {
    const parent = new SeededRandom(5);
    const before = parent.fork("trial").random();
    parent.random();
    parent.fork("other").random();
    expect(parent.fork("trial").random()).toBe(before);
  });

  it("gives different streams for different labels, kinds, depths and parents", () => {
    const root = new SeededRandom(5);
    const streams = [
      root,
      root.fork(1),
      root.fork("1"),
      root.fork(""),
      root.fork("ab"),
      root.fork("a").fork("b"),
      root.fork(-1),
      new SeededRandom(6).fork(1),
    ];
    expect(new Set(streams.map((stream) => stream.random())).size).toBe(streams.length);
  });

  it("gives streams that do not move together", () => {
    const root = new SeededRandom(9);
    const [first, second] = [root.fork(0), root.fork(1)];
    let product = 0;
    for (let i = 0; i < 20_000; i++) product += (first.random() - 0.5) * (second.random() - 0.5);
    expect(Math.abs((product / 20_000) * 12)).toBeLessThan(0.03);
  });
});

describe("refuses", () => {
  const random = new SeededRandom(0);
  it.each([
    ["a fraction as seed", () => new SeededRandom(0.5), "seed: expected a whole number, got 0.5"],
    ["NaN as seed", () => new SeededRandom(Number.NaN), "got NaN"],
    ["an empty range", () => random.integer(3, 3), "high: expected a whole number of at least 4"],
    ["too wide a range", () => random.integer(-(2 ** 53) + 1, 5), "at most 2^53 - 1 numbers"],
    ["a choice from nothing", () => random.choice([]), "items is empty"],
    ["a sample larger than the population", () => random.sample([1], 2), "at most the 1 items"],
    ["a negative sample", () => random.sample([1], -1), "at least 0"],
    ["54 bits", () => random.bits(54), "from 0 to 53"],
    ["a negative spread", () => random.normal(0, -1), "standard deviation of at least 0"],
    ["weights all 0", () => random.weightedChoice([1, 2], [0, 0]), "all 0"],
    ["a negative weight", () => random.weightedChoice([1, 2], [2, -1]), "weights[1] is -1"],
    ["a weight of NaN", () => random.weightedChoice([1], [Number.NaN]), "weights[0] is NaN"],
    ["too few weights", () => random.weightedChoice([1, 2], [1]), "expected one each"],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
