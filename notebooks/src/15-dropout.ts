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
// # Dropout
//
// *A network knows 200 digits by heart, the wrongly labelled ones too: should you switch on dropout?*
//
// **You will be able to**
// - say what dropout does in training and at prediction, and why the scales agree;
// - tell by a paired comparison whether it helps your data, and by how much;
// - catch a dropout layer that repeats its mask.
//
// **Time:** 40 minutes. **Builds on:** [14 Early stopping](14-early-stopping.ipynb).
// All lessons: [list](README.md).
//
// First the network. Of the 1,797 digits, 597 are put away for a test and 600 serve for validation.
// From the other 600 each seed draws 200 to train on, and writes wrong labels on as many as you say.

// %%
import * as tf from "@tensorflow/tfjs-node";
import { loadDigits, SeededRandom, stratifiedSplit } from "@headroom/kernel-utils";

const digits = loadDigits();
const labelsOf = (rows: number[]): number[] => rows.map((row) => digits.labels[row]);
const imagesOf = (rows: number[]): tf.Tensor =>
  tf.tidy(() => tf.tensor2d(rows.map((row) => digits.features[row])).div(16));

const outer = stratifiedSplit(digits.labels, { testCount: 597, seed: 0 });
const inner = stratifiedSplit(labelsOf(outer.train), { testCount: 600, seed: 0 });
const pool = inner.train.map((i) => outer.train[i]);
const validation = inner.test.map((i) => outer.train[i]);

function draw(seed: number, wrong: number): { rows: number[]; labels: number[] } {
  const dice = new SeededRandom(seed);
  const rows = dice.sample(pool, 200);
  const labels = labelsOf(rows);
  const places = dice.fork("wrong").sample([...rows.keys()], wrong);
  for (const i of places) labels[i] = (labels[i] + dice.fork(i).integer(1, 10)) % 10;
  return { rows, labels };
}
console.log(`${pool.length} to draw from, ${validation.length} for validation`);

// %% [markdown]
// The wrong labels are **invented**, for the experiment; validation and test labels stay as they are.
// *Data: digits (E. Alpaydin, C. Kaynak, 1998), UCI Machine Learning Repository, CC BY 4.0.*
//
// The network has 512 hidden neurons. What stands between them and the ten outputs is a parameter: for
// now `rate: 0`, a layer that drops nothing. A seed fixes the draw, the first weights and the order of
// the batches, so that two networks with the same seed differ in the dropout alone.

// %%
import { accuracy, freshDropout, seedWeights } from "@headroom/kernel-utils";
import { compile, type Way } from "@headroom/trainer";

function percentRight(model: tf.Sequential, rows: number[], labels = labelsOf(rows)) {
  const guess = () => (model.predict(imagesOf(rows)) as tf.Tensor).argMax(1).dataSync();
  return 100 * accuracy(labels, tf.tidy(guess));
}
type Start = { seed: number; wrong: number; layer: tf.layers.Layer };
type Recipe = Start & { start?: number; epochs?: number; way?: Way };
async function train({ seed, wrong, layer, start = seed, epochs = 60, way }: Recipe) {
  const { rows, labels } = draw(seed, wrong);
  const hidden = tf.layers.dense({ units: 512, activation: "relu", inputShape: [64] });
  const output = tf.layers.dense({ units: 10, activation: "softmax" });
  const model = tf.sequential({ layers: [hidden, layer, output] });
  const [optimizer, loss] = [tf.train.adam(0.003), "sparseCategoricalCrossentropy"];
  model.compile({ optimizer, loss, metrics: ["accuracy"] });
  seedWeights(model, start);
  const [x, y] = [imagesOf(rows), tf.tensor1d(labels, "float32")];
  const settings = { epochs, batchSize: 40, seed, verbose: 0 as const };
  const { history } = await compile(model, way && { way }).fit(x, y, settings);
  tf.dispose([x, y]);
  const reported = 100 * Number(history.acc.at(-1));
  return { model, rows, labels, reported, right: percentRight(model, validation) };
}

// %% [markdown]
// Train it twice on the same 200 images: once with their true labels, once with 40 of them wrong. Will
// it repeat the wrong labels after 60 epochs, and what becomes of the images that it hasn't seen?
// (Percentages here are rounded to fives, which is what holds on other machines.)

// %%
import { check, checkClose, display, table } from "@headroom/kernel-utils";

const none = () => freshDropout({ rate: 0, seed: 1 });
const honest = await train({ seed: 1, wrong: 0, layer: none() });
const misled = await train({ seed: 1, wrong: 40, layer: none() });
const about = (value: number): number => 5 * Math.round(value / 5);
const byHeart = [honest, misled].map(({ model, rows, labels, right }, i) => ({
  "200 training labels": i === 0 ? "all true" : "40 wrong",
  "right on them, about %": about(percentRight(model, rows, labels)),
  "right on validation, about %": about(right),
}));
await display(table(byHeart));
const repeated = percentRight(misled.model, misled.rows, misled.labels);
check("at most 5 of 200 labels are not repeated, so 35 lies are", repeated >= 97.5);
check("on new images that costs 10 points or more", honest.right - misled.right > 10);

// %% [markdown]
// It learned the lies as well as the truth: at least 35 of the 40, and 10 points or more are gone on
// images that it hasn't seen.
//
// ## The idea
//
// To know one odd image by heart, neurons must play together: this one with that one (**co-adaptation**).
// **Dropout** forbids them to count on each other. While training, each neuron is left out with probability $r$, the
// **rate**; what is left is a thinner network. A **mask** $m_i$ says who stays: 1 with probability $1 - r$,
// else 0. Try it on ten neurons, with the lecture's rate of 0.3.

// %%
import { applyDropout, dropoutMask } from "@headroom/kernel-utils";

const rate = 0.3;
const values = [0.2, 1.5, 0, 0.9, 2.1, 0.4, 1.1, 0.7, 3, 0.6];
const dice = new SeededRandom(4);
const mask = dropoutMask(dice, 10, rate);
const thinned = applyDropout(values, mask, rate, "at-prediction");
const neurons = values.map((value, i) => ({
  neuron: i + 1,
  "its value": value,
  mask: mask[i] ? "kept" : "dropped",
  "what goes on": thinned[i],
}));
await display(table(neurons, { digits: 1 }));
const keptOf = (one: boolean[]): number => one.filter(Boolean).length;
const three = [mask, dropoutMask(dice, 10, rate), dropoutMask(dice, 10, rate)];
console.log(`kept of ten: ${three.map(keptOf).join(", ")}`);
check("three masks, and not the same number kept", new Set(three.map(keptOf)).size > 1);

// %% [markdown]
// A rate of .3 is said to keep 70 %. It keeps *about* 70 %: each neuron has its own coin. And the mask
// is for one step only: **the next mini-batch gets a new one** (in practice, each image of the batch has
// its own row of the mask). Drag the slider through 20 batches of a layer of 60 neurons. Does any
// neuron stay away for good?

// %%
import { neuronMasksFigure } from "@headroom/kernel-utils";

const coins = new SeededRandom(1);
const masks = Array.from({ length: 20 }, () => dropoutMask(coins, 60, rate));
await display(
  neuronMasksFigure(masks, {
    title: "Each batch has another mask, which keeps about 70 %",
    subtitle: "A layer of 60 neurons, dropout rate 0.3",
    rate: rate,
    pictureBatches: [1, 2],
  }),
);
const appearances = masks[0].map((_, i) => masks.filter((one) => one[i]).length);
check("in 20 batches every neuron takes part", Math.min(...appearances) > 0);
const many = Array.from({ length: 1000 }, () => keptOf(dropoutMask(coins, 512, rate)));
const middle = many.reduce((sum, count) => sum + count, 0) / 1000;
const spread = Math.sqrt(many.reduce((sum, n) => sum + (n - middle) ** 2, 0) / 999);
checkClose("of 512 neurons 358 are kept on average", middle, 358, 1.5);
checkClose("give or take 20 (two spreads)", 2 * spread, 20, 2.2);

// %% [markdown]
// Nobody stays away, so every weight learns; and nobody can be relied on.
//
// ## Scale later, or now
//
// At prediction all neurons work. The next layer then hears $1/(1-r)$ times as much as it is used to:
// $1/0.7 = 1.43$ times. There are two cures. **Later**: train as above, and multiply by $1 - r$ at
// prediction (the values, or the weights after them: it is the same). **Now**, called *inverted* dropout:
// divide what is kept by $1 - r$ in training, and predict with the network as it is.
//
// Do the two promise the same? With ten neurons you need not sample: there are $2^{10}$ masks. Take the
// mean over all 1,024, each weighted by its probability.

// %%
import { predictWithDropout } from "@headroom/kernel-utils";

const weights = [1, -2, 0.5, 1.5, 0.7, -1, 2, 0.3, -0.4, 1.2];
const logitOf = (inputs: number[]): number =>
  inputs.reduce((sum, value, i) => sum + value * weights[i], 0);
const everyMask = Array.from({ length: 1024 }, (_, code) =>
  values.map((_, i) => ((code >> i) & 1) === 1),
);
const chanceOf = (one: boolean[]): number =>
  one.reduce((product, kept) => product * (kept ? 1 - rate : rate), 1);
const overAll = (resultOf: (one: boolean[]) => number): number =>
  everyMask.reduce((sum, one) => sum + chanceOf(one) * resultOf(one), 0);
const scalings = (["at-prediction", "in-training"] as const).map((when) => ({
  scaled: when,
  "mean over all masks": overAll((one) =>
    logitOf(applyDropout(values, one, rate, when)),
  ),
  "all neurons, as predicted": logitOf(predictWithDropout(values, rate, when)),
}));
await display(table(scalings, { digits: 4, title: "The sum that reaches one neuron" }));
for (const row of scalings) {
  const [mean, plain] = [row["mean over all masks"], row["all neurons, as predicted"]];
  checkClose(`scaled ${row.scaled}: the same to rounding`, mean - plain, 0, 1e-12);
}

// %% [markdown]
// Each way keeps its promise: on average the next neuron hears in training what it hears at prediction,
// exactly. (The two rows differ by the factor 0.7, and the weights that are learned make up for it.)
// TensorFlow.js, Keras and PyTorch all scale *now*, so that predicting needs no dropout at all.
//
// A single mask, though, is far from its mean. Take a network trained with rate .5, and average the
// logits (the ten sums before the softmax) of more and more masks.

// %% tags=["nbval-ignore-output"]
import { averagedMasksFigure } from "@headroom/kernel-utils";

const half = freshDropout({ rate: 0.5, seed: 1 });
const thinking = (await train({ seed: 1, wrong: 0, layer: half })).model;
const [kernel, bias] = thinking.layers[2].getWeights();
const logits = (inputs: tf.Tensor): tf.Tensor => inputs.matMul(kernel).add(bias);
const masked = (inputs: tf.Tensor) =>
  half.apply(inputs, { training: true }) as tf.Tensor;
const seen = thinking.layers[0].apply(imagesOf(validation)) as tf.Tensor;
const apart = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).abs().mean().dataSync()[0];
const counts = [1, 10, 100, 1000];
const few = Array.from({ length: 5 }, (_, i) => {
  const one = seen.slice(i, 1);
  return { whole: logits(one), thin: logits(masked(one.tile([1000, 1]))) };
});
const distances = few.map(({ thin, whole }) =>
  counts.map((count) => apart(thin.slice(0, count).mean(0), whole)),
);
await display(
  averagedMasksFigure(counts, distances, {
    title: "A hundred times the masks, a tenth of the distance",
    measure: "distance of the logits",
    runs: "validation images",
  }),
);

// %% [markdown]
// The distance shrinks like one over the root of the number, as that of every mean does. So the plain
// pass is a shortcut: what a thousand masks would say on average, from one pass.
//
// **But only before the softmax.** The mean of a curve is not the curve of the mean. Back to the ten
// neurons: turn their sum into a probability, and compare again, exactly; then look at the trained network.

// %%
const sigmoid = (sum: number): number => 1 / (1 + Math.exp(-sum));
const meanOfCurve = overAll((one) => sigmoid(logitOf(applyDropout(values, one, rate))));
const curveOfMean = sigmoid(logitOf(predictWithDropout(values, rate)));
console.log(`mean of the probabilities: ${meanOfCurve.toFixed(3)}`);
console.log(`probability of the mean:   ${curveOfMean.toFixed(3)}`);
checkClose("ten neurons: .16 apart", curveOfMean - meanOfCurve, 0.16, 0.005);

const meanOf = (list: number[]): number =>
  list.reduce((sum, one) => sum + one, 0) / list.length;
const atDepth = counts.map((_, i) => meanOf(distances.map((row) => row[i])));
const fall = atDepth[0] / atDepth[2];
check("trained network, logits: 100 masks, about a tenth", fall > 6 && fall < 16);
const chances = few.map(({ thin, whole }) =>
  apart(thin.softmax().mean(0), whole.softmax()),
);
check("its probabilities, after 1,000 masks: within .01", meanOf(chances) < 0.01);

// %% [markdown]
// So "equal in expectation" holds for sums, not for probabilities. In the trained network, sure of most
// images, the difference is small; do not build a proof on it.
//
// > **Look closer: two switches.** Dropout must be *on* in training and *off* at prediction, and the scale
// > must be applied *once*. Here are the three mistakes, on one trained network. Which of them would you
// > notice by accuracy?

// %%
const truth = labelsOf(validation);
// Five copies of each image, for five masks where dropout is left on.
const copies = Array.from({ length: 5 }, () => truth).flat();
const hits = tf.oneHot(tf.tensor1d(copies, "int32"), 10);
const judge = (inputs: tf.Tensor) => {
  const sums = logits(inputs);
  const right = 100 * accuracy(copies, sums.argMax(1).dataSync());
  return { right, loss: tf.losses.softmaxCrossEntropy(hits, sums).dataSync()[0] };
};
const all = seen.tile([5, 1]);
const judged = [all, all.mul(0.5), all.mul(2), masked(all)].map((sums) => judge(sums));
const names = ["as it should be", "scaled twice", "never scaled", "dropout left on"];
const [proper, twice, never, on] = judged;
const modes = judged.map(({ right, loss }, i) => ({
  prediction: names[i],
  "points lost": Math.round(proper.right - right) + 0,
  "loss, about": `+${about(100 * (loss / proper.loss - 1))} %`,
}));
await display(table(modes, { title: "600 validation images, rate .5" }));
const drift = [twice, never].map(({ right }) => Math.abs(right - proper.right));
check("wrong scale: accuracy within a point", Math.max(...drift) < 1);
const rises = twice.loss > proper.loss && never.loss > twice.loss;
check("wrong scale: the loss rises", rises);
check("left on: half a point or more is lost", proper.right - on.right > 0.5);

// %% [markdown]
// Accuracy doesn't see a wrong scale: doubling all sums hardly changes which is largest. The loss does,
// so **check the loss**. Left on, dropout costs a point, and two predictions for one image differ.
//
// ## Predict, then run
//
// **1.** The same network, five rates, five seeds, all else equal within a seed. What does a rate of .3 gain
// on *clean* labels? And on labels of which 40 in 200 are wrong? Write both guesses down, in points.

// %%
const rates = [0, 0.3, 0.5, 0.7, 0.9];
const seeds = [1, 2, 3, 4, 5];
type Run = Awaited<ReturnType<typeof train>>;
async function sweep(wrong: number): Promise<Run[][]> {
  const all: Run[][] = [];
  for (const seed of seeds) {
    const ofSeed: Run[] = [];
    for (const rate of rates) {
      ofSeed.push(await train({ seed, wrong, layer: freshDropout({ rate, seed }) }));
    }
    all.push(ofSeed);
  }
  return all;
}
const clean = await sweep(0);
const noisy = await sweep(40);
console.log(`${clean.flat().length + noisy.flat().length} networks trained`);

// %% [markdown]
// Two networks of one seed share images, labels, first weights and the order of batches. Their
// difference is therefore worth more than the difference of two means: it is a **pair**, and the interval
// is that of five such differences. It speaks of these 600 validation images and of draws from this pool;
// other images would add their own luck.

// %% tags=["nbval-ignore-output"]
import { rateSweepFigure } from "@headroom/kernel-utils";

const rightOf = ({ right }: Run): number => right / 100;
const sweeps = [
  { name: "clean labels", accuracies: clean.map((runs) => runs.map(rightOf)) },
  {
    name: "40 of 200 labels wrong",
    accuracies: noisy.map((runs) => runs.map(rightOf)),
  },
];
await display(
  rateSweepFigure(sweeps, {
    title: "Dropout pays where labels are wrong",
    subtitle: "Digits, 200 training images, 512 hidden neurons, 60 epochs",
    rates: rates,
    measure: "right on 600 validation images, %",
  }),
);

// %% [markdown]
// The left panel is flat up to .7; the right one climbs, and the thin lines climb with it. The numbers
// above the marks are the gains, the whiskers their intervals. Hold them against your guesses, as statements
// that must be true:

// %%
import { meanInterval } from "@headroom/kernel-utils";

const [onClean, onNoisy] = sweeps.map(({ accuracies }) =>
  rates.map((_, r) => meanInterval(accuracies.map((run) => 100 * (run[r] - run[0])))),
);
const [, at3, at5, , at9] = onNoisy;
const ends = ({ low, high }: { low: number; high: number }): string =>
  `${Math.floor(low)} to ${Math.ceil(high)}`;
const usual = [onClean[1], onClean[2]];
check(
  "clean, .3 and .5: less than a point",
  usual.every((gain) => Math.abs(gain.estimate) < 1),
);
check(
  "clean: no interval is clear of 0 by half a point",
  usual.every((gain) => gain.low < 0.5 && gain.high > -0.5),
);
checkClose("40 wrong, .3: about 2 points", at3.estimate, 2, 1);
checkClose("40 wrong, .5: 3 to 4 points", at5.estimate, 3.5, 1);
checkClose("40 wrong, .9: about 10 points", at9.estimate, 10, 2);
check(
  "40 wrong: intervals clear of 0",
  [at3, at5, at9].every((gain) => gain.low > 0),
);

// %% [markdown]
// <details><summary>Answer</summary>
//
// On clean labels: a fifth of a point, which five seeds can hardly tell from nothing. The tempting answer is
// "a few points, that is what dropout is for". But these 200 images hold little that is wrong to learn, and
// a null result is a result. With wrong labels the gain is large and grows with the rate: 2 points at
// .3, 3 to 4 at .5, about 10 at .9, far beyond the usual .2 to .5.
//
// </details>
//
// The validation set has now chosen a rate, so its score is no longer fair. **The test set, once:**

// %%
// ===== The test set is opened here, and nowhere else. =====
const meanAt = rates.map((_, r) => meanOf(sweeps[1].accuracies.map((run) => run[r])));
const best = meanAt.indexOf(Math.max(...meanAt));
const exam = noisy.map((runs) =>
  [0, best].map((r) => percentRight(runs[r].model, outer.test)),
);
const examGain = meanInterval(exam.map(([plain, chosen]) => chosen - plain));
const verdict = {
  "rate chosen on validation": `${rates[best]}`,
  "without dropout, about %": about(meanOf(exam.map(([plain]) => plain))),
  "with it, about %": about(meanOf(exam.map(([, chosen]) => chosen))),
  "gain, points": ends(examGain),
};
const examTitle =
  "597 test images, five seeds; the gain's 95 % interval, rounded outward";
await display(table([verdict], { title: examTitle }));
check("the gain on the test set is clear of 0", examGain.low > 3);
check(
  "every seed gains",
  exam.every(([plain, chosen]) => chosen > plain),
);

// %% [markdown]
// The gain holds on images that had no say.
//
// **2.** During training `fit` reports an accuracy on the training images. For the networks with wrong
// labels and a rate of .9, will it be above or below the accuracy on *new* images? If it is below, is
// that a bug? Guess, then run.

// %%
const reports = [0, 0.9].map((rate) => {
  const runs = noisy.map((ofSeed) => ofSeed[rates.indexOf(rate)]);
  const mean = (percentOf: (run: Run) => number): number => meanOf(runs.map(percentOf));
  return {
    rate: `rate ${rate}`,
    reported: mean((run) => run.reported),
    off: mean(({ model, rows, labels }) => percentRight(model, rows, labels)),
    unseen: mean(({ right }) => right),
  };
});
const shown = reports.map(({ rate, reported, off, unseen }) => ({
  rate: rate,
  "reported by fit": about(reported),
  "same labels, dropout off": about(off),
  "validation images": about(unseen),
}));
await display(table(shown, { title: "Right, about %: five seeds, 40 labels wrong" }));
const [zero, high] = reports;
check(
  "rate .9: reported below unseen, by 10 or more",
  high.unseen - high.reported > 10,
);
check("rate 0: the other way round", zero.reported - zero.unseen > 10);
check("rate .9: 5 points or more come from the masks", high.off - high.reported > 5);
check("rate .9, dropout off: right on 85 % of these labels at most", high.off <= 85);

// %% [markdown]
// <details><summary>Answer</summary>
//
// Far below, and no bug. Two things push it down: `fit` counts with dropout on, and a network that
// doesn't repeat the wrong labels can't be right on more than 160 of these 200. The tempting reading,
// "training is worse than validation, so something leaks", forgets both.
//
// </details>
//
// ## Why does it work?
//
// The usual story: a network with dropout is an **ensemble** of thinned networks that share their
// weights, and one pass averages them. If averaging were all, five separate networks without
// dropout, averaged, should gain as well. And there is a simpler rival: stop after 10 epochs.

// %%
const gains = { averaged: [] as number[], stopped: [] as number[] };
for (const [i, seed] of seeds.entries()) {
  const alone = 100 * sweeps[1].accuracies[i][0];
  const short = await train({ seed, wrong: 40, layer: none(), epochs: 10 });
  gains.stopped.push(short.right - alone);
  if (seed > 3) continue;
  const nets: Run[] = [];
  for (let k = 1; k <= 5; k++) {
    nets.push(await train({ seed, wrong: 40, layer: none(), start: 100 * seed + k }));
  }
  const votes = tf.tidy(() => {
    const x = imagesOf(validation);
    return tf
      .addN(nets.map(({ model }) => model.predict(x) as tf.Tensor))
      .argMax(1)
      .dataSync();
  });
  gains.averaged.push(100 * (accuracy(truth, votes) - meanOf(nets.map(rightOf))));
}
console.log(`five networks averaged:  about ${about(meanOf(gains.averaged))} points`);
console.log(`stopped after 10 epochs: about ${about(meanOf(gains.stopped))} points`);
check("averaging gains less than 2 points", meanOf(gains.averaged) < 2);
checkClose("stopping early gains about 10", meanOf(gains.stopped), 9.5, 2.5);

// %% [markdown]
// All five know the same lies, so averaging them removes little. The ensemble view explains why one pass
// *predicts* well; it doesn't explain this gain, which comes from learning less by heart.
//
// > **Look closer.** Ten epochs without dropout gain about as much as 60 with a rate of .9. Whoever
// > compares dropout with a network trained far too long praises dropout for the training time. Compare
// > with early stopping first. (The 10 was found on these validation images, as the rate was.)
//
// ## Goes wrong
//
// Somebody wants a run that can be repeated and gives the layer a seed: `tf.layers.dropout({ rate, seed })`.
// Print what three batches get, `#` for kept; then ask each layer twice, by a check that you can keep.

// %%
const pattern = (layer: tf.layers.Layer): string => {
  const passed = layer.apply(tf.ones([1, 24]), { training: true }) as tf.Tensor;
  return Array.from(passed.dataSync(), (value) => (value > 0 ? "#" : ".")).join("");
};
function requireFreshMasks(layer: tf.layers.Layer): void {
  const masks = [pattern(layer), pattern(layer)];
  check(`${layer.getClassName()}: two batches, two masks`, masks[0] !== masks[1]);
}
const stock = tf.layers.dropout({ rate: 0.5, seed: 7 });
const fresh = freshDropout({ rate: 0.5, seed: 7 });
const batches = [1, 2, 3].map((batch) => ({
  batch: batch,
  "tf.layers.dropout": pattern(stock),
  freshDropout: pattern(fresh),
}));
await display(table(batches, { title: "Rate .5, both with seed 7" }));
requireFreshMasks(fresh);
try {
  requireFreshMasks(stock);
} catch (error) {
  console.log(`caught: ${(error as Error).message}`);
}

// %% [markdown]
// With a seed TensorFlow.js begins its random numbers anew at *every call*: one mask for all of training,
// and nothing fails. What does that cost? Two versions: the mask frozen for each place in the batch, as
// printed, and one frozen mask for all images (`noiseShape: [1, 512]`). `way: "trace"` makes the trainer
// repeat stock TensorFlow.js's steps as they are; its own graph would draw fresh masks here, too.

// %%
async function frozen(shape: { noiseShape?: number[] }): Promise<number[]> {
  const right: number[] = [];
  for (const seed of seeds) {
    const layer = tf.layers.dropout({ rate: 0.5, seed, ...shape });
    right.push((await train({ seed, wrong: 40, layer, way: "trace" })).right);
  }
  return right;
}
const [place, same] = [await frozen({}), await frozen({ noiseShape: [1, 512] })];
const [alone, anew] = [0, 2].map((r) => noisy.map((runs) => runs[r].right));
const less = (ones: number[], others: number[]) =>
  meanInterval(ones.map((value, i) => value - others[i]));
const [gain, gainPlace, gainSame] = [anew, place, same].map((runs) =>
  less(runs, alone),
);
checkClose("fresh for each batch: gains 3 to 4 points", gain.estimate, 3.4, 1);
checkClose("frozen, each place its own: about 3", gainPlace.estimate, 3, 1);
checkClose("frozen, one for all images: none, to a point", gainSame.estimate, 0, 1.2);
check("intervals: the first two are clear of 0", gain.low > 0.5 && gainPlace.low > 0.5);
check("the third holds 0", gainSame.low < 0 && gainSame.high > 0);
check("fresh less one for all: clear of 0", less(anew, same).low > 0);
check("fresh less each place: can't tell, 0 within", less(anew, place).low < 0);

// %% [markdown]
// One mask for all images is a smaller network, whose other half never learns: no gain is left. Frozen
// for each place, five seeds can't tell it from fresh masks: images change places. So nobody notices.
//
// ## Recap
//
// - A new mask each batch leaves out each neuron with probability $r$; .3 keeps *about* 70 %.
// - Scale once, by $1 - r$ at prediction or $1/(1-r)$ in training: equal on average for sums, not after a
//   softmax. The loss shows a wrong scale.
// - Clean digits: nothing to measure. Wrong labels: 3 to 10 points; early stopping rivals it.
// - Training accuracy with dropout on may be the lower one.
//
// The [exercises](assignments/release/15-dropout/15-dropout.ipynb) ask for
// a mask, both modes, an expectation, and a paired sweep.
//
// Before: [14 Early stopping](14-early-stopping.ipynb). The last lesson so far. All: [list](README.md).
