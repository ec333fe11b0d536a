/** The answers that an assignment's author has written, as the cells that a submission would run. */
import type { Assignment, WrongCell } from "../assignment/assignment";
import { stubOf } from "../assignment/build-notebooks";
import { withoutMarks } from "../assignment/marks";
import type { SubmittedCell } from "../intake/submission";

/** Returns the cells of a submission that answers every exercise right. */
export function solutionCells(assignment: Assignment): readonly SubmittedCell[] {
  return answerCells(assignment, withoutMarks);
}

/** Returns the cells of a submission in which nothing was written. */
export function stubCells(assignment: Assignment): readonly SubmittedCell[] {
  return answerCells(assignment, stubOf);
}

/** Returns the cells of a submission that is right but for one wrong answer. */
export function wrongCells(assignment: Assignment, wrong: WrongCell): readonly SubmittedCell[] {
  return answerCells(assignment, (source, id) =>
    id === wrong.exercise ? wrong.source : withoutMarks(source),
  );
}

function answerCells(
  { cells }: Assignment,
  answer: (source: string, id: string) => string,
): readonly SubmittedCell[] {
  return cells.flatMap((cell): SubmittedCell[] => {
    if (cell.kind === "given") return [{ id: cell.id, source: cell.source }];
    if (cell.kind !== "exercise") return [];
    return [{ id: cell.id, source: answer(cell.source, cell.id) }];
  });
}
