import { cohenKappa } from "./agreement";
import { InputError } from "./errors";
import { type Interval, wilsonInterval } from "./intervals";
import { ratio, type Score } from "./score";
import { requireUniqueIds, type Tagged, tagNames } from "./tag-sheet";

/** How two taggers used one tag. */
export interface TagAgreementRow {
  readonly tag: string;
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
  /** Share of rows on which they agree, 0 to 1. */
  readonly agreement: number;
  /** Agreement beyond chance; 0/0 where both gave the tag to every row. */
  readonly kappa: Score;
}

/** How far two taggers of the same rows agree. */
export interface TagAgreement {
  /** One per tag that either has used, the least agreed on first. */
  readonly tags: readonly TagAgreementRow[];
  /** Share of rows that got exactly the same tags, with its interval. */
  readonly sameTags: Interval;
  /** Mean of the tags' kappas, without those that are undefined. */
  readonly meanKappa: Score;
}

/**
 * Returns how far two people who tagged the same rows agree, tag by tag. A tag with a low kappa is
 * not understood alike: define it better, or merge it with another, before counting it.
 *
 * @param first the sheet of the one
 * @param second that of the other, same ids in any order
 * @throws InputError `length-mismatch` where an id is in one sheet only, `empty-input` for no rows
 *
 * Source: Cohen's kappa of "has the tag" (`cohenKappa`).
 *
 * @example
 * import { tagAgreement } from "@headroom/kernel-utils";
 * const sheet = (tags: string[][]) => tags.map((tags, i) => ({ id: String(i), tags }));
 * const anna = sheet([["car"], ["car"], ["people"], []]);
 * const ben = sheet([["car"], [], ["people"], []]);
 * const { tags, sameTags } = tagAgreement(anna, ben);
 * tags.map((row) => [row.tag, row.kappa.value]); // => [["car", 0.5], ["people", 1]]
 * sameTags.estimate; // => 0.75
 */
export function tagAgreement(
  first: readonly Tagged[],
  second: readonly Tagged[],
  level = 0.95,
): TagAgreement {
  const pairs = pairById(first, second);
  const names = tagNames([...first, ...second]);
  const tags = names.map((tag) => agreementOn(tag, pairs));
  // Stable, so that tags with equal kappas stay in the order in which they first occur.
  tags.sort((a, b) => a.kappa.value - b.kappa.value);
  const defined = tags.map(({ kappa }) => kappa).filter((kappa) => kappa.defined);
  const same = pairs.filter(([a, b]) => sameSet(a.tags, b.tags)).length;
  return {
    tags,
    sameTags: wilsonInterval(same, pairs.length, level),
    meanKappa: ratio(
      defined.reduce((sum, kappa) => sum + kappa.value, 0),
      defined.length,
      "no tag tells rows apart",
    ),
  };
}

function agreementOn(tag: string, pairs: readonly (readonly [Tagged, Tagged])[]): TagAgreementRow {
  const first = pairs.map(([row]) => row.tags.includes(tag));
  const second = pairs.map(([, row]) => row.tags.includes(tag));
  const count = (a: boolean, b: boolean): number =>
    first.filter((has, i) => has === a && second[i] === b).length;
  const [both, neither] = [count(true, true), count(false, false)];
  return {
    tag,
    both,
    onlyFirst: count(true, false),
    onlySecond: count(false, true),
    neither,
    agreement: (both + neither) / pairs.length,
    kappa: cohenKappa(first, second),
  };
}

function pairById(first: readonly Tagged[], second: readonly Tagged[]): [Tagged, Tagged][] {
  requireUniqueIds(first);
  requireUniqueIds(second);
  if (first.length === 0) {
    throw new InputError("empty-input", "first is empty: expected at least one row.");
  }
  const other = new Map(second.map((row) => [row.id, row]));
  const known = new Set(first.map((row) => row.id));
  const alone = [
    ...first.filter((row) => !other.has(row.id)),
    ...second.filter((row) => !known.has(row.id)),
  ].map((row) => row.id);
  if (alone.length > 0) {
    throw new InputError(
      "length-mismatch",
      `Both sheets must hold the same rows; in one of them only: ${alone.slice(0, 5).join(", ")}` +
        `${alone.length > 5 ? ` and ${alone.length - 5} more` : ""}. Compare the rows both ` +
        "have tagged.",
      { ids: alone },
    );
  }
  return first.map((row) => [row, other.get(row.id) as Tagged]);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((tag) => right.has(tag));
}
