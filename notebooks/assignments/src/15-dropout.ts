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
// # Assignment 15: dropout
//
// **You practise**
// - drawing masks, a new one for each batch;
// - scaling once, so that training and prediction agree on average, and checking that they do;
// - choosing a rate by pairs, and reporting what it gains on a test set that had no say.
//
// **Time:** 60 minutes. **Points:** 22 for four functions, 3 for a reflection.
//
// Write each answer where its cell says `not answered yet`, run it, then run the cell of checks below
// it. When the visible checks pass you can move on; hidden ones look at edge cases when it is graded,
// so read the comment above each function again before you do. When stuck, go back to
// [lesson 15](../../../15-dropout.ipynb): the words are the same.

// %% given="setup"
import {
  call,
  callback,
  check,
  closeTo,
  equals,
  freshCallback,
  mistake,
  property,
  satisfies,
  test,
} from "@headroom/checks";

/** The mean of at least one number. */
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
/** Random numbers from 0 up to 1 that come again for the same seed. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
/** The numbers of a list, one after the other. */
function inTurn(numbers: readonly number[]): () => number {
  let next = 0;
  return () => numbers[next++];
}

// %% [markdown]
// ## 1. A new mask for each batch (5 points)
//
// A mask says of each neuron whether it stays. Each has its own coin: it is left out with probability
// $r$, the **rate**. Ask `random` once for each neuron, batch after batch; it is left out when
//
// $$\text{random number} < r$$
//
// so that a rate of .3 keeps *about* 70 %, now more, now fewer. The next batch gets a new mask.
//
// Example: one batch of two neurons, rate .3, the random numbers .8 and .1: `[[true, false]]`.

// %% exercise="masks"
/**
 * A mask for each batch: true for each neuron that stays.
 *
 * @param batches how many batches, 0 or more
 * @param neurons how many neurons a mask has, 0 or more
 * @param rate the probability of being left out, from 0 (nobody is) up to, but not including, 1
 * @param random the next random number, from 0 up to 1; asked once for each neuron of each batch
 */
function masks(
  batches: number,
  neurons: number,
  rate: number,
  random: () => number,
): boolean[][] {
  // BEGIN SOLUTION
  return Array.from({ length: batches }, () =>
    Array.from({ length: neurons }, () => random() >= rate),
  );
  // END SOLUTION
}

// %% given="ten-numbers"
const tenNumbers = [0.55, 0.12, 0.93, 0.3, 0.71, 0.08, 0.64, 0.29, 0.87, 0.21];

// %% tests="masks" points=5
await check(
  "Masks",
  test(
    "ten neurons, rate .3",
    call(
      masks,
      1,
      10,
      0.3,
      freshCallback(() => inTurn(tenNumbers)),
    ),
    equals([[true, false, true, true, true, false, true, false, true, false]]),
    {
      hint: "Left out are the neurons of .12, .08, .29 and .21; .3 is not below .3.",
      mistakes: [
        mistake(
          equals([[false, true, false, false, false, true, false, true, false, true]]),
          "the wrong ones stay: a rate of .3 would keep 30 %",
        ),
        mistake(
          equals([[true, false, true, false, true, false, true, false, true, false]]),
          "a number equal to the rate leaves its neuron out, so that a rate of 0 could do so as well",
        ),
        mistake(
          satisfies("seven", ([mask]) => mask.filter(Boolean).length === 7),
          "just 70 % are kept: each neuron has its own coin, and 70 % come on average only",
        ),
      ],
    },
  ),
  test(
    "two batches of three, rate .5",
    call(
      masks,
      2,
      3,
      0.5,
      freshCallback(() => inTurn([0.9, 0.2, 0.6, 0.1, 0.8, 0.3])),
    ),
    equals([
      [true, false, true],
      [false, true, false],
    ]),
    {
      mistakes: [
        mistake(
          equals([
            [true, false, true],
            [true, false, true],
          ]),
          "both batches have one and the same mask: half of the network would never learn",
        ),
        mistake(
          equals([
            [false, true, false],
            [true, false, true],
          ]),
          "the wrong ones stay: those with a number below the rate are left out",
        ),
        mistake(
          equals([
            [true, true, true],
            [false, false, false],
          ]),
          "numbers are given to the batches in turn: the first batch takes its own first",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "rate 0, and a random number of 0",
    call(
      masks,
      2,
      2,
      0,
      callback(() => 0),
    ),
    equals([
      [true, true],
      [true, true],
    ]),
    { hint: "A rate of 0 leaves nobody out, whatever number comes." },
  ),
  test(
    "three batches of forty",
    property(async ({ call, random }) => {
      const [seen, rate] = [[] as number[], 0.2 + 0.6 * random()];
      const coin = callback(() => seen[seen.push(random()) - 1]);
      const got = await call(masks, 3, 40, rate, coin);
      if (seen.length !== 120)
        return `3 batches of 40 neurons should ask random 120 times, came ${seen.length}`;
      const want = seen.map((number) => !(number < rate));
      return (
        got.flat().join() === want.join() ||
        "of 120 random numbers those below the rate should leave their neurons out; others did"
      );
    }),
  ),
  test(
    "no neuron, no batch",
    property(async ({ call }) => {
      const none = await call(
        masks,
        2,
        0,
        0.3,
        freshCallback(() => diceOf(1)),
      );
      const never = await call(
        masks,
        0,
        5,
        0.3,
        freshCallback(() => diceOf(1)),
      );
      const sizes = [none.length, none.flat().length, never.length];
      return (
        sizes.join() === "2,0,0" ||
        `2 batches of no neurons should be two empty masks, 0 batches no mask; came ${none.length} and ${never.length} masks`
      );
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="masks" name="keeps the rate" message="the wrong ones stay: a rate of .3"
{
  function masks(batches: number, neurons: number, rate: number, random: () => number) {
    return Array.from({ length: batches }, () =>
      Array.from({ length: neurons }, () => random() < rate),
    );
  }
}

// %% wrong="masks" name="one mask for all batches" message="one and the same mask"
{
  function masks(batches: number, neurons: number, rate: number, random: () => number) {
    const mask = Array.from({ length: neurons }, () => random() >= rate);
    return Array.from({ length: batches }, () => mask);
  }
}

// %% wrong="masks" name="constant count" message="just 70 % are kept"
{
  function masks(batches: number, neurons: number, rate: number, random: () => number) {
    return Array.from({ length: batches }, () => {
      const numbers = Array.from({ length: neurons }, () => random());
      const out = Math.round(neurons * rate);
      const border = [...numbers].sort((a, b) => a - b)[out];
      return numbers.map((number) => number >= border);
    });
  }
}

// %% wrong="masks" name="above the rate only" message="a number equal to the rate"
{
  function masks(batches: number, neurons: number, rate: number, random: () => number) {
    return Array.from({ length: batches }, () =>
      Array.from({ length: neurons }, () => random() > rate),
    );
  }
}

// %% [markdown]
// ## 2. Forward, in two modes (5 points)
//
// Inverted dropout scales *now*. In training a neuron that stays is made larger,
//
// $$\text{output} = \frac{\text{value}}{1 - r},$$
//
// so that the next layer hears on average what it hears at prediction; one that is left out gives 0. At
// prediction all neurons work, and nothing is left to do: values go on as they are.
//
// Example: values 3 and 5, the second left out, rate .4. In training `[5, 0]`, at prediction `[3, 5]`.

// %% exercise="dropout-forward"
/**
 * What goes on to the next layer, one number per neuron.
 *
 * @param values one per neuron; stay as they are
 * @param mask true for each neuron that stays, as many as values; plays no part at prediction
 * @param rate from 0 up to, but not including, 1
 * @param training true in training, false at prediction
 *
 * A neuron that is left out gives 0, whatever its value, be it NaN or Infinity. No neurons: an empty list.
 */
function dropoutForward(
  values: readonly number[],
  mask: readonly boolean[],
  rate: number,
  training: boolean,
): number[] {
  // BEGIN SOLUTION
  if (!training) return [...values];
  return values.map((value, i) => (mask[i] ? value / (1 - rate) : 0));
  // END SOLUTION
}

// %% given="four-neurons"
const fourValues = [2, -1, 4, 0.5];
const fourMask = [true, false, true, true];

// %% tests="dropout-forward" points=5
await check(
  "dropoutForward",
  test(
    "four neurons in training, rate .2",
    call(dropoutForward, fourValues, fourMask, 0.2, true),
    closeTo([2.5, 0, 5, 0.625]),
    {
      hint: "2 becomes 2 / .8.",
      mistakes: [
        mistake(
          closeTo([10, 0, 20, 2.5]),
          "values are divided by the rate, the share that is left out",
        ),
        mistake(
          closeTo([2, 0, 4, 0.5]),
          "values are not scaled: the next layer hears less in training than at prediction",
        ),
        mistake(
          closeTo([1.6, 0, 3.2, 0.4]),
          "values are made smaller, as if fewer neurons were to come; at prediction more come",
        ),
        mistake(
          closeTo([0, -1.25, 0, 0]),
          "the neurons that should stay are left out, and the other way round",
        ),
      ],
    },
  ),
  test(
    "four neurons at prediction, rate .2",
    call(dropoutForward, fourValues, fourMask, 0.2, false),
    closeTo([2, -1, 4, 0.5]),
    {
      mistakes: [
        mistake(
          closeTo([2.5, 0, 5, 0.625]),
          "dropout is left on at prediction: two predictions for one input would differ",
        ),
        mistake(closeTo([2, 0, 4, 0.5]), "the mask is at work at prediction, too"),
        mistake(
          closeTo([1.6, -0.8, 3.2, 0.4]),
          "scaled twice: training has made up for the missing neurons already",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "neurons that have overflowed are left out",
    call(
      dropoutForward,
      [Number.POSITIVE_INFINITY, Number.NaN, 3],
      [false, false, true],
      0.5,
      true,
    ),
    equals([0, 0, 6]),
    {
      hint: "What is left out has no say.",
      mistakes: [
        mistake(
          satisfies("NaN", (got) => got.some(Number.isNaN)),
          "0 times Infinity is NaN, and so is 0 times NaN: a neuron that is left out still speaks",
        ),
      ],
    },
  ),
  test(
    "values stay as they are",
    call(dropoutForward, [1, 2, 3, 4], [true, true, false, true], 0, true),
    equals([1, 2, 0, 4]),
    { keepsArguments: true },
  ),
  test(
    "no neurons",
    property(async ({ call }) => {
      const got = [
        await call(dropoutForward, [], [], 0.5, true),
        await call(dropoutForward, [], [], 0.5, false),
      ];
      return (
        got.flat().length === 0 || `no values should stay none, came ${got.flat()}`
      );
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="dropout-forward" name="divided by the rate" message="divided by the rate"
{
  function dropoutForward(
    values: readonly number[],
    mask: readonly boolean[],
    rate: number,
    training: boolean,
  ): number[] {
    if (!training) return [...values];
    return values.map((value, i) => (mask[i] ? value / (rate || 1) : 0));
  }
}

// %% wrong="dropout-forward" name="left on at prediction" message="dropout is left on at prediction"
{
  function dropoutForward(
    values: readonly number[],
    mask: readonly boolean[],
    rate: number,
    _training: boolean,
  ): number[] {
    return values.map((value, i) => (mask[i] ? value / (1 - rate) : 0));
  }
}

// %% wrong="dropout-forward" name="scaled twice" message="scaled twice"
{
  function dropoutForward(
    values: readonly number[],
    mask: readonly boolean[],
    rate: number,
    training: boolean,
  ): number[] {
    if (!training) return values.map((value) => value * (1 - rate));
    return values.map((value, i) => (mask[i] ? value / (1 - rate) : 0));
  }
}

// %% wrong="dropout-forward" name="never scaled" message="values are not scaled"
{
  function dropoutForward(
    values: readonly number[],
    mask: readonly boolean[],
    _rate: number,
    training: boolean,
  ): number[] {
    return values.map((value, i) => (mask[i] || !training ? value : 0));
  }
}

// %% wrong="dropout-forward" name="mask as a factor" message="0 times Infinity is NaN"
{
  function dropoutForward(
    values: readonly number[],
    mask: readonly boolean[],
    rate: number,
    training: boolean,
  ): number[] {
    if (!training) return [...values];
    return values.map((value, i) => (Number(mask[i]) * value) / (1 - rate));
  }
}

// %% wrong="dropout-forward" name="changes the values" message="changed its argument 1"
{
  function dropoutForward(
    values: number[],
    mask: readonly boolean[],
    rate: number,
    training: boolean,
  ): number[] {
    if (!training) return values;
    for (const i of values.keys()) values[i] = mask[i] ? values[i] / (1 - rate) : 0;
    return values;
  }
}

// %% [markdown]
// ## 3. Equal on average (6 points)
//
// The next layer's neuron hears a **sum**: each value times its weight, over all neurons. With dropout that
// sum is another one for each mask. Estimate what it is on average: draw `rounds` masks, compute the sum of
// each with inverted dropout, and take the mean,
//
// $$\frac{1}{\text{rounds}} \sum_{\text{masks}} \; \sum_{i \text{ stays}} \frac{\text{value}_i}{1 - r} \cdot \text{weight}_i$$
//
// It comes near the plain sum of the whole network, and the more masks, the nearer. Nothing is bent by a
// softmax or a sigmoid first.
//
// Example: one value 2 with weight 3, rate .5, two rounds with the random numbers .9 and .1. The sums are
// 12 and 0, the mean 6.

// %% exercise="expectation"
/**
 * The mean of the sums over all masks drawn.
 *
 * @param values one per neuron
 * @param weights one per neuron
 * @param rate from 0 up to, but not including, 1
 * @param rounds how many masks, 1 or more
 * @param random the next random number, from 0 up to 1; asked once for each neuron of each mask, mask after
 *   mask; below the rate the neuron is left out
 */
function expectation(
  values: readonly number[],
  weights: readonly number[],
  rate: number,
  rounds: number,
  random: () => number,
): number {
  // BEGIN SOLUTION
  let total = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [i, value] of values.entries()) {
      if (random() >= rate) total += (value / (1 - rate)) * weights[i];
    }
  }
  return total / rounds;
  // END SOLUTION
}

// %% given="three-neurons"
/** The plain sum is 2 · 0.5 − 1 · 1 + 4 · 0.25 = 1. */
const threeValues = [2, 1, 4];
const threeWeights = [0.5, -1, 0.25];
const twelve = [0.7, 0.2, 0.9, 0.3, 0.8, 0.6, 0.6, 0.9, 0.1, 0.95, 0.35, 0.5];

// %% tests="expectation" points=6
// Computed by NumPy: fixtures/15_dropout.py.
await check(
  "Expectation",
  test(
    "four masks, rate .4",
    call(
      expectation,
      threeValues,
      threeWeights,
      0.4,
      4,
      freshCallback(() => inTurn(twelve)),
    ),
    closeTo(5 / 3),
    {
      points: 2,
      hint: "The first mask leaves out neuron 2: its sum is (2 · 0.5 + 4 · 0.25) / .6 = 3.33.",
      mistakes: [
        mistake(closeTo(20 / 3), "the sums of all masks are added up, and not divided"),
        mistake(
          closeTo(0.732777, 1e-5),
          "each sum was made a probability before averaging: the mean of a curve is not the curve of the mean",
        ),
        mistake(
          closeTo(0.841131, 1e-5),
          "the mean was made a probability; the sum itself is wanted",
        ),
        mistake(
          closeTo(1),
          "what stays is not scaled, or no mask is drawn: this is the plain sum",
        ),
        mistake(closeTo(10 / 3), "the first mask is used in every round"),
        mistake(closeTo(0), "the neurons below the rate stay, and they should not"),
      ],
    },
  ),
  test(
    "the same random numbers, the same mean",
    property(async ({ call }) => {
      const of = (seed: number) =>
        call(
          expectation,
          threeValues,
          threeWeights,
          0.5,
          5,
          freshCallback(() => diceOf(seed)),
        );
      const [one, again] = [await of(9), await of(9)];
      return (
        one === again ||
        `with the same random numbers the mean came as ${one} and as ${again}: chance is taken from elsewhere than \`random\``
      );
    }),
  ),
  // BEGIN HIDDEN TESTS
  test(
    "rate 0",
    call(
      expectation,
      threeValues,
      threeWeights,
      0,
      2,
      freshCallback(() => diceOf(4)),
    ),
    closeTo(1),
    {
      keepsArguments: true,
      hint: "Nobody is left out: every round gives the plain sum.",
    },
  ),
  test(
    "a hundred masks of three neurons",
    property(async ({ call, random }) => {
      const [rate, seen] = [0.2 + 0.5 * random(), [] as number[]];
      const values = threeValues.map(() => 4 * random() - 2);
      const coin = callback(() => seen[seen.push(random()) - 1]);
      const got = await call(expectation, values, threeWeights, rate, 100, coin);
      if (seen.length !== 300)
        return `100 masks of 3 neurons should ask random 300 times, came ${seen.length}`;
      let want = 0;
      for (const [i, number] of seen.entries()) {
        if (number >= rate) want += (values[i % 3] * threeWeights[i % 3]) / (1 - rate);
      }
      return (
        Math.abs(got - want / 100) < 1e-6 ||
        `values ${values.map((one) => one.toFixed(2))}, rate ${rate.toFixed(2)}, 100 masks: should be ${(want / 100).toFixed(4)}, but came ${got}`
      );
    }),
    { points: 2 },
  ),
  // END HIDDEN TESTS
);

// %% wrong="expectation" name="sum for mean" message="added up, and not divided"
{
  function expectation(
    values: readonly number[],
    weights: readonly number[],
    rate: number,
    rounds: number,
    random: () => number,
  ): number {
    let total = 0;
    for (let round = 0; round < rounds; round++) {
      for (const [i, value] of values.entries()) {
        if (random() >= rate) total += (value / (1 - rate)) * weights[i];
      }
    }
    return total;
  }
}

// %% wrong="expectation" name="probability first" message="a probability before averaging"
{
  function expectation(
    values: readonly number[],
    weights: readonly number[],
    rate: number,
    rounds: number,
    random: () => number,
  ): number {
    let total = 0;
    for (let round = 0; round < rounds; round++) {
      let sum = 0;
      for (const [i, value] of values.entries()) {
        if (random() >= rate) sum += (value / (1 - rate)) * weights[i];
      }
      total += 1 / (1 + Math.exp(-sum));
    }
    return total / rounds;
  }
}

// %% wrong="expectation" name="unseeded" message="chance is taken from elsewhere"
{
  function expectation(
    values: readonly number[],
    weights: readonly number[],
    rate: number,
    rounds: number,
    _random: () => number,
  ): number {
    let total = 0;
    for (let round = 0; round < 1001 * rounds; round++) {
      for (const [i, value] of values.entries()) {
        if (Math.random() >= rate) total += (value / (1 - rate)) * weights[i];
      }
    }
    return total / (1001 * rounds);
  }
}

// %% wrong="expectation" name="not scaled" message="not scaled, or no mask is drawn"
{
  function expectation(
    values: readonly number[],
    weights: readonly number[],
    rate: number,
    rounds: number,
    random: () => number,
  ): number {
    let total = 0;
    for (let round = 0; round < rounds; round++) {
      for (const [i, value] of values.entries()) {
        if (random() >= rate) total += value * weights[i];
      }
    }
    return total / rounds;
  }
}

// %% wrong="expectation" name="one mask for all rounds" message="the first mask is used in every round"
{
  function expectation(
    values: readonly number[],
    weights: readonly number[],
    rate: number,
    rounds: number,
    random: () => number,
  ): number {
    const mask = values.map(() => random() >= rate);
    let total = 0;
    for (let round = 0; round < rounds; round++) {
      for (const [i, value] of values.entries()) {
        if (mask[i]) total += (value / (1 - rate)) * weights[i];
      }
    }
    return total / rounds;
  }
}

// %% [markdown]
// ## 4. Which rate, and what does it gain? (6 points)
//
// Many runs lie before you: rates, seeds, epochs. Only two runs of the same seed *and* the same number of
// epochs are a **pair**; of the others you can't say whether the dropout made the difference. So for each
// rate above 0 take every run that has a partner without dropout, and the mean over pairs of
//
// $$\text{gain} = \text{accuracy with the rate} - \text{accuracy of its partner}.$$
//
// Choose the rate with the highest mean gain on *validation*; report its mean gain on *test*. Where no rate
// gains anything on validation, stay without dropout.
//
// Example: seed 1, 60 epochs: without dropout 80 (validation) and 79 (test), with rate .5 it is 84 and 82.
// The answer is `{ rate: 0.5, gain: 3 }`.

// %% given="sweep-runs"
interface Run {
  /** 0 is without dropout. */
  rate: number;
  seed: number;
  epochs: number;
  /** Accuracies in %. */
  validation: number;
  test: number;
}
const run = (
  rate: number,
  seed: number,
  epochs: number,
  validation: number,
  test: number,
): Run => ({ rate, seed, epochs, validation, test });
/** Rate, seed, epochs, accuracy on validation and test. */
const elevenRuns = [
  run(0, 1, 20, 86, 85),
  run(0, 1, 60, 80, 78),
  run(0, 2, 60, 70, 72),
  run(0, 3, 60, 75, 74),
  run(0.3, 1, 60, 82, 80),
  run(0.3, 1, 20, 88, 86),
  run(0.5, 1, 60, 84, 81),
  run(0.5, 2, 60, 76, 75),
  run(0.5, 3, 60, 80, 78),
  run(0.9, 2, 60, 73, 79),
  run(0.9, 3, 60, 77, 80),
];

// %% exercise="sweep"
/**
 * The chosen rate, and its mean gain on test, in points.
 *
 * @param runs in any order; at most one of the same rate, seed and epochs; stay as they are
 *
 * Equal validation gains: the lower rate. No rate that gains on validation, or no pair: rate 0, gain 0.
 */
function sweep(runs: readonly Run[]): { rate: number; gain: number } {
  // BEGIN SOLUTION
  const gainOf = (rate: number, score: "validation" | "test"): number => {
    const gains = runs.flatMap((one) => {
      const isPartner = ({ rate, seed, epochs }: Run) =>
        rate === 0 && seed === one.seed && epochs === one.epochs;
      const partner = one.rate === rate ? runs.find(isPartner) : undefined;
      return partner ? [one[score] - partner[score]] : [];
    });
    return gains.length === 0 ? 0 : meanOf(gains);
  };
  let best = 0;
  for (const rate of runs.map((one) => one.rate).sort((a, b) => a - b)) {
    if (gainOf(rate, "validation") > gainOf(best, "validation")) best = rate;
  }
  return { rate: best, gain: gainOf(best, "test") };
  // END SOLUTION
}

// %% tests="sweep" points=6
// Computed by NumPy: fixtures/15_dropout.py.
await check(
  "Sweep",
  test("three rates", call(sweep, elevenRuns), closeTo({ rate: 0.5, gain: 10 / 3 }), {
    points: 2,
    hint: "Pairs of rate .5: seeds 1, 2 and 3 with 60 epochs, 84 − 80, 76 − 70 and 80 − 75 on validation.",
    mistakes: [
      mistake(
        satisfies("rate .9", ({ rate }) => rate === 0.9),
        "this is the rate with the largest gain on the test set: a set that has chosen can't judge any more",
      ),
      mistake(
        satisfies("rate .3", ({ rate }) => rate === 0.3),
        "means over all runs are compared, though some rates were tried on easy seeds only: compare within a seed",
      ),
      mistake(
        closeTo({ rate: 0.5, gain: 1 }),
        "runs of 60 epochs are compared with one of 20: the training time makes that difference",
      ),
      mistake(
        closeTo({ rate: 0.5, gain: 5 }),
        "this is the gain on validation, by which the rate was chosen",
      ),
    ],
  }),
  test(
    "dropout harms on clean labels",
    call(sweep, [
      run(0, 1, 60, 90, 88),
      run(0.5, 1, 60, 89, 90),
      run(0, 2, 60, 91, 90),
      run(0.5, 2, 60, 91, 89),
    ]),
    closeTo({ rate: 0, gain: 0 }),
    {
      hint: "−1 and 0 on validation: nothing is gained.",
      mistakes: [
        mistake(
          satisfies("rate .5", ({ rate }) => rate === 0.5),
          "a rate that gains nothing was chosen: being without dropout is a choice, too",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "two rates that gain the same, the higher one first",
    call(sweep, [
      run(0.7, 4, 30, 83, 84),
      run(0.2, 4, 30, 83, 81),
      run(0, 4, 30, 80, 80),
    ]),
    closeTo({ rate: 0.2, gain: 1 }),
    { keepsArguments: true, hint: "Of equal gains the lower rate." },
  ),
  test(
    "nobody has a partner",
    property(async ({ call }) => {
      const lists = [
        [],
        [run(0.5, 1, 60, 99, 99), run(0, 2, 60, 50, 50)],
        [run(0.5, 1, 60, 99, 99), run(0, 1, 30, 50, 50)],
      ];
      const names = ["no runs", "no common seed", "no common number of epochs"];
      for (const [i, runs] of lists.entries()) {
        const { rate, gain } = await call(sweep, runs);
        if (rate !== 0 || gain !== 0)
          return `${names[i]}: should be rate 0 and gain 0, but came ${rate} and ${gain}. Whom was it compared with?`;
      }
      return true;
    }),
  ),
  test(
    "the order of runs makes no difference",
    property(async ({ call, random }) => {
      for (let round = 0; round < 4; round++) {
        const keys = elevenRuns.map(() => random());
        const order = [...elevenRuns.keys()].sort((a, b) => keys[a] - keys[b]);
        const { rate, gain } = await call(
          sweep,
          order.map((i) => elevenRuns[i]),
        );
        if (rate !== 0.5 || Math.abs(gain - 10 / 3) > 1e-6)
          return `the eleven runs in the order ${order}: should be rate .5 and gain 3.33, but came ${rate} and ${gain}`;
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="sweep" name="unpaired" message="compare within a seed"
{
  function sweep(runs: readonly Run[]): { rate: number; gain: number } {
    const mean = (rate: number, score: "validation" | "test") =>
      meanOf(runs.filter((one) => one.rate === rate).map((one) => one[score]));
    const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
    let best = 0;
    for (const rate of rates) {
      if (mean(rate, "validation") > mean(best, "validation")) best = rate;
    }
    return { rate: best, gain: best === 0 ? 0 : mean(best, "test") - mean(0, "test") };
  }
}

// %% wrong="sweep" name="chosen on test" message="the largest gain on the test set"
{
  function sweep(runs: readonly Run[]): { rate: number; gain: number } {
    const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
    let best = { rate: 0, gain: 0 };
    for (const rate of rates) {
      const gains = runs.flatMap((one) => {
        const partner = runs.find(
          ({ rate, seed, epochs }) =>
            rate === 0 && seed === one.seed && epochs === one.epochs,
        );
        return one.rate === rate && partner ? [one.test - partner.test] : [];
      });
      if (gains.length > 0 && meanOf(gains) > best.gain)
        best = { rate, gain: meanOf(gains) };
    }
    return best;
  }
}

// %% wrong="sweep" name="different epochs" message="the training time makes that difference"
{
  function sweep(runs: readonly Run[]): { rate: number; gain: number } {
    const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
    let best = { rate: 0, chosenBy: 0, gain: 0 };
    for (const rate of rates) {
      const pairs = runs.flatMap((one) => {
        const partner = runs.find(({ rate, seed }) => rate === 0 && seed === one.seed);
        return one.rate === rate && partner ? [{ one, partner }] : [];
      });
      if (pairs.length === 0) continue;
      const chosenBy = meanOf(
        pairs.map(({ one, partner }) => one.validation - partner.validation),
      );
      const gain = meanOf(pairs.map(({ one, partner }) => one.test - partner.test));
      if (chosenBy > best.chosenBy) best = { rate, chosenBy, gain };
    }
    return { rate: best.rate, gain: best.gain };
  }
}

// %% wrong="sweep" name="validation gain" message="the gain on validation, by which"
{
  function sweep(runs: readonly Run[]): { rate: number; gain: number } {
    const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
    let best = { rate: 0, gain: 0 };
    for (const rate of rates) {
      const gains = runs.flatMap((one) => {
        const partner = runs.find(
          ({ rate, seed, epochs }) =>
            rate === 0 && seed === one.seed && epochs === one.epochs,
        );
        return one.rate === rate && partner
          ? [one.validation - partner.validation]
          : [];
      });
      if (gains.length > 0 && meanOf(gains) > best.gain)
        best = { rate, gain: meanOf(gains) };
    }
    return best;
  }
}

// %% [markdown] reflect="switch-it-on" points=3
// ### Reflection: switch it on? (3 points)
//
// Two teams train on 200 digits. Team A's labels were checked by three people; in team B's about a fifth are
// wrong. Both ask whether to add dropout, and at which rate. A third colleague says: "Training accuracy is far
// below validation accuracy, so my dropout layer has a bug." What do you advise each of them, and against what
// else should team B compare dropout before praising it? Three or four sentences, with numbers of the lesson as
// reasons.
//
// <!-- BEGIN MARK SCHEME -->
// - 1 point: team A: not needed; .3 and .5 changed less than a point on clean labels, five seeds can't tell it
//   from nothing. (Also accepted: harmless, leave it on.)
// - 1 point: team B: yes, chosen on validation, by pairs; about 2 points at .3, 3 to 4 at .5, about 10 at .9;
//   compare with early stopping, which gained about as much (10 epochs, about 10 points).
// - 1 point: no bug by itself: fit counts with dropout on, and a network that doesn't repeat wrong labels can't
//   be right on more than 160 of 200; look with dropout off.
// <!-- END MARK SCHEME -->
