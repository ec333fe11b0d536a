import { createHash } from "node:crypto";
import { lstatSync, opendirSync } from "node:fs";
import { join } from "node:path";
import type { Assignment } from "../assignment/assignment";
import { readPlainFile } from "../intake/read-plain-file";
import { readSubmission } from "../intake/read-submission";
import type { Submission } from "../intake/submission";
import { UnreadableError } from "../intake/unreadable-error";
import type { Found } from "./find-submissions";
import { parseHandInTime } from "./hand-in-time";

const NOTHING = { cells: [], reflections: new Map<string, string>(), added: [], notes: [] };
const TIME_BYTES = 200;
const NAMES_TOLD = 5;

/** What a student handed in, read; without cells where it could not be read. */
export interface HandedIn {
  readonly submission: Submission;
  /** Why it could not be read, for the instructor. */
  readonly unreadable?: string;
  /** ISO 8601. */
  readonly submittedAt?: string | undefined;
  readonly notes: readonly string[];
}

/** Returns what a student handed in. Nothing that may lie in the folder makes it throw. */
export function readHandedIn({ file, folder }: Found, assignment: Assignment): HandedIn {
  const { submittedAt, notes } = readHandInTime(folder);
  try {
    const submission = readSubmission(file, assignment);
    return { submission, submittedAt, notes: [...submission.notes, ...notes] };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const unreadable = error.message + otherNotebooks(folder, error.code);
    const sha256 = createHash("sha256").update(`unreadable: ${unreadable}`).digest("hex");
    return { submission: { ...NOTHING, sha256 }, unreadable, submittedAt, notes };
  }
}

function readHandInTime(folder: string): { submittedAt?: string; notes: string[] } {
  let text: string;
  try {
    text = readPlainFile(join(folder, "timestamp.txt"), TIME_BYTES).toString("utf8");
  } catch (error) {
    if (error instanceof UnreadableError && error.code === "missing") return { notes: [] };
    return { notes: ["timestamp.txt can't be read: it counts as handed in on time"] };
  }
  const submittedAt = parseHandInTime(text);
  return submittedAt === undefined
    ? { notes: ["timestamp.txt states no time in nbgrader's form"] }
    : { submittedAt, notes: [] };
}

/** A notebook under another name is the usual reason for a missing one. */
function otherNotebooks(folder: string, code: string): string {
  if (code !== "missing" || !lstatSync(folder).isDirectory()) return "";
  const names: string[] = [];
  const entries = opendirSync(folder);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      if (names.length < NAMES_TOLD && entry.name.endsWith(".ipynb")) names.push(entry.name);
    }
  } finally {
    entries.closeSync();
  }
  return names.length === 0 ? "" : ` (the folder holds ${names.sort().join(", ")})`;
}
