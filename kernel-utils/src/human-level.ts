import { pairwiseAgreement } from "./agreement";
import { type Annotations, clusteredInterval, toAnnotationLists } from "./annotations";
import { InputError } from "./errors";
import { type Label, type LabelColumn, requireSameLength, toLabels } from "./inputs";
import { type Interval, wilsonInterval, wilsonOfShare } from "./intervals";

/** How often people are right, where the truth is known by other means. */
export interface HumanAccuracy extends Interval {
  readonly kind: "accuracy";
  /** Items with at least one label. */
  readonly items: number;
  /** Labels given on them. */
  readonly annotations: number;
  /** Accuracy of each annotator; null for one who has labelled nothing. */
  readonly byAnnotator: readonly (Interval | null)[];
  /** Accuracy of the most frequent label per item; a tie counts as the chance of drawing right. */
  readonly majorityVote: Interval;
}

/** How often people agree, where nobody knows the truth. */
export interface HumanAgreement extends Interval {
  readonly kind: "agreement";
  /** Items with at least two labels. */
  readonly items: number;
  /** Unordered pairs of labels on them. */
  readonly pairs: number;
}

/** What people have labelled. */
export interface HumanLabels<L extends Label = Label> {
  /** Items by annotators, null where somebody has not seen an item. */
  readonly annotations: Annotations<L>;
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * Returns the human level of a task, 0 to 1, with its interval: the accuracy of a single person
 * against the truth, or where there is none, how often two people agree.
 *
 * The two are not the same: where 70 % of people write one way and 30 % another, two of them agree
 * in 58 % of cases, and a model that always writes the first way "beats" them with 70 %. The
 * interval takes into account that the labels of one item stand and fall together.
 *
 * @throws InputError for no labels, for a truth of another length or kind, and without a truth
 *   where no item has two labels
 *
 * @example
 * import { humanLevel } from "@headroom/kernel-utils";
 * const annotations = [["car", "car", "bus"], ["bus", "bus", "bus"], ["car", "bus", null]];
 * const accuracy = humanLevel({ annotations, truth: ["car", "bus", "car"] });
 * accuracy.estimate; // => 0.75
 * accuracy.majorityVote.estimate; // => 0.833
 * const agreement = humanLevel({ annotations });
 * agreement.kind; // => "agreement"
 * agreement.estimate; // => 0.444
 */
export function humanLevel<L extends Label>(
  labels: HumanLabels<L> & { readonly truth: LabelColumn<L> },
): HumanAccuracy;
export function humanLevel<L extends Label>(labels: HumanLabels<L>): HumanAgreement;
export function humanLevel({
  annotations,
  truth,
  level = 0.95,
}: HumanLabels & { readonly truth?: LabelColumn }): HumanAccuracy | HumanAgreement {
  if (truth === undefined) {
    return { kind: "agreement", ...pairwiseAgreement(annotations, level) };
  }
  const lists = toAnnotationLists(annotations);
  const right = toLabels("truth", truth);
  requireSameLength("annotations", annotations, "truth", right);
  requireSameKind(lists, right);
  const tallies = lists.map((labels, i) => ({
    hits: labels.filter((label) => label === right[i]).length,
    total: labels.length,
  }));
  const given = tallies.reduce((sum, { total }) => sum + total, 0);
  const labelled = tallies.filter(({ total }) => total > 0).length;
  return {
    kind: "accuracy",
    ...clusteredInterval(tallies, given, level),
    items: labelled,
    annotations: given,
    byAnnotator: byAnnotator(annotations, right, level),
    majorityVote: wilsonOfShare(voteAccuracy(lists, right), labelled, level),
  };
}

function requireSameKind(lists: readonly Label[][], truth: ArrayLike<Label>): void {
  const kind = typeof lists.find((labels) => labels.length > 0)?.[0];
  if (kind === typeof truth[0]) return;
  throw new InputError(
    "wrong-type",
    `annotations holds labels of type ${kind}, truth of type ${typeof truth[0]}: they never ` +
      "match. Convert one of them.",
  );
}

function byAnnotator(
  annotations: Annotations,
  truth: ArrayLike<Label>,
  level: number,
): (Interval | null)[] {
  const annotators = annotations[0]?.length ?? 0;
  return Array.from({ length: annotators }, (_, a) => {
    let given = 0;
    let right = 0;
    for (const [i, row] of annotations.entries()) {
      if (row[a] === null || row[a] === undefined) continue;
      given++;
      if (row[a] === truth[i]) right++;
    }
    return given === 0 ? null : wilsonInterval(right, given, level);
  });
}

function voteAccuracy(lists: readonly Label[][], truth: ArrayLike<Label>): number {
  let right = 0;
  let items = 0;
  for (const [i, labels] of lists.entries()) {
    if (labels.length === 0) continue;
    items++;
    const counts = new Map<Label, number>();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const winners = [...counts].filter(([, count]) => count === most).map(([label]) => label);
    if (winners.includes(truth[i] as Label)) right += 1 / winners.length;
  }
  return right / items;
}
