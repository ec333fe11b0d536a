import type { RegressionTree } from "./regression-tree";

/** The lower and the upper end of a feature. */
export type Bounds = readonly [low: number, high: number];

interface Leaf {
  /** Its value less the tree's mean. */
  readonly value: number;
  /** By feature, the part of the space in which it lies. */
  readonly box: readonly Bounds[];
}

/** A tree as a function on the whole space, each point of which counts the same. */
export interface TreeVariance {
  /** Of the tree's value over the space. */
  readonly total: number;
  /** Returns the variance of the tree's mean over all other features: what these explain alone. */
  explainedBy(features: readonly number[]): number;
}

/**
 * Returns the variance of a tree's value over its space, and the shares of features in it.
 *
 * With the leaves' values v, less their mean, and boxes B, the mean over all features but U has the
 * variance sum over leaves i, j of v_i v_j |B_i without U| |B_j without U| |B_i and B_j in U|, in shares
 * of the space. Source: Hutter et al., "An Efficient Approach for Assessing Hyperparameter Importance"
 * (2014), where the same is added up point by point.
 */
export function treeVariance(tree: RegressionTree, bounds: readonly Bounds[]): TreeVariance {
  const leaves = centred(leavesOf(tree, bounds), bounds);
  const all = bounds.map((_, feature) => feature);
  const total = leaves.reduce(
    (sum, { value, box }) => sum + value * value * shareOf(box, all, bounds),
    0,
  );
  return {
    total,
    explainedBy(features) {
      const others = all.filter((feature) => !features.includes(feature));
      const weighted = leaves.map(({ value, box }) => value * shareOf(box, others, bounds));
      let sum = 0;
      for (let i = 0; i < leaves.length; i++) {
        const box = (leaves[i] as Leaf).box;
        const own = weighted[i] as number;
        sum += own * own * shareOf(box, features, bounds);
        for (let j = 0; j < i; j++) {
          const both = overlap(box, (leaves[j] as Leaf).box, features, bounds);
          sum += 2 * own * (weighted[j] as number) * both;
        }
      }
      return Math.max(0, sum);
    },
  };
}

function leavesOf(tree: RegressionTree, bounds: readonly Bounds[]): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (node: number, box: readonly Bounds[]) => {
    const feature = tree.feature[node] as number;
    if (feature < 0) {
      leaves.push({ value: tree.value[node] as number, box });
      return;
    }
    const threshold = tree.threshold[node] as number;
    const [low, high] = box[feature] as Bounds;
    visit(tree.left[node] as number, box.with(feature, [low, threshold]));
    visit(tree.right[node] as number, box.with(feature, [threshold, high]));
  };
  visit(0, bounds);
  return leaves;
}

function centred(leaves: readonly Leaf[], bounds: readonly Bounds[]): Leaf[] {
  const all = bounds.map((_, feature) => feature);
  const mean = leaves.reduce((sum, { value, box }) => sum + value * shareOf(box, all, bounds), 0);
  return leaves.map(({ value, box }) => ({ value: value - mean, box }));
}

function shareOf(
  box: readonly Bounds[],
  features: readonly number[],
  bounds: readonly Bounds[],
): number {
  return overlap(box, box, features, bounds);
}

/** The share of the space, seen in some features, that lies in both boxes. */
function overlap(
  first: readonly Bounds[],
  second: readonly Bounds[],
  features: readonly number[],
  bounds: readonly Bounds[],
): number {
  let share = 1;
  for (const feature of features) {
    const [firstLow, firstHigh] = first[feature] as Bounds;
    const [secondLow, secondHigh] = second[feature] as Bounds;
    const [low, high] = bounds[feature] as Bounds;
    const width = Math.min(firstHigh, secondHigh) - Math.max(firstLow, secondLow);
    if (width <= 0) return 0;
    share *= width / (high - low);
  }
  return share;
}
