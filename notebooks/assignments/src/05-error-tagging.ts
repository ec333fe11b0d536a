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
// # Assignment 05: error tagging
//
// **You practise**
// - answering the questions about a tag from a sheet of examples;
// - ranking tags by what closing their gap would gain, also where tags overlap;
// - scoring transcripts by the word, and two taggers by their agreement beyond chance.
//
// **Time:** 75 minutes. **Points:** 26 for five functions, 3 for a reflection.
//
// Write each answer where its cell says `not answered yet`, run it, then run the cell of checks below
// it. When the visible checks pass you can move on; hidden ones look at edge cases when it is graded,
// so read the comment above each function again before you do. When stuck, go back to
// [lesson 05](../../../05-error-tagging.ipynb): the words and figures are the same.

// %% given="setup"
import {
  call,
  check,
  closeTo,
  equals,
  mistake,
  property,
  test,
} from "@headroom/checks";

// %% [markdown]
// ## 1. What a sheet tells of a tag (6 points)
//
// Of each tag you ask
//
// $$\text{data share} = \frac{\text{clips with the tag}}{\text{all clips}}, \quad
// \text{error share} = \frac{\text{errors with it}}{\text{all errors}}, \quad
// \text{error rate} = \frac{\text{errors with it}}{\text{clips with it}}$$
//
// A clip with two tags counts in both. Where nothing can be divided, 0/0, the answer is `null`: not
// known is not zero. (The lesson's library says `defined: false`.)
//
// Example: three clips are tagged car, car and nothing; the first is an error, the others went well.
// For *car* the data share is 2/3, the error share 1/1, the error rate 1/2.

// %% given="sheet"
interface TaggedClip {
  tags: string[];
  correct: boolean;
}
interface TagRow {
  tag: string;
  dataShare: number | null;
  errorShare: number | null;
  errorRate: number | null;
}
/** Ten clips, five of them errors. */
const sheet: TaggedClip[] = [
  { tags: ["car"], correct: false },
  { tags: ["car", "people"], correct: false },
  { tags: ["people"], correct: false },
  { tags: ["people"], correct: false },
  { tags: ["car"], correct: true },
  { tags: ["car"], correct: true },
  { tags: ["people"], correct: true },
  { tags: [], correct: false },
  { tags: [], correct: true },
  { tags: [], correct: true },
];

// %% exercise="tag-table"
/**
 * One row for each of `tags`, in their order; shares and rates are proportions, 0 to 1.
 *
 * @param clips all clips of the evaluation, also those without tags and those that went well;
 *   possibly none
 * @param tags may name a tag that no clip has
 *
 * 0/0 is null: all shares without a clip, the error share without an error, the rate of a tag
 * on no clip.
 */
function tagTable(clips: readonly TaggedClip[], tags: readonly string[]): TagRow[] {
  // BEGIN SOLUTION
  const ratio = (part: number, all: number) => (all === 0 ? null : part / all);
  const errors = clips.filter((clip) => !clip.correct);
  return tags.map((tag) => {
    const hasTag = (clip: TaggedClip) => clip.tags.includes(tag);
    const [tagged, wrong] = [clips.filter(hasTag).length, errors.filter(hasTag).length];
    return {
      tag,
      dataShare: ratio(tagged, clips.length),
      errorShare: ratio(wrong, errors.length),
      errorRate: ratio(wrong, tagged),
    };
  });
  // END SOLUTION
}

// %% tests="tag-table" points=6
await check(
  "Tag table",
  test(
    "car, on four of ten clips",
    call(tagTable, sheet, ["car"]),
    closeTo([{ tag: "car", dataShare: 0.4, errorShare: 0.4, errorRate: 0.5 }]),
    {
      hint: "Each column divides by another count: all clips, all errors, the tag's own clips.",
      mistakes: [
        mistake(
          closeTo([{ tag: "car", dataShare: 0.4, errorShare: 0.4, errorRate: 0.4 }]),
          "this error rate divides by the errors of the whole sheet: that is the error share",
        ),
        mistake(
          closeTo([{ tag: "car", dataShare: 4 / 7, errorShare: 0.5, errorRate: 0.5 }]),
          "clips without a tag are left out, but they are part of the data",
        ),
      ],
    },
  ),
  test(
    "people, once together with car",
    call(tagTable, sheet, ["people"]),
    closeTo([{ tag: "people", dataShare: 0.4, errorShare: 0.6, errorRate: 0.75 }]),
    {
      hint: "The second clip has both tags.",
      mistakes: [
        mistake(
          closeTo([
            { tag: "people", dataShare: 0.3, errorShare: 0.4, errorRate: 2 / 3 },
          ]),
          "a clip with two tags counts for its first tag only",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "rain, unseen",
    call(tagTable, sheet, ["rain"]),
    equals([{ tag: "rain", dataShare: 0, errorShare: 0, errorRate: null }]),
    {
      hint: "0 errors on 0 clips: is a rate known?",
      mistakes: [
        mistake(
          equals([{ tag: "rain", dataShare: 0, errorShare: 0, errorRate: Number.NaN }]),
          "0/0 was divided, and comes as NaN",
        ),
        mistake(
          equals([{ tag: "rain", dataShare: 0, errorShare: 0, errorRate: 0 }]),
          "a rate of 0 claims that the tag never fails, yet nobody has seen it",
        ),
      ],
    },
  ),
  test(
    "a sheet without errors",
    call(tagTable, [{ tags: ["car"], correct: true }], ["car"]),
    equals([{ tag: "car", dataShare: 1, errorShare: null, errorRate: 0 }]),
    { hint: "Shares of no errors are 0/0; a rate of 0 in 1 is known." },
  ),
  test(
    "an empty sheet, and no tags",
    property(async ({ call }) => {
      const [row] = await call(tagTable, [], ["car"]);
      const unknown = [row?.dataShare, row?.errorShare, row?.errorRate];
      if (!unknown.every((value) => value === null))
        return "without a clip every share of car should be null";
      return (
        (await call(tagTable, sheet, [])).length === 0 || "no tags: expected no rows"
      );
    }),
  ),
  test(
    "random sheets, in any order of clips",
    property(async ({ call, random }) => {
      for (let round = 0; round < 4; round++) {
        const clips = Array.from({ length: 8 + round }, (_, i) => ({
          tags: ["rain", "car", "people"].filter((_, k) => i === k || random() < 0.4),
          correct: i < 3 ? i > 0 : random() < 0.5,
        }));
        let [tagged, wrong, errors] = [0, 0, 0];
        for (const { tags, correct } of clips) {
          if (!correct) errors++;
          if (tags.indexOf("people") >= 0) tagged++;
          if (tags.indexOf("people") >= 0 && !correct) wrong++;
        }
        const want = [tagged / clips.length, wrong / errors, wrong / tagged];
        for (const rows of [clips, [...clips].reverse()]) {
          const [row] = await call(tagTable, rows, ["people"]);
          const got = [row?.dataShare, row?.errorShare, row?.errorRate];
          if (got.some((value, k) => !(Math.abs(Number(value) - want[k]) < 1e-9)))
            return `people is on ${tagged} of ${clips.length} clips and ${wrong} of ${errors} errors: the row came out as ${got.map((value) => Number(value).toFixed(3)).join(", ")}`;
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="tag-table" name="rate over all errors" message="that is the error share"
{
  function tagTable(clips: readonly TaggedClip[], tags: readonly string[]): TagRow[] {
    const ratio = (part: number, all: number) => (all === 0 ? null : part / all);
    const errors = clips.filter((clip) => !clip.correct);
    return tags.map((tag) => {
      const hasTag = (clip: TaggedClip) => clip.tags.includes(tag);
      const wrong = errors.filter(hasTag).length;
      return {
        tag,
        dataShare: ratio(clips.filter(hasTag).length, clips.length),
        errorShare: ratio(wrong, errors.length),
        errorRate: ratio(wrong, errors.length),
      };
    });
  }
}

// %% wrong="tag-table" name="untagged clips dropped" message="clips without a tag are left out"
{
  function tagTable(clips: readonly TaggedClip[], tags: readonly string[]): TagRow[] {
    const ratio = (part: number, all: number) => (all === 0 ? null : part / all);
    const some = clips.filter((clip) => clip.tags.length > 0);
    const errors = some.filter((clip) => !clip.correct);
    return tags.map((tag) => {
      const tagged = some.filter((clip) => clip.tags.includes(tag)).length;
      const wrong = errors.filter((clip) => clip.tags.includes(tag)).length;
      return {
        tag,
        dataShare: ratio(tagged, some.length),
        errorShare: ratio(wrong, errors.length),
        errorRate: ratio(wrong, tagged),
      };
    });
  }
}

// %% wrong="tag-table" name="first tag only" message="counts for its first tag only"
{
  function tagTable(clips: readonly TaggedClip[], tags: readonly string[]): TagRow[] {
    const ratio = (part: number, all: number) => (all === 0 ? null : part / all);
    const errors = clips.filter((clip) => !clip.correct);
    return tags.map((tag) => {
      const tagged = clips.filter((clip) => clip.tags[0] === tag).length;
      const wrong = errors.filter((clip) => clip.tags[0] === tag).length;
      return {
        tag,
        dataShare: ratio(tagged, clips.length),
        errorShare: ratio(wrong, errors.length),
        errorRate: ratio(wrong, tagged),
      };
    });
  }
}

// %% wrong="tag-table" name="0/0 divided" message="0/0 was divided"
{
  function tagTable(clips: readonly TaggedClip[], tags: readonly string[]): TagRow[] {
    const errors = clips.filter((clip) => !clip.correct);
    return tags.map((tag) => {
      const tagged = clips.filter((clip) => clip.tags.includes(tag)).length;
      const wrong = errors.filter((clip) => clip.tags.includes(tag)).length;
      return {
        tag,
        dataShare: tagged / clips.length,
        errorShare: wrong / errors.length,
        errorRate: wrong / tagged,
      };
    });
  }
}

// %% wrong="tag-table" name="0/0 taken for 0" message="a rate of 0 claims that the tag never fails"
{
  function tagTable(clips: readonly TaggedClip[], tags: readonly string[]): TagRow[] {
    const errors = clips.filter((clip) => !clip.correct);
    return tags.map((tag) => {
      const tagged = clips.filter((clip) => clip.tags.includes(tag)).length;
      const wrong = errors.filter((clip) => clip.tags.includes(tag)).length;
      return {
        tag,
        dataShare: tagged / (clips.length || 1),
        errorShare: errors.length === 0 ? null : wrong / errors.length,
        errorRate: tagged === 0 ? 0 : wrong / tagged,
      };
    });
  }
}

// %% [markdown]
// ## 2. What closing a gap would gain (5 points)
//
// $$\text{impact} = (\text{accuracy of people} - \text{accuracy of the model}) \times \text{share of the data}$$
//
// All three go in as proportions; the impact comes out in **points**, hundredths of overall accuracy.
// Where the model is ahead of people, the impact is negative: keep the sign. Shares may belong to tags
// that overlap, so they need not add up to 1.
//
// Example: half of all clips are made outdoors. The model gets .8 of them right, people .9. The impact
// is .1 × .5 = .05 of all clips, 5 points.

// %% given="conditions"
interface Condition {
  name: string;
  share: number;
  model: number;
  human: number;
}
/** The lecture's speech system. */
const speech: Condition[] = [
  { name: "quiet", share: 0.6, model: 0.94, human: 0.95 },
  { name: "car noise", share: 0.04, model: 0.89, human: 0.93 },
  { name: "people noise", share: 0.3, model: 0.87, human: 0.89 },
  { name: "low bandwidth", share: 0.06, model: 0.7, human: 0.7 },
];

// %% exercise="impacts"
/**
 * The impact of each condition in points of overall accuracy, in the order of `conditions`.
 *
 * @param conditions share, model and human are proportions, 0 to 1; shares need not add up to 1
 *
 * Negative where the model is ahead. No conditions: an empty list.
 */
function impacts(conditions: readonly Condition[]): number[] {
  // BEGIN SOLUTION
  return conditions.map(({ share, model, human }) => 100 * (human - model) * share);
  // END SOLUTION
}

// %% tests="impacts" points=5
await check(
  "Impacts",
  test("the lecture's table", call(impacts, speech), closeTo([0.6, 0.16, 0.6, 0]), {
    hint: "Quiet clips: 1 point behind, on 60 % of the data.",
    mistakes: [
      mistake(
        closeTo([0.369609856, 0.180698152, 0.800821355, 0]),
        "the gap is weighed by the share of the errors; errors that people make too can't be won",
      ),
      mistake(
        closeTo([60, 16, 60, 0]),
        "per cent twice: gap and share are both in hundredths, and a product of these is no longer points",
      ),
      mistake(
        closeTo([1, 4, 2, 0]),
        "these are the gaps: a wide gap on few clips gains little",
      ),
    ],
  }),
  test(
    "half of the data, .8 against .95",
    call(impacts, [{ name: "outdoors", share: 0.5, model: 0.8, human: 0.95 }]),
    closeTo([7.5]),
  ),
  // BEGIN HIDDEN TESTS
  test(
    "a model that is ahead of people",
    call(impacts, [
      { name: "digits", share: 0.2, model: 0.99, human: 0.94 },
      { name: "words", share: 0.8, model: 0.9, human: 0.91 },
    ]),
    closeTo([-1, 0.8]),
    {
      hint: "What would be lost by doing as people do?",
      mistakes: [
        mistake(
          closeTo([0, 0.8]),
          "the impact is cut off at 0: a lead looks like a tie",
        ),
        mistake(closeTo([1, 0.8]), "the sign is gone: a lead looks like a gap"),
      ],
    },
  ),
  test(
    "shares of 50 and 75 %",
    call(impacts, [
      { name: "car", share: 0.5, model: 0.8, human: 0.9 },
      { name: "people", share: 0.75, model: 0.6, human: 0.8 },
    ]),
    closeTo([5, 15]),
    {
      mistakes: [
        mistake(
          closeTo([4, 12]),
          "the shares were stretched to add up to 1, but tags may overlap",
        ),
      ],
      keepsArguments: true,
    },
  ),
  test("nothing to weigh", call(impacts, []), equals([])),
  // END HIDDEN TESTS
);

// %% wrong="impacts" name="share of errors" message="weighed by the share of the errors"
{
  function impacts(conditions: readonly Condition[]): number[] {
    const errors = conditions.map(({ share, model }) => share * (1 - model));
    const all = errors.reduce((sum, one) => sum + one, 0);
    return conditions.map(
      ({ model, human }, i) => (100 * (human - model) * errors[i]) / all,
    );
  }
}

// %% wrong="impacts" name="per cent twice" message="per cent twice"
{
  function impacts(conditions: readonly Condition[]): number[] {
    return conditions.map(
      ({ share, model, human }) => (100 * human - 100 * model) * (100 * share),
    );
  }
}

// %% wrong="impacts" name="gap without share" message="these are the gaps"
{
  function impacts(conditions: readonly Condition[]): number[] {
    return conditions.map(({ model, human }) => 100 * (human - model));
  }
}

// %% wrong="impacts" name="cut off at 0" message="cut off at 0"
{
  function impacts(conditions: readonly Condition[]): number[] {
    return conditions.map(
      ({ share, model, human }) => 100 * Math.max(0, human - model) * share,
    );
  }
}

// %% wrong="impacts" name="shares made to add up" message="stretched to add up to 1"
{
  function impacts(conditions: readonly Condition[]): number[] {
    const all = conditions.reduce((sum, { share }) => sum + share, 0);
    return conditions.map(
      ({ share, model, human }) => (100 * (human - model) * share) / all,
    );
  }
}

// %% [markdown]
// ## 3. Several tags at once (5 points)
//
// Tags overlap, so their impacts can't be added. Go through the clips instead, and count each one
// **once**: a clip with any of the chosen tags gains 1 if people hear it rightly and the model doesn't,
// loses 1 the other way round, and else 0. Then
//
// $$\text{joint headroom} = 100 \times \frac{\text{sum over the clips}}{\text{all clips}} \text{ points}$$
//
// Example: four clips, one tagged *car* and *people*, one tagged *people*; on both only people are
// right. Closing the gap of car and people gains 2 clips of 4, 50 points; tag by tag it would look like
// 75.

// %% given="clips"
interface HeardClip {
  tags: string[];
  modelRight: boolean;
  humanRight: boolean;
}
const both = { modelRight: true, humanRight: true };
const onlyPeople = { modelRight: false, humanRight: true };
const onlyModel = { modelRight: true, humanRight: false };
const nobody = { modelRight: false, humanRight: false };
/** Ten clips; on six of them people are right and the model isn't. */
const party: HeardClip[] = [
  { tags: ["car", "people"], ...onlyPeople },
  { tags: ["people", "car"], ...onlyPeople },
  { tags: ["car"], ...onlyPeople },
  { tags: ["people"], ...onlyPeople },
  { tags: ["people", "rain"], ...onlyPeople },
  { tags: ["rain"], ...onlyPeople },
  { tags: ["car"], ...both },
  { tags: ["people"], ...nobody },
  { tags: [], ...both },
  { tags: [], ...both },
];

// %% exercise="joint-headroom"
/**
 * What overall accuracy would gain, in points, if the model did as people do on every clip with
 * at least one of `tags`.
 *
 * @param clips in any order, each with its tags in any order
 * @param tags to close the gap of; on no clip, or none at all: 0 points
 *
 * A clip on which only the model is right counts as a loss. No clips, 0/0: null.
 */
function jointHeadroom(
  clips: readonly HeardClip[],
  tags: readonly string[],
): number | null {
  // BEGIN SOLUTION
  if (clips.length === 0) return null;
  let gained = 0;
  for (const clip of clips) {
    if (!tags.some((tag) => clip.tags.includes(tag))) continue;
    gained += Number(clip.humanRight) - Number(clip.modelRight);
  }
  return (100 * gained) / clips.length;
  // END SOLUTION
}

// %% tests="joint-headroom" points=5
await check(
  "Joint headroom",
  test("people alone", call(jointHeadroom, party, ["people"]), closeTo(40), {
    hint: "Look for the tag anywhere in a clip's list, and divide by all ten clips.",
    mistakes: [
      mistake(
        closeTo(30),
        "only the first tag of each clip is looked at, but their order means nothing",
      ),
      mistake(closeTo(80), "this is the gap inside the tag, not a share of all clips"),
    ],
  }),
  test("car and people", call(jointHeadroom, party, ["car", "people"]), closeTo(50), {
    hint: "How many different clips have one of the two tags, and are heard by people only?",
    mistakes: [
      mistake(closeTo(70), "the tags are added up: a clip with both counts twice"),
      mistake(closeTo(40), "this is the larger of the two tags alone"),
    ],
  }),
  // BEGIN HIDDEN TESTS
  test(
    "a model that is sometimes ahead",
    call(
      jointHeadroom,
      [
        { tags: ["rain"], ...onlyModel },
        { tags: ["rain"], ...onlyModel },
        { tags: ["rain", "car"], ...onlyPeople },
        { tags: [], ...onlyPeople },
      ],
      ["rain"],
    ),
    closeTo(-25),
    {
      hint: "Doing as people do also takes over their errors.",
      mistakes: [
        mistake(closeTo(25), "clips on which only the model is right are skipped"),
      ],
      keepsArguments: true,
    },
  ),
  test(
    "no clips, and tags on no clip",
    property(async ({ call }) => {
      const [nothing, snow, none] = [
        await call(jointHeadroom, [], ["car"]),
        await call(jointHeadroom, party, ["snow"]),
        await call(jointHeadroom, party, []),
      ];
      if (nothing !== null) return `without clips it should be null, came ${nothing}`;
      return (snow === 0 && none === 0) || "a tag on no clip, or no tag, should gain 0";
    }),
  ),
  test(
    "random clips: orders and repeated names change nothing",
    property(async ({ call, random }) => {
      for (let round = 0; round < 4; round++) {
        const clips = Array.from({ length: 20 }, (_, i) => ({
          tags:
            i < 2
              ? ["car", "rain"]
              : ["people", "car", "rain"].filter(() => random() < 0.4),
          modelRight: i >= 2 && random() < 0.6,
          humanRight: i < 2 || random() < 0.8,
        }));
        const named = clips.filter(({ tags }) => tags.join().match(/car|rain/));
        const right = (key: "humanRight" | "modelRight") =>
          named.filter((clip) => clip[key]).length;
        const want = (right("humanRight") - right("modelRight")) * 5;
        const turned = clips.map((clip) => ({
          ...clip,
          tags: [...clip.tags].reverse(),
        }));
        for (const [list, tags] of [
          [clips, ["car", "rain"]],
          [turned.reverse(), ["rain", "car", "rain"]],
        ] as const) {
          const got = await call(jointHeadroom, list, tags);
          if (got === null || !(Math.abs(got - want) < 1e-9))
            return `closing ${tags.join(", ")} on 20 clips should gain ${want} points, came ${Number(got).toFixed(1)}`;
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="joint-headroom" name="sum of the tags" message="the tags are added up"
{
  function jointHeadroom(
    clips: readonly HeardClip[],
    tags: readonly string[],
  ): number | null {
    if (clips.length === 0) return null;
    let gained = 0;
    for (const tag of tags) {
      for (const clip of clips.filter((one) => one.tags.includes(tag)))
        gained += Number(clip.humanRight) - Number(clip.modelRight);
    }
    return (100 * gained) / clips.length;
  }
}

// %% wrong="joint-headroom" name="largest of the tags" message="the larger of the two tags alone"
{
  function jointHeadroom(
    clips: readonly HeardClip[],
    tags: readonly string[],
  ): number | null {
    if (clips.length === 0) return null;
    const alone = tags.map((tag) =>
      clips
        .filter((clip) => clip.tags.includes(tag))
        .reduce(
          (sum, clip) => sum + Number(clip.humanRight) - Number(clip.modelRight),
          0,
        ),
    );
    return tags.length === 0 ? 0 : (100 * Math.max(...alone)) / clips.length;
  }
}

// %% wrong="joint-headroom" name="first tag of a clip" message="their order means nothing"
{
  function jointHeadroom(
    clips: readonly HeardClip[],
    tags: readonly string[],
  ): number | null {
    if (clips.length === 0) return null;
    const chosen = clips.filter((clip) => tags.includes(clip.tags[0]));
    const gained = chosen.map(
      (clip) => Number(clip.humanRight) - Number(clip.modelRight),
    );
    return (100 * gained.reduce((sum, one) => sum + one, 0)) / clips.length;
  }
}

// %% wrong="joint-headroom" name="gap inside the tags" message="not a share of all clips"
{
  function jointHeadroom(
    clips: readonly HeardClip[],
    tags: readonly string[],
  ): number | null {
    const chosen = clips.filter((clip) => tags.some((tag) => clip.tags.includes(tag)));
    const gained = chosen.map(
      (clip) => Number(clip.humanRight) - Number(clip.modelRight),
    );
    if (chosen.length === 0) return clips.length === 0 ? null : 0;
    return (100 * gained.reduce((sum, one) => sum + one, 0)) / chosen.length;
  }
}

// %% wrong="joint-headroom" name="losses skipped" message="only the model is right are skipped"
{
  function jointHeadroom(
    clips: readonly HeardClip[],
    tags: readonly string[],
  ): number | null {
    if (clips.length === 0) return null;
    const won = clips.filter(
      (clip) =>
        tags.some((tag) => clip.tags.includes(tag)) &&
        clip.humanRight &&
        !clip.modelRight,
    );
    return (100 * won.length) / clips.length;
  }
}

// %% [markdown]
// ## 4. Half right (5 points)
//
// $$\text{word error rate} = \frac{\text{words substituted, deleted or inserted}}{\text{words said}}$$
//
// Over several clips it is **pooled**: all errors by all words said. `wordErrors` below counts the
// errors between two lists of words. Words are what white space separates, and an empty transcript has
// none; "stop" and "Stop" differ.
//
// Example: "go home now" is heard as "go house", and "yes" as "yes": one word substituted, one deleted,
// of four said. The rate is 2/4 (the mean of the two clips' rates would be 1/3).

// %% given="word-errors"
/** The least number of words to substitute, delete and insert that turns `said` into `heard`. */
function wordErrors(said: readonly string[], heard: readonly string[]): number {
  let row = heard.map((_, j) => j + 1);
  row.unshift(0);
  for (const [i, word] of said.entries()) {
    const next = [i + 1];
    for (const [j, other] of heard.entries())
      next.push(Math.min(row[j] + Number(word !== other), row[j + 1] + 1, next[j] + 1));
    row = next;
  }
  return row[heard.length];
}
const said = [
  "Stir fried lettuce",
  "Sweetened coffee",
  "Sail away song",
  "Let's catch up",
];
const heard = ["Stir fry lettuce", "Swedish coffee", "Sell away some", "Let's ketchup"];

// %% exercise="wer"
/**
 * The word error rate of all clips together: errors per word said; above 1 where more goes
 * wrong than was said.
 *
 * @param said what was said, a text for each clip; "" for silence
 * @param heard what the system wrote, in the same order and as many
 *
 * Case counts. Words made up out of silence are errors, too. Where nothing was said at all:
 * null.
 */
function wer(said: readonly string[], heard: readonly string[]): number | null {
  // BEGIN SOLUTION
  const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");
  let [errors, words] = [0, 0];
  for (const [i, text] of said.entries()) {
    errors += wordErrors(wordsOf(text), wordsOf(heard[i]));
    words += wordsOf(text).length;
  }
  return words === 0 ? null : errors / words;
  // END SOLUTION
}

// %% tests="wer" points=5
await check(
  "Word error rate",
  // jiwer gives 0.5455
  test("the lecture's four clips", call(wer, said, heard), closeTo(6 / 11), {
    hint: "Six errors: fried, Sweetened, Sail, song, and two in the last clip.",
    mistakes: [
      mistake(
        closeTo(13 / 24),
        "this is the mean of the clips' own rates, in which a short clip weighs as much as a long one",
      ),
      mistake(
        closeTo(6 / 10),
        "divided by the words heard, of which the model decides",
      ),
    ],
  }),
  test("a word, heard as four", call(wer, ["Stop"], ["Set a stop watch"]), closeTo(4), {
    hint: "A rate may exceed 1.",
    mistakes: [
      mistake(closeTo(3), "upper and lower case are treated alike"),
      mistake(closeTo(1), "the rate is cut off at 1, or divided by the words heard"),
    ],
  }),
  // BEGIN HIDDEN TESTS
  test(
    "silence, heard as two words",
    call(wer, ["", "go  home"], ["uh huh", "go home"]),
    closeTo(1),
    {
      hint: 'Two words said, two made up; "" and a second blank hold no word.',
      mistakes: [
        mistake(
          closeTo(2 / 3),
          "splitting empty text yields one empty word, which is counted",
        ),
        mistake(closeTo(0.75), "a piece of text without letters is counted as a word"),
        mistake(
          closeTo(0),
          "a clip in which nothing was said is skipped, with its made-up words",
        ),
      ],
    },
  ),
  test("nothing said at all", call(wer, ["", ""], ["uh", ""]), equals(null), {
    hint: "Errors by no words: is a rate known?",
    mistakes: [
      mistake(equals(Number.POSITIVE_INFINITY), "a number was divided by 0 words"),
      mistake(equals(0), "0 says that everything was heard rightly"),
    ],
  }),
  // jiwer gives 0.5385 (and 1/3, 3, 1/3 for each)
  test(
    "three commands of different length",
    call(
      wer,
      ["play some music in the kitchen", "stop", "what is the time in Rome"],
      ["play sum music the kitchen", "please do stop it", "what is time in room"],
    ),
    closeTo(7 / 13),
    {
      mistakes: [mistake(closeTo(11 / 9), "this is the mean of the clips' own rates")],
      keepsArguments: true,
    },
  ),
  // END HIDDEN TESTS
);

// %% wrong="wer" name="mean of the clips' rates" message="the mean of the clips' own rates"
{
  function wer(said: readonly string[], heard: readonly string[]): number | null {
    const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");
    const rates = said.flatMap((text, i) => {
      const words = wordsOf(text);
      return words.length ? [wordErrors(words, wordsOf(heard[i])) / words.length] : [];
    });
    return rates.length
      ? rates.reduce((sum, one) => sum + one, 0) / rates.length
      : null;
  }
}

// %% wrong="wer" name="by words heard" message="divided by the words heard"
{
  function wer(said: readonly string[], heard: readonly string[]): number | null {
    const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");
    let [errors, words] = [0, 0];
    for (const [i, text] of said.entries()) {
      errors += wordErrors(wordsOf(text), wordsOf(heard[i]));
      words += wordsOf(heard[i]).length;
    }
    return words === 0 ? null : errors / words;
  }
}

// %% wrong="wer" name="case ignored" message="case are treated alike"
{
  function wer(said: readonly string[], heard: readonly string[]): number | null {
    const wordsOf = (text: string) =>
      text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== "");
    let [errors, words] = [0, 0];
    for (const [i, text] of said.entries()) {
      errors += wordErrors(wordsOf(text), wordsOf(heard[i]));
      words += wordsOf(text).length;
    }
    return words === 0 ? null : errors / words;
  }
}

// %% wrong="wer" name="empty text is a word" message="splitting empty text yields one empty word"
{
  function wer(said: readonly string[], heard: readonly string[]): number | null {
    let [errors, words] = [0, 0];
    for (const [i, text] of said.entries()) {
      errors += wordErrors(text.split(/\s+/), heard[i].split(/\s+/));
      words += text.split(/\s+/).length;
    }
    return words === 0 ? null : errors / words;
  }
}

// %% wrong="wer" name="divided by no words" message="divided by 0 words"
{
  function wer(said: readonly string[], heard: readonly string[]): number | null {
    const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");
    const errors = said.map((text, i) => wordErrors(wordsOf(text), wordsOf(heard[i])));
    const words = said.flatMap(wordsOf).length;
    return errors.reduce((sum, one) => sum + one, 0) / words;
  }
}

// %% wrong="wer" name="silent clips skipped" message="skipped, with its made-up words"
{
  function wer(said: readonly string[], heard: readonly string[]): number | null {
    const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");
    let [errors, words] = [0, 0];
    for (const [i, text] of said.entries()) {
      if (wordsOf(text).length === 0) continue;
      errors += wordErrors(wordsOf(text), wordsOf(heard[i]));
      words += wordsOf(text).length;
    }
    return words === 0 ? null : errors / words;
  }
}

// %% [markdown]
// ## 5. Do two taggers mean the same? (5 points)
//
// Two people go through the same images and note where a tag fits. They agree on a share $p_o$ of the
// images. **Chance** would make them agree on
//
// $$p_e = a\,b + (1 - a)(1 - b)$$
//
// where $a$ is the share that the first one tagged and $b$ that of the second. **Cohen's kappa** is
// what they reach of the way from chance to full agreement:
//
// $$\kappa = \frac{p_o - p_e}{1 - p_e}$$
//
// Example: of four images the first tags two, the second one of these two. They agree on 3 of 4; chance
// gives .5 × .25 + .5 × .75 = .5. Kappa is .25 / .5 = .5.

// %% given="taggers"
/** Tags from counts: images with the tag from both, from the first only, the second only, neither. */
function taggers(counts: readonly number[]): [boolean[], boolean[]] {
  const fill = (flags: readonly boolean[]) =>
    counts.flatMap((count, i) => Array.from({ length: count }, () => flags[i]));
  return [fill([true, true, false, false]), fill([true, false, true, false])];
}

// %% exercise="kappa"
/**
 * Cohen's kappa of two taggers for one tag: 1 for full agreement, 0 for chance, negative for
 * less than chance.
 *
 * @param first for each image, whether the first one gave the tag
 * @param second the same of the second one, same images in the same order
 *
 * Where chance explains everything (both tagged all images, or both none) or there is no image,
 * 0/0: null.
 */
function kappa(first: readonly boolean[], second: readonly boolean[]): number | null {
  // BEGIN SOLUTION
  const share = (flags: readonly boolean[]) =>
    flags.filter(Boolean).length / flags.length;
  const agreed = share(first.map((flag, i) => flag === second[i]));
  const [a, b] = [share(first), share(second)];
  const byChance = a * b + (1 - a) * (1 - b);
  return byChance < 1 ? (agreed - byChance) / (1 - byChance) : null;
  // END SOLUTION
}

// %% tests="kappa" points=5
await check(
  "Kappa",
  // scikit-learn's cohen_kappa_score gives 0.659574
  test(
    "thin by eye and by rule, the lesson's 24 images",
    call(kappa, ...taggers([8, 1, 3, 12])),
    closeTo(0.659574),
    {
      hint: "They agree on 20 of 24; by eye 9 are thin, by rule 11.",
      mistakes: [
        mistake(
          closeTo(20 / 24),
          "this is plain agreement: part of it comes by chance, and wasn't taken off",
        ),
        mistake(
          closeTo(0.644444),
          "chance is computed from the first tagger alone, as if both tagged equally often",
        ),
        mistake(
          closeTo(0.664336),
          "chance is computed from the second tagger alone, as if both tagged equally often",
        ),
        mistake(
          closeTo(2 / 3),
          "chance is taken for one half, as if each tagger tossed a coin",
        ),
      ],
    },
  ),
  test("four images", call(kappa, ...taggers([1, 1, 0, 2])), closeTo(0.5)),
  // BEGIN HIDDEN TESTS
  // scikit-learn: -0.3
  test(
    "taggers who avoid each other",
    call(kappa, ...taggers([3, 6, 7, 4])),
    closeTo(-0.3),
    {
      hint: "Two who avoid each other's images agree less than chance.",
      mistakes: [
        mistake(
          closeTo(0),
          "kappa is cut off at 0, so that opposition looks like chance",
        ),
      ],
      keepsArguments: true,
    },
  ),
  test(
    "no image without the tag, and no image at all",
    property(async ({ call }) => {
      for (const counts of [
        [5, 0, 0, 0],
        [0, 0, 0, 3],
        [0, 0, 0, 0],
      ]) {
        const got = await call(kappa, ...taggers(counts));
        if (got === 1)
          return "both gave the same answer everywhere: 1 claims more than chance";
        if (Number.isNaN(got))
          return "0/0 was divided: where chance explains all, no kappa exists";
        if (got !== null)
          return `${counts.join(", ")} images should give null, came ${got}`;
      }
      const got = await call(kappa, ...taggers([0, 4, 0, 0]));
      return (
        got === 0 || `one tagged all and the other none: kappa should be 0, came ${got}`
      );
    }),
  ),
  test(
    "random taggers, either of them first",
    property(async ({ call, random }) => {
      for (let round = 0; round < 4; round++) {
        const counts = [0, 0, 0, 0].map(() => 1 + Math.floor(random() * 9));
        const [yesYes, yesNo, noYes, noNo] = counts;
        const [first, second] = taggers(counts);
        // The same kappa, for two taggers and one tag, in counts (Fleiss 1975).
        const want =
          (2 * (yesYes * noNo - yesNo * noYes)) /
          ((yesYes + yesNo) * (yesNo + noNo) + (yesYes + noYes) * (noYes + noNo));
        for (const got of [
          await call(kappa, first, second),
          await call(kappa, second, first),
        ])
          if (got === null || !(Math.abs(got - want) < 1e-9))
            return `both ${yesYes}, one only ${yesNo} and ${noYes}, neither ${noNo}: kappa should be ${want.toFixed(4)}, came ${Number(got).toFixed(4)}`;
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="kappa" name="chance not taken off" message="this is plain agreement"
{
  function kappa(first: readonly boolean[], second: readonly boolean[]): number | null {
    if (first.length === 0) return null;
    return first.filter((flag, i) => flag === second[i]).length / first.length;
  }
}

// %% wrong="kappa" name="chance from one tagger" message="from the first tagger alone"
{
  function kappa(first: readonly boolean[], second: readonly boolean[]): number | null {
    const n = first.length;
    const agreed = first.filter((flag, i) => flag === second[i]).length / n;
    const a = first.filter(Boolean).length / n;
    const byChance = a * a + (1 - a) * (1 - a);
    return byChance < 1 ? (agreed - byChance) / (1 - byChance) : null;
  }
}

// %% wrong="kappa" name="chance is one half" message="as if each tagger tossed a coin"
{
  function kappa(first: readonly boolean[], second: readonly boolean[]): number | null {
    if (first.length === 0) return null;
    const agreed = first.filter((flag, i) => flag === second[i]).length / first.length;
    return 2 * agreed - 1;
  }
}

// %% wrong="kappa" name="0/0 divided" message="no kappa exists"
{
  function kappa(first: readonly boolean[], second: readonly boolean[]): number | null {
    const n = first.length;
    const agreed = first.filter((flag, i) => flag === second[i]).length / n;
    const [a, b] = [first, second].map((flags) => flags.filter(Boolean).length / n);
    const byChance = a * b + (1 - a) * (1 - b);
    return (agreed - byChance) / (1 - byChance);
  }
}

// %% wrong="kappa" name="cut off at 0" message="opposition looks like chance"
{
  function kappa(first: readonly boolean[], second: readonly boolean[]): number | null {
    const n = first.length;
    const agreed = first.filter((flag, i) => flag === second[i]).length / n;
    const [a, b] = [first, second].map((flags) => flags.filter(Boolean).length / n);
    const byChance = a * b + (1 - a) * (1 - b);
    return byChance < 1 ? Math.max(0, (agreed - byChance) / (1 - byChance)) : null;
  }
}

// %% [markdown] reflect="what-to-attack" points=3
// ### 6. Reflection: what do you attack? (3 points, marked by hand)
//
// An assistant for kitchens was tried on 1,000 clips, drawn at random. Tags may overlap. (All figures
// are invented.)
//
// | tag | clips | errors | people right |
// |---|---|---|---|
// | radio | 200 | 40 | 82 % |
// | accent | 150 | 21 | 94 % |
// | whisper | 100 | 12 | 93 % |
//
// A colleague says: "Radio has the most errors and the highest error rate; let us buy a noise filter."
// You have two weeks. Which tag do you attack, and what do you measure before you start? Give the
// figures that decide, and name one that is too uncertain to decide by. 80 to 150 words.
//
// <!-- BEGIN MARK SCHEME -->
// - 1 point: computes the impacts. Radio (.82 - .80) × .2 = .4 points, accent (.94 - .86) × .15 = 1.2,
//   whisper (.93 - .88) × .1 = .5; and says that errors (40) and error rate (20 %) mislead, since
//   people fail on radio nearly as often.
// - 1 point: decides, with these figures as reasons. Accent is expected; another choice earns the point
//   if ease or importance is argued beside the impact.
// - 1 point: names an uncertainty with its size or its cure. The gap of accent rests on 150 clips (21
//   errors), about ± 6 points or more; whisper on 100; or tags overlap, so 1.2 and .5 must not be
//   added; or labels may be wrong. Cure: more clips of that tag, people and model on the same clips,
//   joint headroom.
// - No point for a choice by number of errors or by error rate alone.
// <!-- END MARK SCHEME -->
