/** What a submission is judged by: the tests of an assignment, as values. */
import type { Test } from "@headroom/checks/judge";

/** A test, and whether the student may see it. */
export interface ExamTest {
  readonly test: Test;
  readonly hidden: boolean;
}

/** An exercise and its tests. */
export interface ExamExercise {
  /** Its nbgrader id. */
  readonly id: string;
  /** What its check is called: "F1". */
  readonly title: string;
  readonly points: number;
  /** The exercise's cell as the student finds it. */
  readonly stub: string;
  /** The names that its solution declares; tests call them. */
  readonly functions: readonly string[];
  readonly tests: readonly ExamTest[];
}

/** An assignment's tests, ready to be put. */
export interface Exam {
  /** `NN-slug`. */
  readonly name: string;
  /** SHA-256, hex, of all that decides a score: a verdict under another one is out of date. */
  readonly hash: string;
  /** The source of each given cell, by its nbgrader id, in order. */
  readonly given: ReadonlyMap<string, string>;
  readonly exercises: readonly ExamExercise[];
  /**
   * Resolves to the same exercises with tests that were declared anew: a test may count, remember, or draw
   * one number after the other, and must know nothing of the student before.
   */
  readonly declareAgain?: () => Promise<readonly ExamExercise[]>;
}

/** Resolves to the exam's exercises for one submission, with tests that nobody has used. */
export async function freshExercises({
  exercises,
  declareAgain,
}: Exam): Promise<readonly ExamExercise[]> {
  if (declareAgain === undefined) return exercises;
  const wanted = new Set(exercises.map(({ id }) => id));
  return (await declareAgain()).filter(({ id }) => wanted.has(id));
}
