/** What the author's own answers give, tried before students' answers are judged. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Assignment } from "../assignment/assignment";
import type { Exam } from "../assignment/exam";
import { type JudgeOptions, judgeAnswers } from "../prove/judge-answers";
import { signaturesOf } from "../prove/signatures";
import { verdictFolder } from "./course-files";
import type { WrongAnswerSignature } from "./known-wrong-answers";
import { writeWhole } from "./write-whole";

/** The author's solution does not earn full marks, so that no student's mark could be trusted. */
export class UnprovenError extends Error {
  override name = "UnprovenError";
}

interface Kept {
  /** The hash of the whole text source: wrong answers stand there, too. */
  readonly source: string;
  readonly signatures: readonly WrongAnswerSignature[];
}

/**
 * Returns by what the author's wrong answers are known. They are judged as students' answers are, once for each state of
 * the text source, and with them the solution: where it loses marks, the tests or this machine's sandbox are at fault.
 *
 * @throws {UnprovenError} for a solution that does not earn full marks
 */
export async function authorSignatures(
  course: string,
  assignment: Assignment,
  exam: Exam,
  options: JudgeOptions,
): Promise<readonly WrongAnswerSignature[]> {
  const file = join(verdictFolder(course, assignment.name), ".wrong-answers");
  const kept = readKept(file);
  if (kept?.source === assignment.hash) return kept.signatures;
  const { solution, wrong } = await judgeAnswers(assignment, exam, options);
  const failed = solution.exercises.flatMap(({ id, tests }) =>
    tests.filter(({ passed }) => !passed).map(({ message }) => `  ${id}: ${message}`),
  );
  if (failed.length > 0) {
    throw new UnprovenError(
      `The solution of ${assignment.name} fails tests, so nobody was judged:\n${failed.join("\n")}\n` +
        `Mend the assignment until npm run assignments -- prove ${assignment.name} succeeds.`,
    );
  }
  const signatures = signaturesOf(wrong);
  writeWhole(file, JSON.stringify({ source: assignment.hash, signatures } satisfies Kept));
  return signatures;
}

function readKept(file: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Kept;
  } catch {
    return undefined;
  }
}
