import { type TaggedOutcome, toHumanAccuracies, toRowWeights } from "./tag-measures";
import { tagNames } from "./tag-sheet";

/** What `jointHeadroom` needs beside the rows. */
export interface JointHeadroomOptions<Row> {
  /** Whether (true, false) or how probably (0 to 1) people get a row right. */
  readonly human: (row: Row) => boolean | number;
  /** Tags to close the gap of, default all. */
  readonly tags?: readonly string[];
  /** How many rows of the data one row of the sheet stands for, default 1. */
  readonly weight?: (row: Row) => number;
}

/** What closing the gap of several tags would gain, as a share of all data: 0.01 is one point. */
export interface JointHeadroom {
  /** Gain of all tags together, each row counted once. */
  readonly headroom: number;
  /** Sum of the gains of each tag alone: too much (or too little) where tags overlap. */
  readonly sumOfTags: number;
  /** Share of the data with at least one of the tags. */
  readonly dataShare: number;
  readonly tags: readonly TagHeadroom[];
}

/** A tag's part of a joint headroom. */
export interface TagHeadroom {
  readonly tag: string;
  /** Gain if this tag were the only one closed. */
  readonly alone: number;
  /** Its part if each row's gain is divided equally among its tags; these add up to the whole. */
  readonly part: number;
}

/**
 * Returns what overall accuracy would gain if the model did as people do on every row with one of
 * these tags. A row with several tags counts once, so that overlapping tags don't promise more than
 * there is; neither the order of the tags nor of the rows matters.
 *
 * @throws InputError for no rows, values of `human` that are no proportions, negative weights
 *
 * @example
 * import { jointHeadroom } from "@headroom/kernel-utils";
 * const rows = [
 *   { tags: ["car", "people"], correct: false, heard: true },
 *   { tags: ["people"], correct: false, heard: true },
 *   { tags: ["car"], correct: true, heard: true },
 *   { tags: [], correct: false, heard: true },
 * ];
 * const joint = jointHeadroom(rows, { human: (row) => row.heard });
 * joint.headroom; // => 0.5
 * joint.sumOfTags; // => 0.75
 * joint.tags.map((tag) => tag.part); // => [0.125, 0.375]
 */
export function jointHeadroom<Row extends TaggedOutcome>(
  rows: readonly Row[],
  { human, tags = tagNames(rows), weight }: JointHeadroomOptions<Row>,
): JointHeadroom {
  const weights = toRowWeights(rows, weight);
  const accuracies = toHumanAccuracies(rows, human);
  const total = weights.reduce((sum, value) => sum + value, 0);
  const alone = new Map(tags.map((tag) => [tag, 0]));
  const part = new Map(alone);
  let headroom = 0;
  let covered = 0;
  for (const [i, row] of rows.entries()) {
    const found = [...alone.keys()].filter((tag) => row.tags.includes(tag));
    if (found.length === 0) continue;
    const share = (weights[i] as number) / total;
    const gain = share * ((accuracies[i] as number) - (row.correct ? 1 : 0));
    headroom += gain;
    covered += share;
    for (const tag of found) {
      alone.set(tag, (alone.get(tag) as number) + gain);
      part.set(tag, (part.get(tag) as number) + gain / found.length);
    }
  }
  return {
    headroom,
    sumOfTags: [...alone.values()].reduce((sum, gain) => sum + gain, 0),
    dataShare: covered,
    tags: [...alone].map(([tag, gain]) => ({ tag, alone: gain, part: part.get(tag) as number })),
  };
}
