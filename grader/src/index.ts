/** The grader's table of contents. */

// The text source, its notebooks and its exam.
export type { Assignment, AssignmentCell } from "./assignment/assignment";
export { AssignmentError, type Problem } from "./assignment/assignment-error";
export { buildSolution, buildSource, releasedTexts } from "./assignment/build-notebooks";
export {
  findOrphans,
  findStale,
  type NotebookKind,
  notebookFile,
  readRelease,
  writeNotebooks,
} from "./assignment/course-notebooks";
export type { Exam, ExamExercise, ExamTest } from "./assignment/exam";
export { findBreaches } from "./assignment/house-rules";
export { loadExam } from "./assignment/load-exam";
export { formatNotebook, type Notebook, type NotebookCell } from "./assignment/notebook";
export {
  type AssignmentFile,
  listAssignments,
  parseAssignment,
  readAssignment,
} from "./assignment/read-assignment";
// Reading a submission, and judging it.
export { cleanNotebook } from "./intake/clean-notebook";
export { readSubmission } from "./intake/read-submission";
export type { AddedCell, Submission, SubmittedCell } from "./intake/submission";
export { UnreadableError } from "./intake/unreadable-error";
export { type JudgeOptions, judgeSubmission } from "./judge/judge-submission";
export type { CellResult, ExerciseResult, Judgement, TestResult } from "./judge/judgement";
// Proving an assignment.
export type { JudgeAnswer } from "./prove/judge-answers";
export type { Proof, ProofLine } from "./prove/proof";
export { type ProveOptions, proveAssignment } from "./prove/prove-assignment";
export { UnprovenError } from "./queue/author-answers";
// Grading a class, and what came of it.
export { readVerdict, readVerdicts } from "./queue/course-files";
export { CourseLockedError } from "./queue/course-lock";
export { type GradeOptions, gradeSubmissions } from "./queue/grade-submissions";
export { duration, progressLine } from "./queue/progress-line";
export { type Grading, type Progress, QueueError } from "./queue/run-queue";
export type { KnownWrongAnswer, Verdict } from "./queue/verdict";
export { writeWhole } from "./queue/write-whole";
export { classPage } from "./report/class-page";
export type { ClassResult, ClassRow, GradebookEntry, ManualMark } from "./report/class-result";
export { classTable } from "./report/class-table";
export { explanation } from "./report/explanation";

// The sandbox.
export { DEFAULT_LIMITS, type Limits } from "./sandbox/limits";
export { SandboxError, type SandboxErrorCode } from "./sandbox/sandbox-error";
export { sandboxProblem } from "./sandbox/sandbox-problem";
