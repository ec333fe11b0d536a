/** The cell that is being written, as a file of the project. */
import type { CheckerSession } from "./checker-session";
import type { ProjectFile } from "./slot-files";
import type { Slots } from "./slots";
import { looksLikeJsx, writtenDeclarations, writtenWords } from "./written-names";

/**
 * Returns the file that holds unfinished code. It is the slot of the next cell to be checked, so
 * that the imports of that cell are loaded only once.
 * @param wanted names of earlier cells that it may be about to mention
 */
export async function draftFile(
  session: CheckerSession,
  slots: Slots,
  code: string,
  wanted: readonly string[] = [],
): Promise<ProjectFile> {
  const language = looksLikeJsx(code) ? "tsx" : "ts";
  if (slots.ensure(language)) await session.grow();
  const mentions = writtenWords(code);
  for (const name of wanted) mentions.add(name);
  for (const name of writtenDeclarations(code)) mentions.delete(name);
  return slots.fileOf({ code, bindings: new Map(), mentions }, language);
}
