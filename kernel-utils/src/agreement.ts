import {
  type Annotations,
  clusteredInterval,
  type ItemTally,
  toAnnotationLists,
} from "./annotations";
import { InputError } from "./errors";
import { type Label, type LabelColumn, requireSameLength, toLabels } from "./inputs";
import type { Interval } from "./intervals";
import { requireProportion } from "./ranges";
import { ratio, type Score } from "./score";

/** How often two annotators of the same item agree, and on how much that rests. */
export interface PairwiseAgreement extends Interval {
  /** Items with at least two labels. */
  readonly items: number;
  /** Unordered pairs of labels on them. */
  readonly pairs: number;
}

/**
 * Returns how often two annotators, drawn at random from those of an item, gave it the same label:
 * 0 to 1, averaged over items, with its interval. Nobody is compared with themselves; items with
 * fewer than two labels don't count.
 *
 * @param annotations items by annotators
 * @param level of the interval, default 0.95
 * @throws InputError `empty-input` where no item has two labels
 *
 * Source: the observed agreement of Fleiss 1971, Psychological Bulletin 76(5).
 *
 * @example
 * import { pairwiseAgreement } from "@headroom/kernel-utils";
 * // Seven of ten labellers write "um", three leave it out: 24 of 45 pairs agree.
 * const labels = ["um", "um", "um", "um", "um", "um", "um", "", "", ""];
 * const agreement = pairwiseAgreement([labels]);
 * agreement.pairs; // => 45
 * agreement.estimate; // => 0.533
 */
export function pairwiseAgreement(annotations: Annotations, level = 0.95): PairwiseAgreement {
  const lists = toAnnotationLists(annotations).filter((labels) => labels.length >= 2);
  if (lists.length === 0) {
    throw new InputError(
      "empty-input",
      "annotations: expected at least one item with two labels, got none. " +
        "Agreement needs a second annotator.",
    );
  }
  const tallies: ItemTally[] = lists.map((labels) => {
    const agreeing = [...countLabels(labels).values()].reduce((sum, n) => sum + pairsOf(n), 0);
    return { hits: agreeing / pairsOf(labels.length), total: 1 };
  });
  const pairs = lists.reduce((sum, labels) => sum + pairsOf(labels.length), 0);
  return { ...clusteredInterval(tallies, pairs, level), items: lists.length, pairs };
}

/**
 * Returns how often two people drawn at random from a large crowd agree, 0 to 1, where these shares
 * of the crowd give each answer: the sum of squares. It is also what guessing by share gets right.
 *
 * @param shares one per answer, 0 to 1, adding up to 1
 * @throws InputError for per cents and for shares that do not add up to 1
 *
 * @example
 * import { agreementOfShares } from "@headroom/kernel-utils";
 * // 70 % write one way, 30 % another: whoever always writes the first way matches 70 %.
 * agreementOfShares([0.7, 0.3]); // => 0.58
 */
export function agreementOfShares(shares: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] as number;
    requireProportion(`shares[${i}]`, share);
    sum += share;
    squares += share * share;
  }
  if (Math.abs(sum - 1) <= 1e-6) return squares;
  throw new InputError(
    "out-of-range",
    `shares: expected them to add up to 1, got ${Number(sum.toPrecision(6))}. ` +
      "Add the share of all other answers.",
    { sum },
  );
}

/**
 * Returns Cohen's kappa of two annotators: their agreement beyond what chance would give with each
 * one's own frequencies, 1 at most, 0 for chance, negative for less. Where both gave every item the
 * same one label, chance explains everything and kappa is 0/0: `defined` is false.
 *
 * @param first labels of the one annotator
 * @param second labels of the other, same items in the same order
 * @throws InputError for unequal lengths, labels of different kinds, NaN, no items
 *
 * Source: Cohen 1960, Educational and Psychological Measurement 20(1); scikit-learn's
 * `cohen_kappa_score`.
 *
 * @example
 * import { cohenKappa } from "@headroom/kernel-utils";
 * const anna = ["car", "car", "people", "quiet", "people", "quiet"];
 * const ben = ["car", "people", "people", "quiet", "people", "car"];
 * cohenKappa(anna, ben).value; // => 0.5
 * cohenKappa(["car", "car"], ["car", "car"]).defined; // => false
 */
export function cohenKappa(first: LabelColumn, second: LabelColumn): Score {
  const a = toLabels("first", first);
  const b = toLabels("second", second);
  requireSameLength("first", a, "second", b);
  if (typeof a[0] !== typeof b[0]) {
    throw new InputError(
      "wrong-type",
      `first holds labels of type ${typeof a[0]}, second of type ${typeof b[0]}: they never ` +
        "match. Convert one of them.",
    );
  }
  const n = a.length;
  let agreeing = 0;
  for (let i = 0; i < n; i++) if (a[i] === b[i]) agreeing++;
  const inSecond = countLabels(b);
  let byChance = 0;
  for (const [label, count] of countLabels(a)) byChance += count * (inSecond.get(label) ?? 0);
  // (p_o - p_e) / (1 - p_e), both sides times n^2, so that whole numbers stay exact.
  return ratio(n * agreeing - byChance, n * n - byChance, "both gave every item the same label");
}

/**
 * Returns Fleiss' kappa: the agreement of several annotators beyond what chance would give with the
 * labels' overall frequencies. Where there is one label only it is 0/0: `defined` is false.
 *
 * @param annotations items by annotators, every item with the same number of labels, at least 2;
 *   who gave which doesn't matter
 * @throws InputError for items with unequal numbers of labels
 *
 * Source: Fleiss 1971, Psychological Bulletin 76(5), equation 7; statsmodels' `fleiss_kappa`.
 *
 * @example
 * import { fleissKappa } from "@headroom/kernel-utils";
 * const annotations = [
 *   ["car", "car", "car"],
 *   ["car", "people", "people"],
 *   ["people", "people", "people"],
 * ];
 * fleissKappa(annotations).value; // => 0.550
 */
export function fleissKappa(annotations: Annotations): Score {
  const lists = toAnnotationLists(annotations);
  const raters = lists[0]?.length ?? 0;
  const uneven = lists.findIndex((labels) => labels.length !== raters || raters < 2);
  if (uneven >= 0) {
    throw new InputError(
      "length-mismatch",
      `annotations[${uneven}] has ${lists[uneven]?.length} labels, annotations[0] has ${raters}: ` +
        "Fleiss' kappa needs the same number for every item, at least 2. Drop other items, or " +
        "use pairwiseAgreement.",
      { item: uneven },
    );
  }
  const agreeing = lists.reduce(
    (sum, labels) => sum + [...countLabels(labels).values()].reduce((s, n) => s + pairsOf(n), 0),
    0,
  );
  const observed = agreeing / (lists.length * pairsOf(raters));
  const all = lists.flat();
  const byChance = sumOfSquares(countLabels(all).values(), all.length);
  return ratio(observed - byChance, 1 - byChance, "every item got the same label from everybody");
}

function countLabels(labels: ArrayLike<Label>): Map<Label, number> {
  const counts = new Map<Label, number>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as Label;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}

function sumOfSquares(counts: Iterable<number>, total: number): number {
  let sum = 0;
  for (const count of counts) sum += (count / total) ** 2;
  return sum;
}
