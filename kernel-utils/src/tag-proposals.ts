import { addTag, requireTag, requireUniqueIds, type Tagged } from "./tag-sheet";

/** A guess at which rows a tag fits. */
export interface TagRule<Row> {
  readonly tag: string;
  readonly when: (row: Row) => boolean;
  /** Why it should fit; shown with each proposal. */
  readonly because?: string;
}

/** A tag that a rule would give to a row, for a person to keep or to strike out. */
export interface TagProposal {
  readonly id: string;
  readonly tag: string;
  readonly because: string;
}

/**
 * Returns the tags that rules would add, as a list to look through: look at each sample, strike out
 * what doesn't fit, mend the rule and propose again; then `applyProposals`. Nothing is tagged yet.
 *
 * Tags that a row has already are not proposed.
 *
 * @throws InputError for a blank tag and for ids that repeat
 *
 * @example
 * import { applyProposals, proposeTags } from "@headroom/kernel-utils";
 * const rows = [
 *   { id: "1", tags: [], ink: 40 },
 *   { id: "2", tags: ["thin"], ink: 35 },
 *   { id: "3", tags: [], ink: 90 },
 * ];
 * const proposals = proposeTags(rows, [{ tag: "thin", when: (row) => row.ink < 50 }]);
 * proposals.map((proposal) => proposal.id); // => ["1"]
 * applyProposals(rows, proposals).map((row) => row.tags.length); // => [1, 1, 0]
 */
export function proposeTags<Row extends Tagged>(
  rows: readonly Row[],
  rules: readonly TagRule<Row>[],
): TagProposal[] {
  requireUniqueIds(rows);
  for (const { tag } of rules) requireTag(tag);
  const proposals = rows.flatMap((row) =>
    rules
      .filter(({ tag, when }) => !row.tags.includes(tag) && when(row))
      .map(({ tag, because }) => ({ id: row.id, tag, because: because ?? `rule for ${tag}` })),
  );
  const seen = new Set<string>();
  return proposals.filter(({ id, tag }) => {
    const key = JSON.stringify([id, tag]);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Returns the sheet with these proposals' tags added. The sheet passed in is not changed.
 *
 * @throws InputError `unknown-label` for an id that isn't in the sheet
 */
export function applyProposals<Row extends Tagged>(
  rows: readonly Row[],
  proposals: readonly Pick<TagProposal, "id" | "tag">[],
): Row[] {
  const idsByTag = new Map<string, string[]>();
  for (const { id, tag } of proposals) idsByTag.set(tag, [...(idsByTag.get(tag) ?? []), id]);
  let tagged = [...rows];
  for (const [tag, ids] of idsByTag) tagged = addTag(tagged, tag, ids);
  return tagged;
}
