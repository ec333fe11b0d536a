import { type FittedBaseline, type TrainingSet, toTrainingSet } from "./baselines";
import { InputError } from "./errors";
import { type FeatureMatrix, type FeatureRows, toFeatureMatrix } from "./feature-rows";
import type { Label, LabelColumn } from "./inputs";
import { rbf, rbfRows } from "./rbf-kernel";
import { solveDual } from "./smo-solver";

/** How a support vector classifier learns. */
export interface SvcOptions {
  /** Price of a training sample on the wrong side, above 0; default 1. Larger fits closer. */
  readonly c?: number;
  /**
   * How fast the influence of a sample falls with the squared distance, above 0. Default "scale":
   * 1 / (features x variance of all feature values); "auto": 1 / features.
   */
  readonly gamma?: number | "scale" | "auto";
  /** Learning stops when no pair of samples violates optimality by more; default 0.001. */
  readonly tolerance?: number;
}

/** What `svc` has learned. */
export interface FittedSvc<L extends Label = Label> extends FittedBaseline<L> {
  /** The number used. */
  readonly gamma: number;
  /** Positions of the support vectors among the training rows: by class, in order within each. */
  readonly support: readonly number[];
  /** How many of them each class has, in the order of `labels`. */
  readonly supportCounts: readonly number[];
  /** Every two classes, in the order of `labels`; one machine decides between each two. */
  readonly pairs: readonly (readonly [L, L])[];
  /** False where a machine ran out of steps before its tolerance: raise it, or scale the features. */
  readonly converged: boolean;
  /**
   * Returns for each row one number per pair: above 0 for the pair's first class, else for its
   * second; 1 and -1 are the margins.
   *
   * @throws InputError as `predict` does
   */
  decisions(rows: FeatureRows): number[][];
}

/**
 * Returns a support vector classifier with radial basis functions, one machine for every two
 * classes; the class with most votes wins, the first in sorted order where votes are equal. Nothing
 * is random. Distances mix all features: scale them first, unless they share a unit as pixels do.
 *
 * `fit` throws InputError as `majorityClass` does, and `one-class` for labels of a single class.
 *
 * @throws InputError `out-of-range` for c, gamma or tolerance that is not above 0
 *
 * Source: scikit-learn's `SVC(kernel="rbf")`, that is libsvm 3 (C.-C. Chang, C.-J. Lin, 2011),
 * without probabilities, class weights and shrinking.
 *
 * @example
 * import { svc } from "@headroom/kernel-utils";
 * const rows = [[0, 0], [1, 1], [0, 1], [1, 0]];
 * const model = svc({ c: 10, gamma: 1 }).fit(rows, ["same", "same", "other", "other"]);
 * model.predict([[0.1, 0.1], [0.9, 0.2]]); // => ["same", "other"]
 * model.pairs; // => [["other", "same"]]
 * model.supportCounts; // => [2, 2]
 */
export function svc({ c = 1, gamma = "scale", tolerance = 1e-3 }: SvcOptions = {}): {
  fit<L extends Label>(rows: FeatureRows, labels: LabelColumn<L>): FittedSvc<L>;
} {
  requirePositive("c", c);
  requirePositive("tolerance", tolerance);
  if (gamma !== "scale" && gamma !== "auto") requirePositive("gamma", gamma);
  return {
    fit<L extends Label>(rows: FeatureRows, column: LabelColumn<L>) {
      const training = toTrainingSet(rows, column);
      const { labels, matrix } = training;
      if (labels.length < 2) {
        throw new InputError(
          "one-class",
          `All labels are ${JSON.stringify(labels[0])}: expected two classes or more.`,
          { label: labels[0] },
        );
      }
      const used = typeof gamma === "number" ? gamma : gammaFor(gamma, matrix);
      const learned = learnPairs(training, { c, gamma: used, tolerance });
      const decisions = (rows: FeatureRows): number[][] => {
        const asked = toFeatureMatrix("rows", rows, matrix.columns);
        return Array.from({ length: asked.rows }, (_, r) => decide(learned, matrix, asked, r));
      };
      return {
        labels,
        gamma: used,
        support: learned.support,
        supportCounts: labels.map(
          (_, code) => learned.support.filter((row) => training.codes[row] === code).length,
        ),
        pairs: learned.machines.map(
          ({ first, second }) => [labels[first] as L, labels[second] as L] as const,
        ),
        converged: learned.machines.every(({ converged }) => converged),
        decisions,
        predict: (rows: FeatureRows) =>
          decisions(rows).map((row) => labels[mostVotes(learned, row, labels.length)] as L),
      };
    },
  };
}

interface Settings {
  readonly c: number;
  readonly gamma: number;
  readonly tolerance: number;
}

/** What decides between two classes. */
interface Machine {
  /** Codes of the two classes. */
  readonly first: number;
  readonly second: number;
  /** Places in `support`, and each one's weight. */
  readonly places: Int32Array;
  readonly weights: Float64Array;
  readonly offset: number;
  readonly converged: boolean;
}

interface Learned {
  readonly gamma: number;
  readonly support: readonly number[];
  readonly machines: readonly Machine[];
}

function learnPairs(training: TrainingSet<Label>, settings: Settings): Learned {
  const { matrix, labels, codes } = training;
  const members = labels.map((): number[] => []);
  for (const [row, code] of codes.entries()) members[code]?.push(row);
  const solved = labels.flatMap((_, first) =>
    labels.slice(first + 1).map((_, k) => {
      const second = first + 1 + k;
      const [ours, theirs] = [members[first] as number[], members[second] as number[]];
      const rows = [...ours, ...theirs];
      const signs = Int8Array.from(rows, (_, i) => (i < ours.length ? 1 : -1));
      const kernelRow = rbfRows(settings.gamma, matrix, rows);
      return { first, second, rows, ...solveDual({ ...settings, signs, kernelRow }) };
    }),
  );
  const isSupport = new Uint8Array(matrix.rows);
  for (const { rows, coefficients } of solved) {
    for (const [i, row] of rows.entries()) if (coefficients[i] !== 0) isSupport[row] = 1;
  }
  const support = members.flat().filter((row) => isSupport[row] === 1);
  const placeOf = new Map(support.map((row, place) => [row, place]));
  const machines = solved.map(({ first, second, rows, coefficients, offset, converged }) => {
    const used = [...rows.keys()].filter((i) => coefficients[i] !== 0);
    const places = Int32Array.from(used, (i) => placeOf.get(rows[i] as number) as number);
    const weights = Float64Array.from(used, (i) => coefficients[i] as number);
    return { first, second, places, weights, offset, converged };
  });
  return { gamma: settings.gamma, support, machines };
}

/** One number per pair for a row of `asked`. */
function decide(
  { gamma, support, machines }: Learned,
  matrix: FeatureMatrix,
  asked: FeatureMatrix,
  row: number,
): number[] {
  const kernels = Float64Array.from(support, (vector) => rbf(gamma, asked, row, matrix, vector));
  return machines.map(({ places, weights, offset }) => {
    let sum = offset;
    for (const [k, place] of places.entries()) {
      sum += (weights[k] as number) * (kernels[place] as number);
    }
    return sum;
  });
}

function mostVotes({ machines }: Learned, decisions: readonly number[], classes: number): number {
  const votes = new Array<number>(classes).fill(0);
  for (const [k, { first, second }] of machines.entries()) {
    const winner = (decisions[k] as number) > 0 ? first : second;
    votes[winner] = (votes[winner] as number) + 1;
  }
  return votes.indexOf(Math.max(...votes));
}

function gammaFor(rule: "scale" | "auto", { columns, values }: FeatureMatrix): number {
  if (rule === "auto") return 1 / columns;
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  if (variance === 0) return 1;
  const gamma = 1 / (columns * variance);
  if (gamma > 0 && Number.isFinite(gamma)) return gamma;
  throw new InputError(
    "out-of-range",
    `rows vary by ${variance} (variance): too far for gamma "scale". Standardise the features.`,
    { variance },
  );
}

function requirePositive(name: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new InputError(
    "out-of-range",
    `${name}: expected a finite number above 0, got ${String(value)}.`,
    { name, value },
  );
}
