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
// # Assignment 02: metrics for skewed data
//
// You practise to
// - count the four boxes, and turn them into precision, recall and F1, with 0/0 named as such;
// - average over classes, and draw the precision-recall curve from scores;
// - say how often an alarm is right where the disease is rarer.
//
// **Time:** 75 minutes. **Points:** 30: five exercises of 5 or 6, and a reflection of 4.
// **Lesson:** [02 Metrics for skewed data](../../../02-skewed-data-metrics.ipynb); look there first when
// you are stuck.
//
// Replace the line `throw new Error(...)` in each exercise by your own. The cell below it checks your
// function and says what went in, what should come out and what came. "Visible tests pass" means that you
// can go on; hidden tests look at edge cases when the notebook is graded. The comment above each function
// says what happens there.

// %% given="setup"
import {
  call,
  check,
  closeTo,
  equals,
  mistake,
  property,
  satisfies,
  test,
  throws,
} from "@headroom/checks";

/** True negatives, false positives, false negatives, true positives: numbers of cases. */
interface Counts {
  tn: number;
  fp: number;
  fn: number;
  tp: number;
}

/** A rate from 0 to 1, or 0/0: then `value` is 0, `defined` false, and `reason` says what is missing. */
interface Score {
  value: number;
  defined: boolean;
  reason?: string;
}

// %% [markdown]
// ## 1. Four boxes (5 points)
//
// Compare what is true with what a model answered, case by case. *Positive* is the class that you look
// for; every other class is negative.
//
// | | answered positive | answered otherwise |
// |---|---|---|
// | **is positive** | TP, found | FN, missed |
// | **is not** | FP, false alarm | TN, left alone |
//
// **Example.** The truth is `["ill", "well"]`, the answers are `["ill", "ill"]`, and you look for `"ill"`:
// one found, one false alarm, `{ tn: 0, fp: 1, fn: 0, tp: 1 }`.

// %% exercise="confusion"
/**
 * Numbers of cases in the four boxes.
 *
 * @param actual the true class of each case. There may be more than two classes
 * @param answered the model's answers, in the same order, as many. No cases: four zeros
 * @param positive the class that is looked for
 */
function confusion(actual: string[], answered: string[], positive: string): Counts {
  // BEGIN SOLUTION
  const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
  for (const [i, truth] of actual.entries()) {
    const alarm = answered[i] === positive;
    if (truth === positive) counts[alarm ? "tp" : "fn"] += 1;
    else counts[alarm ? "fp" : "tn"] += 1;
  }
  return counts;
  // END SOLUTION
}

// %% given="patients"
/** The lecture's 1,000 patients and its model's answers: 905 left alone, 9, 18 and 68. */
const patients = [
  { truth: "well", answer: "well", count: 905 },
  { truth: "well", answer: "ill", count: 9 },
  { truth: "ill", answer: "well", count: 18 },
  { truth: "ill", answer: "ill", count: 68 },
].flatMap(({ count, ...patient }) => Array.from({ length: count }, () => patient));
const truths = patients.map((patient) => patient.truth);
const answers = patients.map((patient) => patient.answer);

// %% tests="confusion" points=5
await check(
  "confusion",
  test(
    "seven patients, three of them ill",
    call(
      confusion,
      ["ill", "ill", "ill", "well", "well", "well", "well"],
      ["ill", "well", "well", "ill", "well", "well", "well"],
      "ill",
    ),
    equals({ tn: 3, fp: 1, fn: 2, tp: 1 }),
    {
      hint: "Two ill patients are missed, one healthy patient raises an alarm.",
      mistakes: [
        mistake(
          equals({ tn: 3, fp: 2, fn: 1, tp: 1 }),
          "FP and FN are swapped: which of the two is a false alarm?",
        ),
        mistake(
          equals({ tn: 1, fp: 2, fn: 1, tp: 3 }),
          "the wrong class is positive: these are the four boxes of the healthy",
        ),
        mistake(
          closeTo({ tn: 3 / 7, fp: 1 / 7, fn: 2 / 7, tp: 1 / 7 }),
          "these are rates; numbers of cases were asked for",
        ),
        mistake(
          equals({ tn: 0, fp: 1, fn: 2, tp: 4 }),
          "every right answer is counted as found, those on healthy patients too",
        ),
      ],
    },
  ),
  test(
    "the lecture's 1,000 patients",
    call(confusion, truths, answers, "ill"),
    equals({ tn: 905, fp: 9, fn: 18, tp: 68 }),
  ),
  // BEGIN HIDDEN TESTS
  test(
    "looking for the healthy",
    call(confusion, truths, answers, "well"),
    equals({ tn: 68, fp: 18, fn: 9, tp: 905 }),
    { hint: "Which class is positive is an argument.", keepsArguments: true },
  ),
  // confusion_matrix of scikit-learn: fixtures/02_skewed_data_metrics.py
  test(
    "is it an 8?",
    call(
      confusion,
      ["8", "3", "8", "5", "3", "8", "5", "3"],
      ["8", "8", "3", "3", "3", "8", "5", "5"],
      "8",
    ),
    equals({ tn: 4, fp: 1, fn: 1, tp: 2 }),
    {
      hint: "A 5 that was read as a 3 is still left alone when you look for eights.",
      mistakes: [
        mistake(
          equals({ tn: 2, fp: 1, fn: 1, tp: 2 }),
          "you count as negative only what was answered right, and lose cases: with three classes the rest may be mixed up",
        ),
      ],
    },
  ),
  test(
    "nobody came",
    call(confusion, [], [], "ill"),
    equals({ tn: 0, fp: 0, fn: 0, tp: 0 }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="confusion" name="FP and FN swapped" message="FP and FN are swapped"
{
  function confusion(actual: string[], answered: string[], positive: string): Counts {
    const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
    for (const [i, truth] of actual.entries()) {
      const alarm = answered[i] === positive;
      if (truth === positive) counts[alarm ? "tp" : "fp"] += 1;
      else counts[alarm ? "fn" : "tn"] += 1;
    }
    return counts;
  }
}
// %% wrong="confusion" name="wrong positive class" message="the wrong class is positive"
{
  function confusion(actual: string[], answered: string[], positive: string): Counts {
    const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
    for (const [i, truth] of actual.entries()) {
      if (truth !== positive) counts[answered[i] !== positive ? "tp" : "fn"] += 1;
      else counts[answered[i] !== positive ? "fp" : "tn"] += 1;
    }
    return counts;
  }
}
// %% wrong="confusion" name="counts as rates" message="these are rates"
{
  function confusion(actual: string[], answered: string[], positive: string): Counts {
    const share = (isTrue: boolean, alarm: boolean) =>
      actual.filter(
        (truth, i) =>
          (truth === positive) === isTrue && (answered[i] === positive) === alarm,
      ).length / actual.length;
    return {
      tn: share(false, false),
      fp: share(false, true),
      fn: share(true, false),
      tp: share(true, true),
    };
  }
}
// %% wrong="confusion" name="every right answer found" message="every right answer is counted as found"
{
  function confusion(actual: string[], answered: string[], positive: string): Counts {
    const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
    for (const [i, truth] of actual.entries()) {
      if (truth === answered[i]) counts.tp += 1;
      else counts[answered[i] === positive ? "fp" : "fn"] += 1;
    }
    return counts;
  }
}
// %% wrong="confusion" name="two classes only" message="and lose cases"
{
  function confusion(actual: string[], answered: string[], positive: string): Counts {
    const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
    for (const [i, truth] of actual.entries()) {
      if (truth === answered[i]) counts[truth === positive ? "tp" : "tn"] += 1;
      else if (answered[i] === positive) counts.fp += 1;
      else if (truth === positive) counts.fn += 1;
    }
    return counts;
  }
}
// %% wrong="confusion" name="always looks for the ill" message="Which class is positive is an argument"
{
  function confusion(actual: string[], answered: string[]): Counts {
    const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
    for (const [i, truth] of actual.entries()) {
      if (truth === "ill") counts[answered[i] === "ill" ? "tp" : "fn"] += 1;
      else counts[answered[i] === "ill" ? "fp" : "tn"] += 1;
    }
    return counts;
  }
}

// %% [markdown]
// ## 2. Precision, recall, F1 (5 points)
//
// Of the alarms, how many were right? Of the ill, how many were found?
//
// $$P = \frac{TP}{TP + FP} \qquad R = \frac{TP}{TP + FN} \qquad F_1 = \frac{2\,TP}{2\,TP + FP + FN}$$
//
// Where the bottom of a fraction is 0, nothing was asked: give the value 0, say `defined: false`, and
// write the reason in your own words.
//
// **Example.** 3 found, 1 false alarm, 3 missed: $P = 3/4$, $R = 3/6$, $F_1 = 6/10$, all of them defined,
// each without a reason: `{ value: 0.75, defined: true }`.

// %% exercise="prf"
/**
 * Precision, recall and F1, each from 0 to 1 with its own `defined`. F1 comes from the counts.
 *
 * 0/0 is `{ value: 0, defined: false, reason: "..." }`; the reason is a text of yours, not empty.
 * 0 divided by something is a defined 0. A defined score has no reason.
 */
function prf(counts: Counts): { precision: Score; recall: Score; f1: Score } {
  // BEGIN SOLUTION
  const { tp, fp, fn } = counts;
  const ratio = (top: number, bottom: number, reason: string): Score => {
    if (bottom === 0) return { value: 0, defined: false, reason };
    return { value: top / bottom, defined: true };
  };
  return {
    precision: ratio(tp, tp + fp, "there was no alarm"),
    recall: ratio(tp, tp + fn, "no case is positive"),
    f1: ratio(2 * tp, 2 * tp + fp + fn, "no case is positive, and there was no alarm"),
  };
  // END SOLUTION
}

// %% given="scores"
/** Three defined scores, as `prf` returns them. */
function defined(precision: number, recall: number, f1: number) {
  return {
    precision: { value: precision, defined: true },
    recall: { value: recall, defined: true },
    f1: { value: f1, defined: true },
  };
}
/** A number with four decimals, for messages. */
const inShort = (value: number) => Number(value).toFixed(4);
/** True for a 0/0 with its reason, otherwise what is wrong with it. */
function undefinedScore(name: string, score: Score): true | string {
  if (Number.isNaN(score.value)) return `${name} is NaN: 0/0 went out unnoticed`;
  if (score.defined) return `${name} is 0/0, but is said to be defined`;
  if (score.value !== 0) return `${name} is 0/0: its value should be 0`;
  const told = typeof score.reason === "string" && score.reason.trim() !== "";
  return told || `${name} is 0/0, but no reason is given`;
}
/** True for a 0 that is defined, otherwise what is wrong with it. */
function trueZero(name: string, score: Score, sum: string): true | string {
  if (score.value === 0 && score.defined) return true;
  return `${name} is ${sum}: a 0 that is defined`;
}

// %% tests="prf" points=5
await check(
  "prf",
  // precision_recall_fscore_support of scikit-learn: fixtures/02_skewed_data_metrics.py
  test(
    "the lecture's model",
    call(prf, { tn: 905, fp: 9, fn: 18, tp: 68 }),
    closeTo(defined(0.883117, 0.790698, 0.834356), 1e-5),
    {
      mistakes: [
        mistake(
          closeTo(defined(0.790698, 0.883117, 0.834356), 1e-5),
          "precision and recall are swapped: which of them asks the alarms, which the ill?",
        ),
        mistake(
          closeTo(defined(0.883117, 0.790698, 0.836907), 1e-5),
          "this F1 is the plain mean of precision and recall",
        ),
      ],
    },
  ),
  test(
    "the rubber stamp: nobody is called ill",
    call(prf, { tn: 914, fp: 0, fn: 86, tp: 0 }),
    satisfies(
      "a precision of 0/0 with its reason, a recall of 0 and an F1 of 0",
      (got) => {
        const precision = undefinedScore("precision", got.precision);
        if (precision !== true) return precision;
        const recall = trueZero("recall", got.recall, "0 of 86");
        return recall === true ? trueZero("F1", got.f1, "0 of 86") : recall;
      },
    ),
    { hint: "Three fractions, three bottoms: which of them is 0?" },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "one that hardly speaks",
    call(prf, { tn: 561, fp: 1, fn: 406, tp: 32 }),
    closeTo(defined(0.969697, 0.073059, 0.135881), 1e-5),
    { hint: "F1 never exceeds twice the smaller of the two." },
  ),
  test(
    "nobody is ill, and nobody is called ill",
    call(prf, { tn: 50, fp: 0, fn: 0, tp: 0 }),
    satisfies("three times 0/0, each with its reason", (got) => {
      for (const name of ["precision", "recall", "f1"] as const) {
        const answer = undefinedScore(name, got[name]);
        if (answer !== true) return answer;
      }
      return true;
    }),
  ),
  test(
    "false alarms and misses swapped: precision and recall swap, F1 stays",
    property(async ({ call, random }) => {
      const draw = () => 1 + Math.floor(40 * random());
      for (let round = 0; round < 10; round++) {
        const [tn, fp, fn, tp] = [draw(), draw(), draw(), draw()];
        const here = await call(prf, { tn, fp, fn, tp });
        const there = await call(prf, { tn, fp: fn, fn: fp, tp });
        const counts = `tn ${tn}, fp ${fp}, fn ${fn}, tp ${tp}`;
        if (Math.abs(here.precision.value * (tp + fp) - tp) > 1e-6) {
          return `${counts}: of ${tp + fp} alarms ${tp} are right, but precision came as ${inShort(here.precision.value)}`;
        }
        if (Math.abs(here.precision.value - there.recall.value) > 1e-9) {
          return `${counts}: with FP and FN swapped recall should become what precision was`;
        }
        const harmonic = 2 / (1 / here.precision.value + 1 / here.recall.value);
        const f1s = [here.f1.value, there.f1.value];
        if (f1s.some((f1) => !(Math.abs(f1 - harmonic) < 1e-9))) {
          return `${counts}: F1 is ${inShort(harmonic)}, whichever way round, but ${inShort(here.f1.value)} and ${inShort(there.f1.value)} came`;
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="prf" name="precision and recall swapped" message="precision and recall are swapped"
{
  function prf(counts: Counts): { precision: Score; recall: Score; f1: Score } {
    const { tp, fp, fn } = counts;
    const ratio = (top: number, bottom: number): Score =>
      bottom === 0
        ? { value: 0, defined: false, reason: "0/0" }
        : { value: top / bottom, defined: true };
    return {
      precision: ratio(tp, tp + fn),
      recall: ratio(tp, tp + fp),
      f1: ratio(2 * tp, 2 * tp + fp + fn),
    };
  }
}
// %% wrong="prf" name="NaN for 0/0" message="NaN"
{
  function prf(counts: Counts): { precision: Score; recall: Score; f1: Score } {
    const { tp, fp, fn } = counts;
    const ratio = (top: number, bottom: number): Score => {
      const value = top / bottom;
      return Number.isNaN(value)
        ? { value, defined: false, reason: "0/0" }
        : { value, defined: true };
    };
    return {
      precision: ratio(tp, tp + fp),
      recall: ratio(tp, tp + fn),
      f1: ratio(2 * tp, 2 * tp + fp + fn),
    };
  }
}
// %% wrong="prf" name="arithmetic mean" message="the plain mean of precision and recall"
{
  function prf(counts: Counts): { precision: Score; recall: Score; f1: Score } {
    const { tp, fp, fn } = counts;
    const ratio = (top: number, bottom: number): Score =>
      bottom === 0
        ? { value: 0, defined: false, reason: "0/0" }
        : { value: top / bottom, defined: true };
    const [precision, recall] = [ratio(tp, tp + fp), ratio(tp, tp + fn)];
    const f1 = { ...ratio(1, 2 * tp + fp + fn) };
    if (f1.defined) f1.value = (precision.value + recall.value) / 2;
    return { precision, recall, f1 };
  }
}
// %% wrong="prf" name="0 without a reason" message="no reason is given"
{
  function prf(counts: Counts): { precision: Score; recall: Score; f1: Score } {
    const { tp, fp, fn } = counts;
    const ratio = (top: number, bottom: number): Score =>
      bottom === 0
        ? { value: 0, defined: false }
        : { value: top / bottom, defined: true };
    return {
      precision: ratio(tp, tp + fp),
      recall: ratio(tp, tp + fn),
      f1: ratio(2 * tp, 2 * tp + fp + fn),
    };
  }
}
// %% wrong="prf" name="0/0 said to be defined" message="is said to be defined"
{
  function prf(counts: Counts): { precision: Score; recall: Score; f1: Score } {
    const { tp, fp, fn } = counts;
    const ratio = (top: number, bottom: number): Score => ({
      value: bottom === 0 ? 0 : top / bottom,
      defined: true,
    });
    return {
      precision: ratio(tp, tp + fp),
      recall: ratio(tp, tp + fn),
      f1: ratio(2 * tp, 2 * tp + fp + fn),
    };
  }
}
// %% wrong="prf" name="F1 undefined because precision is" message="a 0 that is defined"
{
  function prf(counts: Counts): { precision: Score; recall: Score; f1: Score } {
    const { tp, fp, fn } = counts;
    const ratio = (top: number, bottom: number): Score =>
      bottom === 0
        ? { value: 0, defined: false, reason: "0/0" }
        : { value: top / bottom, defined: true };
    const [precision, recall] = [ratio(tp, tp + fp), ratio(tp, tp + fn)];
    const sum = precision.value + recall.value;
    return { precision, recall, f1: ratio(2 * precision.value * recall.value, sum) };
  }
}

// %% [markdown]
// ## 3. Averages over classes (5 points)
//
// With many classes each has its own counts, this class against the rest, and its own F1. Two averages:
//
// $$\text{macro} = \frac{1}{k} \sum_c F_1(c) \qquad
// \text{weighted} = \frac{\sum_c n_c\, F_1(c)}{\sum_c n_c}$$
//
// over the $k$ classes $c$; $n_c$ is how many cases really are of class $c$.
//
// **Example.** Class a: 1 found, nothing wrong, F1 is 1. Class b: 1 found, 2 missed, F1 is 2/4. Macro is
// $(1 + 0.5)/2 = 0.75$; the weights are 1 and 3, so weighted is $(1 + 3 \cdot 0.5)/4 = 0.625$.

// %% exercise="averages"
/**
 * Macro and weighted F1, from 0 to 1.
 *
 * @param classes counts of each class against the rest, in any order: one class at least, and in one
 *   of them at least one case. A class without a case and without an alarm has an F1 of 0/0, which
 *   counts as 0 here; it belongs to the k classes all the same.
 */
function averages(classes: { tp: number; fp: number; fn: number }[]): {
  macro: number;
  weighted: number;
} {
  // BEGIN SOLUTION
  let [sum, weightedSum, cases] = [0, 0, 0];
  for (const { tp, fp, fn } of classes) {
    const f1 = tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn);
    sum += f1;
    weightedSum += (tp + fn) * f1;
    cases += tp + fn;
  }
  return { macro: sum / classes.length, weighted: weightedSum / cases };
  // END SOLUTION
}

// %% given="diagnoses"
/** Counts with the lecture's precision and recall, as if each diagnosis had 1,000 patients. */
const diagnoses = [
  { diagnosis: "diabetes", tp: 992, fp: 216, fn: 8 },
  { diagnosis: "hypertension", tp: 995, fp: 85, fn: 5 },
  { diagnosis: "sepsis", tp: 987, fp: 170, fn: 13 },
  { diagnosis: "AKI", tp: 970, fp: 375, fn: 30 },
];

// %% tests="averages" points=5
await check(
  "averages",
  // precision_recall_fscore_support of scikit-learn: fixtures/02_skewed_data_metrics.py
  test(
    "the lecture's four diagnoses, 1,000 patients each",
    call(averages, diagnoses),
    closeTo({ macro: 0.899433, weighted: 0.899433 }, 1e-5),
    {
      hint: "With equally many patients in each class the two averages agree.",
      mistakes: [
        mistake(
          satisfies("0.90082", ({ macro }) => Math.abs(macro - 0.90082) < 1e-5),
          "this is the F1 of the mean precision and the mean recall, not the mean of the classes' F1",
        ),
      ],
    },
  ),
  test(
    "a common class of 92 cases and a rare one of 10",
    call(averages, [
      { tp: 90, fp: 8, fn: 2 },
      { tp: 2, fp: 2, fn: 8 },
    ]),
    closeTo({ macro: 0.616541, weighted: 0.8825 }, 1e-5),
    {
      mistakes: [
        mistake(
          closeTo({ macro: 0.616541, weighted: 0.921421 }, 1e-5),
          "the weights are the answers of each class, TP + FP, not its true cases",
        ),
        mistake(
          closeTo({ macro: 0.8825, weighted: 0.616541 }, 1e-5),
          "macro and weighted are swapped",
        ),
        mistake(
          closeTo({ macro: 0.616541, weighted: 0.616541 }, 1e-5),
          "the weighted average isn't weighted: common classes count for more",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "a class that never occurs and is never answered",
    call(averages, [
      { tp: 6, fp: 2, fn: 1 },
      { tp: 3, fp: 1, fn: 2 },
      { tp: 0, fp: 0, fn: 0 },
    ]),
    closeTo({ macro: 0.488889, weighted: 0.744444 }, 1e-5),
    {
      keepsArguments: true,
      mistakes: [
        mistake(
          closeTo({ macro: 0.822222, weighted: 0.744444 }, 1e-5),
          "the absent class counts as 1, a perfect score for nothing",
        ),
        mistake(
          closeTo({ macro: 0.733333, weighted: 0.744444 }, 1e-5),
          "the absent class is left out of the k classes",
        ),
        mistake(
          satisfies("NaN", ({ macro }) => Number.isNaN(macro)),
          "the 0/0 of one class made the whole average NaN",
        ),
      ],
    },
  ),
  test(
    "one class",
    call(averages, [{ tp: 3, fp: 1, fn: 5 }]),
    closeTo({ macro: 0.5, weighted: 0.5 }),
  ),
  test(
    "any counts, in any order",
    property(async ({ call, random }) => {
      const draw = () => Math.floor(20 * random());
      for (const size of [2, 3, 6]) {
        const classes = Array.from({ length: size }, () => {
          return { tp: 1 + draw(), fp: draw(), fn: draw() };
        });
        const f1s = classes.map(({ tp, fp, fn }) => tp / (tp + (fp + fn) / 2));
        const mean = f1s.reduce((sum, f1) => sum + f1, 0) / size;
        // One entry for each case: the plain mean of these is the weighted average.
        const byCase = classes.flatMap(({ tp, fn }, k) => Array(tp + fn).fill(f1s[k]));
        const weighted = byCase.reduce((sum, f1) => sum + f1, 0) / byCase.length;
        const orders = [classes, [...classes].reverse()];
        for (const order of orders) {
          const got = await call(averages, order);
          const right =
            Math.abs(got.macro - mean) < 1e-6 &&
            Math.abs(got.weighted - weighted) < 1e-6;
          if (!right) {
            return `${JSON.stringify(order)}: macro should be ${inShort(mean)} and weighted ${inShort(weighted)}, but ${inShort(got.macro)} and ${inShort(got.weighted)} came`;
          }
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="averages" name="F1 of mean precision and recall" message="F1 of the mean precision and the mean recall"
{
  function averages(classes: { tp: number; fp: number; fn: number }[]) {
    let [precision, recall, weighted, cases] = [0, 0, 0, 0];
    for (const { tp, fp, fn } of classes) {
      precision += tp === 0 ? 0 : tp / (tp + fp) / classes.length;
      recall += tp === 0 ? 0 : tp / (tp + fn) / classes.length;
      weighted += tp === 0 ? 0 : ((tp + fn) * 2 * tp) / (2 * tp + fp + fn);
      cases += tp + fn;
    }
    const macro = (2 * precision * recall) / (precision + recall);
    return { macro, weighted: weighted / cases };
  }
}
// %% wrong="averages" name="weights from the answers" message="the weights are the answers of each class"
{
  function averages(classes: { tp: number; fp: number; fn: number }[]) {
    let [sum, weighted, alarms] = [0, 0, 0];
    for (const { tp, fp, fn } of classes) {
      const f1 = tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn);
      sum += f1;
      weighted += (tp + fp) * f1;
      alarms += tp + fp;
    }
    return { macro: sum / classes.length, weighted: weighted / alarms };
  }
}
// %% wrong="averages" name="absent class as 1" message="the absent class counts as 1"
{
  function averages(classes: { tp: number; fp: number; fn: number }[]) {
    let [sum, weighted, cases] = [0, 0, 0];
    for (const { tp, fp, fn } of classes) {
      const f1 = tp + fp + fn === 0 ? 1 : (2 * tp) / (2 * tp + fp + fn);
      sum += f1;
      weighted += (tp + fn) * f1;
      cases += tp + fn;
    }
    return { macro: sum / classes.length, weighted: weighted / cases };
  }
}
// %% wrong="averages" name="NaN for an absent class" message="made the whole average NaN"
{
  function averages(classes: { tp: number; fp: number; fn: number }[]) {
    let [sum, weighted, cases] = [0, 0, 0];
    for (const { tp, fp, fn } of classes) {
      const f1 = (2 * tp) / (2 * tp + fp + fn);
      sum += f1;
      weighted += (tp + fn) * f1;
      cases += tp + fn;
    }
    return { macro: sum / classes.length, weighted: weighted / cases };
  }
}
// %% wrong="averages" name="absent class left out" message="left out of the k classes"
{
  function averages(classes: { tp: number; fp: number; fn: number }[]) {
    const present = classes.filter(({ tp, fp, fn }) => tp + fp + fn > 0);
    let [sum, weighted, cases] = [0, 0, 0];
    for (const { tp, fp, fn } of present) {
      const f1 = (2 * tp) / (2 * tp + fp + fn);
      sum += f1;
      weighted += (tp + fn) * f1;
      cases += tp + fn;
    }
    return { macro: sum / present.length, weighted: weighted / cases };
  }
}

// %% [markdown]
// ## 4. The precision-recall curve (6 points)
//
// A model gives each case a *score*; call every case positive whose score is the threshold **or more**.
// Each score that occurs is a threshold worth trying. For each, from the lowest up, note precision and
// recall. At the end comes the point that no threshold gives: precision 1, recall 0, at
// `Number.POSITIVE_INFINITY`.
//
// **Example.** Truth `[1, 0]`, scores `[0.7, 0.2]`. From 0.2 up both are called positive: precision 1/2,
// recall 1. From 0.7 up only the first: precision 1, recall 1. Then the end point.

// %% exercise="pr-curve"
/** A point of the curve: rates from 0 to 1 when `score >= threshold` is called positive. */
interface CurvePoint {
  threshold: number;
  precision: number;
  recall: number;
}
/**
 * One point for each distinct score, thresholds rising, and the end point
 * `{ threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 }`. Cases of equal score are called
 * positive together.
 *
 * @param actual 1 for a positive case, 0 for a negative one, in any order
 * @param scores finite numbers of any size, higher for "more likely positive"
 * @throws an Error whose message has the word "positive" in it, if no case is: recall would be 0/0
 */
function prCurve(actual: number[], scores: number[]): CurvePoint[] {
  // BEGIN SOLUTION
  const positives = actual.filter((label) => label === 1).length;
  if (positives === 0) throw new Error("no case is positive: recall is 0/0");
  const thresholds = [...new Set(scores)].sort((a, b) => a - b);
  const points = thresholds.map((threshold) => {
    const alarms = actual.filter((_, i) => scores[i] >= threshold);
    const hits = alarms.filter((label) => label === 1).length;
    return { threshold, precision: hits / alarms.length, recall: hits / positives };
  });
  return [...points, { threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 }];
  // END SOLUTION
}

// %% given="points"
/** Points of a curve from three columns, the end point added. */
function pointsOf(thresholds: number[], precision: number[], recall: number[]) {
  const points = thresholds.map((threshold, i) => {
    return { threshold, precision: precision[i], recall: recall[i] };
  });
  return [...points, { threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 }];
}

// %% tests="pr-curve" points=6
await check(
  "prCurve",
  // precision_recall_curve of scikit-learn: fixtures/02_skewed_data_metrics.py
  test(
    "four cases",
    call(prCurve, [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    closeTo(
      pointsOf([0.1, 0.35, 0.4, 0.8], [1 / 2, 2 / 3, 1 / 2, 1], [1, 1, 1 / 2, 1 / 2]),
    ),
    {
      mistakes: [
        mistake(
          satisfies("no end point", (got) => got.length === 4),
          "the end point is missing: precision 1 and recall 0",
        ),
        mistake(
          satisfies(
            "> for >=",
            (got) => got.length === 5 && Math.abs(got[0].precision - 2 / 3) < 1e-6,
          ),
          "a case whose score equals the threshold is not called positive, though it should be",
        ),
        mistake(
          satisfies("falling", (got) => got.length === 5 && got[0].threshold > 0.5),
          "the thresholds fall; they should rise",
        ),
      ],
    },
  ),
  test(
    "two cases of equal score",
    call(prCurve, [1, 0, 1, 0], [0.5, 0.5, 0.9, 0.1]),
    closeTo(pointsOf([0.1, 0.5, 0.9], [1 / 2, 2 / 3, 1], [1, 1, 1 / 2])),
    {
      mistakes: [
        mistake(
          satisfies("ties split", (got) => got.length === 5),
          "cases of equal score are split: they make one point, not two",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "scores that are no shares",
    call(prCurve, [1, 1, 0, 1, 0], [10, 9, 2, -1, -10]),
    closeTo(
      pointsOf(
        [-10, -1, 2, 9, 10],
        [3 / 5, 3 / 4, 2 / 3, 1, 1],
        [1, 1, 2 / 3, 2 / 3, 1 / 3],
      ),
    ),
    {
      keepsArguments: true,
      mistakes: [
        mistake(
          satisfies("sorted as text", (got) => {
            const order = got.map((point) => point.threshold).join();
            return order.startsWith("-1,-10,10,2,9");
          }),
          "the thresholds are sorted as text, where 10 comes before 2",
        ),
      ],
    },
  ),
  test(
    "no case is positive",
    call(prCurve, [0, 0, 0], [0.2, 0.4, 0.4]),
    throws(/positive/),
    {
      hint: "Recall is 0/0 here: there is nothing to be found.",
    },
  ),
  test("one case", call(prCurve, [1], [0.3]), closeTo(pointsOf([0.3], [1], [1]))),
  test(
    "any cases, in any order",
    property(async ({ call, random }) => {
      for (const size of [2, 8, 25]) {
        const cases = Array.from({ length: size }, (_, i) => {
          const label = i === 0 || random() < 0.4 ? 1 : 0;
          return { label, score: Math.round(random() * 10) / 10 };
        });
        const backwards = [...cases].reverse();
        for (const some of [cases, backwards]) {
          const [labels, found] = [some.map((c) => c.label), some.map((c) => c.score)];
          const got = await call(prCurve, labels, found);
          const distinct = new Set(found).size;
          if (got.length !== distinct + 1) {
            return `${distinct} distinct scores make ${distinct + 1} points with the end point, but ${got.length} came`;
          }
          for (const { threshold, precision, recall } of got.slice(0, -1)) {
            let [tp, fp, fn] = [0, 0, 0];
            for (const { label, score } of cases) {
              if (score >= threshold) label === 1 ? tp++ : fp++;
              else if (label === 1) fn++;
            }
            const off =
              Math.abs(precision * (tp + fp) - tp) + Math.abs(recall * (tp + fn) - tp);
            if (!(off < 1e-6)) {
              return `at ${threshold} there are ${tp} hits, ${fp} false alarms and ${fn} misses; precision ${inShort(precision)} and recall ${inShort(recall)} came`;
            }
          }
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="pr-curve" name="> for >=" message="equals the threshold is not called positive"
{
  function prCurve(actual: number[], scores: number[]): CurvePoint[] {
    const positives = actual.filter((label) => label === 1).length;
    if (positives === 0) throw new Error("no case is positive");
    const thresholds = [...new Set(scores)].sort((a, b) => a - b);
    const points = thresholds.map((threshold) => {
      const alarms = actual.filter((_, i) => scores[i] > threshold);
      const hits = alarms.filter((label) => label === 1).length;
      const precision = alarms.length === 0 ? 1 : hits / alarms.length;
      return { threshold, precision, recall: hits / positives };
    });
    return [
      ...points,
      { threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 },
    ];
  }
}
// %% wrong="pr-curve" name="ties split" message="cases of equal score are split"
{
  function prCurve(actual: number[], scores: number[]): CurvePoint[] {
    const positives = actual.filter((label) => label === 1).length;
    if (positives === 0) throw new Error("no case is positive");
    const order = [...scores.keys()].sort((a, b) => scores[a] - scores[b]);
    const points = order.map((row, k) => {
      const hits = order.slice(k).filter((i) => actual[i] === 1).length;
      const precision = hits / (order.length - k);
      return { threshold: scores[row], precision, recall: hits / positives };
    });
    return [
      ...points,
      { threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 },
    ];
  }
}
// %% wrong="pr-curve" name="lost end point" message="the end point is missing"
{
  function prCurve(actual: number[], scores: number[]): CurvePoint[] {
    const positives = actual.filter((label) => label === 1).length;
    if (positives === 0) throw new Error("no case is positive");
    const thresholds = [...new Set(scores)].sort((a, b) => a - b);
    return thresholds.map((threshold) => {
      const alarms = actual.filter((_, i) => scores[i] >= threshold);
      const hits = alarms.filter((label) => label === 1).length;
      return { threshold, precision: hits / alarms.length, recall: hits / positives };
    });
  }
}
// %% wrong="pr-curve" name="sorted as text" message="sorted as text"
{
  function prCurve(actual: number[], scores: number[]): CurvePoint[] {
    const positives = actual.filter((label) => label === 1).length;
    if (positives === 0) throw new Error("no case is positive");
    const thresholds = [...new Set(scores)].sort();
    const points = thresholds.map((threshold) => {
      const alarms = actual.filter((_, i) => scores[i] >= threshold);
      const hits = alarms.filter((label) => label === 1).length;
      return { threshold, precision: hits / alarms.length, recall: hits / positives };
    });
    return [
      ...points,
      { threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 },
    ];
  }
}
// %% wrong="pr-curve" name="a recall of NaN where nobody is ill" message="Recall is 0/0 here"
{
  function prCurve(actual: number[], scores: number[]): CurvePoint[] {
    const positives = actual.filter((label) => label === 1).length;
    const thresholds = [...new Set(scores)].sort((a, b) => a - b);
    const points = thresholds.map((threshold) => {
      const alarms = actual.filter((_, i) => scores[i] >= threshold);
      const hits = alarms.filter((label) => label === 1).length;
      return { threshold, precision: hits / alarms.length, recall: hits / positives };
    });
    return [
      ...points,
      { threshold: Number.POSITIVE_INFINITY, precision: 1, recall: 0 },
    ];
  }
}

// %% [markdown]
// ## 5. The same model, a rarer disease (5 points)
//
// Recall and the *false positive rate* FPR, the share of the healthy who raise an alarm, belong to the
// model. Precision also depends on the *prevalence* $p$, the share of the ill:
//
// $$\text{precision} = \frac{\text{recall} \cdot p}{\text{recall} \cdot p + \text{FPR} \cdot (1 - p)}$$
//
// On top stand the ill who are found, below all alarms, both as shares of everybody.
//
// **Example.** Half of all people are ill, recall is 0.8 and FPR 0.2: of 100 people 40 alarms are right
// and 10 are not, precision $40/50 = 0.8$.

// %% exercise="precision-at"
/**
 * The precision of a model where `prevalence` of all cases are positive.
 *
 * @param prevalence share of positives among all cases, 0 to 1
 * @param recall share of the positives that raise an alarm, 0 to 1
 * @param falsePositiveRate share of the negatives that raise an alarm, 0 to 1
 * @returns a defined score; where nobody at all raises an alarm, 0/0 with its reason
 */
function precisionAt(
  prevalence: number,
  recall: number,
  falsePositiveRate: number,
): Score {
  // BEGIN SOLUTION
  const hits = recall * prevalence;
  const alarms = hits + falsePositiveRate * (1 - prevalence);
  if (alarms === 0)
    return { value: 0, defined: false, reason: "nobody raises an alarm" };
  return { value: hits / alarms, defined: true };
  // END SOLUTION
}

// %% tests="precision-at" points=5
await check(
  "precisionAt",
  test(
    "1,000 people, 10 of them ill: 8 found, 99 false alarms",
    call(precisionAt, 0.01, 0.8, 0.1),
    closeTo({ value: 8 / 107, defined: true }),
    {
      mistakes: [
        mistake(
          closeTo({ value: 8 / 9, defined: true }),
          "the prevalence has no effect: recall and FPR are compared as if half of the people were ill",
        ),
        mistake(
          closeTo({ value: 0.01, defined: true }),
          "recall stands where FPR should",
        ),
        mistake(
          closeTo({ value: 8 / 206, defined: true }),
          "the false alarms are counted with 1 - recall: that is the share of the ill who are missed",
        ),
      ],
    },
  ),
  test(
    "the lecture's model, where the lecture tested it",
    call(precisionAt, 0.086, 68 / 86, 9 / 914),
    closeTo({ value: 68 / 77, defined: true }),
    {
      hint: "68 of 77 alarms were right; FPR is 9 of 914.",
      mistakes: [
        mistake(
          closeTo({ value: 0.987699, defined: true }, 1e-5),
          "the prevalence has no effect: recall and FPR are compared as if half of the people were ill",
        ),
        mistake(
          closeTo({ value: 0.086, defined: true }),
          "recall stands where FPR should",
        ),
        mistake(
          closeTo({ value: 0.262242, defined: true }, 1e-5),
          "the false alarms are counted with 1 - recall: that is the share of the ill who are missed",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "nobody is ill, and some raise an alarm",
    call(precisionAt, 0, 0.9, 0.1),
    equals({ value: 0, defined: true }),
    { hint: "There are alarms, and none of them is right: a true 0." },
  ),
  test(
    "nobody raises an alarm",
    call(precisionAt, 0.2, 0, 0),
    satisfies("0/0 with its reason", (got) => undefinedScore("precision", got)),
    { hint: "Not a single alarm: the bottom of the fraction is 0." },
  ),
  test(
    "as in a crowd that is counted",
    property(async ({ call, random }) => {
      for (let round = 0; round < 10; round++) {
        const draw = (most: number) => 1 + Math.floor(most * random());
        const [ill, well] = [draw(500), draw(500)];
        const [found, alarmed] = [draw(ill), draw(well)];
        const got = await call(
          precisionAt,
          ill / (ill + well),
          found / ill,
          alarmed / well,
        );
        if (!(Math.abs(got.value - found / (found + alarmed)) < 1e-6 && got.defined)) {
          return `of ${ill} ill ${found} raise an alarm, of ${well} healthy ${alarmed}: precision is ${found} of ${found + alarmed}, but ${inShort(got.value)} came`;
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="precision-at" name="prevalence ignored" message="the prevalence has no effect"
{
  function precisionAt(
    _prevalence: number,
    recall: number,
    falsePositiveRate: number,
  ): Score {
    const alarms = recall + falsePositiveRate;
    if (alarms === 0) return { value: 0, defined: false, reason: "no alarm" };
    return { value: recall / alarms, defined: true };
  }
}
// %% wrong="precision-at" name="recall for FPR" message="recall stands where FPR should"
{
  function precisionAt(prevalence: number, recall: number): Score {
    const alarms = recall * prevalence + recall * (1 - prevalence);
    if (alarms === 0) return { value: 0, defined: false, reason: "no alarm" };
    return { value: (recall * prevalence) / alarms, defined: true };
  }
}
// %% wrong="precision-at" name="1 - recall for FPR" message="counted with 1 - recall"
{
  function precisionAt(prevalence: number, recall: number): Score {
    const alarms = recall * prevalence + (1 - recall) * (1 - prevalence);
    if (alarms === 0) return { value: 0, defined: false, reason: "no alarm" };
    return { value: (recall * prevalence) / alarms, defined: true };
  }
}
// %% wrong="precision-at" name="NaN without alarms" message="Not a single alarm"
{
  function precisionAt(
    prevalence: number,
    recall: number,
    falsePositiveRate: number,
  ): Score {
    const hits = recall * prevalence;
    const value = hits / (hits + falsePositiveRate * (1 - prevalence));
    return { value, defined: true };
  }
}

// %% [markdown] reflect="screening" points=4
// ### Reflection: do we screen everybody? (4 points, marked by hand)
//
// The lecture's model has a recall of 68 of 86 and a false positive rate of 9 of 914. In the clinic,
// where 8.6 % are ill, its precision is 88.3 %. The health office wants to screen 100,000 people, of whom
// 0.3 % are ill. An alarm leads to an examination.
//
// In about 120 words: how many of the ill are found and missed, and how many alarms are false? Would you
// recommend the screening as it is, and if not, what would you change? Which metric do you put into the
// contract instead of accuracy, and why? Give counts, not only rates.
// <!-- BEGIN MARK SCHEME -->
// 1 point: the counts: 300 are ill, about 237 found and 63 missed; about 982 false alarms (99,700 × 9/914).
// Within rounding; half a point where one of the two is missing.
//
// 1 point: precision falls to 19.5 %, about four of five alarms are false, and names the cause: the
// prevalence; the model has not changed, recall and AUC stay.
//
// 1 point: a decision with a reason from the counts: what a needless examination costs against a missed ill
// person, a second test for those with an alarm, another threshold, screening of a group at risk only.
// Either decision earns the point; one without a number does not.
//
// 1 point: a metric that fits the decision, not accuracy: precision with recall at the prevalence of use,
// or the cost per 100,000 people. Says why not accuracy: "nobody is ill" is right in 99.7 %. AUC or F1
// alone earns half: AUC can't show rarity, F1 doesn't know the costs.
// <!-- END MARK SCHEME -->
