import { InputError } from "./errors";
import { type Label, toLabels } from "./inputs";
import { type Interval, wilsonOfShare } from "./intervals";

/**
 * Labels that several people gave: one row per item, one column per annotator; null or undefined
 * where somebody has not seen an item.
 */
export type Annotations<L extends Label = Label> = readonly (readonly (L | null | undefined)[])[];

/**
 * Returns the labels each item has got, without the missing ones.
 *
 * @throws InputError `empty-input` for no items or no label at all, `length-mismatch` for rows of
 *   unequal length, `wrong-type` for labels of different kinds, `not-finite` for NaN
 */
export function toAnnotationLists(annotations: Annotations): Label[][] {
  if (annotations.length === 0) {
    throw new InputError("empty-input", "annotations is empty: expected at least one item.");
  }
  const annotators = annotations[0]?.length ?? 0;
  const uneven = annotations.findIndex((row) => row.length !== annotators);
  if (uneven >= 0) {
    throw new InputError(
      "length-mismatch",
      `annotations[${uneven}] has ${annotations[uneven]?.length} columns, annotations[0] has ` +
        `${annotators}: every item needs one per annotator, null where somebody has not seen it.`,
      { item: uneven },
    );
  }
  const lists = annotations.map((row) =>
    row.filter((label): label is Label => label !== null && label !== undefined),
  );
  toLabels("annotations", lists.flat());
  return lists;
}

/** Per item: how many of its judgements count, and how many there are. */
export interface ItemTally {
  readonly hits: number;
  readonly total: number;
}

/**
 * Returns the interval of a share whose cases come in clusters, here the judgements of one item:
 * Wilson's, with the number of cases divided by the design effect, so that ten people judging five
 * items do not count as fifty independent cases.
 *
 * It says how the share would vary with other items; other people may differ in their own way.
 *
 * @param tallies one per item, at least one of them with a total above 0; the totals are its weight
 * @param cases judgements in all, which the effective number of cases never passes
 *
 * Source: Kish 1965, Survey Sampling, chapters 5 and 8 (ratio estimate, effective sample size).
 */
export function clusteredInterval(
  tallies: readonly ItemTally[],
  cases: number,
  level: number,
): Interval {
  const used = tallies.filter(({ total }) => total > 0);
  const items = used.length;
  const total = used.reduce((sum, tally) => sum + tally.total, 0);
  const share = Math.min(used.reduce((sum, tally) => sum + tally.hits, 0) / total, 1);
  const squares = used.reduce((sum, tally) => sum + (tally.hits - share * tally.total) ** 2, 0);
  const variance = (items / (items - 1)) * (squares / total ** 2);
  const independent = (share * (1 - share)) / (total - 1);
  // All items alike (or a single one) tell nothing of their spread: each then counts once.
  const effective = variance > 1e-15 ? total * (independent / variance) : items;
  return wilsonOfShare(share, Math.min(effective, cases), level);
}
