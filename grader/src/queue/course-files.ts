/** Where a course keeps what grading makes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseVerdict, type Verdict } from "./verdict";
import { namesIn, writeWhole } from "./write-whole";

const ENDING = ".json";

/** The folder of what students handed in; nothing in it is trusted or changed. */
export function submittedFolder(course: string): string {
  return join(course, "submitted");
}

/** The folder of a student's clean notebook, which nbgrader takes instead of the student's file. */
export function intakeFolder(course: string, student: string, assignment: string): string {
  return join(course, "intake", student, assignment);
}

/** The folder of an assignment's verdicts. */
export function verdictFolder(course: string, assignment: string): string {
  return join(course, "verdicts", assignment);
}

/** Returns a student's verdict, whether it is up to date or not; undefined where there is none. */
export function readVerdict(
  course: string,
  assignment: string,
  student: string,
): Verdict | undefined {
  try {
    return parseVerdict(
      readFileSync(join(verdictFolder(course, assignment), student + ENDING), "utf8"),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Returns the verdicts of an assignment, in the order of the students' names. */
export function readVerdicts(course: string, assignment: string): Verdict[] {
  return namesIn(verdictFolder(course, assignment))
    .filter((name) => name.endsWith(ENDING) && !name.startsWith("."))
    .map((name) => readVerdict(course, assignment, name.slice(0, -ENDING.length)))
    .filter((verdict) => verdict !== undefined);
}

/** Keeps a verdict, in the place of an older one. */
export function writeVerdict(course: string, verdict: Verdict): void {
  const { assignment, student } = verdict;
  const file = join(verdictFolder(course, assignment), student + ENDING);
  writeWhole(file, `${JSON.stringify(verdict, null, 1)}\n`);
}
