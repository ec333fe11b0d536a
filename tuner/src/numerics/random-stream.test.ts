import { expect, test } from "vitest";
import { randomStream, standardNormal } from "./random-stream";

function take(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

test("equal seeds give equal numbers; other seeds and other salts other ones", () => {
  const numbers = take(20, randomStream(0.3, 7));
  expect(take(20, randomStream(0.3, 7))).toEqual(numbers);
  for (const other of [randomStream(0.3 + 2 ** -53, 7), randomStream(0.3, 8), randomStream(0, 7)]) {
    const same = take(20, other).filter((number, index) => number === numbers[index]);
    expect(same).toEqual([]);
  }
  expect(randomStream(0.3, 2 ** 40)()).not.toBe(randomStream(0.3, 0)());
});

test("numbers are spread evenly, and one says nothing about the next", () => {
  const numbers = take(100_000, randomStream(0.1));
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const product =
    numbers.reduce((sum, x, index) => sum + x * (numbers[index - 1] ?? 0.5), 0) / numbers.length;
  // Within four standard errors of 1/2 and 1/4.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.0037);
  expect(Math.abs(product - 0.25)).toBeLessThan(0.0043);
  expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
});

test("normal numbers have mean 0, variance 1 and as many beyond 2 as they should", () => {
  const stream = randomStream(0.2);
  const numbers = take(100_000, () => standardNormal(stream));
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length;
  const beyond = numbers.filter((x) => Math.abs(x) > 2).length / numbers.length;
  expect(Math.abs(mean)).toBeLessThan(0.013);
  expect(Math.abs(variance - 1)).toBeLessThan(0.018);
  expect(Math.abs(beyond - 0.0455)).toBeLessThan(0.0027);
});
