import { InputError } from "./errors";
import { type Label, type LabelColumn, toLabels } from "./inputs";

/** Groups numbered from 0 in sorted order. */
export interface GroupCodes {
  /** The number of each sample's group. */
  readonly codes: Int32Array;
  /** Number of groups. */
  readonly count: number;
}

/**
 * Returns a column of groups as numbers. Unlike classes, groups may be many: one for each patient.
 *
 * @throws InputError as `toLabels`, and for fewer groups than folds
 */
export function toGroupCodes(groups: LabelColumn, folds: number): GroupCodes {
  const values = Array.from(toLabels("groups", groups));
  const sorted = [...new Set<Label>(values)].sort((a, b) => (a < b ? -1 : 1));
  const place = new Map(sorted.map((group, code) => [group, code]));
  if (sorted.length < folds) {
    throw new InputError(
      "out-of-range",
      `There are ${sorted.length} groups for ${folds} folds: expected at least one for each fold, ` +
        "for a group is never divided. Take fewer folds.",
      { groups: sorted.length, folds },
    );
  }
  return {
    codes: Int32Array.from(values, (group) => place.get(group) as number),
    count: sorted.length,
  };
}
