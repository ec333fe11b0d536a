// ---
// jupyter:
//   jupytext:
//     notebook_metadata_filter: kernelspec,-jupytext.text_representation.jupytext_version
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: TypeScript (Headroom)
//     language: typescript
//     name: headroom
// ---

// %% [markdown]
// # Metrics for skewed data
//
// **One model is right 97.3 % of the time, the other 91.4 %. Which of them finds the disease, and what
// must you ask before you send either to the clinic?**
//
// You will be able to
// - turn four counts into accuracy, precision, recall and F1, and say what each hides;
// - move a threshold on a real model and choose one honestly;
// - say what a rarer disease, or class, does to each metric.
//
// **Time:** 40 minutes. **Builds on:** [00 Getting started](00-getting-started.ipynb).
// [All lessons](README.md) · next: [04 Baselines and human level](04-baselines-hlp.ipynb)
//
// ## A thousand patients
//
// Of 1,000 patients 86 are ill. The lecture counts the answers of a trained model and of two predictors
// that always say no, one for stomach cancer, 4 ill of 100. *Accuracy*: the share of right answers.

// %%
import {
  accuracy,
  binaryCounts,
  check,
  display,
  loadLectureTable,
  table,
} from "@headroom/kernel-utils";

const lecture = loadLectureTable("skewed-confusion").rows;
const [trained, alwaysNo] = lecture.map((row) => binaryCounts(row));
const accuracies = lecture.map((row) => ({
  predictor: row.case,
  patients: row.tn + row.fp + row.fn + row.tp,
  ill: row.fn + row.tp,
  right: row.tn + row.tp,
  accuracy: accuracy(row),
}));
await display(table(accuracies, { digits: 3 }));
check(
  "accuracy is 97.3, 91.4 and 96.0 %, as in the lecture",
  lecture.every((row) => accuracy(row).toFixed(3) === row.accuracy.toFixed(3)),
);

// %% [markdown]
// The second model is right 914 times of 1,000, and so is a rubber stamp: it says "well" to everybody.
// It learned nothing, and no ill patient is ever found. When one class is rare, the data are *skewed*,
// and accuracy mostly counts how well a model agrees with the common class. To see what it hides, look
// at every patient.

// %%
import { caseDotsFigure } from "@headroom/kernel-utils";

await display(
  caseDotsFigure(
    [
      { title: "trained model: 97.3 % right", counts: trained },
      { title: "always no: 91.4 % right", counts: alwaysNo },
    ],
    {
      title: "91.4 % right, and every ill patient is missed",
      subtitle:
        "1,000 patients, 86 of them ill; one dot is one patient, crosses are mistakes",
      names: { positive: "ill", negative: "well" },
      alt:
        "Two groups of 1,000 dots in four boxes, rows by truth, columns by what the model said. " +
        "Trained model: 905 well left alone, 9 false alarms, 18 ill missed, 68 ill found. " +
        "Always no: 914 left alone, 86 missed, none found.",
    },
  ),
);

// %% [markdown]
// ## The idea: ask a row, ask a column
//
// The four boxes have names. "Positive" is the class that you look for, usually the rare one: *true
// positives* TP (found), *false negatives* FN (missed), *false positives* FP (false alarms), *true
// negatives* TN (left alone).
//
// - Ask the **row** of the ill: how many of them were found? $\text{recall} = \dfrac{TP}{TP + FN}$
// - Ask the **column** of the alarms: how many of them were right?
//   $\text{precision} = \dfrac{TP}{TP + FP}$
//
// Neither looks at TN, the large box that made the rubber stamp look good.

// %%
import * as tf from "@tensorflow/tfjs-node";
import { f1, formatScore, precision, recall } from "@headroom/kernel-utils";

const rates = lecture.map((row) => ({
  predictor: row.case,
  "alarms (TP + FP)": row.tp + row.fp,
  precision: formatScore(precision(row)),
  "ill (TP + FN)": row.tp + row.fn,
  recall: formatScore(recall(row)),
}));
await display(table(rates));
const [p, r] = [precision(trained).value.toFixed(3), recall(trained).value.toFixed(3)];
check(
  "precision 88.3 % and recall 79.1 %, as in the lecture",
  p === "0.883" && r === "0.791",
);
const truth1000 = tf.tensor1d(Array.from({ length: 1000 }, (_, i) => (i < 86 ? 1 : 0)));
const silent = tf.tidy(
  () => tf.metrics.precision(truth1000, tf.zerosLike(truth1000)).dataSync()[0],
);
truth1000.dispose();
console.log(`always no, tf.metrics.precision: ${silent}, without a word`);
console.log("always no, our f1:", JSON.stringify(f1(alwaysNo)));

// %% [markdown]
// The trained model finds 68 of 86; of its 77 alarms 68 are right.
//
// > **Look closer.** For the rubber stamp the lecture writes precision 0, and TensorFlow.js returns it
// > silently. But 0/0 is not "no alarm was right" but "there was no alarm": our functions give 0 *and*
// > the reason. F1, which you meet below, is a true 0: $2 \cdot 0 / (2 \cdot 0 + 0 + 86)$.
//
// ## How sure are you?
//
// Precision rests on 77 alarms, recall on 86 ill patients. How far off could the next 1,000 patients be?
// For a share, Wilson's interval tells; for F1, draw 1,000 patients again and again from the ones you
// have (the *bootstrap*).

// %%
import { bootstrapRows, wilsonInterval } from "@headroom/kernel-utils";

const boxes = ["tn", "fp", "fn", "tp"] as const;
const patients = boxes.flatMap((box) =>
  Array.from({ length: trained[box] }, () => box),
);
const f1Interval = bootstrapRows(1000, (drawn) => {
  const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
  for (const i of drawn) counts[patients[i]] += 1;
  return f1(counts).value;
});
const intervals = [
  { metric: "accuracy", of: "973 of 1,000", ...wilsonInterval(973, 1000) },
  { metric: "precision", of: "68 of 77", ...wilsonInterval(68, 77) },
  { metric: "recall", of: "68 of 86", ...wilsonInterval(68, 86) },
  { metric: "F1", of: "1,000 patients, redrawn", ...f1Interval },
];
const columns = ["metric", "of", "estimate", "low", "high"] as const;
await display(table(intervals, { columns: columns, digits: 2 }));
const ends = intervals.map(({ low, high }) => `${low.toFixed(2)}-${high.toFixed(2)}`);
const told = ".96-.98, .79-.94, .69-.86, .77-.89";
check(
  `95 % intervals: accuracy, precision, recall, F1 ${told}`,
  ends.join(", ").replaceAll("0.", ".") === told,
);

// %% [markdown]
// Accuracy looks certain to a point, recall may be anything from 69 to 86 %. A model that is "better by
// three points of recall" on 86 ill patients is not yet better.
//
// ## One number out of two
//
// A second model has precision 97.0 % and recall 7.3 %: it hardly ever speaks, and is right when it
// does. **Predict, then run:** the mean of 97.0 and 7.3 is 52. F1, the *harmonic* mean
// $F_1 = \dfrac{2}{1/P + 1/R} = \dfrac{2\,TP}{2\,TP + FP + FN}$, gives about how much?

// %%
import { fScore } from "@headroom/kernel-utils";

const pairs = loadLectureTable("f1-pairs").rows.map((row) => ({
  model: row.model,
  precision: row.precision,
  recall: row.recall,
  "plain mean": (row.precision + row.recall) / 2,
  F1: fScore(row.precision, row.recall),
}));
await display(table(pairs, { digits: 3 }));
check(
  "F1 is 83.4 and 13.6 %",
  pairs.map((row) => row.F1.toFixed(3)).join() === "0.834,0.136",
);
check(
  "from rounded rates 83.45 %, from the counts 83.44 %",
  pairs[0].F1.toFixed(4) === "0.8345" && f1(trained).value.toFixed(4) === "0.8344",
);

// %% [markdown]
// <details><summary>Answer</summary>
//
// 13.6 %, not 52 %. The plain mean lets one good number pay for a bad one; F1 never exceeds twice the
// smaller of the two.
//
// </details>
//
// > **Look closer.** From the rounded 88.3 and 79.1 F1 is 83.45 %, from the counts 83.44 %: keep the
// > counts. And F1 weighs misses and false alarms alike; if a miss costs ten times as much, F1 doesn't
// > know it.
//
// ## A model of your own
//
// A logistic regression has one weight per input, a sum, and a sigmoid that turns it into a *score* from
// 0 to 1. The function below makes all models of this lesson. Inputs are scaled with the training
// rows alone; nothing is random.

// %%
/** Scores of all rows, shape [rows][units], by a model fitted on the rows `train`. */
async function trainScores(x: number[][], y: number[], train: number[], units = 1) {
  const inputs = tf.tidy(() => {
    const { mean, variance } = tf.moments(tf.gather(x, train), 0);
    const spread = tf.where(variance.equal(0), tf.onesLike(mean), variance.sqrt());
    return tf.tensor2d(x).sub(mean).div<tf.Tensor2D>(spread);
  });
  const rows = tf.gather(inputs, train);
  const labels = tf.tensor2d(train.map((i) => [y[i]]));
  const layer = tf.layers.dense({
    inputShape: [x[0].length],
    units: units,
    activation: units === 1 ? "sigmoid" : "softmax",
    kernelInitializer: "zeros",
    kernelRegularizer: tf.regularizers.l2({ l2: 1e-3 }),
  });
  const model = tf.sequential({ layers: [layer] });
  const loss = units === 1 ? "binaryCrossentropy" : "sparseCategoricalCrossentropy";
  model.compile({ optimizer: tf.train.adam(0.05), loss: loss });
  const how = { epochs: 150, batchSize: train.length, shuffle: false, verbose: 0 };
  await model.fit(rows, labels, how);
  const scores = tf.tidy(() => (model.predict(inputs) as tf.Tensor2D).arraySync());
  tf.dispose([inputs, rows, labels, ...model.getWeights()]);
  return scores;
}

// %% [markdown]
// Is it an 8? Of 1,797 handwritten digits (UCI, CC BY 4.0) 174 are eights, 9.7 %, skewed like the
// patients. Half of the images train, a quarter is for choosing (*validation*), a quarter for the last
// word (*test*). Call every score of 0.5 or more "an 8", and put the model beside the rubber stamp. The
// numbers are from the validation set; the test set stays closed.

// %%
import { countsAt, loadDigits, threeWaySplit } from "@headroom/kernel-utils";

const digits = loadDigits();
const isEight = digits.labels.map((digit) => (digit === 8 ? 1 : 0));
const parts = threeWaySplit(isEight, { seed: 0 });
const fitted = await trainScores(digits.features, isEight, parts.train);
const eightScores = fitted.map(([score]) => score);
const [truth, scores] = [isEight, eightScores].map((column) =>
  parts.validation.map((i) => column[i]),
);
const never = countsAt(truth, scores, Infinity);
const atHalf = countsAt(truth, scores, 0.5);
const asRow = (predictor: string, counts: typeof never) => ({
  predictor: predictor,
  ...counts,
  accuracy: accuracy(counts),
  precision: precision(counts).defined ? precision(counts).value : "0/0",
  recall: recall(counts).value,
  F1: f1(counts).value,
});
const versus = [asRow("always no", never), asRow("logistic, 0.5", atHalf)];
await display(table(versus, { digits: 3, title: "449 validation images" }));
check("the rubber stamp is right on 406 of 449", never.tn === 406);
check("about 9 of 43 eights are missed", Math.abs(atHalf.fn - 9) <= 1);

// %% [markdown]
// ## Move the threshold
//
// Nobody said that 0.5 is the threshold; it is only the default. Drag the slider. Watch the orange-red
// bars change sides, and see which numbers move. The two curves are all thresholds at once: the
// *precision-recall curve*, and the *ROC curve*, recall against the share of negatives that raise a
// false alarm, $FP / (FP + TN)$. The area under the ROC curve (AUC) is the chance that an eight scores
// higher than another digit.

// %% tags=["nbval-ignore-output"]
import { thresholdFigure } from "@headroom/kernel-utils";

await display(
  thresholdFigure(truth, scores, {
    names: { positive: "an 8", negative: "another digit" },
    data: "validation set",
  }),
);

// %% [markdown]
// Accuracy hardly stirs while precision and recall trade places. A low threshold finds nearly all
// eights and calls many others 8; a high one is always right and finds few.
//
// ## Predict, then run
//
// **1.** Raise the threshold step by step, from the lowest score to the highest. Recall can only fall.
// Does precision always rise?

// %%
import { thresholdTable } from "@headroom/kernel-utils";

const grid = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);
const sweep = thresholdTable(truth, scores, { thresholds: grid });
const shown = ["threshold", "tp", "fp", "precision", "recall"] as const;
const all = thresholdTable(truth, scores);
const falls = all.filter((row, k) => k > 0 && row.precision < all[k - 1].precision);
await display(table(sweep.slice(6, 14), { columns: shown, digits: 3 }));
check(
  "recall never rises",
  all.every((row, k) => k === 0 || row.recall <= all[k - 1].recall),
);
check("precision falls at some steps", falls.length > 0);
const steps = sweep.slice(10, 12).map(({ tp, fp }) => `${tp} of ${tp + fp}`);
check("0.55 to 0.60: 33 of 34, 32 of 33", steps.join() === "33 of 34,32 of 33");

// %% [markdown]
// <details><summary>Answer</summary>
//
// Usually, not always. When the next sample to fall below the threshold is an 8, a hit is lost and the
// false alarms stay: precision falls, as from 0.55 (33 of 34) to 0.60 (32 of 33). So "raise the threshold
// until precision is high enough" may step over the best place. Let a function look at all of them.
//
// </details>
//
// ## Choose a threshold
//
// Which threshold is best depends on what mistakes cost. Say a missed 8 costs 5 and a false alarm 1.
// Choose on the validation set, then open the test set, once. To see whether choosing helps at all, do
// all of it on five splits: the first has its model, four more are trained.

// %%
import { chooseThreshold } from "@headroom/kernel-utils";

const costs = { falsePositive: 1, falseNegative: 5 };
async function runOnce(seed: number) {
  const { train, validation, test } = threeWaySplit(isEight, { seed: seed });
  const fit = seed === 0 ? fitted : await trainScores(digits.features, isEight, train);
  const columnsOf = (images: number[]) =>
    [images.map((i) => isEight[i]), images.map((i) => fit[i][0])] as const;
  const goal = { minimise: "cost", costs: costs } as const;
  const { threshold, value } = chooseThreshold(...columnsOf(validation), goal);
  const testCost = (at: number) => {
    const { fp, fn } = countsAt(...columnsOf(test), at);
    return costs.falsePositive * fp + costs.falseNegative * fn;
  };
  const [chosen, half, no] = [threshold, 0.5, Infinity].map(testCost); // once
  return { seed, validation, test, columnsOf, threshold, value, chosen, half, no };
}
const eightRuns: Awaited<ReturnType<typeof runOnce>>[] = [];
for (const seed of [0, 1, 2, 3, 4]) eightRuns.push(await runOnce(seed));
const headings = { seed: "seed", threshold: "threshold", value: "validation cost" };
const testHeadings = { chosen: "test cost", half: "at 0.5", no: "always no" };
const runColumns = { ...headings, ...testHeadings };
await display(table(eightRuns, { columns: runColumns, digits: 2 }));
const cheaper = eightRuns.every((run) => run.threshold < 0.5 && run.chosen < run.half);
check("in all runs the threshold is below 0.5, and cheaper", cheaper);

// %% [markdown]
// Every chosen threshold lies below 0.5, because misses are dear, and in all five runs it is cheaper on
// the test set than 0.5; whether by more than luck, you compute in a moment. But the validation cost is no
// promise: on the test set it comes out lower in two runs, higher in three. 44 eights are few.
//
// ## Goes wrong: chosen and reported on the same cases
//
// Why not choose on the test set, then, and report the best? Take 100 test cases, pick the threshold
// with the best F1 on them, and report that F1. Do it honestly, too: pick on 100 other cases. And do
// nothing, too: keep 0.5.

// %%
import { stratifiedSplit } from "@headroom/kernel-utils";

const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Mean F1 on 100 test images, 200 draws: threshold chosen on them, apart, or 0.5. */
function f1ThreeWays({ validation, test, columnsOf }: (typeof eightRuns)[number]) {
  const draws = Array.from({ length: 200 }, (_, seed) => {
    const [apart, here] = [validation, test].map((part) => {
      const labels = part.map((i) => isEight[i]);
      const drawn = stratifiedSplit(labels, { testCount: 100, seed: seed }).test;
      return columnsOf(drawn.map((k) => part[k]));
    });
    const [lucky, honest] = [here, apart].map(
      (columns) => chooseThreshold(...columns, { maximise: "f1" }).threshold,
    );
    return [lucky, honest, 0.5].map((at) => f1(countsAt(...here, at)).value);
  });
  return [0, 1, 2].map((way) => average(draws.map((draw) => draw[way])));
}
const f1Runs = eightRuns.map(f1ThreeWays);
const ways = f1Runs.map(([here, apart, half], seed) => {
  return { seed: seed, "chosen on test": here, "chosen apart": apart, "0.5": half };
});
await display(table(ways, { digits: 3 }));

// %% [markdown]
// In every run the dishonest way reports the most. How much of that is luck? Compare run by run, with the
// 95 % interval of the mean of five runs (Student's t). And write the check that would have caught it.

// %%
import { checkClose, type Interval, meanInterval } from "@headroom/kernel-utils";

const show = (what: string, { estimate, high }: Interval, told: number) => {
  console.log(`${what}: ${estimate.toFixed(1)} ± ${(high - estimate).toFixed(1)}`);
  checkClose(`about ${told}`, estimate, told, 0.3);
};
const saved = meanInterval(eightRuns.map(({ chosen, half }) => half - chosen));
const luck = meanInterval(f1Runs.map(([here, apart]) => 100 * (here - apart)));
const gain = meanInterval(f1Runs.map(([, apart, half]) => 100 * (apart - half)));
show("cost saved by the chosen threshold", saved, 5.6);
show("F1 points of luck (on test - apart)", luck, 8.1);
show("F1 points gained (apart - 0.5)", gain, -2.7);
check("saved, luck > 0; gain unsure", saved.low > 0 && luck.low > 0 && gain.high > 0);

/** Throws where cases that helped to choose are reported on. */
function requireSeparate(chosenOn: number[], reportedOn: number[]): void {
  const both = reportedOn.filter((i) => chosenOn.includes(i)).length;
  check(`${both} of ${reportedOn.length} reported cases helped to choose`, both === 0);
}
try {
  requireSeparate(parts.validation, parts.test);
  requireSeparate(parts.test, parts.test);
} catch (error) {
  console.log(`caught: ${(error as Error).message}`);
}

// %% [markdown]
// Choosing by cost on 449 images saves 5.6 ± 2.9 of about 60 units. Choosing on the test cases reports
// 8.1 ± 2.1 points of F1 that no next case will pay. The honest choice on 100 images gains nothing that can
// be seen, -2.7 ± 3.1: a *null result*, which belongs in the report.
//
// ## The same model, a rarer disease
//
// A model sees two weak measurements of breast tumours, on half of the UCI table (CC BY 4.0); of the
// other 285 tumours 106 are malignant. **Predict, then run. 2.** Count every benign one eleven times, so
// that 5 % are malignant. What happens to recall, precision, AUC, and average precision (AP, the area
// under the precision-recall curve)?

// %%
import { auroc, averagePrecision, loadBreastCancer } from "@headroom/kernel-utils";

const tumours = loadBreastCancer();
const ill = tumours.labels.map((label) => 1 - label); // the data's class 0 is malignant
const pair = tumours.features.map((row) => [row[1], row[4]]); // mean texture, smoothness
const cancer = stratifiedSplit(ill, { testShare: 0.5, seed: 1 });
const risks = (await trainScores(pair, ill, cancer.train)).map(([risk]) => risk);
const measure = (malignant: string, rows: number[]) => {
  const [y, p] = [ill, risks].map((column) => rows.map((i) => column[i]));
  const { tp, fp, fn } = countsAt(y, p, 0.5);
  const rate = { recall: tp / (tp + fn), precision: tp / (tp + fp) };
  const ranking = { AUC: auroc(y, p), AP: averagePrecision(y, p) };
  return { malignant: malignant, ...rate, ...ranking };
};
const benign = cancer.test.filter((i) => ill[i] === 0);
const tenMore = Array.from({ length: 10 }, () => benign).flat();
const usual = measure("106 of 285", cancer.test);
const rarer = measure("106 of 2,075", [...cancer.test, ...tenMore]);
await display(table([usual, rarer], { digits: 2 }));
check("AUC stays", Math.abs(usual.AUC - rarer.AUC) < 1e-9);
const kept = [rarer.precision / usual.precision, rarer.AP / usual.AP];
check("of precision and AP less than a third stays", Math.max(...kept) < 1 / 3);
const guessed = cancer.test.map((i) => risks[i]);
const asBenign = cancer.test.map((i) => tumours.labels[i]);
check("labels swapped: AUC 0.16", auroc(asBenign, guessed).toFixed(2) === "0.16");

// %% [markdown]
// <details><summary>Answer</summary>
//
// Recall and AUC stay: each looks at the two classes one by one. It is tempting to say that the ROC
// curve gets worse because the task got harder, but it *can't* show rarity. Of precision and AP less than
// a third stays (AP may keep more on another split): eleven times the false alarms meet the same hits.
//
// </details>
//
// > **Look closer.** AUC below 0.5 is possible: with labels swapped 0.84 becomes 0.16, as here if you
// > forget that class 0 is malignant.
//
// For any *prevalence* $p$, the share of positives, precision follows from recall and the false
// positive rate: $\text{precision} = \dfrac{\text{recall}\cdot p}{\text{recall}\cdot p +
// \text{FPR}\cdot(1-p)}$. Take the lecture's model to places with the lecture's class shares:

// %%
import { precisionAt, prevalenceFigure } from "@headroom/kernel-utils";

const wild = loadLectureTable("skew-in-the-wild").rows;
const quality = { sensitivity: 68 / 86, specificity: 905 / 914 };
const places = wild.map(({ application, rare }) => ({
  name: application,
  prevalence: rare,
}));
await display(
  prevalenceFigure(quality, {
    title: "The rarer the disease, the fewer alarms are right",
    subtitle:
      "trained model of the lecture; recall 68 of 86 and FPR 9 of 914 taken as fixed",
    marked: [{ name: "lecture", prevalence: 0.086 }, ...places],
    alt:
      "Line chart, prevalence from 0.1 to 50 % on a log scale against share. Recall is flat at " +
      "79 %. Precision falls from 88.3 % at a prevalence of 8.6 % to 73.3 % at 3.3 %, 44.8 % at " +
      "1 % and 19.5 % at 0.3 %.",
  }),
);
const shares = [0.086, 0.01, 0.003].map((share) =>
  precisionAt(share, quality).value.toFixed(3),
);
check("precision 88.3, 44.8, 19.5 %", shares.join() === "0.883,0.448,0.195");

// %% [markdown]
// At a prevalence of 1 % more than half of the alarms are false, though not one weight has changed. Ask
// for the prevalence where a model will work, not where it was tested.
//
// ## Many classes
//
// With ten digits each class has its own precision, recall and F1: this digit against the rest.
// *Macro* averages take the plain mean over classes, *weighted* ones weigh by how common a class is,
// *micro* ones add up the counts first, which over all classes is just accuracy. Now make one class
// rare: 5 eights among 816 training images, 9 among 821 test images. (Always saying 3, the most common,
// would be right on 92.)

// %%
import { classScoresFigure, confusionMatrix } from "@headroom/kernel-utils";
import { macroAverage, weightedAverage } from "@headroom/kernel-utils";

const keepEights = (images: number[], most: number) => [
  ...images.filter((i) => isEight[i] === 0),
  ...images.filter((i) => isEight[i] === 1).slice(0, most),
];
const halves = stratifiedSplit(digits.labels, { testShare: 0.5, seed: 0 });
const [few, test] = [keepEights(halves.train, 5), keepEights(halves.test, 9)];
const perDigit = await trainScores(digits.features, digits.labels, few, 10);
const guesses = test.map((i) => perDigit[i].indexOf(Math.max(...perDigit[i])));
const actual = test.map((i) => digits.labels[i]);
const matrix = confusionMatrix(actual, guesses);
await display(
  classScoresFigure(matrix, {
    title: "One rare class fails, and the weighted average hides it",
    subtitle: "5 eights in 816 training images, 9 in 821 test images",
    noun: "digit",
    alt: "Dot plot of ten F1: nine lie between 0.95 and 1, the 8 (n = 9) at about 0.2.",
  }),
);
checkClose("macro F1 0.90", macroAverage(matrix).f1.value, 0.9, 5e-3);
checkClose("weighted F1 0.97", weightedAverage(matrix).f1.value, 0.97, 5e-3);
check("1 of 9 eights is found", matrix.binary(8).tp === 1);
check("92 threes among 821", actual.filter((digit) => digit === 3).length === 92);

// %% [markdown]
// One of the nine eights is found. The weighted average, 0.97, is where the nine common digits are; the
// macro average, 0.90, is pulled towards the eight. Which is right? If the eight doesn't matter to anyone,
// macro is the wrong one.
//
// The lecture's two tables show the same: four diagnoses, each with its F1 (as a data frame, whose
// columns have a `mean`), and chest X-ray findings, of which hernia, with about 100 examples, does worst.

// %%
import { toDataFrame } from "@headroom/kernel-utils";

const diagnoses = loadLectureTable("multi-class-f1").rows.map((row) => ({
  diagnosis: row.diagnosis,
  precision: row.precision,
  recall: row.recall,
  F1: fScore(row.precision, row.recall),
}));
const frame = await toDataFrame(diagnoses);
await display(frame.sortValues("F1"));
const mean = (name: string): number => frame.column(name).mean();
const f1OfMeans = fScore(mean("precision"), mean("recall"));
check(
  "F1 89.8, 95.7, 91.5, 82.7 %, within .1 of the lecture",
  loadLectureTable("multi-class-f1").rows.every(
    (row, k) => Math.abs(row.f1 - diagnoses[k].F1) < 1e-3,
  ),
);
checkClose("macro F1 89.9 %", mean("F1"), 0.899, 5e-4);
checkClose("F1 of macro precision and recall 90.1 %", f1OfMeans, 0.901, 5e-4);
const hernia = loadLectureTable("rare-classes").rows[3].performance; // AUC
// Hanley and McNeil (1982): 100 positives among very many negatives
const margin = 1.96 * Math.sqrt(((2 * hernia ** 2) / (1 + hernia) - hernia ** 2) / 100);
checkClose("hernia .851 ± .05 with 100 cases to test on", margin, 0.05, 5e-3);

// %% [markdown]
// > **Look closer.** Macro F1, the mean of the classes' F1, is 89.9 %; F1 of the mean precision and mean
// > recall is 90.1 %. Papers call both "macro F1": say which. And hernia's 0.851 comes with ± .05 if 100
// > test images show one: hard to learn *and* hard to measure.

// %% [markdown]
// ## Which question needs which metric?
//
// | You ask | Metric | Beware |
// |---|---|---|
// | How often is it right, all mistakes alike? | accuracy | skew: 91.4 % for nothing |
// | Can I trust an alarm? | precision | falls with rarity; 0/0 |
// | How many of those that matter are found? | recall | all called ill: 1 |
// | Both, weighed alike, at one threshold | F1 | your costs may differ |
// | What do mistakes cost? | cost | few rare cases choose badly |
// | Does it rank well? | AUC; AP when rarity matters | AUC can't show rarity |
// | Does every class count alike? | macro F1 | wobbles with few |

// %% [markdown]
// ## Recap
//
// - The rubber stamp is right 91.4 % of the time and finds nobody: put it beside every model. Under skew
//   accuracy isn't always wrong, but never enough.
// - Recall asks a row, precision a column; 0/0 is not 0; every rate needs its n.
// - Choose the threshold by what mistakes cost, on cases that you don't report on.
// - Rarity lowers precision and AP, not recall or AUC. Weighted averages follow common classes, macro rare.
//
// The [exercises](assignments/release/02-skewed-data-metrics/02-skewed-data-metrics.ipynb) ask for
// `confusion`, `prf`, `averages`, `prCurve` and `precisionAt`.
//
// Data: UCI digits (Alpaydin, Kaynak 1998), breast cancer (Wolberg, Mangasarian, Street 1995), CC BY 4.0.
// Tables: "Select and train a model", Machine Learning Engineering for Production, course 1. Lesson:
// [CC BY 4.0](LICENSE.md).
//
// Next: [04 Baselines and human level](04-baselines-hlp.ipynb). Before:
// [00 Getting started](00-getting-started.ipynb). All lessons: [list](README.md).
