import { InputError } from "./errors";
import { type Label, type LabelColumn, requireSameLength, toLabels } from "./inputs";

/** One examined sample: what it is, what the model made of it, and the tags that fit. */
export interface TagRow {
  /** Unique within a sheet and not empty. */
  readonly id: string;
  readonly label: Label;
  readonly prediction: Label;
  readonly correct: boolean;
  /** None, one or several, in any order. */
  readonly tags: readonly string[];
  readonly note?: string;
}

/** What the editing functions need of a row. */
export type Tagged = Pick<TagRow, "id" | "tags">;

/** Columns to begin a sheet with, one value per sample. */
export interface NewTagSheet<Extra extends object = object> {
  readonly labels: LabelColumn;
  readonly predictions: LabelColumn;
  /** Default "1", "2", ... */
  readonly ids?: ArrayLike<string>;
  /** Further columns of the sample at this position: text, numbers or booleans. */
  readonly extra?: (position: number) => Extra;
}

/**
 * Returns a sheet without tags, one row per sample, `correct` where label and prediction are equal.
 *
 * Put rightly predicted samples in too (all, or a random part): of errors alone no error rate can
 * be told.
 *
 * @throws InputError for columns of unequal length or of different kinds, and for ids that repeat
 *
 * @example
 * import { newTagSheet, setTags } from "@headroom/kernel-utils";
 * const sheet = newTagSheet({ labels: [8, 3, 9], predictions: [8, 5, 4] });
 * sheet[1]; // => { id: "2", label: 3, prediction: 5, correct: false, tags: [] }
 * const tagged = setTags(sheet, { "2": ["thin"], "3": ["open top", "thin"] });
 * tagged.map((row) => row.tags.length); // => [0, 1, 2]
 */
export function newTagSheet<Extra extends object = object>(
  columns: NewTagSheet<Extra>,
): (TagRow & Extra)[] {
  const labels = toLabels("labels", columns.labels);
  const predictions = toLabels("predictions", columns.predictions);
  requireSameLength("labels", labels, "predictions", predictions);
  if (typeof labels[0] !== typeof predictions[0]) {
    throw new InputError(
      "wrong-type",
      `labels are of type ${typeof labels[0]}, predictions of type ${typeof predictions[0]}: ` +
        "they never match. Convert one of them.",
    );
  }
  const ids = columns.ids ?? Array.from(labels, (_, i) => String(i + 1));
  requireSameLength("labels", labels, "ids", ids);
  const sheet = Array.from(labels, (label, i) => {
    const prediction = predictions[i] as Label;
    const row = {
      id: ids[i] as string,
      label,
      prediction,
      correct: label === prediction,
      tags: [],
    };
    return { ...(columns.extra?.(i) as Extra), ...row };
  });
  requireUniqueIds(sheet);
  return sheet;
}

/** Returns the tags in use, each once, in the order in which they first occur. */
export function tagNames(rows: readonly Pick<Tagged, "tags">[]): string[] {
  return [...new Set(rows.flatMap((row) => row.tags))];
}

/**
 * Returns the sheet with the tag added to these rows; a row that has it stays as it is. The sheet
 * passed in is not changed.
 *
 * @param ids of one row or of several
 * @throws InputError `unknown-label` for an id that isn't in the sheet, `wrong-type` for a blank
 *   tag
 */
export function addTag<Row extends Tagged>(
  rows: readonly Row[],
  tag: string,
  ids: string | readonly string[],
): Row[] {
  requireTag(tag);
  const chosen = chooseIds(rows, ids);
  return rows.map((row) =>
    chosen.has(row.id) && !row.tags.includes(tag) ? { ...row, tags: [...row.tags, tag] } : row,
  );
}

/**
 * Returns the sheet with the tag removed from these rows, or from all where no ids are given. The
 * sheet passed in is not changed.
 *
 * @throws InputError `unknown-label` for a tag that no row has and for an id that isn't in the
 *   sheet
 */
export function removeTag<Row extends Tagged>(
  rows: readonly Row[],
  tag: string,
  ids?: string | readonly string[],
): Row[] {
  requireKnownTag(rows, tag);
  const chosen = ids === undefined ? undefined : chooseIds(rows, ids);
  return rows.map((row) =>
    (chosen?.has(row.id) ?? true) && row.tags.includes(tag)
      ? { ...row, tags: row.tags.filter((other) => other !== tag) }
      : row,
  );
}

/**
 * Returns the sheet with a tag renamed in every row. Renaming it to a tag that exists merges the
 * two: no row has it twice. The sheet passed in is not changed.
 *
 * @throws InputError `unknown-label` for a tag that no row has, `wrong-type` for a blank name
 */
export function renameTag<Row extends Tagged>(
  rows: readonly Row[],
  from: string,
  to: string,
): Row[] {
  requireKnownTag(rows, from);
  requireTag(to);
  return rows.map((row) =>
    row.tags.includes(from)
      ? { ...row, tags: [...new Set(row.tags.map((tag) => (tag === from ? to : tag)))] }
      : row,
  );
}

/**
 * Returns the sheet with all tags of some rows replaced; other rows stay as they are. The sheet
 * passed in is not changed.
 *
 * @param tags by id; an empty list takes all tags away
 * @throws InputError `unknown-label` for an id that isn't in the sheet, `wrong-type` for a blank
 *   tag
 */
export function setTags<Row extends Tagged>(
  rows: readonly Row[],
  tags: Readonly<Record<string, readonly string[]>>,
): Row[] {
  const byId = new Map(Object.entries(tags));
  chooseIds(rows, [...byId.keys()]);
  for (const tag of [...byId.values()].flat()) requireTag(tag);
  return rows.map((row) => {
    const chosen = byId.get(row.id);
    return chosen === undefined ? row : { ...row, tags: [...new Set(chosen)] };
  });
}

/** @throws InputError `wrong-type` unless the tag is a text that isn't blank */
export function requireTag(tag: string): void {
  if (typeof tag === "string" && tag.trim() !== "") return;
  throw new InputError(
    "wrong-type",
    `A tag must be a text that isn't blank, got ${JSON.stringify(tag)}. ` +
      "A row without tags has an empty list.",
    { tag },
  );
}

/** @throws InputError unless every id is a text, not empty, and occurs once */
export function requireUniqueIds(rows: readonly Pick<TagRow, "id">[]): void {
  const seen = new Set<string>();
  for (const [i, { id }] of rows.entries()) {
    if (typeof id !== "string" || id === "") {
      throw new InputError(
        "wrong-type",
        `rows[${i}].id: expected a text that isn't empty, got ${JSON.stringify(id)}.`,
        { row: i, id },
      );
    }
    if (seen.has(id)) {
      throw new InputError(
        "out-of-range",
        `rows[${i}].id: ${JSON.stringify(id)} occurs twice; tags could not be told apart.`,
        { row: i, id },
      );
    }
    seen.add(id);
  }
}

function chooseIds(rows: readonly Tagged[], ids: string | readonly string[]): Set<string> {
  const chosen = new Set(typeof ids === "string" ? [ids] : ids);
  const known = new Set(rows.map((row) => row.id));
  const unknown = [...chosen].filter((id) => !known.has(id));
  if (unknown.length === 0) return chosen;
  throw new InputError(
    "unknown-label",
    `The sheet has no row with the id ${unknown.map((id) => JSON.stringify(id)).join(", ")}.`,
    { unknown },
  );
}

function requireKnownTag(rows: readonly Tagged[], tag: string): void {
  if (rows.some((row) => row.tags.includes(tag))) return;
  throw new InputError(
    "unknown-label",
    `No row has the tag ${JSON.stringify(tag)}; the tags are: ` +
      `${tagNames(rows).join(", ") || "none"}.`,
    { tag },
  );
}
