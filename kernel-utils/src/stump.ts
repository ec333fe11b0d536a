import { type FittedBaseline, type TrainingSet, toTrainingSet } from "./baselines";
import { type FeatureRows, toFeatureMatrix } from "./feature-rows";
import type { Label, LabelColumn } from "./inputs";
import { requireCount } from "./ranges";

/** What `stump` has learned: one feature, cut into pieces, each with one class. */
export interface FittedStump<L extends Label = Label> extends FittedBaseline<L> {
  /** Position of the feature it looks at. */
  readonly feature: number;
  /** Thresholds in rising order, one fewer than pieces; a value equal to one lies below it. */
  readonly cuts: readonly number[];
  /** The class of each piece, from the lowest values up. */
  readonly pieces: readonly L[];
  /** Share of the training samples that the rule gets right, 0 to 1. */
  readonly trainAccuracy: number;
  /** Returns the rule as a sentence, with the feature's name if names are given. */
  describe(featureNames?: readonly string[]): string;
}

/**
 * Returns the baseline that looks at one feature only: the feature, thresholds and classes that get
 * most training samples right, out of all there are. Which side of a threshold is which class is
 * learned too.
 *
 * By default there are at most as many pieces as classes: one threshold for two classes, up to two
 * for three. More pieces are used only where they get more samples right. A threshold lies halfway
 * between neighbouring training values. Among equally good rules it takes the first feature, the
 * fewest pieces, the lowest thresholds.
 *
 * @param options.pieces at most so many; 2 stands for a single threshold whatever the number of
 *   classes
 * @throws InputError for fewer than 1 piece
 *
 * Source: Holte 1993, "Very simple classification rules perform well on most commonly used
 * datasets", Machine Learning 11, with exact optimisation in place of his intervals' merging.
 *
 * @example
 * import { stump } from "@headroom/kernel-utils";
 * const rows = [[5, 1], [5, 2], [4, 3], [5, 8], [4, 9]];
 * const rule = stump().fit(rows, ["well", "well", "well", "ill", "ill"]);
 * rule.describe(["age", "dose"]); // => "dose <= 5.5: well, above: ill"
 * rule.predict([[4, 7], [5, 0]]); // => ["ill", "well"]
 */
export function stump({ pieces }: { readonly pieces?: number } = {}): {
  fit<L extends Label>(rows: FeatureRows, labels: LabelColumn<L>): FittedStump<L>;
} {
  if (pieces !== undefined) requireCount("pieces", pieces, 1);
  return {
    fit<L extends Label>(rows: FeatureRows, column: LabelColumn<L>) {
      const training = toTrainingSet(rows, column);
      let best: FeatureRule | undefined;
      for (let feature = 0; feature < training.matrix.columns; feature++) {
        const rule = cutFeature(training, feature, pieces ?? training.labels.length);
        if (best === undefined || rule.right > best.right) best = rule;
      }
      return fitted(training, best as FeatureRule);
    },
  };
}

/** The best pieces of one feature and how many training samples they get right. */
interface FeatureRule {
  readonly feature: number;
  readonly right: number;
  readonly cuts: readonly number[];
  /** Codes of the pieces' classes. */
  readonly codes: readonly number[];
}

function fitted<L extends Label>(training: TrainingSet<L>, rule: FeatureRule): FittedStump<L> {
  const { labels, matrix } = training;
  const pieces = rule.codes.map((code) => labels[code] as L);
  const { feature, cuts } = rule;
  return {
    labels,
    feature,
    cuts,
    pieces,
    trainAccuracy: rule.right / matrix.rows,
    predict(rows) {
      const { rows: n, columns, values } = toFeatureMatrix("rows", rows, matrix.columns);
      return Array.from({ length: n }, (_, r) => {
        const value = values[r * columns + feature] as number;
        const piece = cuts.findIndex((cut) => value <= cut);
        return pieces[piece < 0 ? cuts.length : piece] as L;
      });
    },
    describe(featureNames) {
      const name = featureNames?.[feature] ?? `feature ${feature}`;
      if (cuts.length === 0) return `always ${String(pieces[0])}`;
      const parts = cuts.map((cut, i) => `<= ${Number(cut.toPrecision(4))}: ${String(pieces[i])}`);
      return `${name} ${[...parts, `above: ${String(pieces.at(-1))}`].join(", ")}`;
    },
  };
}

/**
 * The distinct values of a feature in rising order, and how many samples of each class have them.
 */
interface Histogram {
  readonly values: readonly number[];
  /** `counts[v * classes + c]` for value v and class c. */
  readonly counts: Uint32Array;
}

function histogram({ matrix, codes, labels }: TrainingSet<Label>, feature: number): Histogram {
  const { rows, columns, values } = matrix;
  const at = (row: number): number => values[row * columns + feature] as number;
  const order = Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => at(a) - at(b));
  const distinct: number[] = [];
  const counts = new Uint32Array(rows * labels.length);
  for (const row of order) {
    if (at(row) !== distinct.at(-1)) distinct.push(at(row));
    const cell = (distinct.length - 1) * labels.length + (codes[row] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return { values: distinct, counts };
}

/**
 * Finds the best pieces by dynamic programming over the feature's distinct values v.
 *
 * right[k][c]: most samples got right among values 0..v with k + 1 pieces, the last of class c.
 * Going from v - 1 to v the last piece either goes on or begins at v:
 * right[k][c] = max(right[k][c], max over d of right[k-1][d]) + samples of class c with value v.
 */
function cutFeature(training: TrainingSet<Label>, feature: number, most: number): FeatureRule {
  const { values, counts } = histogram(training, feature);
  const classes = training.labels.length;
  const pieces = Math.min(most, values.length);
  const right = Array.from({ length: pieces }, () => new Float64Array(classes).fill(-Infinity));
  (right[0] as Float64Array).fill(0);
  // For each v, k, c: the class of the piece before, where the last one begins at v, otherwise -1.
  const before = new Int32Array(values.length * pieces * classes).fill(-1);
  for (let v = 0; v < values.length; v++) {
    for (let k = pieces - 1; k >= 0; k--) {
      const last = right[k] as Float64Array;
      const previous = v > 0 && k > 0 ? (right[k - 1] as Float64Array) : undefined;
      const d = previous === undefined ? -1 : largest(previous);
      const switched = previous === undefined ? -Infinity : (previous[d] as number);
      for (let c = 0; c < classes; c++) {
        if (switched > (last[c] as number)) {
          last[c] = switched;
          before[(v * pieces + k) * classes + c] = d;
        }
        last[c] = (last[c] as number) + (counts[v * classes + c] as number);
      }
    }
  }
  const totals = right.map((last) => last[largest(last)] as number);
  const k = largest(totals);
  const trace = traceBack(values, before, {
    pieces,
    classes,
    k,
    code: largest(right[k] as Float64Array),
  });
  return { feature, right: totals[k] as number, ...trace };
}

/** Follows the switches back from the highest value, k the last piece and `code` its class. */
function traceBack(
  values: readonly number[],
  before: Int32Array,
  end: { pieces: number; classes: number; k: number; code: number },
): { cuts: number[]; codes: number[] } {
  let { k, code } = end;
  const cuts: number[] = [];
  const codes = [code];
  for (let v = values.length - 1; v > 0; v--) {
    const d = before[(v * end.pieces + k) * end.classes + code] as number;
    if (d < 0) continue;
    cuts.unshift(between(values[v - 1] as number, values[v] as number));
    codes.unshift(d);
    code = d;
    k--;
  }
  return { cuts, codes };
}

/** Position of the largest value, the first of equal ones. */
function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if ((values[i] as number) > (values[best] as number)) best = i;
  }
  return best;
}

/** Halfway, but below `high` even where rounding would reach it. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle > low && middle < high ? middle : low;
}
