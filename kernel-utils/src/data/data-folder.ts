import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DataFileError } from "../errors";

/** The file by which the data folder is known: it lists the checksum of every data file. */
export const CHECKSUM_FILE = "SHA256SUMS";

/** Returns `folder` and every folder above it, nearest first. */
function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

/**
 * Returns the absolute path of the folder with the project's data files: the environment variable
 * HEADROOM_DATA where it is set, else the first `data` folder with a list of checksums in or above
 * this package's folder, then in or above the working folder. Notebooks run in a folder of their
 * own, so the working folder alone would not do.
 *
 * @throws DataFileError `missing-file` where there is none, with the places that were searched
 */
export function dataFolder(): string {
  const chosen = process.env.HEADROOM_DATA;
  if (chosen) {
    const folder = resolve(chosen);
    if (existsSync(join(folder, CHECKSUM_FILE))) return folder;
    throw new DataFileError(
      "missing-file",
      `HEADROOM_DATA names ${folder}, which holds no ${CHECKSUM_FILE}. ` +
        "Set it to the project's data folder, or unset it.",
      { folder },
    );
  }
  const starts = [__dirname, process.cwd()];
  const candidates = starts.flatMap(withParents).map((folder) => join(folder, "data"));
  const found = candidates.find((folder) => existsSync(join(folder, CHECKSUM_FILE)));
  if (found !== undefined) return found;
  throw new DataFileError(
    "missing-file",
    `No data folder (one with ${CHECKSUM_FILE}) in or above ${starts.join(" or ")}. ` +
      "Run inside the project, or set the environment variable HEADROOM_DATA to its data folder.",
    { starts },
  );
}
