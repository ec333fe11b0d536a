import type { Assignment } from "../assignment/assignment";
import { buildSource, releasedTexts } from "../assignment/build-notebooks";
import { gradeIds } from "../assignment/grade-ids";
import type { NotebookCell } from "../assignment/notebook";

/** What a submission does with a cell of the assignment. */
type Role = "given" | "exercise" | "tests" | "reflection" | "shown";

/** A cell of the assignment, as a submission should have it. */
export interface KnownCell {
  readonly id: string;
  readonly role: Role;
  /** How notes call it: "the answer to f1-score". */
  readonly called: string;
  /** Its place in the assignment's notebook. */
  readonly place: number;
  /** What the student was given. */
  readonly released: string;
  /** As the instructor's notebook has it. */
  readonly cell: NotebookCell;
}

/** Returns the cells of an assignment's notebook by their nbgrader ids, in order. */
export function knownCells(assignment: Assignment): ReadonlyMap<string, KnownCell> {
  const roles = rolesOf(assignment);
  const released = releasedTexts(assignment);
  return new Map(
    buildSource(assignment).cells.map((cell, place) => {
      const { id } = cell;
      const [role, called] = roles.get(id) ?? ["shown", `the text ${id}`];
      return [id, { id, role, called, place, released: released.get(id) ?? cell.source, cell }];
    }),
  );
}

function rolesOf({ cells }: Assignment): ReadonlyMap<string, readonly [Role, string]> {
  return new Map(
    cells.flatMap((cell, index): [string, [Role, string]][] => {
      const ids = gradeIds(cells, index);
      const id = ids.at(-1) ?? "";
      switch (cell.kind) {
        case "given":
          return [[id, ["given", `the given cell ${id}`]]];
        case "exercise":
          return [[id, ["exercise", `the answer to ${id}`]]];
        case "tests":
          return [[id, ["tests", `the tests of ${cell.exercise}`]]];
        case "reflection":
          return [[id, ["reflection", `the reflection ${id}`]]];
        default:
          return [];
      }
    }),
  );
}
