import { differenceInterval, type Interval } from "./intervals";
import { requireCount, requireLevel } from "./ranges";
import type { TaggedOutcome } from "./tag-measures";
import type { TagRule } from "./tag-proposals";
import { tagNames } from "./tag-sheet";

/** Something that rows can have in common, by which they could be tagged. */
export type Attribute<Row> = (row: Row) => string | number | boolean | undefined;

/** Options of `suggestTags`. */
export interface SuggestionOptions<Row> {
  /** What to look at, by name; undefined leaves a row out of every group. Default: nothing more. */
  readonly attributes?: Readonly<Record<string, Attribute<Row>>>;
  /** Whether to look at the tags in use too, default true. */
  readonly existingTags?: boolean;
  /** Groups with fewer rows inside or outside are left out, default 5. */
  readonly minimum?: number;
  /** That all intervals together hold, default 0.95. */
  readonly level?: number;
}

/** A group of rows whose error rate was compared with that of all other rows. */
export interface TagSuggestion<Row> {
  /** The tag itself, or "attribute = value". */
  readonly tag: string;
  readonly rows: number;
  readonly errors: number;
  /** Error rates inside and outside the group, 0 to 1. */
  readonly errorRate: number;
  readonly restErrorRate: number;
  /** errorRate - restErrorRate, with an interval made wider for the number of groups compared. */
  readonly difference: Interval;
  /** Whether the interval excludes 0: chance alone would rarely show such a difference. */
  readonly clear: boolean;
  /** For `proposeTags`. */
  readonly rule: TagRule<Row>;
}

/**
 * Returns groups of rows that could deserve a tag, because the model errs more (or less) in them
 * than elsewhere; the surest and hardest first. They are suggestions to look at, not findings.
 *
 * Whoever compares many groups finds a difference somewhere by chance. So each of k intervals gets
 * the level 1 - (1 - level) / k (Bonferroni), and all of them hold together with `level`.
 *
 * @throws InputError for a minimum below 1 and a level outside 0 to 1
 *
 * Source of the intervals: Newcombe 1998, method 10 (`differenceInterval`).
 *
 * @example
 * import { suggestTags } from "@headroom/kernel-utils";
 * const rows = Array.from({ length: 100 }, (_, i) => ({
 *   tags: [],
 *   digit: i % 10,
 *   correct: i % 10 !== 9 || i < 20,
 * }));
 * const [first] = suggestTags(rows, { attributes: { digit: (row) => row.digit } });
 * first?.tag; // => "digit = 9"
 * first?.errorRate; // => 0.8
 * first?.clear; // => true
 */
export function suggestTags<Row extends TaggedOutcome>(
  rows: readonly Row[],
  { attributes = {}, existingTags = true, minimum = 5, level = 0.95 }: SuggestionOptions<Row> = {},
): TagSuggestion<Row>[] {
  requireCount("minimum", minimum, 1);
  requireLevel(level);
  const rules = [
    ...(existingTags ? tagRules(rows) : []),
    ...Object.entries(attributes).flatMap(([name, attribute]) => valueRules(rows, name, attribute)),
  ];
  const groups = rules
    .map((rule) => ({ rule, inside: rows.filter((row) => rule.when(row)) }))
    .filter(({ inside }) => inside.length >= minimum && rows.length - inside.length >= minimum);
  const allErrors = rows.filter((row) => !row.correct).length;
  const suggestions = groups.map(({ rule, inside }): TagSuggestion<Row> => {
    const errors = inside.filter((row) => !row.correct).length;
    const errorRate = errors / inside.length;
    const rest = rows.length - inside.length;
    const restErrorRate = (allErrors - errors) / rest;
    const difference = differenceInterval(
      { share: errorRate, n: inside.length },
      { share: restErrorRate, n: rest },
      { level: 1 - (1 - level) / groups.length, method: "newcombe" },
    );
    const clear = difference.low > 0 || difference.high < 0;
    return {
      tag: rule.tag,
      rows: inside.length,
      errors,
      errorRate,
      restErrorRate,
      difference,
      clear,
      rule,
    };
  });
  return suggestions.sort((a, b) => b.difference.low - a.difference.low);
}

function tagRules<Row extends TaggedOutcome>(rows: readonly Row[]): TagRule<Row>[] {
  return tagNames(rows).map((tag) => ({ tag, when: (row) => row.tags.includes(tag) }));
}

function valueRules<Row>(
  rows: readonly Row[],
  name: string,
  attribute: Attribute<Row>,
): TagRule<Row>[] {
  const values = new Set(rows.map(attribute).filter((value) => value !== undefined));
  return [...values].map((value) => ({
    tag: `${name} = ${String(value)}`,
    when: (row) => attribute(row) === value,
  }));
}
