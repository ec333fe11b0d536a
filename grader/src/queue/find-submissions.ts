import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shortLine } from "../report/short-line";
import { submittedFolder } from "./course-files";

/** In bytes: verdicts are called after students. */
const LONGEST_NAME = 200;
const TOLD_LENGTH = 40;

/** What a student handed in, not looked into yet. */
export interface Found {
  readonly student: string;
  /** `submitted/STUDENT/NAME/NAME.ipynb`, whether it is there or not. */
  readonly file: string;
  readonly folder: string;
}

/** The submissions of an assignment, in the order of the students' names. */
export interface FoundSubmissions {
  readonly found: readonly Found[];
  /** What lies in the folder and is no submission, in words. */
  readonly odd: readonly string[];
}

/** Returns who has handed in an assignment. A folder of the assignment counts, whatever is in it. */
export function findSubmissions(course: string, assignment: string): FoundSubmissions {
  const found: Found[] = [];
  const odd: string[] = [];
  for (const entry of entriesOf(submittedFolder(course))) {
    const { name } = entry;
    if (name.startsWith(".")) continue;
    const complaint = complaintAbout(entry);
    if (complaint !== undefined) {
      odd.push(`submitted/${shortLine(name, TOLD_LENGTH)} ${complaint}: left out.`);
      continue;
    }
    const folder = join(submittedFolder(course), name, assignment);
    if (!isThere(folder)) continue;
    found.push({ student: name, folder, file: join(folder, `${assignment}.ipynb`) });
  }
  return { found, odd };
}

/** Says why an entry can be no student. */
function complaintAbout(entry: Dirent): string | undefined {
  if (!entry.isDirectory()) return "is no folder";
  if (Buffer.byteLength(entry.name) > LONGEST_NAME) return "has too long a name";
  // U+FFFD stands for bytes that are no text: no file could be found by that name.
  return /[\p{Cc}\uFFFD]/u.test(entry.name) ? "has a name that is no text" : undefined;
}

function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
