import { InputError } from "./errors";
import { type Label, type LabelColumn, toLabels } from "./inputs";
import { SeededRandom } from "./random";
import { requireCount } from "./ranges";

/** What one training of a learning curve is. */
export interface LearningCurveRun {
  /** Number of training samples. */
  readonly size: number;
  /** Position in `folds`. */
  readonly fold: number;
  /** Which of `seeds` drew the samples; pass it on to whatever else is drawn. */
  readonly seed: number;
}

/** A training and both its scores. */
export interface LearningCurveScore extends LearningCurveRun {
  /** On the samples that it was trained on. */
  readonly train: number;
  readonly validation: number;
}

/** Mean and spread of the scores at one size. */
export interface ScoreSummary {
  readonly mean: number;
  /** Standard deviation between runs (over n - 1); undefined for a single run. */
  readonly sd: number | undefined;
}

/** One size of training set. */
export interface LearningCurvePoint {
  readonly size: number;
  /** Number of trainings behind the means. */
  readonly runs: number;
  readonly train: ScoreSummary;
  readonly validation: ScoreSummary;
}

/** Scores by the number of training samples. */
export interface LearningCurve {
  /** One for each size, in rising order. */
  readonly points: readonly LearningCurvePoint[];
  /** Every training: by size, then fold, then seed. */
  readonly scores: readonly LearningCurveScore[];
}

/** What is trained, on how much, and how it is judged. */
export interface LearningCurveOptions<Model> {
  /** Numbers of training samples, rising; the largest must be there in every fold. */
  readonly sizes: readonly number[];
  /** Positions to train on and to validate on: one split as `[split]`, or what `kFold` returns. */
  readonly folds: readonly {
    readonly train: readonly number[];
    readonly validation: readonly number[];
  }[];
  /**
   * One draw of training samples for each; default [0]. Within a draw the samples of a smaller size
   * are also in every larger one, so that a difference is due to those added.
   */
  readonly seeds?: readonly number[];
  /** False takes the training samples in the folds' order instead, the same for all seeds. */
  readonly shuffle?: boolean;
  /** The class of every sample: each size then gets about the same share of each class. */
  readonly labels?: LabelColumn;
  /** Trains on the samples at these positions. */
  fit(positions: readonly number[], run: LearningCurveRun): Model | Promise<Model>;
  /** Scores a trained model on the samples at these positions. */
  score(
    model: Model,
    positions: readonly number[],
    run: LearningCurveRun,
  ): number | Promise<number>;
  /** Called with every model when it has been scored, also where scoring failed: to dispose of it. */
  release?(model: Model): void;
  /** Called after every training, for a progress display. */
  onScore?(score: LearningCurveScore, done: number, total: number): void;
}

/**
 * Returns training and validation scores by the size of the training set, the mean over folds and
 * seeds and every single one. Training is one after the other, the smallest sizes first.
 *
 * Read it from the right: validation still rising says that more samples help; both flat and close
 * that they don't; far apart that the model learns by heart what it has.
 *
 * @throws InputError `out-of-range` for sizes that don't rise or that a fold can't fill, `data-leak`
 *   for a sample that a fold both trains and validates on, `not-finite` for a score that is NaN; an
 *   error of `fit` or `score` as it is
 *
 * Source: scikit-learn's `learning_curve` (equal for `shuffle: false`; the draws are our own).
 *
 * @example
 * import { accuracy, learningCurve, loadWine, nearestMean, stratifiedSplit } from "@headroom/kernel-utils";
 * const { features, labels } = loadWine();
 * const split = stratifiedSplit(labels, { testShare: 0.3, seed: 1 });
 * const rows = (positions: readonly number[]) => positions.map((i) => features[i]);
 * const classes = (positions: readonly number[]) => positions.map((i) => labels[i]);
 * const curve = await learningCurve({
 *   sizes: [10, 30, 120],
 *   folds: [{ train: split.train, validation: split.test }],
 *   seeds: [1, 2, 3, 4, 5],
 *   labels,
 *   fit: (positions) => nearestMean().fit(rows(positions), classes(positions)),
 *   score: (rule, positions) => accuracy(classes(positions), rule.predict(rows(positions))),
 * });
 * curve.points.map((point) => point.size); // => [10, 30, 120]
 * curve.points[2].validation.mean > curve.points[0].validation.mean; // => true
 */
export async function learningCurve<Model>(
  options: LearningCurveOptions<Model>,
): Promise<LearningCurve> {
  const { sizes, folds, seeds = [0], shuffle = true } = options;
  requireSizes(sizes);
  requireFolds(folds, sizes.at(-1) as number);
  requireSeeds(seeds, shuffle);
  const labels = options.labels === undefined ? undefined : toLabels("labels", options.labels);
  const orders = folds.map(({ train }) =>
    seeds.map((seed) => (shuffle ? drawOrder(train, labels, seed) : train)),
  );
  const runs = sizes.flatMap((size) =>
    folds.flatMap((_, fold) => seeds.map((seed) => ({ size, fold, seed }))),
  );
  const scores: LearningCurveScore[] = [];
  for (const run of runs) {
    const order = orders[run.fold]?.[seeds.indexOf(run.seed)] as readonly number[];
    const { validation } = folds[run.fold] as (typeof folds)[number];
    scores.push(await runOnce(options, run, order.slice(0, run.size), validation));
    options.onScore?.(scores.at(-1) as LearningCurveScore, scores.length, runs.length);
  }
  return { points: sizes.map((size) => summarise(size, scores)), scores };
}

async function runOnce<Model>(
  options: LearningCurveOptions<Model>,
  run: LearningCurveRun,
  positions: readonly number[],
  validation: readonly number[],
): Promise<LearningCurveScore> {
  const model = await options.fit(positions, run);
  try {
    const scores = {
      train: await options.score(model, positions, run),
      validation: await options.score(model, validation, run),
    };
    for (const [part, score] of Object.entries(scores)) requireScore(part, score, run);
    return { ...run, ...scores };
  } finally {
    options.release?.(model);
  }
}

/**
 * The positions in random order. With labels, the j-th of a class's n members comes at about
 * (j + u) / n of the way, u uniform: every beginning of the list has about the whole's shares.
 */
function drawOrder(
  positions: readonly number[],
  labels: ArrayLike<Label> | undefined,
  seed: number,
): number[] {
  const random = new SeededRandom(seed);
  const shuffled = random.shuffle(positions);
  if (labels === undefined) return shuffled;
  const members = new Map<Label, number[]>();
  for (const position of shuffled) {
    if (position >= labels.length) throw beyondLabels(position, labels.length);
    const label = labels[position] as Label;
    const own = members.get(label);
    if (own) own.push(position);
    else members.set(label, [position]);
  }
  const placed = [...members.values()].flatMap((own) =>
    own.map((position, j) => ({ position, place: (j + random.random()) / own.length })),
  );
  return placed.sort((a, b) => a.place - b.place).map(({ position }) => position);
}

function summarise(size: number, scores: readonly LearningCurveScore[]): LearningCurvePoint {
  const own = scores.filter((score) => score.size === size);
  const of = (part: "train" | "validation"): ScoreSummary => {
    const values = own.map((score) => score[part]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : undefined };
  };
  return { size, runs: own.length, train: of("train"), validation: of("validation") };
}

function requireSizes(sizes: readonly number[]): void {
  if (sizes.length === 0) {
    throw new InputError(
      "empty-input",
      "sizes is empty: expected at least one, such as [50, 100].",
    );
  }
  for (const [i, size] of sizes.entries()) {
    requireCount(`sizes[${i}]`, size, 1);
    if (i === 0 || size > (sizes[i - 1] as number)) continue;
    throw new InputError(
      "out-of-range",
      `sizes: expected rising numbers of samples, got ${sizes[i - 1]} before ${size}. Sort them.`,
      { index: i },
    );
  }
}

function requireFolds(folds: LearningCurveOptions<unknown>["folds"], largest: number): void {
  if (folds.length === 0) {
    throw new InputError(
      "empty-input",
      "folds is empty: expected one at least. Pass a single split as [{ train, validation }].",
    );
  }
  for (const [fold, { train, validation }] of folds.entries()) {
    if (train.length < largest || validation.length === 0) {
      throw new InputError(
        "out-of-range",
        `folds[${fold}] has ${train.length} samples to train on and ${validation.length} to ` +
          `validate on: expected at least ${largest}, the largest of sizes, and 1.`,
        { fold, train: train.length, validation: validation.length, largest },
      );
    }
    for (const part of [train, validation]) {
      for (const position of part) requireCount(`folds[${fold}]`, position, 0);
    }
    const training = new Set(train);
    const shared = validation.find((position) => training.has(position));
    if (shared === undefined) continue;
    throw new InputError(
      "data-leak",
      `folds[${fold}]: sample ${shared} is both in train and in validation: expected one of them.`,
      { fold, position: shared },
    );
  }
}

function requireSeeds(seeds: readonly number[], shuffle: boolean): void {
  if (new Set(seeds).size === seeds.length && seeds.length > 0 && (shuffle || seeds.length < 2)) {
    return;
  }
  throw new InputError(
    "out-of-range",
    shuffle
      ? `seeds: expected one or more different numbers, got [${seeds.join(", ")}].`
      : "Without shuffling every seed draws the same samples: expected one seed at most.",
    { seeds },
  );
}

function requireScore(part: string, score: number, { size, fold, seed }: LearningCurveRun): void {
  if (Number.isFinite(score)) return;
  throw new InputError(
    "not-finite",
    `The ${part} score with ${size} samples (fold ${fold}, seed ${seed}) is ${String(score)}: ` +
      "expected a finite number. A training that diverges needs a lower learning rate.",
    { part, size, fold, seed },
  );
}

function beyondLabels(position: number, count: number): InputError {
  return new InputError(
    "length-mismatch",
    `labels has ${count} values, but a fold names sample ${position}: expected a label for every ` +
      "sample of the data set.",
    { position, count },
  );
}
