import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hostileNotebook, ownCell } from "../hostile";
import type { Attack } from "./attack";

/** Puts the honest notebook elsewhere, for links to point to. */
function elsewhere(file: string): string {
  const folder = path.join(path.dirname(file), "..", "..", "..", "other");
  mkdirSync(folder);
  writeFileSync(path.join(folder, path.basename(file)), JSON.stringify(hostileNotebook()));
  return folder;
}

/** Submissions that are no notebook, or none of the student's. */
export const FILES: readonly Attack[] = [
  {
    name: "100 MB",
    does: "Hands in a file of 100 MB.",
    changes: { place: (file) => truncateSync(file, 100e6) },
    deserves: "unreadable",
    sees: "has 100.0 MB, and 5 MB is the limit",
  },
  {
    name: "broken JSON",
    does: "Hands in half a notebook.",
    changes: { bytes: JSON.stringify(hostileNotebook()).slice(0, 999) },
    deserves: "unreadable",
    sees: "it is not valid JSON",
  },
  {
    name: "empty file",
    does: "Hands in a file without a byte.",
    changes: { bytes: "" },
    deserves: "unreadable",
    sees: "it is not valid JSON",
  },
  {
    name: "bytes",
    does: "Hands in bytes that are no text.",
    changes: { bytes: Uint8Array.from({ length: 4096 }, (_, at) => (at * 197) % 256) },
    deserves: "unreadable",
    sees: "it is not valid JSON",
  },
  {
    name: "nested JSON",
    does: "Hands in four million brackets.",
    changes: { bytes: `{"nbformat":4,"cells":${"[".repeat(2e6)}${"]".repeat(2e6)}}` },
    deserves: "unreadable",
    sees: "its JSON nests deeper than 60 levels",
  },
  {
    name: "no notebook",
    does: "Hands in JSON of another kind: an old format, no cells, a list.",
    changes: { bytes: '[{"nbformat":4},{"cells":[]}]' },
    deserves: "unreadable",
    sees: "it is not a notebook of format 4",
  },
  {
    name: "old format",
    does: "Hands in a notebook of format 3.",
    changes: { edit: (notebook) => Object.assign(notebook, { nbformat: 3 }) },
    deserves: "unreadable",
    sees: "it is not a notebook of format 4",
  },
  {
    name: "10,000 cells",
    does: "Hands in a notebook of 10,000 cells.",
    changes: {
      edit: ({ cells }) => {
        for (let n = 0; n < 1e4; n++) cells.push(ownCell("1"));
      },
    },
    deserves: "unreadable",
    sees: "and 500 is the limit",
  },
  {
    name: "link to a file",
    does: "Hands in a symbolic link to another student's right notebook.",
    changes: {
      place: (file) => {
        rmSync(file);
        symlinkSync(path.join(elsewhere(file), path.basename(file)), file);
      },
    },
    deserves: "unreadable",
    sees: "is a symbolic link: a plain file was expected",
  },
  {
    name: "link to a folder",
    does: "Hands in a symbolic link to a folder with another student's right notebook.",
    changes: {
      place: (file) => {
        rmSync(path.dirname(file), { recursive: true });
        symlinkSync(elsewhere(file), path.dirname(file));
      },
    },
    deserves: "unreadable",
    sees: "is a symbolic link or a file: a plain folder was expected",
  },
  {
    name: "FIFO",
    does: "Hands in a named pipe, on which a reader would wait for ever.",
    changes: {
      place: (file) => {
        rmSync(file);
        execFileSync("sh", ["-c", 'mkfifo "$1"', "sh", file]);
      },
    },
    deserves: "unreadable",
    sees: "is a pipe or a device: a plain file was expected",
  },
  {
    name: "folder in place of a file",
    does: "Hands in a folder with the notebook's name.",
    changes: {
      place: (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    },
    deserves: "unreadable",
    sees: "is a folder: a plain file was expected",
  },
  {
    name: "nothing",
    does: "Hands in a folder without a notebook.",
    changes: { place: (file) => rmSync(file) },
    deserves: "unreadable",
    sees: "can't be opened (ENOENT): was a notebook of this name submitted?",
  },
];
