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
// # Baseline against tuned
//
// *The tuned network reaches 98 %, the plain one not quite 97: do you ship it?*
//
// **You will be able to**
// - say how far two runs of the *same* network lie apart, before you compare different ones;
// - compare in pairs, and name the luck that an interval covers: seeds, images or splits;
// - weigh a gain against its effort, and defend "can't tell, keep the plain one".
//
// **Time:** 40 minutes. **Builds on:** [11 Hyperband](11-hyperband.ipynb). All lessons: [list](README.md).
//
// The digits are cut into five parts. A **split** tests on one part, validates on the next and trains on three;
// over five splits every image is tested on once. *Digits: E. Alpaydin, C. Kaynak (1998), UCI Machine
// Learning Repository, CC BY 4.0.*

// %%
import * as tf from "@tensorflow/tfjs-node";
import { check, loadDigits, stratifiedKFold } from "@headroom/kernel-utils";

const digits = loadDigits();
const samplesOf = (rows: number[]) => {
  const pixels = rows.map((row) => digits.features[row].map((ink) => ink / 16));
  const labels = rows.map((row) => digits.labels[row]);
  const classes = tf.tensor1d(labels, "int32");
  return { x: tf.tensor2d(pixels), y: tf.oneHot(classes, 10).toFloat(), labels };
};
const folds = stratifiedKFold(digits.labels, { folds: 5, seed: 1 });
const fifths = folds.map((fold) => fold.validation);
const splits = fifths.map((test, i) => {
  const [validation, ...rest] = [1, 2, 3, 4].map((step) => fifths[(i + step) % 5]);
  return {
    train: samplesOf(rest.flat()),
    validation: samplesOf(validation),
    known: samplesOf([...rest.flat(), ...validation]),
    test: samplesOf(test),
  };
});
const { train, validation, test } = splits[0];
const sizes = [train, validation, test].map((part) => part.labels.length);
check("1,077 to train, 360 to choose, 360 to test", sizes.join() === "1077,360,360");

// %% [markdown]
// The **plain** network is the lecture's: 512 units, dropout of .2, the learning rate that Adam comes with,
// .001. Nobody has chosen anything. The **tuned** one will be what lesson 11's search finds. A fair match
// gives both the same images, the same ten epochs and the same starting numbers.
//
// A run notes which images it names rightly, 1 or 0 for each. What it says about test images is *sealed*:
// written down, and not looked at before the end.

// %%
import { seedWeights } from "@headroom/kernel-utils";
import { compile } from "@headroom/trainer";

type Recipe = { units: number; rate: number; dropout: number };
const plain: Recipe = { units: 512, rate: 0.001, dropout: 0.2 };

function network({ units, rate, dropout }: Recipe): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units, activation: "relu", inputShape: [64] }));
  if (dropout > 0) model.add(tf.layers.dropout({ rate: dropout }));
  model.add(tf.layers.dense({ units: 10 }));
  const [optimizer, loss] = [tf.train.adam(rate), tf.losses.softmaxCrossEntropy];
  model.compile({ optimizer, loss, metrics: ["accuracy"] });
  return model;
}

type Samples = ReturnType<typeof samplesOf>;
const hits = (model: tf.Sequential, { x, labels }: Samples): number[] => {
  const guess = () => (model.predict(x) as tf.Tensor).argMax(1).dataSync();
  const guesses = tf.tidy(guess);
  return labels.map((label, i) => Number(guesses[i] === label));
};

// %% [markdown]
// First the search, on each split anew: Hyperband as in the last lesson, 30 trials and 120 epochs. Its score for a
// trial is the best validation accuracy within at most ten epochs. Five searches, so that it is the
// *procedure* that is compared, and not one lucky setting.

// %%
import { type HyperParameters, hyperband, Tuner } from "@headroom/tuner";

const build = (hp: HyperParameters) => {
  const units = hp.int("units", { min: 32, max: 512, step: 32 });
  const rate = hp.choice("rate", [0.01, 0.001, 0.0001]);
  return network({ units, rate, dropout: 0 });
};
const tuners: Tuner[] = [];
for (const [i, { train, validation }] of splits.entries()) {
  const oracle = hyperband({ maxEpochs: 10, factor: 3, seed: i + 1 });
  tuners[i] = new Tuner({ build, oracle, objective: "val_accuracy", progress: false });
  await tuners[i].search(train, { validation, batchSize: 32 });
}
const tuned: Recipe[] = tuners.map(({ results: { best } }) => {
  const { units, rate } = best.values;
  return { units: Number(units), rate: Number(rate), dropout: 0 };
});
check(
  "rate .01 on every split",
  tuned.every(({ rate }) => rate === 0.01),
);

// %% [markdown]
// The plain network takes part as one more trial, scored by the same rule. Forgetting that is a common slip: a
// search without the baseline among its trials can end on something worse, and nobody notices.
//
// This is what a report would show. The *promise* is the tuned score less the plain one.

// %%
import { checkClose } from "@headroom/kernel-utils";

type Split = (typeof splits)[number];
async function scoreAsTrial({ train, validation }: Split): Promise<number> {
  const model = seedWeights(network(plain), 1);
  const { history } = await compile(model).fit(train.x, train.y, {
    validationData: [validation.x, validation.y],
    ...{ epochs: 10, batchSize: 32, seed: 1, verbose: 0 },
  });
  model.dispose();
  return Math.max(...(history.val_acc as number[]));
}
const mean = (values: number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const scores = tuners.map(({ results }) => results.best.score ?? 0);
const baselines: number[] = [];
for (const split of splits) baselines.push(await scoreAsTrial(split));
const promises = scores.map((score, i) => 100 * (score - baselines[i]));
checkClose("tuned: 98 % on average of the five splits", 100 * mean(scores), 98, 0.5);
checkClose("plain: 96.7 %", 100 * mean(baselines), 96.7, 0.4);
check("tuned is ahead on all five splits", Math.min(...promises) > 0);
checkClose("it promises 1.3 points", mean(promises), 1.3, 0.4);

// %% [markdown]
// Five out of five! But each of these scores is the best of many, on the images by which it was chosen. And
// behind each stands a *single* run.
//
// So, before comparing two networks: how much does **one** network differ from itself? A run draws its
// first weights, the order of the images and its dropout. All that follows from one number, the **seed**.
// Here is a run; it can stop at several epochs, note what it knows, and go on.

// %%
type Outcome = { validation: number[]; sealed: number[] };

async function run(
  recipe: Recipe,
  { x, y }: Samples,
  split: Split,
  seed: number,
  stops: number[],
): Promise<Outcome[]> {
  const model = seedWeights(network(recipe), seed);
  const outcomes: Outcome[] = [];
  let initialEpoch = 0;
  for (const epochs of stops) {
    const options = { initialEpoch, epochs, batchSize: 32, seed, verbose: 0 } as const;
    await compile(model).fit(x, y, options);
    const validation = hits(model, split.validation);
    outcomes.push({ validation, sealed: hits(model, split.test) });
    initialEpoch = epochs;
  }
  model.dispose();
  return outcomes;
}

// %% [markdown]
// **1. Predict.** The same recipe, the same images, another seed. How often will two such runs differ by a
// point or more, that is by four of 360 images? Is that more often with the rate .001 or with .01?
//
// Each network gets ten seeds on the first split. (Three of the ten go on to epoch 30; that is for later.)

// %%
type Name = "plain" | "tuned";
const runs: Record<Name, Outcome[][][]> = { plain: [], tuned: [] };
async function race(i: number, seeds: number): Promise<void> {
  const recipes = { plain, tuned: tuned[i] };
  for (const name of ["plain", "tuned"] as const) {
    runs[name][i] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const stops = seed <= 3 ? [10, 30] : [10];
      const outcomes = await run(
        recipes[name],
        splits[i].train,
        splits[i],
        seed,
        stops,
      );
      runs[name][i].push(outcomes);
    }
  }
}
await race(0, 10);

// %% [markdown]
// Now every run is compared with every other one of its own kind: 45 pairs for each network, by their accuracy on
// the 360 validation images. For more than half a point it takes two images, for more than a point four.

// %%
const after = (name: Name, i: number, stop: 0 | 1): Outcome[] =>
  runs[name][i].flatMap((outcomes) => outcomes[stop] ?? []);
const validated = (name: Name, i: number): number[] =>
  after(name, i, 0).map((one) => mean(one.validation));
const farApart = (values: number[], gap: number): number => {
  const pairs = values.flatMap((a, i) =>
    values.slice(i + 1).map((b) => Math.abs(a - b)),
  );
  return pairs.filter((distance) => distance > gap).length;
};
const [same, wild] = (["plain", "tuned"] as const).map((name) => {
  const own = validated(name, 0);
  return { half: farApart(own, 0.005), full: farApart(own, 0.01) };
});
check("plain: at most 8 of 45 pairs differ by a point", same.full <= 8);
check("tuned: about 18 of 45", wild.full >= 13 && wild.full <= 23);
check("half a point: a third of the plain pairs or more", same.half >= 15);
check("and half of the tuned pairs or more", wild.half >= 23);

// %% [markdown]
// <details><summary>Answer</summary>
//
// About one pair in ten for the plain network, four in ten for the tuned one. The tempting answer is
// "never, it is the same network". The larger rate takes larger steps, and ends up in more different
// places.
//
// </details>
//
// So a lead of one point in one run says little. What does, is many runs. Four more splits, five seeds each;
// for every run of the one there is a run of the other on the same images.

// %% tags=["nbval-ignore-output"]
import { display, pairedStripsFigure } from "@headroom/kernel-utils";

for (const i of [1, 2, 3, 4]) await race(i, 5);

const groups = splits.map((_, i) => {
  const name = `split ${i + 1}`;
  return { name, first: validated("plain", i), second: validated("tuned", i) };
});
await display(
  pairedStripsFigure(groups, {
    title: "Splits differ more than the two networks do",
    subtitle: "Digits, 360 validation images a split; a line joins equal seeds",
    ways: ["plain", "tuned"],
  }),
);

// %% [markdown]
// Look across the panels: the splits lie further apart than the two networks do, and lines cross in all of
// them. A plain run of one split against a tuned run of another would measure the split.
//
// So compare **in pairs**. For each split take the difference of the means, tuned less plain, and then the
// mean $\bar d$ of the five differences with its interval,
//
// $$\bar d \;\pm\; t\, \frac{s_d}{\sqrt{5}}$$
//
// where $s_d$ is their standard deviation, and Student's $t$ is 2.78 for five. What the splits have in
// common drops out. Does pairing by *seed* help in the same way?

// %%
const sd = (values: number[]): number => {
  const squares = values.map((value) => (value - mean(values)) ** 2);
  return Math.sqrt((mean(squares) * values.length) / (values.length - 1));
};
/** The spread of the differences, as a share of what it would be without pairs. */
const spreadLeft = (first: number[], second: number[]): number =>
  sd(second.map((value, i) => value - first[i])) / Math.hypot(sd(first), sd(second));

const bySplit = (name: Name) => splits.map((_, i) => mean(validated(name, i)));
const ofSplits = spreadLeft(bySplit("plain"), bySplit("tuned"));
const ofSeeds = spreadLeft(validated("plain", 0), validated("tuned", 0));
check("paired by split: half of the spread is left, or less", ofSplits < 0.5);
checkClose("paired by seed, on split 1: all of it", ofSeeds, 1, 0.15);

// %% [markdown]
// > **Look closer.** Two networks on one split share what matters: the images, easy or hard. Two networks
// > with seed 7 share a number. Their layers differ in size, so that the same seed draws other
// > weights; only the order of the images is the same. Pair by what both sides really share.
//
// ## What else could the effort buy?
//
// The search took 120 epochs a split. And it took 360 images that a network with nothing to choose could
// have *learned from*. So three rivals run as well: the plain network with 20 epochs more, the tuned one
// with 20 more, and the plain one with ten epochs on training and validation images together.

// %%
const moreImages: Outcome[][] = [];
for (const [i, split] of splits.entries()) {
  moreImages[i] = [];
  for (const seed of [1, 2, 3]) {
    moreImages[i].push(...(await run(plain, split.known, split, seed, [10])));
  }
}
/** Per split, the mean gain over the plain network's ten epochs with the same seeds. */
const gainsOf = (others: Outcome[][], part: "validation" | "sealed"): number[] =>
  others.map((own, i) => {
    const base = after("plain", i, 0);
    return mean(own.map((one, k) => mean(one[part]) - mean(base[k][part])));
  });
const each = (name: Name, stop: 0 | 1) => splits.map((_, i) => after(name, i, stop));
const rivals = {
  "tuned, 10 epochs": each("tuned", 0),
  "plain, 20 epochs more": each("plain", 1),
  "tuned, 20 epochs more": each("tuned", 1),
  "plain, 360 images more": moreImages,
};
const longer = gainsOf(rivals["plain, 20 epochs more"], "validation");
checkClose("20 epochs more: 1.2 points in validation", 100 * mean(longer), 1.2, 0.25);

// %% [markdown]
// ## The test sets, opened once
//
// Everything has been decided: which recipes, how many runs, which comparison. Now, and only now, the seals are
// broken. Nothing below is chosen by a test image. First the runs of the two networks, as before; the heading of
// a panel is its mean difference in points.

// %% tags=["nbval-ignore-output"]
// THE TEST SETS: all runs at once.
const sealed = (name: Name, i: number): number[] =>
  after(name, i, 0).map((one) => mean(one.sealed));
const tests = splits.map((_, i) => {
  const name = `split ${i + 1}`;
  return { name, first: sealed("plain", i), second: sealed("tuned", i) };
});
await display(
  pairedStripsFigure(tests, {
    title: "In test, four splits speak for tuning and one against",
    subtitle: "Digits, 360 test images a split; a line joins equal seeds",
    ways: ["plain", "tuned"],
  }),
);

// %% [markdown]
// Take one run each, seed 1, on split 1, and the plain network is ahead. Take all ten, and it is the tuned one,
// clearly. Go to split 5, and it is the plain one again. The mean of all five is a small gain.
//
// **2. Predict.** An interval only covers the luck that was drawn again. On split 1, seeds can be drawn
// again (there are ten), and images (from the 360). If you train four times as many seeds, which
// standard error halves: that by seeds, that by images, both?

// %%
import { meanInterval } from "@headroom/kernel-utils";

const gains = Object.values(rivals).map((one) => gainsOf(one, "sealed"));
const [byTuning, byTime] = gains;
const inAll = meanInterval(byTuning);
checkClose("tuned gains .55 points on average", 100 * inAll.estimate, 0.55, 0.2);
check("much less than it promised", 100 * inAll.estimate < mean(promises) - 0.3);
const perSeed = sealed("tuned", 0).map((value, k) => value - sealed("plain", 0)[k]);
check("split 1: seed 1 speaks for plain", perSeed[0] < 0);
check("all ten for tuned", byTuning[0] > 0.01);
check("split 5: for plain", byTuning[4] < -0.005);

const perImage = (seeds: number): number[] => {
  const some = (name: Name) => after(name, 0, 0).slice(0, seeds);
  const share = (name: Name, k: number) => mean(some(name).map((one) => one.sealed[k]));
  return splits[0].test.labels.map((_, k) => share("tuned", k) - share("plain", k));
};
const [seeds2, seeds8] = [2, 8].map((n) => (100 * sd(perSeed)) / Math.sqrt(n));
const [images2, images8] = [2, 8].map((n) => (100 * sd(perImage(n))) / Math.sqrt(360));
checkClose("by seeds, 2 of them: .6 points", seeds2, 0.6, 0.1);
checkClose("by seeds, 8 of them: .3", seeds8, 0.3, 0.05);
checkClose("by images, 2 seeds: .8", images2, 0.8, 0.12);
checkClose("by images, 8 seeds: .65", images8, 0.65, 0.1);

// %% [markdown]
// <details><summary>Answer</summary>
//
// The seeds' interval, by $\sqrt 4$. The images' shrinks a little, since each image is judged more calmly, and
// then stays: 360 images are 360 images. The tempting answer is "both, more runs are more data".
//
// </details>
//
// Neither tells you about *other* digits to train on. Splits do. But five splits share their training
// images, two by two, so their plain interval is too narrow; `correctedInterval` widens it (lesson 13 says
// why). All four ways of counting in one figure:

// %% tags=["nbval-ignore-output"]
import { bootstrapRows, correctedInterval } from "@headroom/kernel-utils";
import { differenceIntervalsFigure } from "@headroom/kernel-utils";

const ofTen = perImage(10);
const onImages = bootstrapRows(360, (rows) => mean(Array.from(rows, (k) => ofTen[k])));
const onSeeds = meanInterval(perSeed);
const counts = { trainCount: 1077, validationCount: 360 };
const onSplits = correctedInterval(byTuning, counts);
const ways = [
  { name: "10 seeds, split 1", interval: onSeeds },
  { name: "360 images, split 1", interval: onImages },
  { name: "5 splits", interval: inAll },
  { name: "5 splits, corrected", interval: onSplits },
];
await display(
  differenceIntervalsFigure(ways, {
    title: "Clear on one split, undecided over five",
    subtitle: "Digits, accuracy on 360 test images a split",
    measure: "tuned − plain, points",
  }),
);
// %% [markdown]
// > **Look closer.** The two upper intervals aren't wrong. They answer smaller questions: "what if I train
// > again on *these* images?" and "what if I test again, with *these* networks?" The question was whether
// > tuning helps on digits, and for that the whole procedure, search included, has to be repeated on other
// > images.
//
// A narrow interval is only as good as what was drawn again for it.
//
// ## Effort against gain
//
// What each rival gained in test, against the epochs it took beyond the plain network's ten (360 more images
// mean a third more steps: 3.3 epochs). The steps are what the search had to show after each trial.

// %% tags=["nbval-ignore-output"]
import { gainByEffortFigure } from "@headroom/kernel-utils";

const paths = tuners.map(({ study }, i) => {
  const [effort, gain] = [[0], [0]];
  for (const trial of study.trials) {
    const seen = (trial.metrics.get("val_accuracy") ?? []).map((one) => one.values[0]);
    effort.push(effort[effort.length - 1] + seen.length);
    gain.push(
      Math.max(gain[gain.length - 1], ...seen.map((one) => one - baselines[i])),
    );
  }
  return { effort, gain };
});
const label = ["below", "above", "above", "below"] as const;
const measured = Object.keys(rivals).map((name, i) => {
  const gain = correctedInterval(gains[i], counts);
  return { name, effort: [120, 20, 140, 10 / 3][i], gain, label: label[i] };
});
await display(
  gainByEffortFigure(paths, measured, {
    title: "Twenty more epochs gain as much as the search of 120",
    subtitle: "Digits, five splits (intervals corrected)",
    effort: "epochs spent beyond the plain network's ten",
  }),
);

// %% [markdown]
// The promise rises from trial to trial, as a best-so-far must; the diamond at 120 is what was left of it on new
// images. On the left, the plain network gains as much with 20 more epochs, a sixth of the effort. Tuned *and*
// longer adds next to nothing.
//
// So what had the search found? With ten epochs to go, a network that learns **fast**: rate .01 on every
// split. Give the slow one time, and it catches up. A search answers the question that its budget asks.
//
// Now decide. Is 20 epochs more a clear gain? Nobody *chose* anything by the validation images for that rival, so
// they are as new to it as the test images: 720 a split. (For the tuned network they aren't.)

// %%
import type { Interval } from "@headroom/kernel-utils";

const decide = ({ low, high }: Interval): string => {
  if (low > 0) return "take it";
  return high < 0 ? "leave it" : "can't tell: keep the plain one";
};
check("split 1 was clear by seeds", decide(onSeeds) === "take it");
check("and by images", decide(onImages) === "take it");
console.log(`tuned, five splits: ${decide(onSplits)}`);
console.log(`plain, 20 epochs more: ${decide(measured[1].gain)}`);
checkClose("20 epochs more gain 1.2 points", 100 * mean(byTime), 1.2, 0.3);
check("and gain on all five splits", Math.min(...byTime) > 0);
check("360 images more gain on all five, too", Math.min(...gains[3]) > 0);
check("tuned and longer: little more", Math.abs(mean(gains[2]) - mean(byTime)) < 0.006);
const onBoth = longer.map((gain, i) => (gain + byTime[i]) / 2);
const surer = correctedInterval(onBoth, { trainCount: 1077, validationCount: 720 });
checkClose("720 images a split: 1.2 points", 100 * surer.estimate, 1.2, 0.25);
check("clear of 0", decide(surer) === "take it");

// %% [markdown]
// By the test images alone, training longer is undecided too; with the validation images it is clear. That is a
// decision: **train the plain network longer**, and don't ship the tuned one for its 98 %. Were ten epochs all
// you have, "can't tell, keep the plain one" would be the answer: the simple thing stays until somebody shows more.
//
// > **Look closer.** This lesson turned to the validation images only after the test images had left it open.
// > Whoever looks twice finds more easily: say so in the report, as here, and settle it on new images.
//
// ## Goes wrong
//
// Somebody trains the tuned network with ten seeds, reports the best of them, and compares it with the one
// run of the baseline that there is. Nothing looks wrong. Which lead is reported depends on the run that
// happens to be the baseline's.

// %%
const lucky = Math.max(...sealed("tuned", 0));
const reported = sealed("plain", 0).map((one) => 100 * (lucky - one));
const spread = Math.max(...reported) - Math.min(...reported);
check("the ten leads that might be reported lie 2 points apart or more", spread >= 2);
const inflated = mean(reported) - 100 * mean(perSeed);
checkClose("on average .9 above the mean of the ten pairs", inflated, 0.9, 0.35);

// %% [markdown]
// How would you notice? Put the procedure itself to the test: let it compare the plain network **with
// itself**. An honest comparison of two equal things finds nothing. (Where websites are tried out on visitors
// this is known as an A/A test.)

// %%
type Procedure = (first: number[], second: number[]) => number;
/** Lets each plain run in turn be the baseline, against the nine others. */
function checkOnTwins(compare: Procedure): void {
  const own = sealed("plain", 0);
  const othersThan = (i: number) => own.filter((_, k) => k !== i);
  const found = own.map((one, i) => compare([one], othersThan(i)));
  check("twins differ by less than .1 points", Math.abs(100 * mean(found)) < 0.1);
}
const bestAgainstOne: Procedure = ([one], others) => Math.max(...others) - one;
const meanAgainstMean: Procedure = (some, others) => mean(others) - mean(some);
try {
  checkOnTwins(bestAgainstOne);
} catch (error) {
  console.log(`caught: ${(error as Error).message}`);
}
checkOnTwins(meanAgainstMean);
const own = sealed("plain", 0);
const won = 100 * (Math.max(...own) - mean(own));
check("the best plain run beats the mean of all ten by a point or more", won >= 1);

// %% [markdown]
// The plain network beats itself by a point if one side may pick its best run. Compare means with means.
//
// ## Recap
//
// - One network differs from itself by a point, now and then by two: never compare single runs.
// - Pair by what both sides share: splits and images, not seeds.
// - An interval covers the luck that was drawn again: seeds, images or splits.
// - A search promises more than it keeps. Make the baseline a trial.
// - Ask what else the effort could buy; "can't tell, keep the plain one" is a result.
//
// The [exercises](assignments/release/12-baseline-vs-tuned/12-baseline-vs-tuned.ipynb) ask for
// a paired interval, a bootstrap over images, a win rate and a decision with its cost.
//
// Next: [13 K-fold cross-validation](13-k-fold.ipynb). Before: [11 Hyperband](11-hyperband.ipynb). All
// lessons: [list](README.md).
