/** nbgrader's ids: a cell's `grade_id` in the metadata is the cell's id in the notebook, too. */
import type { AssignmentCell } from "./assignment";

/** Returns the id of an exercise's tests. */
export function testsId(exercise: string): string {
  return `${exercise}-tests`;
}

/** Returns the id of a reflection's question; the answer has the reflection's own. */
function questionId(reflection: string): string {
  return `${reflection}-question`;
}

/** Returns the ids that a cell has in the notebooks: two for a reflection, none for a wrong answer. */
export function gradeIds(cells: readonly AssignmentCell[], index: number): readonly string[] {
  const cell = cells[index];
  switch (cell?.kind) {
    case "text": {
      const before = cells.slice(0, index).filter(({ kind }) => kind === "text").length;
      return [`text-${before + 1}`];
    }
    case "given":
    case "exercise":
      return [cell.id];
    case "tests":
      return [testsId(cell.exercise)];
    case "reflection":
      return [questionId(cell.id), cell.id];
    default:
      return [];
  }
}
