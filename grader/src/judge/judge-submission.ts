import { type Caller, functionName, runTest } from "@headroom/checks/judge";
import { type Exam, type ExamExercise, type ExamTest, freshExercises } from "../assignment/exam";
import { plainLine } from "../intake/plain-text";
import type { SubmittedCell } from "../intake/submission";
import { DEFAULT_LIMITS, type Limits } from "../sandbox/limits";
import { GoneError, MissingFunctionError } from "./gone-error";
import { isUntouched } from "./is-untouched";
import type { ExerciseResult, Judgement, TestResult } from "./judgement";
import type { StudentProcess } from "./student-process";
import { StudentRun } from "./student-run";

/** After so many tests of an exercise that ended the program, its others are not tried. */
const MOST_LOST = 2;
const MOST_NOTES = 30;
const LONGEST_NOTE = 300;
const LONGEST_MESSAGE = 2000;

/** How a submission is judged. */
export interface JudgeOptions {
  /** Which of several at once it is, from 0; 0 by default. */
  readonly slot?: number;
  /** What differs from the usual limits. */
  readonly limits?: Partial<Limits>;
  /** True to run it without a sandbox: for one's own code only. */
  readonly trust?: boolean;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** How a test ended, and whether the stub answered. */
interface Tried {
  readonly result: TestResult;
  readonly unanswered: boolean;
}

/**
 * Runs a submission's cells in a sandbox, asks for what the tests call, and judges the answers here.
 * Visible tests come first, over all exercises: what a program sees in a hidden one comes too late for
 * a message that the student may read.
 * @param cells in running order, as `readSubmission` returns them
 * @throws {SandboxError} When the fault is not the student's: there is no judgement.
 * @throws The signal's reason.
 */
export async function judgeSubmission(
  exam: Exam,
  cells: readonly SubmittedCell[],
  options: JudgeOptions = {},
): Promise<Judgement> {
  const { slot = 0, limits, trust = false, signal } = options;
  signal?.throwIfAborted();
  const began = performance.now();
  const exercises = await freshExercises(exam);
  const notes = new Set<string>();
  const run = new StudentRun(cells, {
    given: new Set(exam.given.keys()),
    limits: { ...DEFAULT_LIMITS, ...limits },
    slot,
    trust,
    onNote: (note) => notes.add(plainLine(note, LONGEST_NOTE)),
  });
  const stop = () => run.close("the judge was stopped");
  signal?.addEventListener("abort", stop);
  try {
    const tried = new Map<ExamTest, Tried>();
    for (const hidden of [false, true]) {
      for (const exercise of exercises) {
        for (const one of exercise.tests.filter((test) => test.hidden === hidden)) {
          tried.set(one, await tryTest(run, exercise, one, tried, notes));
          signal?.throwIfAborted();
        }
      }
    }
    return {
      exercises: exercises.map((exercise) => exerciseResult(exercise, cells, tried)),
      cells: run.results,
      notes: cut([...notes]),
      timedOut: run.timedOut,
      processes: run.processes,
      milliseconds: Math.round(performance.now() - began),
    };
  } finally {
    signal?.removeEventListener("abort", stop);
    await run.drop();
  }
}

async function tryTest(
  run: StudentRun,
  exercise: ExamExercise,
  { test, hidden }: ExamTest,
  tried: ReadonlyMap<ExamTest, Tried>,
  notes: Set<string>,
): Promise<Tried> {
  const end = (passed: boolean, message: string, lost = false, unanswered = false): Tried => {
    const { title, points } = test;
    // A message quotes what came: it must not look like several.
    return {
      result: { title, hidden, points, passed, message: plainLine(message, LONGEST_MESSAGE), lost },
      unanswered,
    };
  };
  const lost = exercise.tests.filter((other) => tried.get(other)?.result.lost).length;
  if (lost >= MOST_LOST)
    return end(false, `${test.title}: not tried, since other tests ended the program.`, true);
  try {
    const process = await run.ready();
    const verdict = await runTest(test, callerOf(process), exercise.title);
    if (process.ended !== undefined) throw new GoneError(process.ended);
    return end(verdict.passed, verdict.message, false, verdict.unanswered);
  } catch (error) {
    if (error instanceof MissingFunctionError)
      return end(false, `${test.title}: ${error.message}.`);
    if (!(error instanceof GoneError)) throw error;
    await run.drop();
    notes.add(`${exercise.id}, "${test.title}": ${error.message}`);
    return end(false, `${test.title}: nothing came back: ${error.message}.`, true);
  }
}

function callerOf(process: StudentProcess): Caller {
  return (fn, args) => process.call(functionName(fn), args);
}

function exerciseResult(
  exercise: ExamExercise,
  cells: readonly SubmittedCell[],
  tried: ReadonlyMap<ExamTest, Tried>,
): ExerciseResult {
  const { id, points, stub } = exercise;
  const ends = exercise.tests.flatMap((test) => tried.get(test) ?? []);
  const tests = ends.map(({ result }) => result);
  const source = cells.findLast((cell) => cell.id === id)?.source;
  return {
    id,
    points,
    score: pointsOf(tests),
    answered: !isUntouched(source, stub) && !ends.every(({ unanswered }) => unanswered),
    tests,
  };
}

/** Rounded, so that 0.1 + 0.2 is no more than 0.3. */
function pointsOf(tests: readonly TestResult[]): number {
  const sum = tests.reduce((points, test) => points + (test.passed ? test.points : 0), 0);
  return Math.round(sum * 1e6) / 1e6;
}

function cut(notes: readonly string[]): readonly string[] {
  return notes.length <= MOST_NOTES ? notes : [...notes.slice(0, MOST_NOTES), "and more"];
}
