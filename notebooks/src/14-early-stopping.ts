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
// # Early stopping
//
// *Two hundred epochs are booked. When do you stop?*
//
// **You will be able to**
// - follow the patience counter epoch by epoch, and say which weights are left at the end;
// - stop a training with the best epoch's weights restored;
// - tell when stopping pays, when it saves time only, and why the score it stops at flatters.
//
// **Time:** 40 minutes. **Builds on:** [13 K-fold cross-validation](13-k-fold.ipynb).
// All lessons: [list](README.md).
//
// The networks below are right about nine tumours in ten if stopped in time, and about eight in ten after
// 200 epochs: by then they know their labels by heart, a fifth of which are wrong. First the rows: 150 to
// train on, 100 to validate on, the others to test on.

// %%
import * as tf from "@tensorflow/tfjs-node";
import { type Dataset, stratifiedSplit } from "@headroom/kernel-utils";

type Counts = { train: number; validation: number };
/** `wrong`: shares of labels to spoil. Images are divided by 16, tables scaled. */
type Setup = { data: Dataset; rows: Counts; wrong: Counts; images: boolean };

const splitRows = ({ data, rows }: Setup, seed: number) => {
  const testCount = rows.train + rows.validation;
  const outer = stratifiedSplit(data.labels, { testCount, seed });
  const chosen = outer.test.map((row) => data.labels[row]);
  const inner = stratifiedSplit(chosen, { testCount: rows.validation, seed });
  const at = (positions: number[]) => positions.map((i) => outer.test[i]);
  // The larger side of the outer split is the test set.
  return { train: at(inner.train), validation: at(inner.test), test: outer.train };
};

// %% [markdown]
// Wrong labels are **made here**, by chance and with a seed: each label of the training and validation
// rows turns, with a probability of 20 %, into another class. Real tables have such labels from hasty
// typing or doubtful cases. Test labels stay as they are, so that the test tells the truth.

// %%
import { SeededRandom } from "@headroom/kernel-utils";

type Part = { x: tf.Tensor; y: tf.Tensor };

const makeParts = (setup: Setup, seed: number) => {
  const { data, wrong, images } = setup;
  const random = new SeededRandom(seed);
  const classes = 1 + Math.max(...data.labels);
  const spoil = (label: number, share: number): number =>
    random.random() < share ? (label + random.integer(1, classes)) % classes : label;
  const rows = splitRows(setup, seed);
  const table = (chosen: number[]) => chosen.map((row) => data.features[row]);
  const { mean, variance } = tf.moments(tf.tensor2d(table(rows.train)), 0);
  const spread = images ? tf.scalar(16) : variance.sqrt();
  const part = (chosen: number[], share: number): Part => {
    const x = tf.tensor2d(table(chosen)).sub(images ? 0 : mean);
    const labels = chosen.map((row) => spoil(data.labels[row], share));
    return { x: x.div(spread), y: tf.oneHot(labels, classes).toFloat() };
  };
  const learn = part(rows.train, wrong.train);
  const watch = part(rows.validation, wrong.validation);
  return { train: learn, validation: watch, test: part(rows.test, 0) };
};

// %% [markdown]
// The network has one hidden layer of 64 units. TensorFlow.js draws initial weights without a seed;
// `seedWeights` draws them again with one.

// %%
import { seedWeights } from "@headroom/kernel-utils";

type Parts = ReturnType<typeof makeParts>;
type Metric = string | ((truth: tf.Tensor, scores: tf.Tensor) => tf.Tensor);

const build = ({ train }: Parts, seed: number, metric: Metric) => {
  const [width, classes] = [train.x.shape[1] as number, train.y.shape[1] as number];
  const hidden = { units: 64, activation: "relu" as const, inputShape: [width] };
  const output = { units: classes, activation: "softmax" as const };
  const layers = [tf.layers.dense(hidden), tf.layers.dense(output)];
  const model = tf.sequential({ layers });
  model.compile({
    optimizer: "adam",
    loss: "categoricalCrossentropy",
    metrics: [metric],
  });
  return seedWeights(model, seed);
};

// %% [markdown]
// `compile(model).fit` takes a seed for the order of the samples, and is several times faster than `model.fit`.
// Two trainings with equal seeds are one and the same until their settings part them. The first one runs here,
// on the tumours of the breast cancer table.

// %%
import { check, loadBreastCancer } from "@headroom/kernel-utils";
import { compile } from "@headroom/trainer";

const train = async (parts: Parts, seed: number, ...callbacks: tf.Callback[]) => {
  const model = build(parts, seed, "accuracy");
  const { x, y } = parts.validation;
  const fitted = await compile(model).fit(parts.train.x, parts.train.y, {
    ...{ epochs: 200, batchSize: 32, seed, verbose: 0, callbacks },
    validationData: [x, y],
  });
  return { model, history: fitted.history as Record<string, number[]> };
};
const few = { train: 150, validation: 100 };
const fifth = { train: 0.2, validation: 0.2 };
const tumours = { data: loadBreastCancer(), rows: few, wrong: fifth, images: false };
const noisy = makeParts(tumours, 1);
const full = await train(noisy, 1);
const { loss, val_loss: held } = full.history;
const lowest = Math.min(...held);
const best = 1 + held.indexOf(lowest);
check("validation loss is lowest within 30 epochs", best <= 30);
check("and half as high again at the end", held[199] > 1.5 * lowest);

// %% [markdown]
// ## Two curves
//
// After each **epoch**, one pass over the training rows, two losses are known: on the rows trained on, and
// on the validation rows, which the network never learns from. Follow both, and look where they part.

// %% tags=["nbval-ignore-output"]
import { display, dots, figure, line, styles } from "@headroom/kernel-utils";

const x = loss.map((_, i) => i + 1);
const at = (y: number[]) => y.map((one, i) => `epoch ${i + 1}: ${one.toFixed(3)}`);
const curves = [
  line({ x, y: loss, hover: at(loss), style: styles.train, label: "training" }),
  line({ x, y: held, hover: at(held), style: styles.validation, label: "validation" }),
  dots({ x: [best], y: [lowest], style: styles.right, size: 12 }),
];
const around = {
  title: "One loss falls to the end, the other has long turned",
  subtitle:
    "Breast cancer, 150 training and 100 validation rows, a fifth of labels wrong",
  alt: "Line chart of the loss over 200 epochs: training falls, validation soon rises.",
  x: { title: "epoch" },
  y: { title: "cross-entropy" },
};
await display(figure(around, ...curves));

// %% [markdown]
// Up to the green dot both losses fall; from there on the network gains on the training rows alone, by
// learning *these* labels, the wrong ones included. 200 epochs were a guess. **Early stopping** reads the
// number off the second curve while it is drawn.
//
// ## The idea, by hand
//
// One bad epoch is no turn; the curve jitters. So count epochs without improvement. With the loss $L_t$
// of epoch $t$ and the best one $B$ so far, the **counter** is
//
// $$c_t = 0 \text{ if } L_t < B - \delta \text{, and then } B = L_t; \quad c_t = c_{t-1} + 1 \text{ otherwise.}$$
//
// Training stops when it reaches the **patience** $p$. The least step that counts is $\delta$ (`minDelta`),
// here 0. The lecture's ten losses, with patience 4:

// %%
import { table } from "@headroom/kernel-utils";

const ten = [5, 4, 3, 3, 3, 3, 3, 2, 1, 1];
const byHand: { epoch: number; loss: number; best: number; counter: number }[] = [];
let bestSoFar = Number.POSITIVE_INFINITY;
let counter = 0;
for (const [i, value] of ten.entries()) {
  counter = value < bestSoFar ? 0 : counter + 1;
  bestSoFar = Math.min(bestSoFar, value);
  byHand.push({ epoch: i + 1, loss: value, best: bestSoFar, counter });
  if (counter >= 4) break;
}
await display(table(byHand, { digits: 0, title: "Patience 4" }));
check("7 epochs, best loss 3", byHand.length === 7 && bestSoFar === 3);

// %% [markdown]
// Two epochs later the loss would have been 1. `stoppingHistory` decides the same for any list of values.
//
// > **Look closer.** The lecture stops when the counter *passes* patience; Keras and TensorFlow.js stop when it
// > *reaches* it, one epoch earlier, which can be everything: patience 5 gives the lecture's rule with 4. Small
// > print that decides trainings: an equal loss is no improvement; nor is one better by no more than
// > `minDelta`, measured from the best epoch and not from the one before; nor is NaN. In tfjs patience 0
// > does what 1 does.

// %%
import { stoppingHistory } from "@headroom/kernel-utils";

const reaches = stoppingHistory(ten, { patience: 4 });
const passes = stoppingHistory(ten, { patience: 5 });
const countersOf = (values: number[], minDelta = 0): string =>
  stoppingHistory(values, { patience: 9, minDelta })
    .map((row) => row.counter)
    .join(" ");
const smallPrint = [
  { losses: "0.5 0.5 0.5", minDelta: 0, counters: countersOf([0.5, 0.5, 0.5]) },
  {
    losses: "0.5 0.49 0.48",
    minDelta: 0.015,
    counters: countersOf([0.5, 0.49, 0.48], 0.015),
  },
  { losses: "0.5 NaN 0.4", minDelta: 0, counters: countersOf([0.5, Number.NaN, 0.4]) },
];
await display(table(smallPrint, { digits: 3, title: "What counts as an improvement" }));
const same = reaches.every((row, i) => row.counter === byHand[i].counter);
check("the loop by hand agrees", same && reaches.length === byHand.length);
check("passing 4, it goes on and finds 1", !passes[9].stopped && passes[9].best === 1);
const counted = smallPrint.map((row) => row.counters).join();
check("equal, too small and NaN count up", counted === "0 1 2,0 1 0,0 1 0");

// %% [markdown]
// ## Epoch by epoch
//
// Now the curve from above, with patience 10. Drag the slider back and follow the bar: it grows while
// nothing improves, falls to 0 with each new best, and the training ends when it touches the line.

// %% tags=["nbval-ignore-output"]
import { stoppingEpochsFigure } from "@headroom/kernel-utils";

const decisions = stoppingHistory(held, { patience: 10 });
const end = decisions[decisions.length - 1];
const found = end.bestEpoch ?? 0;
await display(
  stoppingEpochsFigure(decisions, {
    title: "Ten epochs in a row without improvement, and it stops",
    subtitle: "Breast cancer, a fifth of labels wrong; validation loss is monitored",
    patience: 10,
    training: loss,
    pictureEpochs: [found + 4, end.epoch],
  }),
);

// %% [markdown]
// ## Last, best, restored
//
// Who stops ten epochs after the best one holds a network with ten epochs too many. So a copy of the
// weights is taken at each improvement, and the last copy put back at the end: `restoreBestWeights`.
// `tf.callbacks.earlyStopping` of TensorFlow.js refuses that option; `earlyStopping` of kernel-utils knows
// it. Three trainings with equal seeds, and the validation loss of what each leaves behind:

// %%
import { checkClose, earlyStopping } from "@headroom/kernel-utils";

const scoresOf = (model: tf.LayersModel, { x, y }: Part): number[] => {
  const scores = model.evaluate(x, y, { batchSize: 2000 }) as tf.Scalar[];
  return scores.map((one) => one.dataSync()[0]);
};
const last = await train(noisy, 1, earlyStopping({ patience: 10 }));
const stopping = earlyStopping({ patience: 10, restoreBestWeights: true });
const restored = await train(noisy, 1, stopping);
const lossOf = (model: tf.LayersModel): number => scoresOf(model, noisy.validation)[0];
const leftBehind = [
  { training: "all 200 epochs", loss: lossOf(full.model) },
  { training: "stopped, last weights", loss: lossOf(last.model) },
  { training: "stopped, best weights restored", loss: lossOf(restored.model) },
];
await display(table(leftBehind, { digits: 2, title: "Validation loss, 100 rows" }));
const [ofFull, ofLast, ofRestored] = leftBehind.map((row) => row.loss);
check(
  "stopping beats 200 epochs, best beats last",
  ofFull > ofLast && ofLast > ofRestored,
);
checkClose("restored is the lowest of the whole curve", ofRestored, lowest, 0.001);
const tenAfter = end.stopped && end.epoch - found === 10;
check("it stopped within 40 epochs, ten after the best", tenAfter && end.epoch < 40);
check("where stoppingHistory stops", stopping.rows.length === decisions.length);

// %% [markdown]
// So says validation loss; but the epoch was *chosen* by it. What counts is the test set.
//
// ## Predict, then run
//
// Ten splits, each trained twice from the same weights: for all 200 epochs, and stopped with patience 20 and
// restored. Once with a fifth of labels wrong, once with all labels right.
//
// **1.** With all labels right, how many points of test accuracy does stopping gain? Write down a guess,
// then run.

// %%
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const inBothWays = async (setup: Setup, seed: number) => {
  const parts = makeParts(setup, seed);
  const stop = earlyStopping({ patience: 20, restoreBestWeights: true });
  const budget = (await train(parts, seed)).model;
  const stopped = (await train(parts, seed, stop)).model;
  return { test: parts.test, budget, stopped, used: stop.rows.length };
};
type Pair = Awaited<ReturnType<typeof inBothWays>>;
const [spoiled, right]: [Pair[], Pair[]] = [[], []];
for (const seed of seeds) {
  spoiled.push(await inBothWays(tumours, seed));
  const wrong = { train: 0, validation: 0 };
  right.push(await inBothWays({ ...tumours, wrong }, seed));
}
const meanOf = (values: number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const epochsOf = (pairs: Pair[]): number => meanOf(pairs.map((pair) => pair.used));
checkClose("a fifth wrong: stopped after about 30 epochs", epochsOf(spoiled), 30, 6);
checkClose("all right: after about 70", epochsOf(right), 70, 10);

// %% [markdown]
// All is decided. The next cell opens the **test set**, once, for these forty networks; nothing is chosen
// on it. The gain is stopped less 200 epochs, in points of accuracy, with its 95 % interval.

// %%
import { meanInterval } from "@headroom/kernel-utils";

const onTest = (labels: string, pairs: Pair[]) => {
  const of = (way: "budget" | "stopped", score: number): number[] =>
    pairs.map((pair) => scoresOf(pair[way], pair.test)[score]);
  const [from, to] = [of("budget", 1), of("stopped", 1)];
  const gains = to.map((share, i) => 100 * (share - from[i]));
  const losses = [meanOf(of("budget", 0)), meanOf(of("stopped", 0))];
  return { name: labels, from, to, gains, losses, ...meanInterval(gains) };
};
const results = [onTest("all labels right", right), onTest("a fifth wrong", spoiled)];
const rows = results.map(({ name, estimate, high, losses: [budget, stopped] }) => {
  const gain = `${estimate.toPrecision(1)} ± ${(high - estimate).toPrecision(1)}`;
  return { labels: name, gain, "loss, 200 epochs": budget, "loss, stopped": stopped };
});
await display(table(rows, { digits: 2, title: "Ten splits, 319 test rows" }));
const [none, much] = results;
check("all right: 0, give or take less than a point", none.low > -1 && none.high < 1);
check("all right: a better loss all the same", none.losses[1] < none.losses[0]);
checkClose("a fifth wrong: about 9 points", much.estimate, 9, 1.5);
const tenths = [much.to, much.from].map((shares) => Math.round(10 * meanOf(shares)));
check("nine tumours in ten, against eight", tenths.join() === "9,8");
check("clear of 0, and in all ten splits", Math.min(much.low, ...much.gains) > 0);

// %% [markdown]
// In the figure each thin line is one split. On the right all of them rise.

// %% tags=["nbval-ignore-output"]
import { twoWayRunsFigure } from "@headroom/kernel-utils";

await display(
  twoWayRunsFigure(results, {
    title: "Nine points gained where labels are wrong, none where they are right",
    subtitle: "Breast cancer, ten splits, 319 test rows with their true labels",
    fromLabel: "200 epochs",
    toLabel: "stopped",
    measure: "test accuracy, %",
  }),
);

// %% [markdown]
// <details><summary>Answer</summary>
//
// None to speak of. The tempting answer is "some: overfitting is always bad". But here the later epochs make the
// network *surer*, which the loss notices, while hardly a case changes sides. Stopping saves two epochs of
// three, no more. With a fifth of labels wrong it gains about 9 points, and something on every split.
//
// </details>
//
// > **Look closer.** The ten splits share rows, so the interval is somewhat too narrow. That all ten gain is
// > the plainer argument.
//
// ## How much patience?
//
// Now digits: 300 images to train on, a fifth of *their* labels wrong; 100 validation images labelled with
// care.
//
// **2.** With patience 1, 5 or 20, more patience finds a lower validation loss, or the same one. Does it find
// the better network, too? Guess, then run.

// %%
import { loadDigits } from "@headroom/kernel-utils";

const digits = {
  data: loadDigits(),
  rows: { train: 300, validation: 100 },
  wrong: { train: 0.2, validation: 0 },
  images: true,
};
const trial = async (patience: number, seed: number) => {
  const parts = makeParts(digits, seed);
  const stop = earlyStopping({ patience, restoreBestWeights: true });
  const { model } = await train(parts, seed, stop);
  const lowest = stop.rows.at(-1)?.best ?? Number.NaN;
  return { test: parts.test, model, used: stop.rows.length, lowest };
};
const tried = [];
for (const patience of [1, 5, 20]) {
  const trials = [];
  for (const seed of seeds.slice(0, 6)) trials.push(await trial(patience, seed));
  tried.push({ patience, trials });
}
const [hasty, , calm] = tried.map(({ trials }) =>
  meanOf(trials.map((one) => one.lowest)),
);
check("validation loss: lower with patience 20 than with 1", calm < hasty);

// %% [markdown]
// The **test set** of each split is opened in the next cell, for these 18 networks.

// %%
const byPatience = tried.map(({ patience, trials }) => ({
  patience,
  epochs: trials.map((one) => one.used),
  scores: trials.map(({ model, test }) => scoresOf(model, test)[1]),
}));
const [first, , third] = byPatience;
const ahead = first.scores.map((score, i) => 100 * (score - third.scores[i]));
const lead = meanOf(ahead);
check("patience 1 is one to two points ahead of 20", lead > 1 && lead < 2.2);
check("with an interval clear of 0", meanInterval(ahead).low > 0);
check(
  "20 trains twice as long, or more",
  meanOf(third.epochs) > 2 * meanOf(first.epochs),
);

// %% [markdown]
// And the picture of it: on the left the price, on the right what it bought.

// %% tags=["nbval-ignore-output"]
import { patienceFigure } from "@headroom/kernel-utils";

await display(
  patienceFigure(byPatience, {
    title: "More patience: more epochs, and here a worse network",
    subtitle:
      "Digits, 300 training images, a fifth of their labels wrong; 1,397 test images",
    measure: "test accuracy, %",
  }),
);

// %% [markdown]
// <details><summary>Answer</summary>
//
// No: patience 1 is one to two points ahead of 20. "Patience can't hurt, since the best weights are restored"
// forgets what *best* means: lowest in validation loss. That loss falls for dozens of epochs more, while the
// network learns single wrong labels and names fewer images correctly. Elsewhere a long patience wins: its
// price is certain, its benefit is not.
//
// </details>
//
// ## The score it stops at flatters
//
// So monitor accuracy? With few validation images it jumps, and the best of many jumping numbers is best
// partly by luck. Twelve splits each: what accuracy on 20 or 400 validation images says at the chosen epoch,
// less what the **test set**, opened here, says of the same weights.

// %%
const flattery = async (validation: number) => {
  const over: number[] = [];
  for (let seed = 1; seed <= 12; seed++) {
    const parts = makeParts({ ...digits, rows: { train: 300, validation } }, seed);
    const monitor = { monitor: "val_acc", patience: 20, restoreBestWeights: true };
    const stop = earlyStopping(monitor);
    const { model } = await train(parts, seed, stop);
    const said = stop.rows.at(-1)?.best ?? Number.NaN;
    over.push(100 * (said - scoresOf(model, parts.test)[1]));
  }
  return meanInterval(over);
};
const [small, large] = [await flattery(20), await flattery(400)];
const flattered = [
  { "validation images": 20, "too high by": small.estimate },
  { "validation images": 400, "too high by": large.estimate },
].map((row) => ({ ...row, "too high by": 2 * Math.round(row["too high by"] / 2) + 0 }));
const gapTitle =
  "Validation less test accuracy, to the nearest 2 points; twelve splits";
await display(table(flattered, { digits: 0, title: gapTitle }));
check("20 images: too high, with an interval clear of 0", small.low > 0);
check("400 images: no such thing to be seen", large.low < 0 && large.high < 3);

// %% [markdown]
// Twenty images make it about 6 points too good; with 400, what is left can't be told from 0. The epoch may
// be well chosen, but the number that it was chosen by is no fair estimate any more: it was picked for being
// high. Report the test set's, opened once.
//
// ## Goes wrong
//
// Somebody would rather watch F1, writes it as a metric and names it as the monitor of the stock callback.
// All labels are right this time; no error, no warning. How many of the 200 epochs are trained?

// %%
import { seededFit } from "@headroom/kernel-utils";

const f1 = (truth: tf.Tensor, scores: tf.Tensor) =>
  tf.tidy(() => {
    const [is, says] = [truth, scores.round()].map((one) => one.slice([0, 1], [-1, 1]));
    return is.mul(says).sum().mul(2).div(is.sum().add(says.sum()).maximum(1));
  });
const clean = makeParts({ ...tumours, wrong: { train: 0, validation: 0 } }, 1);
const watchF1 = async (stop: tf.Callback): Promise<number[]> => {
  const model = build(clean, 1, f1);
  const [{ x, y }, held] = [clean.train, clean.validation];
  const fitted = await seededFit(model, x, y, {
    ...{ epochs: 200, seed: 1, verbose: 0, callbacks: [stop] },
    validationData: [held.x, held.y],
  });
  return fitted.history.val_f1 as number[];
};
const silent = await watchF1(
  tf.callbacks.earlyStopping({ monitor: "val_f1", patience: 3 }),
);
const seen = silent.map((one) => one.toFixed(2)).join(" ");
console.log(`${silent.length} epochs, F1: ${seen}`);
const rises = silent.every((one, i) => i === 0 || one > silent[i - 1]);
check("four epochs, each better than the one before", silent.length === 4 && rises);

// %% [markdown]
// Four, though F1 rose in each of them. Without `mode`, tfjs takes every name that does not hold "acc" for
// something that is to fall: the first value is the best, and each rise one more bad epoch. Patience 50 would
// end after 51.
//
// The cure is a callback that refuses what it can't know. It also refuses, in the first epoch, a monitor that
// the training doesn't have, where others warn and never stop.

// %%
try {
  earlyStopping({ monitor: "val_f1", patience: 3 });
} catch (error) {
  console.log(`caught: ${(error as Error).message}`);
}
const rising = earlyStopping({ monitor: "val_f1", patience: 3, mode: "max" });
const longer = await watchF1(rising);
const most = Math.max(...longer);
console.log(
  `${longer.length > 4 ? "more than 4" : "4"} epochs, best F1: ${most.toFixed(2)}`,
);
check("it trains on, and F1 gets better", longer.length > 4 && most > silent[3]);
check("it stops three epochs after the best", rising.rows.at(-1)?.counter === 3);

// %% [markdown]
// ## Recap
//
// - The **counter** starts again with each improvement; training stops when it reaches **patience**.
// - Stopping leaves the *last* weights; restore the *best*.
// - With wrong labels it gained about 9 points; with right ones it saved two epochs of three and gained none.
// - More patience buys a lower validation loss, which need not be the better network.
// - The score that chose the epoch flatters, the more so the fewer rows it stands on.
// - The validation rows are a price, too: nobody learns from them.
// - Say `mode`, unless the name leaves no doubt.
//
// The [exercises](assignments/release/14-early-stopping/14-early-stopping.ipynb) ask for
// the counter, the best epoch, restoring, and a fair comparison with a budget.
//
// Next: [15 Dropout](15-dropout.ipynb). Before: [13 K-fold cross-validation](13-k-fold.ipynb).
// All lessons: [list](README.md). This lesson: CC BY 4.0, see [licence](LICENSE.md).
