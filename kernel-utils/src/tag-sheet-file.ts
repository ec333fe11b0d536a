import { readFileSync } from "node:fs";
import { DataFileError } from "./errors";
import type { ExtraColumns, LoadedTagRow } from "./tag-columns";
import type { TagRow } from "./tag-sheet";
import { formatTagSheet, parseTagSheet } from "./tag-sheet-csv";
import { writeFileAtomically } from "./write-file-atomically";

/**
 * Saves the sheet as a CSV file (see `formatTagSheet`) that a text editor or a spreadsheet program
 * can edit and `loadTagSheet` reads back. The file is replaced as a whole or not at all.
 *
 * A spreadsheet program may save an empty text as no value at all.
 *
 * @throws InputError for a sheet that can't be saved without loss
 * @throws DataFileError `missing-file` where the folder does not exist
 */
export function saveTagSheet<Row extends TagRow>(path: string, rows: readonly Row[]): void {
  writeFileAtomically(path, formatTagSheet(rows));
}

/**
 * Returns the rows of a sheet that was saved by `saveTagSheet` or written by hand.
 *
 * @param options.columns further columns to rely on, with their kinds, so that the rows are typed;
 *   columns not named here are read too
 * @throws DataFileError `missing-file`; `corrupt-file` with file, line and column for anything that
 *   can't be read as a sheet; `missing-column`
 */
export function loadTagSheet<Columns extends ExtraColumns = Record<never, never>>(
  path: string,
  options: { readonly columns?: Columns } = {},
): LoadedTagRow<Columns>[] {
  return parseTagSheet(readText(path), { ...options, file: path });
}

function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new DataFileError(
      "missing-file",
      `${path} can't be read (${cause instanceof Error ? cause.message : cause}). ` +
        "Save a sheet there with saveTagSheet first, or mend the path.",
      { path },
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DataFileError(
      "corrupt-file",
      `${path} is not in UTF-8. Save it anew as "CSV UTF-8".`,
      { path },
    );
  }
}
