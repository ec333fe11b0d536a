import { InputError } from "./errors";
import type { Label, LabelColumn } from "./inputs";
import { encodeLabels } from "./label-codes";
import { SeededRandom } from "./random";
import { requireCount } from "./ranges";

/** How large the test set is (a share or a number of samples, one of them), and the draw's seed. */
export type SplitOptions = (
  | {
      /** Above 0, below 1; the number of samples is rounded up, as scikit-learn does. */
      readonly testShare: number;
      readonly testCount?: undefined;
    }
  | {
      /** At least 1, and at least 1 sample must be left to train on. */
      readonly testCount: number;
      readonly testShare?: undefined;
    }
) & {
  /** Default 0: the same call gives the same split. */
  readonly seed?: number;
};

/** Positions of samples, in random order; each sample is in one of the two. */
export interface Split {
  readonly train: number[];
  readonly test: number[];
}

/**
 * Returns which of `n` samples to train on and which to test on, drawn at random.
 *
 * @param n number of samples, at least 2
 * @throws InputError unless both sides get a sample
 *
 * Source: scikit-learn's `train_test_split` (sizes; the draws are our own).
 *
 * @example
 * import { trainTestSplit } from "@headroom/kernel-utils";
 * const { train, test } = trainTestSplit(10, { testShare: 0.3, seed: 1 });
 * train.length; // => 7
 * test.length; // => 3
 * [...train, ...test].sort((a, b) => a - b); // => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
 */
export function trainTestSplit(n: number, options: SplitOptions): Split {
  requireCount("n", n, 2);
  const testCount = testCountOf(n, options);
  const order = new SeededRandom(options.seed ?? 0).shuffle(range(n));
  return { train: order.slice(testCount), test: order.slice(0, testCount) };
}

/**
 * Returns a split in which every class has the same share on both sides, to within one sample; what
 * is left of a sample goes to the classes with the largest remainders.
 *
 * A class so small that its part of the test set rounds to 0 is only trained on.
 *
 * @param labels the class of each sample
 * @throws InputError `out-of-range` for a class with a single sample, and where one side is smaller
 *   than the number of classes
 *
 * Source: scikit-learn's `train_test_split(stratify=...)` (sizes; the draws are our own).
 *
 * @example
 * import { stratifiedSplit } from "@headroom/kernel-utils";
 * const labels = ["ill", "ill", "well", "well", "well", "well", "well", "well"];
 * const { test } = stratifiedSplit(labels, { testShare: 0.5, seed: 1 });
 * test.map((i) => labels[i]).sort(); // => ["ill", "well", "well", "well"]
 */
export function stratifiedSplit(labels: LabelColumn, options: SplitOptions): Split {
  const encoded = encodeLabels([{ name: "labels", column: labels }]);
  const codes = encoded.codes[0] as Int32Array;
  const testCount = testCountOf(codes.length, options);
  const members = encoded.labels.map((): number[] => []);
  for (const [i, code] of codes.entries()) members[code]?.push(i);
  requireStrata(encoded.labels, members, testCount, codes.length - testCount);

  const random = new SeededRandom(options.seed ?? 0);
  const trainCounts = shareOut(
    members.map((positions) => positions.length),
    codes.length - testCount,
    random,
  );
  const shuffled = members.map((positions) => random.shuffle(positions));
  return {
    train: random.shuffle(shuffled.flatMap((positions, c) => positions.slice(0, trainCounts[c]))),
    test: random.shuffle(shuffled.flatMap((positions, c) => positions.slice(trainCounts[c]))),
  };
}

/**
 * Splits `total` in proportion to `counts` by largest remainders; among equal ones chance decides.
 */
function shareOut(counts: readonly number[], total: number, random: SeededRandom): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  // In whole numbers, so that equal remainders are equal: quota = (count * total) / all.
  const shares = counts.map((count) => Math.floor((count * total) / all));
  const remainders = counts.map((count) => (count * total) % all);
  let left = total - shares.reduce((sum, share) => sum + share, 0);
  const order = random.shuffle(range(counts.length));
  order.sort((a, b) => (remainders[b] as number) - (remainders[a] as number));
  for (const c of order) {
    if (left-- <= 0) break;
    shares[c] = (shares[c] as number) + 1;
  }
  return shares;
}

function testCountOf(n: number, { testShare, testCount }: SplitOptions): number {
  if ((testShare === undefined) === (testCount === undefined)) {
    throw new InputError(
      "out-of-range",
      "Expected either testShare (for example 0.2) or testCount (for example 100), got " +
        `${testShare === undefined ? "neither" : "both"}.`,
      { testShare, testCount },
    );
  }
  if (testShare === undefined) {
    requireCount("testCount", testCount as number, 1, n - 1);
    return testCount as number;
  }
  if (!(testShare > 0 && testShare < 1)) {
    throw new InputError(
      "out-of-range",
      `testShare: expected a share between 0 and 1, got ${testShare}. Write 20 % as 0.2, or pass ` +
        "a number of samples as testCount.",
      { testShare },
    );
  }
  // Less a hair: 0.07 * 100 is 7.000000000000001 in floating point and means 7.
  const count = Math.ceil(testShare * n - 1e-9);
  if (count < n) return count;
  throw new InputError(
    "out-of-range",
    `testShare ${testShare} of ${n} samples leaves none to train on. Lower it, or collect more.`,
    { testShare, n },
  );
}

function requireStrata(
  labels: readonly Label[],
  members: readonly (readonly number[])[],
  testCount: number,
  trainCount: number,
): void {
  const alone = members.findIndex((positions) => positions.length < 2);
  if (alone >= 0) {
    throw new InputError(
      "out-of-range",
      `Class ${JSON.stringify(labels[alone])} has one sample (at position ` +
        `${members[alone]?.[0]}): it can't be in both parts. Merge or drop the class, or use ` +
        "trainTestSplit.",
      { label: labels[alone] },
    );
  }
  const [side, count] = testCount < trainCount ? ["test", testCount] : ["training", trainCount];
  if (count >= labels.length) return;
  throw new InputError(
    "out-of-range",
    `The ${side} set gets ${count} samples for ${labels.length} classes: expected at least one ` +
      "for each class. Make it larger, or use trainTestSplit.",
    { testCount, trainCount, classes: labels.length },
  );
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
