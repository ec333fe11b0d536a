import { requireTag } from "./tag-sheet";

/**
 * Returns tags as the text of one cell: "car noise; people noise". A semicolon or backslash in a
 * tag, and white space at its ends, gets a backslash in front, so that `parseTags` gives the same
 * list.
 *
 * @throws InputError `wrong-type` for a blank tag
 */
export function formatTags(tags: readonly string[]): string {
  return tags
    .map((tag) => {
      requireTag(tag);
      const marked = tag.replace(/[\\;]/g, "\\$&");
      return marked.replace(/^\s+|\s+$/g, (ends) => ends.replace(/\s/g, "\\$&"));
    })
    .join("; ");
}

/**
 * Returns the tags that a cell's text lists, separated by semicolons; white space around them does
 * not count. An empty text lists none.
 *
 * @returns undefined where a tag is blank, as in "car;;people"
 */
export function parseTags(text: string): string[] | undefined {
  if (text.trim() === "") return [];
  const tags: string[] = [];
  let tag = "";
  // How much of the tag to keep: white space after it is dropped unless it was marked.
  let kept = 0;
  for (let i = 0; i <= text.length; i++) {
    const sign = text[i];
    const next = text[i + 1] ?? "";
    if (sign === undefined || sign === ";") {
      tags.push(tag.slice(0, kept));
      [tag, kept] = ["", 0];
    } else if (sign === "\\" && /[\\;\s]/.test(next)) {
      tag += next;
      kept = tag.length;
      i++;
    } else if (!/\s/.test(sign)) {
      tag += sign;
      kept = tag.length;
    } else if (tag !== "") {
      tag += sign;
    }
  }
  return tags.some((one) => one.trim() === "") ? undefined : tags;
}
