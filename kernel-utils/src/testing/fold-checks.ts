import { expect } from "vitest";
import type { Fold } from "../fold";

/** The number of each sample's validation fold, as the fixtures have it; -1 for none. */
export function foldNumbers(folds: readonly Fold[], n: number): number[] {
  const numbers = new Array<number>(n).fill(-1);
  for (const [number, { validation }] of folds.entries()) {
    for (const i of validation) numbers[i] = number;
  }
  return numbers;
}

/** Expects that each of n samples validates once, trains otherwise, and that all come in order. */
export function requirePartition(folds: readonly Fold[], n: number): void {
  const upTo = Array.from({ length: n }, (_, i) => i);
  const ascending = (rows: readonly number[]) => [...rows].sort((a, b) => a - b);
  expect(ascending(folds.flatMap((fold) => fold.validation))).toEqual(upTo);
  for (const { train, validation } of folds) {
    expect(validation.length).toBeGreaterThan(0);
    expect(ascending([...train, ...validation])).toEqual(upTo);
    expect(train).toEqual(ascending(train));
    expect(validation).toEqual(ascending(validation));
  }
}
