import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cleanNotebook } from "../intake/clean-notebook";
import { type Judgement, scoreOf } from "../judge/judgement";
import { intakeFolder, readVerdict, writeVerdict } from "./course-files";
import type { Examiner } from "./examiner";
import type { Found } from "./find-submissions";
import { handInTimeText } from "./hand-in-time";
import type { HandedIn } from "./read-handed-in";
import type { Verdict } from "./verdict";
import { removeUnfinished, writeWhole } from "./write-whole";

/**
 * Returns the verdict that a submission has already, for the same notebook and the same exam; undefined where it is to be
 * judged. A new time of handing in alone is entered without judging anew.
 */
export function keptVerdict(
  course: string,
  examiner: Examiner,
  { student }: Found,
  handedIn: HandedIn,
): Verdict | undefined {
  const name = examiner.assignment.name;
  const verdict = readVerdict(course, name, student);
  const isKept =
    verdict !== undefined &&
    verdict.exam === examiner.hash &&
    verdict.submission === handedIn.submission.sha256 &&
    existsSync(join(intakeFolder(course, student, name), `${name}.ipynb`));
  if (!isKept) return undefined;
  if (verdict.submittedAt === handedIn.submittedAt) return verdict;
  const moved = { ...verdict, submittedAt: handedIn.submittedAt };
  writeHandInTime(course, moved);
  writeVerdict(course, moved);
  return moved;
}

/** Keeps a judgement: the clean notebook for nbgrader first, the verdict last, so that a verdict says that all is there. */
export function keepJudgement(
  course: string,
  examiner: Examiner,
  { student }: Found,
  handedIn: HandedIn,
  judgement: Judgement | null,
): Verdict {
  const { assignment, hash, maximum } = examiner;
  const { submission, unreadable, submittedAt } = handedIn;
  const folder = intakeFolder(course, student, assignment.name);
  const notebook = cleanNotebook(assignment, submission, judgement ?? undefined);
  const verdict: Verdict = {
    version: 1,
    assignment: assignment.name,
    student,
    exam: hash,
    submission: submission.sha256,
    submittedAt,
    score: scoreOf(judgement),
    maximum,
    judgement,
    ...(unreadable !== undefined && { unreadable }),
    wrongAnswers: judgement === null ? [] : examiner.knownWrongAnswers(judgement),
    notes: [...handedIn.notes, ...(judgement?.notes ?? [])],
  };
  removeUnfinished(folder);
  writeWhole(join(folder, `${assignment.name}.ipynb`), `${JSON.stringify(notebook, null, 1)}\n`);
  writeHandInTime(course, verdict);
  writeVerdict(course, verdict);
  return verdict;
}

function writeHandInTime(course: string, { student, assignment, submittedAt }: Verdict): void {
  const file = join(intakeFolder(course, student, assignment), "timestamp.txt");
  if (submittedAt === undefined) rmSync(file, { force: true });
  else writeWhole(file, handInTimeText(submittedAt));
}
