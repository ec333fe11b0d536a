/** Has the author's answers judged, as a student's would be. */
import type { Assignment, WrongCell } from "../assignment/assignment";
import type { Exam } from "../assignment/exam";
import { cellsOf } from "../assignment/structure";
import type { SubmittedCell } from "../intake/submission";
import type { ExerciseResult, Judgement } from "../judge/judgement";
import { inSlots } from "../queue/in-slots";
import { solutionCells, stubCells, wrongCells } from "./answers";

/** Judges the cells of an answer; no two answers have the same slot at a time. */
export type JudgeAnswer = (
  exam: Exam,
  cells: readonly SubmittedCell[],
  seat: { readonly slot: number; readonly signal: AbortSignal },
) => Promise<Judgement>;

/** How many answers are judged at a time, and by whom. */
export interface JudgeOptions {
  readonly jobs: number;
  readonly judge: JudgeAnswer;
  readonly signal?: AbortSignal;
}

/** A wrong answer, and how its exercise ended. */
export interface JudgedWrongAnswer {
  readonly wrong: WrongCell;
  readonly result: ExerciseResult;
}

/** The author's answers, judged. */
export interface JudgedAnswers {
  readonly solution: Judgement;
  readonly stub: Judgement;
  readonly wrong: readonly JudgedWrongAnswer[];
}

/** Resolves to the judgements of the solution, the untouched stubs and every wrong answer. */
export async function judgeAnswers(
  assignment: Assignment,
  exam: Exam,
  { jobs, judge, signal }: JudgeOptions,
): Promise<JudgedAnswers> {
  let solution: Judgement | undefined;
  let stub: Judgement | undefined;
  const wrong = new Map<WrongCell, ExerciseResult>();
  type Work = (seat: Parameters<JudgeAnswer>[2]) => Promise<void>;
  const works: Work[] = [
    async (seat) => {
      solution = await judge(exam, solutionCells(assignment), seat);
    },
    async (seat) => {
      stub = await judge(exam, stubCells(assignment), seat);
    },
    ...cellsOf(assignment, "wrong").map(
      (cell): Work =>
        async (seat) => {
          // The other exercises are right: there is nothing to see.
          const part = {
            ...exam,
            exercises: exam.exercises.filter(({ id }) => id === cell.exercise),
          };
          const { exercises } = await judge(part, wrongCells(assignment, cell), seat);
          if (exercises[0] !== undefined) wrong.set(cell, exercises[0]);
        },
    ),
  ];
  await inSlots(works, jobs, (work, slot, inner) => work({ slot, signal: inner }), signal);
  if (solution === undefined || stub === undefined) throw new Error("the proof was stopped");
  return {
    solution,
    stub,
    wrong: cellsOf(assignment, "wrong").flatMap((cell) => {
      const result = wrong.get(cell);
      return result === undefined ? [] : [{ wrong: cell, result }];
    }),
  };
}
