import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataFileError } from "../errors";
import { CHECKSUM_FILE, dataFolder } from "./data-folder";

/** Returns the expected checksums by path, from lines as `sha256sum` writes them. */
function readChecksums(folder: string): Map<string, string> {
  const text = readFileSync(join(folder, CHECKSUM_FILE), "utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const match = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line.trimEnd());
      if (match?.[1] === undefined || match[2] === undefined) {
        throw new DataFileError(
          "corrupt-file",
          `${join(folder, CHECKSUM_FILE)}: expected lines of a SHA-256 and a path, ` +
            `got ${JSON.stringify(line)}. ${cure(CHECKSUM_FILE)}`,
          { line },
        );
      }
      return [match[2], match[1]];
    }),
  );
}

function cure(path: string): string {
  return `Restore it in the project's folder: git checkout -- data/${path}`;
}

/**
 * Returns the text of a file in the data folder, once its SHA-256 is the one in the folder's list.
 *
 * @param path relative to the data folder, with forward slashes: `uci/wine.csv`
 * @throws DataFileError `missing-file` where the file or its entry in the list is not there,
 *   `corrupt-file` where the checksum differs, with both checksums and the cure
 */
export function readDataFile(path: string): string {
  const folder = dataFolder();
  const expected = readChecksums(folder).get(path);
  if (expected === undefined) {
    throw new DataFileError(
      "missing-file",
      `data/${path} has no checksum in ${join(folder, CHECKSUM_FILE)}: ` +
        "expected the path of a listed data file.",
      { path, folder },
    );
  }
  const file = join(folder, path);
  if (!existsSync(file)) {
    throw new DataFileError(
      "missing-file",
      `The data file ${file} is missing (expected SHA-256 ${expected}). ${cure(path)}`,
      { path, folder, expected },
    );
  }
  const bytes = readFileSync(file);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== expected) {
    throw new DataFileError(
      "corrupt-file",
      `The data file ${file} was changed or damaged: expected SHA-256 ${expected}, ` +
        `found ${found}. ${cure(path)}`,
      { path, folder, expected, found },
    );
  }
  return bytes.toString("utf8");
}
