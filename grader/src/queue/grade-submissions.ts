import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Exam } from "../assignment/exam";
import { loadExam } from "../assignment/load-exam";
import { readAssignment } from "../assignment/read-assignment";
import type { SubmittedCell } from "../intake/submission";
import { judgeSubmission } from "../judge/judge-submission";
import type { Judgement } from "../judge/judgement";
import { authorSignatures } from "./author-answers";
import { lockCourse } from "./course-lock";
import type { Examiner, Seat } from "./examiner";
import { knownWrongAnswers, type WrongAnswerSignature } from "./known-wrong-answers";
import { type Grading, type QueueOptions, runQueue } from "./run-queue";

/** What is to be graded, and how. */
export interface GradeOptions extends QueueOptions {
  /** The assignment's name, `NN-slug`; its text source lies in the course's `src/`. */
  readonly assignment: string;
  /** By default the judge that asks a sandbox. */
  readonly judge?: (exam: Exam, cells: readonly SubmittedCell[], seat: Seat) => Promise<Judgement>;
}

/**
 * Judges what was handed in, each in a sandbox of its own, several at a time, and keeps verdicts. What has one already, for
 * the same notebook and the same tests, is not judged again; so it may be stopped at any moment, and goes on where it
 * stood. A file that can't be read gets a verdict that says so.
 *
 * @throws {CourseLockedError} when another process grades in the course
 * @throws {AssignmentError} for an assignment that has mistakes
 * @throws {UnprovenError} for an assignment whose own solution fails
 * @throws {SandboxError} where a sandbox can't be had: what is not judged then gets no verdict
 * @throws {QueueError} for a student who has handed in nothing
 */
export async function gradeSubmissions(options: GradeOptions): Promise<Grading> {
  const { course, assignment: name, trust = false, judge = judgeSubmission } = options;
  const { jobs = availableParallelism(), signal: outside } = options;
  const file = join(course, "src", `${name}.ts`);
  const lock = lockCourse(course, `grade ${name}`);
  try {
    const assignment = readAssignment(file);
    const exam = await loadExam(assignment, file);
    let signatures: readonly WrongAnswerSignature[] = [];
    const examiner: Examiner = {
      assignment,
      hash: exam.hash,
      maximum: exam.exercises.reduce((sum, { points }) => sum + points, 0),
      async prepare() {
        try {
          signatures = await authorSignatures(course, assignment, exam, {
            jobs,
            judge: (part, cells, { slot, signal }) => judge(part, cells, { slot, trust, signal }),
            ...(outside && { signal: outside }),
          });
        } catch (error) {
          // Stopped in the middle of it: the queue sees that for itself.
          if (!outside?.aborted) throw error;
        }
      },
      judge: (cells, seat) => judge(exam, cells, seat),
      knownWrongAnswers: (judgement) => knownWrongAnswers(judgement, signatures),
    };
    return await runQueue(examiner, { ...options, jobs });
  } finally {
    lock.release();
  }
}
