import type { RandomStream } from "../../numerics/random-stream";

/** A tree node by node, the root first; a leaf has the feature -1 and no children (-1). */
export interface RegressionTree {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly feature: readonly number[];
  /** What is at most this goes left. */
  readonly threshold: readonly number[];
  /** The weighted mean of a node's samples. */
  readonly value: readonly number[];
}

/** Samples of a regression: features in rows, what they led to, and how often each counts. */
export interface Samples {
  readonly rows: readonly (readonly number[])[];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
}

/** Values closer than this count as equal. */
const CLOSEST = 1e-7;

/**
 * Returns a regression tree grown until its leaves are pure: CART with the squared error. Of splits that
 * are equally good it takes one by chance.
 *
 * Source: Breiman et al., "Classification and Regression Trees" (1984), with scikit-learn's thresholds.
 *
 * @param maxDepth splits from the root to a leaf, at most
 */
export function growTree(samples: Samples, maxDepth: number, random: RandomStream): RegressionTree {
  const tree = {
    left: [] as number[],
    right: [] as number[],
    feature: [] as number[],
    threshold: [] as number[],
    value: [] as number[],
  };
  const grow = (members: readonly number[], depth: number): number => {
    const node = tree.value.length;
    const { mean, isPure } = summary(samples, members);
    tree.value.push(mean);
    for (const column of [tree.left, tree.right, tree.feature]) column.push(-1);
    tree.threshold.push(-2);
    const split = depth < maxDepth && !isPure ? bestSplit(samples, members, random) : undefined;
    if (split !== undefined) {
      const goesLeft = (member: number) =>
        (samples.rows[member]?.[split.feature] as number) <= split.threshold;
      tree.feature[node] = split.feature;
      tree.threshold[node] = split.threshold;
      tree.left[node] = grow(members.filter(goesLeft), depth + 1);
      tree.right[node] = grow(
        members.filter((member) => !goesLeft(member)),
        depth + 1,
      );
    }
    return node;
  };
  grow(
    samples.rows.flatMap((_, index) => ((samples.weights[index] as number) > 0 ? [index] : [])),
    0,
  );
  return tree;
}

function summary(
  { targets, weights }: Samples,
  members: readonly number[],
): { mean: number; isPure: boolean } {
  let [weight, sum, squares] = [0, 0, 0];
  for (const member of members) {
    const [own, target] = [weights[member] as number, targets[member] as number];
    weight += own;
    sum += own * target;
    squares += own * target * target;
  }
  const mean = sum / weight;
  return { mean, isPure: squares / weight - mean * mean <= Number.EPSILON };
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
}

function bestSplit(
  samples: Samples,
  members: readonly number[],
  random: RandomStream,
): Split | undefined {
  const { rows, targets, weights } = samples;
  const weightOf = (member: number) => weights[member] as number;
  let totalWeight = 0;
  let totalSum = 0;
  for (const member of members) {
    totalWeight += weightOf(member);
    totalSum += weightOf(member) * (targets[member] as number);
  }
  let best: Split | undefined;
  let bestWorth = Number.NEGATIVE_INFINITY;
  for (const feature of shuffled(rows[0]?.length ?? 0, random)) {
    const read = (member: number) => rows[member]?.[feature] as number;
    const sorted = [...members].sort((a, b) => read(a) - read(b));
    let [weight, sum] = [0, 0];
    for (let index = 0; index + 1 < sorted.length; index++) {
      const [member, next] = [sorted[index] as number, sorted[index + 1] as number];
      weight += weightOf(member);
      sum += weightOf(member) * (targets[member] as number);
      if (read(next) - read(member) <= CLOSEST) continue;
      const rest = totalSum - sum;
      const worth = (sum * sum) / weight + (rest * rest) / (totalWeight - weight);
      if (worth <= bestWorth) continue;
      bestWorth = worth;
      best = { feature, threshold: read(member) / 2 + read(next) / 2 };
    }
  }
  return best;
}

/** The numbers from 0 to size - 1 in random order (Fisher and Yates). */
function shuffled(size: number, random: RandomStream): number[] {
  const order = Array.from({ length: size }, (_, index) => index);
  for (let index = size - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other] as number, order[index] as number];
  }
  return order;
}
