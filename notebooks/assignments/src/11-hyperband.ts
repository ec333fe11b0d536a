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
// # Assignment 11: Hyperband
//
// **You practise**
// - promoting the best settings, when some tie and some have diverged;
// - computing Hyperband's brackets, and the epochs that they cost;
// - telling how much a winner's score flatters.
//
// **Time:** 60 minutes. **Points:** 20 for four functions, 3 for a reflection.
//
// Write each answer where its cell says `not answered yet`, run it, then run the cell of checks below
// it. When the visible checks pass you can move on; hidden ones look at edge cases when it is graded,
// so read the comment above each function again before you do. When stuck, go back to
// [lesson 11](../../../11-hyperband.ipynb): the words and figures are the same.

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
} from "@headroom/checks";

// %% [markdown]
// ## 1. Who goes on? (5 points)
//
// After a round, successive halving promotes the settings with the highest scores. Name them by their
// places in the list, counted from 0, best first. Of equal scores the one that comes earlier in the
// list goes first. A setting whose training has diverged has the score NaN: it is never promoted, even
// if fewer than `keep` remain.
//
// Example: of the scores .31, .74 and .62 two are kept. The answer is `[1, 2]`: .74 at place 1, then
// .62 at place 2.

// %% exercise="promote"
/**
 * The places, counted from 0, of the `keep` highest scores, best first.
 *
 * @param scores one per setting, higher is better; NaN for a setting that has diverged; stays
 *   as it is
 * @param keep how many go on, 0 or more; may exceed the number of scores
 *
 * Ties: the earlier place first. NaN is never promoted. No scores: an empty list.
 */
function promote(scores: readonly number[], keep: number): number[] {
  // BEGIN SOLUTION
  return scores
    .map((score, place) => ({ score, place }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, keep)
    .map(({ place }) => place);
  // END SOLUTION
}

// %% tests="promote" points=5
await check(
  "Promote",
  test(
    "two of five go on",
    call(promote, [0.62, 0.31, 0.8, 0.55, 0.71], 2),
    equals([2, 4]),
    {
      hint: "Places count from 0, and the best comes first.",
      mistakes: [
        mistake(equals([1, 3]), "these are the two with the lowest scores"),
        mistake(equals([0.8, 0.71]), "these are scores, not places"),
        mistake(equals([3, 5]), "places are counted from 1"),
        mistake(equals([4, 2]), "the right two, the worse one first"),
      ],
    },
  ),
  test("two equal scores", call(promote, [0.4, 0.9, 0.7, 0.9], 3), equals([1, 3, 2]), {
    hint: "Two different settings may score the same.",
    mistakes: [
      mistake(
        equals([1, 1, 2]),
        "one place comes twice: a score was looked up, and the first that has it found each time",
      ),
      mistake(equals([1, 2]), "equal scores count as one, so that one of them is lost"),
      mistake(
        equals([1, 2, 0]),
        "equal scores count as one, so that one of them is lost",
      ),
      mistake(equals([3, 1, 2]), "of equal scores the later one goes first"),
    ],
  }),
  // BEGIN HIDDEN TESTS
  test(
    "two of five are NaN",
    call(promote, [Number.NaN, 0.5, 0.9, Number.NaN, 0.7], 4),
    equals([2, 4, 1]),
    {
      hint: "Comparing anything with NaN says nothing, also to `sort`.",
      mistakes: [
        mistake(
          satisfies(
            "a list with place 0 or 3",
            (got) => got.includes(0) || got.includes(3),
          ),
          "a setting with the score NaN is promoted",
        ),
      ],
    },
  ),
  test(
    "the scores stay as they were",
    call(promote, [0.1, 0.3, 0.2], 9),
    equals([1, 2, 0]),
    {
      hint: "`sort` reorders the very list that it is called on.",
      keepsArguments: true,
    },
  ),
  test(
    "random scores, and nobody to promote",
    property(async ({ call, random }) => {
      if ((await call(promote, [], 3)).length > 0)
        return "no scores: expected an empty list";
      if ((await call(promote, [0.5, 0.6], 0)).length > 0)
        return "none is to be kept: expected an empty list";
      for (let round = 0; round < 4; round++) {
        // Few different values, below 0 too, so that there are ties.
        const scores = Array.from(
          { length: 12 },
          () => Math.floor(7 * random()) / 4 - 1,
        );
        const left = scores.map((_, place) => place);
        const want: number[] = [];
        while (want.length < 5) {
          let best = 0;
          for (const at of left.keys())
            if (scores[left[at]] > scores[left[best]]) best = at;
          want.push(...left.splice(best, 1));
        }
        const got = await call(promote, scores, 5);
        if (`${got}` !== `${want}`)
          return `promote([${scores}], 5) should be [${want}], but came [${got}]`;
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="promote" name="keeps the worst" message="the two with the lowest scores"
{
  function promote(scores: readonly number[], keep: number): number[] {
    return scores
      .map((score, place) => ({ score, place }))
      .filter(({ score }) => !Number.isNaN(score))
      .sort((a, b) => a.score - b.score)
      .slice(0, keep)
      .map(({ place }) => place);
  }
}

// %% wrong="promote" name="a tie loses one" message="equal scores count as one"
{
  function promote(scores: readonly number[], keep: number): number[] {
    const ranked = [...new Set(scores)].filter((score) => !Number.isNaN(score));
    ranked.sort((a, b) => b - a);
    return ranked.slice(0, keep).map((score) => scores.indexOf(score));
  }
}

// %% wrong="promote" name="looks scores up" message="one place comes twice"
{
  function promote(scores: readonly number[], keep: number): number[] {
    const ranked = scores.filter((score) => !Number.isNaN(score)).sort((a, b) => b - a);
    return ranked.slice(0, keep).map((score) => scores.indexOf(score));
  }
}

// %% wrong="promote" name="NaN wins" message="a setting with the score NaN is promoted"
{
  function promote(scores: readonly number[], keep: number): number[] {
    const places = scores.map((_, place) => place);
    return places.sort((a, b) => scores[b] - scores[a]).slice(0, keep);
  }
}

// %% wrong="promote" name="later of equals first" message="of equal scores the later one goes first"
{
  function promote(scores: readonly number[], keep: number): number[] {
    return scores
      .map((score, place) => ({ score, place }))
      .filter(({ score }) => !Number.isNaN(score))
      .sort((a, b) => b.score - a.score || b.place - a.place)
      .slice(0, keep)
      .map(({ place }) => place);
  }
}

// %% [markdown]
// ## 2. The brackets (6 points)
//
// With at most $R$ epochs and one in $\eta$ promoted, Hyperband has a bracket for each
// $b = B, \ldots, 1, 0$, where $B$ is the largest whole number with $\eta^B \le R$. Bracket $b$ has the
// rounds $r = 0, \ldots, b$. In round $r$
//
// $$n = \left\lceil \frac{\lceil 1 + \log_\eta R \rceil}{b + 1}\, \eta^{\,b - r} \right\rceil
// \text{ settings train up to epoch } \left\lceil \frac{R}{\eta^{\,b - r}} \right\rceil$$
//
// from where the round before has stopped. A promoted setting is the same setting in a new trial.
//
// Example: $R = 2$, $\eta = 3$. Then $B = 0$, and ⌈1 + .63⌉ = 2: the only bracket trains 2 settings
// from epoch 0 to 2.

// %% given="rounds"
/** `trials` settings train from epoch `from` (0 is the beginning) up to epoch `to`. */
interface Round {
  trials: number;
  from: number;
  to: number;
}
/** Rounds, the first one first, and how many different settings are tried in them. */
interface Bracket {
  settings: number;
  rounds: Round[];
}
/** The lecture's table: R = 10, factor 3. */
const lecture: Bracket[] = [
  {
    settings: 12,
    rounds: [
      { trials: 12, from: 0, to: 2 },
      { trials: 4, from: 2, to: 4 },
      { trials: 2, from: 4, to: 10 },
    ],
  },
  {
    settings: 6,
    rounds: [
      { trials: 6, from: 0, to: 4 },
      { trials: 2, from: 4, to: 10 },
    ],
  },
  { settings: 4, rounds: [{ trials: 4, from: 0, to: 10 }] },
];

// %% exercise="brackets"
/**
 * Hyperband's brackets, from the one with the most rounds to the one with a single round.
 *
 * @param maxEpochs R, a whole number from 1 up
 * @param factor one in how many is promoted, a whole number from 2 up
 */
function brackets(maxEpochs: number, factor: number): Bracket[] {
  // BEGIN SOLUTION
  const share = Math.ceil(1 + Math.log(maxEpochs) / Math.log(factor));
  const found: Bracket[] = [];
  for (let b = 0; factor ** b <= maxEpochs; b++) {
    const rounds: Round[] = [];
    for (let r = 0; r <= b; r++) {
      const trials = Math.ceil((share / (b + 1)) * factor ** (b - r));
      const to = Math.ceil(maxEpochs / factor ** (b - r));
      rounds.push({ trials, from: rounds.at(-1)?.to ?? 0, to });
    }
    found.unshift({ settings: rounds[0].trials, rounds });
  }
  return found;
  // END SOLUTION
}

// %% tests="brackets" points=6
await check(
  "Brackets",
  test("the lecture's table", call(brackets, 10, 3), equals(lecture), {
    hint: "12, 4 and 2 settings up to epochs 2, 4 and 10; then 6 and 2; then 4.",
    mistakes: [
      mistake(
        satisfies(
          "a table of too few settings",
          (got) => got[0].rounds[2].trials === 1 || got[0].rounds[0].to === 1,
        ),
        "a number of settings or epochs is rounded down",
      ),
      mistake(
        satisfies("a table of 18 settings", (got) => got[0].settings === 18),
        "trials are counted, and a promoted setting counts again in each round",
      ),
      mistake(
        satisfies("a table with 36 trials", (got) => got[0].rounds[0].trials === 36),
        "every bracket gets the whole budget: it isn't divided among the rounds",
      ),
      mistake(
        satisfies("rounds from epoch 0", (got) => got[0].rounds[1].from === 0),
        "each round begins at epoch 0, as if promoted settings were trained anew",
      ),
    ],
  }),
  // This and the tables below: as KerasTuner's Hyperband plans them.
  test(
    "R = 4, factor 2",
    call(brackets, 4, 2),
    equals([
      {
        settings: 4,
        rounds: [
          { trials: 4, from: 0, to: 1 },
          { trials: 2, from: 1, to: 2 },
          { trials: 1, from: 2, to: 4 },
        ],
      },
      {
        settings: 3,
        rounds: [
          { trials: 3, from: 0, to: 2 },
          { trials: 2, from: 2, to: 4 },
        ],
      },
      { settings: 3, rounds: [{ trials: 3, from: 0, to: 4 }] },
    ]),
  ),
  // BEGIN HIDDEN TESTS
  test(
    "a single epoch",
    call(brackets, 1, 3),
    equals([{ settings: 1, rounds: [{ trials: 1, from: 0, to: 1 }] }]),
    { hint: "The factor to the power of 0 is 1, and 1 is at most 1." },
  ),
  test(
    "R is a power of the factor",
    property(async ({ call }) => {
      for (const [epochs, factor, count] of [
        [243, 3, 6],
        [125, 5, 4],
        [1000, 10, 4],
      ]) {
        const got = (await call(brackets, epochs, factor)).length;
        if (got === count - 1)
          return `R = ${epochs}, factor ${factor}: a bracket is missing. A quotient of logarithms may come out a little below a whole number`;
        if (got !== count)
          return `R = ${epochs}, factor ${factor} should have ${count} brackets, came ${got}`;
      }
      return true;
    }),
  ),
  test(
    "R = 243, factor 3: trials and last epochs",
    property(async ({ call }) => {
      const want = [
        "243>1 81>3 27>9 9>27 3>81 1>243",
        "98>3 33>9 11>27 4>81 2>243",
        "41>9 14>27 5>81 2>243",
        "18>27 6>81 2>243",
        "9>81 3>243",
        "6>243",
      ];
      const table = await call(brackets, 243, 3);
      const got = table.map(({ rounds }) =>
        rounds.map(({ trials, to }) => `${trials}>${to}`).join(" "),
      );
      const first = want.findIndex((line, i) => line !== got[i]);
      return (
        first < 0 || `bracket ${first + 1} should be ${want[first]}, came ${got[first]}`
      );
    }),
  ),
  test(
    "R = 100, factor 4",
    call(brackets, 100, 4),
    equals([
      {
        settings: 80,
        rounds: [
          { trials: 80, from: 0, to: 2 },
          { trials: 20, from: 2, to: 7 },
          { trials: 5, from: 7, to: 25 },
          { trials: 2, from: 25, to: 100 },
        ],
      },
      {
        settings: 27,
        rounds: [
          { trials: 27, from: 0, to: 7 },
          { trials: 7, from: 7, to: 25 },
          { trials: 2, from: 25, to: 100 },
        ],
      },
      {
        settings: 10,
        rounds: [
          { trials: 10, from: 0, to: 25 },
          { trials: 3, from: 25, to: 100 },
        ],
      },
      { settings: 5, rounds: [{ trials: 5, from: 0, to: 100 }] },
    ]),
  ),
  // END HIDDEN TESTS
);

// %% wrong="brackets" name="rounds down" message="is rounded down"
{
  function brackets(maxEpochs: number, factor: number): Bracket[] {
    const share = Math.ceil(1 + Math.log(maxEpochs) / Math.log(factor));
    const found: Bracket[] = [];
    for (let b = 0; factor ** b <= maxEpochs; b++) {
      const rounds: Round[] = [];
      for (let r = 0; r <= b; r++) {
        const trials = Math.floor((share / (b + 1)) * factor ** (b - r));
        const to = Math.floor(maxEpochs / factor ** (b - r));
        rounds.push({ trials, from: rounds.at(-1)?.to ?? 0, to });
      }
      found.unshift({ settings: rounds[0].trials, rounds });
    }
    return found;
  }
}

// %% wrong="brackets" name="trusts the logarithm" message="A quotient of logarithms"
{
  function brackets(maxEpochs: number, factor: number): Bracket[] {
    const highest = Math.floor(Math.log(maxEpochs) / Math.log(factor));
    const share = Math.ceil(1 + Math.log(maxEpochs) / Math.log(factor));
    const found: Bracket[] = [];
    for (let b = highest; b >= 0; b--) {
      const rounds: Round[] = [];
      for (let r = 0; r <= b; r++) {
        const trials = Math.ceil((share / (b + 1)) * factor ** (b - r));
        const to = Math.ceil(maxEpochs / factor ** (b - r));
        rounds.push({ trials, from: rounds.at(-1)?.to ?? 0, to });
      }
      found.push({ settings: rounds[0].trials, rounds });
    }
    return found;
  }
}

// %% wrong="brackets" name="trials for settings" message="trials are counted"
{
  function brackets(maxEpochs: number, factor: number): Bracket[] {
    const share = Math.ceil(1 + Math.log(maxEpochs) / Math.log(factor));
    const found: Bracket[] = [];
    for (let b = 0; factor ** b <= maxEpochs; b++) {
      const rounds: Round[] = [];
      let settings = 0;
      for (let r = 0; r <= b; r++) {
        const trials = Math.ceil((share / (b + 1)) * factor ** (b - r));
        const to = Math.ceil(maxEpochs / factor ** (b - r));
        rounds.push({ trials, from: rounds.at(-1)?.to ?? 0, to });
        settings += trials;
      }
      found.unshift({ settings, rounds });
    }
    return found;
  }
}

// %% wrong="brackets" name="budget not divided" message="every bracket gets the whole budget"
{
  function brackets(maxEpochs: number, factor: number): Bracket[] {
    const share = Math.ceil(1 + Math.log(maxEpochs) / Math.log(factor));
    const found: Bracket[] = [];
    for (let b = 0; factor ** b <= maxEpochs; b++) {
      const rounds: Round[] = [];
      for (let r = 0; r <= b; r++) {
        const to = Math.ceil(maxEpochs / factor ** (b - r));
        rounds.push({
          trials: share * factor ** (b - r),
          from: rounds.at(-1)?.to ?? 0,
          to,
        });
      }
      found.unshift({ settings: rounds[0].trials, rounds });
    }
    return found;
  }
}

// %% wrong="brackets" name="rounds begin at 0" message="as if promoted settings were trained anew"
{
  function brackets(maxEpochs: number, factor: number): Bracket[] {
    const share = Math.ceil(1 + Math.log(maxEpochs) / Math.log(factor));
    const found: Bracket[] = [];
    for (let b = 0; factor ** b <= maxEpochs; b++) {
      const rounds: Round[] = [];
      for (let r = 0; r <= b; r++) {
        const trials = Math.ceil((share / (b + 1)) * factor ** (b - r));
        rounds.push({ trials, from: 0, to: Math.ceil(maxEpochs / factor ** (b - r)) });
      }
      found.unshift({ settings: rounds[0].trials, rounds });
    }
    return found;
  }
}

// %% [markdown]
// ## 3. What does it cost? (4 points)
//
// A promoted setting goes on training where it stopped. So a round costs
//
// $$\text{trials} \times (\text{to} - \text{from}) \text{ epochs}$$
//
// and a search costs the sum over all rounds of all its brackets. This is what has to match when two
// searches are compared: as many epochs for the one as for the other.
//
// Example: a bracket trains 3 settings for 1 epoch, and the best of them from epoch 1 to 3. That is 3 +
// 2 = 5 epochs.

// %% exercise="epochs-spent"
/**
 * How many epochs are trained in all brackets together, when promoted settings resume where
 * they stopped.
 *
 * @param brackets each with its rounds; a round may begin at any epoch, the first one too
 *
 * No brackets, or brackets without rounds: 0.
 */
function epochsSpent(brackets: readonly Bracket[]): number {
  // BEGIN SOLUTION
  return brackets
    .flatMap(({ rounds }) => rounds)
    .reduce((sum, { trials, from, to }) => sum + trials * (to - from), 0);
  // END SOLUTION
}

// %% tests="epochs-spent" points=4
await check(
  "Epochs spent",
  test("the lecture's first bracket", call(epochsSpent, [lecture[0]]), equals(44), {
    hint: "12 × 2 epochs, then 4 × 2, then 2 × 6.",
    mistakes: [
      mistake(
        equals(60),
        "promoted settings are charged for epochs that they had behind them",
      ),
      mistake(equals(32), "the last round of a bracket is missing"),
      mistake(equals(120), "every setting that began is charged to the end"),
    ],
  }),
  test("the lecture's table", call(epochsSpent, lecture), equals(120), {
    mistakes: [
      mistake(equals(44), "only the first bracket is counted"),
      mistake(equals(40), "only the last bracket is counted"),
      mistake(equals(144), "this is the cost if every promoted setting began anew"),
    ],
  }),
  // BEGIN HIDDEN TESTS
  test(
    "a search that is continued",
    call(epochsSpent, [
      { settings: 0, rounds: [] },
      {
        settings: 5,
        rounds: [
          { trials: 5, from: 10, to: 13 },
          { trials: 2, from: 13, to: 20 },
        ],
      },
    ]),
    equals(29),
    {
      hint: "Its first round begins at epoch 10.",
      mistakes: [
        mistake(
          equals(79),
          "the first round is charged from epoch 0, but it resumes at 10",
        ),
      ],
      keepsArguments: true,
    },
  ),
  test(
    "no brackets, and random ones",
    property(async ({ call, random }) => {
      if ((await call(epochsSpent, [])) !== 0)
        return "no brackets should cost 0 epochs";
      for (let round = 0; round < 3; round++) {
        const table = Array.from({ length: 1 + round }, () => {
          const ends = [0, 0, 0].map(() => 1 + Math.floor(8 * random()));
          const rounds = ends.map((length, i) => {
            const from = ends.slice(0, i).reduce((sum, one) => sum + one, 0);
            return { trials: 9 - 3 * i, from, to: from + length };
          });
          return { settings: 9, rounds };
        });
        // Epoch by epoch: how many settings are in training?
        let want = 0;
        for (let epoch = 1; epoch <= 30; epoch++)
          for (const { rounds } of table)
            want +=
              rounds.find(({ from, to }) => from < epoch && epoch <= to)?.trials ?? 0;
        const got = await call(epochsSpent, table);
        if (got !== want)
          return `${JSON.stringify(table.map(({ rounds }) => rounds))} should cost ${want} epochs, came ${got}`;
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="epochs-spent" name="promoted ones begin anew" message="charged for epochs that they had behind them"
{
  function epochsSpent(brackets: readonly Bracket[]): number {
    const rounds = brackets.flatMap((bracket) => bracket.rounds);
    return rounds.reduce((sum, { trials, to }) => sum + trials * to, 0);
  }
}

// %% wrong="epochs-spent" name="last round missing" message="the last round of a bracket is missing"
{
  function epochsSpent(brackets: readonly Bracket[]): number {
    const rounds = brackets.flatMap((bracket) => bracket.rounds.slice(0, -1));
    return rounds.reduce((sum, { trials, from, to }) => sum + trials * (to - from), 0);
  }
}

// %% wrong="epochs-spent" name="first bracket only" message="only the first bracket is counted"
{
  function epochsSpent(brackets: readonly Bracket[]): number {
    const rounds = brackets[0]?.rounds ?? [];
    return rounds.reduce((sum, { trials, from, to }) => sum + trials * (to - from), 0);
  }
}

// %% wrong="epochs-spent" name="everybody to the end" message="every setting that began is charged to the end"
{
  function epochsSpent(brackets: readonly Bracket[]): number {
    return brackets.reduce(
      (sum, { settings, rounds }) => sum + settings * (rounds.at(-1)?.to ?? 0),
      0,
    );
  }
}

// %% wrong="epochs-spent" name="first round from 0" message="the first round is charged from epoch 0"
{
  function epochsSpent(brackets: readonly Bracket[]): number {
    let spent = 0;
    for (const { rounds } of brackets) {
      let stopped = 0;
      for (const { trials, to } of rounds) {
        spent += trials * (to - stopped);
        stopped = to;
      }
    }
    return spent;
  }
}

// %% [markdown]
// ## 4. How much does the winner flatter? (5 points)
//
// A search picks the trial with the best validation score. That score is the best of many: quality, and
// luck. New images show the quality alone. For one search
//
// $$\text{optimism} = 100 \times (\text{the winner's validation score} - \text{its own test score}) \text{ points}$$
//
// Positive means flattered. Here the test scores of all trials are known, to study searches. They
// choose nothing.
//
// Example: trial A has .90 in validation and .91 in test, trial B .95 and .92. B wins; its optimism is
// 3 points.

// %% given="trials"
/** What one trial got right, as proportions, 0 to 1; NaN in both where training has diverged. */
interface Trial {
  validation: number;
  test: number;
}
const search: Trial[] = [
  { validation: 0.91, test: 0.92 },
  { validation: 0.97, test: 0.94 },
  { validation: 0.95, test: 0.96 },
  { validation: 0.89, test: 0.9 },
];

// %% exercise="optimism"
/**
 * By how many points the validation score of the search's winner exceeds its own test score;
 * negative where the test score is higher.
 *
 * @param trials in the order of the search
 *
 * The winner has the best validation score; of equal ones the first. NaN never wins. No trial
 * that could win: null.
 */
function optimism(trials: readonly Trial[]): number | null {
  // BEGIN SOLUTION
  let winner: Trial | undefined;
  for (const trial of trials) {
    if (Number.isNaN(trial.validation)) continue;
    if (winner === undefined || trial.validation > winner.validation) winner = trial;
  }
  return winner === undefined ? null : 100 * (winner.validation - winner.test);
  // END SOLUTION
}

// %% tests="optimism" points=5
await check(
  "Optimism",
  test("four trials", call(optimism, search), closeTo(3), {
    hint: "Who wins by validation? Stay with that trial.",
    mistakes: [
      mistake(
        closeTo(1),
        "the best test score is taken, of another trial than the winner: nobody could have chosen that one",
      ),
      mistake(
        closeTo(-3),
        "the sign is turned: a score that flatters should be positive",
      ),
      mistake(
        closeTo(0),
        "this is the mean over all trials, but only the winner was chosen",
      ),
      mistake(closeTo(-1), "the winner is chosen by its test score"),
      mistake(closeTo(0.03), "this is a proportion, not points"),
    ],
  }),
  test(
    "a single trial, better in test",
    call(optimism, [{ validation: 0.9, test: 0.92 }]),
    closeTo(-2),
    {
      hint: "Now and then luck is against the winner.",
      mistakes: [
        mistake(closeTo(2), "the sign is turned, or gone"),
        mistake(closeTo(0), "the optimism is cut off at 0"),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "equal validation scores",
    call(optimism, [
      { validation: 0.5, test: 0.7 },
      { validation: 0.75, test: 0.8 },
      { validation: 0.75, test: 0.6 },
    ]),
    closeTo(-5),
    {
      hint: "The search met one of them first.",
      mistakes: [mistake(closeTo(15), "of equal scores the last one wins")],
      keepsArguments: true,
    },
  ),
  test(
    "a trial that has diverged, and no trial",
    property(async ({ call }) => {
      const lost = { validation: Number.NaN, test: Number.NaN };
      for (const trials of [
        [lost, ...search],
        [...search, lost],
      ]) {
        const got = await call(optimism, trials);
        if (got === null || !(Math.abs(got - 3) < 1e-9))
          return `one trial of five is NaN, and the rest has an optimism of 3: came ${Number(got).toFixed(1)}`;
      }
      for (const trials of [[], [lost]]) {
        const got = await call(optimism, trials);
        if (got !== null)
          return `${trials.length} trials, none could win: null, but came ${got}`;
      }
      return true;
    }),
  ),
  test(
    "searches among settings that are all alike",
    property(async ({ call, random }) => {
      let sum = 0;
      for (let repeat = 0; repeat < 20; repeat++) {
        // Each trial is right in about 85 of 100 images, by luck alone.
        const score = () =>
          Array.from({ length: 100 }, random).filter((one) => one < 0.85).length / 100;
        const trials = Array.from({ length: 10 }, () => ({
          validation: score(),
          test: score(),
        }));
        const scores = trials.map(({ validation }) => validation);
        const first = trials[scores.indexOf(Math.max(...scores))];
        const want = 100 * first.validation - 100 * first.test;
        const got = await call(optimism, trials);
        if (got === null || !(Math.abs(got - want) < 1e-9))
          return `search ${repeat + 1} of 20 should have an optimism of ${want.toFixed(1)}, came ${Number(got).toFixed(1)}`;
        sum += got;
      }
      return (
        sum / 20 > 1 ||
        `the best of ten equal settings should flatter, came ${sum / 20}`
      );
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="optimism" name="best test score" message="of another trial than the winner"
{
  function optimism(trials: readonly Trial[]): number | null {
    const some = trials.filter(({ validation }) => !Number.isNaN(validation));
    if (some.length === 0) return null;
    const best = (key: "test" | "validation") =>
      Math.max(...some.map((one) => one[key]));
    return 100 * (best("validation") - best("test"));
  }
}

// %% wrong="optimism" name="sign turned" message="the sign is turned"
{
  function optimism(trials: readonly Trial[]): number | null {
    const some = trials.filter(({ validation }) => !Number.isNaN(validation));
    if (some.length === 0) return null;
    const winner = some.reduce((a, b) => (b.validation > a.validation ? b : a));
    return 100 * (winner.test - winner.validation);
  }
}

// %% wrong="optimism" name="mean over all trials" message="the mean over all trials"
{
  function optimism(trials: readonly Trial[]): number | null {
    const some = trials.filter(({ validation }) => !Number.isNaN(validation));
    if (some.length === 0) return null;
    const sum = some.reduce((total, one) => total + one.validation - one.test, 0);
    return (100 * sum) / some.length;
  }
}

// %% wrong="optimism" name="chooses by test" message="the winner is chosen by its test score"
{
  function optimism(trials: readonly Trial[]): number | null {
    const some = trials.filter(({ validation }) => !Number.isNaN(validation));
    if (some.length === 0) return null;
    const winner = some.reduce((a, b) => (b.test > a.test ? b : a));
    return 100 * (winner.validation - winner.test);
  }
}

// %% wrong="optimism" name="last of equals" message="of equal scores the last one wins"
{
  function optimism(trials: readonly Trial[]): number | null {
    const some = trials.filter(({ validation }) => !Number.isNaN(validation));
    if (some.length === 0) return null;
    const winner = some.reduce((a, b) => (b.validation >= a.validation ? b : a));
    return 100 * (winner.validation - winner.test);
  }
}

// %% wrong="optimism" name="NaN first stays" message="one trial of five is NaN"
{
  function optimism(trials: readonly Trial[]): number | null {
    if (trials.length === 0) return null;
    let winner = trials[0];
    for (const trial of trials)
      if (trial.validation > winner.validation) winner = trial;
    return 100 * (winner.validation - winner.test);
  }
}

// %% [markdown] reflect="which-search" points=3
// ### 5. Reflection: which search, and which number? (3 points, marked by hand)
//
// You may train for 120 epochs; one takes an hour. You have 300 validation and 450 test images. In an
// earlier search, in which 48 settings were trained in full, 3 of the 48 were good, and of these the
// slowest was among the worst third until epoch 4. (All figures are invented.) A colleague proposes 12
// random settings for 10 epochs each. A second proposes Hyperband, R = 10 and factor 3. A third wants
// to let the 450 test images choose, "since more images choose better".
//
// Which search do you run, what could it lose, and which number do you report? Give figures as reasons.
// 80 to 150 words.
//
// <!-- BEGIN MARK SCHEME -->
// - 1 point: decides with figures. Good settings are rare (3 of 48, 6 %) and epochs dear, so many
//   settings should be tried: 12 random ones miss all three with a chance of about 41 %, Hyperband's 22
//   with about 15 %, for the same 120 epochs. ((45/48)^12 = 46 % and (45/48)^22 = 24 % will do; those
//   draw with replacement.) A well-argued choice of the 12 earns the point if this chance is weighed.
// - 1 point: names what can be lost: a good setting that starts slowly is cut in the first rounds
//   (epoch 2 or 4); the bracket of 4 settings that are trained to the end is the insurance against it.
// - 1 point: refuses to choose by test images, and reports the test score of the retrained winner,
//   opened once, with its 450 images or an interval (about ± 2 points at 95 %); the best validation
//   score flatters, being the best of 30 trials.
// - No point for "Hyperband finds better settings" without a reason.
// <!-- END MARK SCHEME -->
