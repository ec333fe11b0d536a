/** Whether an assignment's cells belong together. */
import type {
  Assignment,
  AssignmentCell,
  ExerciseCell,
  GivenCell,
  ReflectionCell,
  TestsCell,
  WrongCell,
} from "./assignment";
import type { Problem } from "./assignment-error";
import { gradeIds } from "./grade-ids";

interface CellByKind {
  readonly given: GivenCell;
  readonly exercise: ExerciseCell;
  readonly tests: TestsCell;
  readonly wrong: WrongCell;
  readonly reflection: ReflectionCell;
}

/** Returns the assignment's cells of a kind, in order. */
export function cellsOf<K extends keyof CellByKind>(
  { cells }: Pick<Assignment, "cells">,
  kind: K,
): readonly CellByKind[K][] {
  return cells.filter((cell): cell is AssignmentCell & CellByKind[K] => cell.kind === kind);
}

/** Returns what is missing, doubled or unknown among the cells. */
export function findStructureProblems(cells: readonly AssignmentCell[]): Problem[] {
  return [
    ...findDuplicates(cells),
    ...findUnknownExercises(cells),
    ...findExercisesWithoutTests(cells),
    ...findDoubledNames(cells),
  ];
}

function findDuplicates(cells: readonly AssignmentCell[]): Problem[] {
  const lines = new Map<string, number>();
  return cells.flatMap((cell, index) =>
    gradeIds(cells, index).flatMap((id): Problem[] => {
      const known = lines.get(id);
      if (known === undefined) {
        lines.set(id, cell.line);
        return [];
      }
      const message =
        cell.kind === "tests"
          ? `the exercise "${cell.exercise}" has tests already, at line ${known}: put them into one cell`
          : `the id "${id}" is taken, at line ${known}: every id is unique in its assignment`;
      return [{ line: markLine(cell), message }];
    }),
  );
}

function findUnknownExercises(cells: readonly AssignmentCell[]): Problem[] {
  const known = new Set<string>();
  return cells.flatMap((cell): Problem[] => {
    if (cell.kind === "exercise") known.add(cell.id);
    if (cell.kind !== "tests" && cell.kind !== "wrong") return [];
    if (known.has(cell.exercise)) return [];
    const before = [...known].join(", ") || "none";
    const message = `there is no exercise "${cell.exercise}" before this cell (there are: ${before})`;
    return [{ line: markLine(cell), message }];
  });
}

function findExercisesWithoutTests(cells: readonly AssignmentCell[]): Problem[] {
  const tested = new Set(cellsOf({ cells }, "tests").map(({ exercise }) => exercise));
  return cellsOf({ cells }, "exercise")
    .filter(({ id }) => id !== "" && !tested.has(id))
    .map((cell) => ({
      line: markLine(cell),
      message: `the exercise "${cell.id}" has no tests: add a cell // %% tests="${cell.id}" points=N`,
    }));
}

function findDoubledNames(cells: readonly AssignmentCell[]): Problem[] {
  const seen = new Set<string>();
  return cellsOf({ cells }, "wrong").flatMap((cell): Problem[] => {
    const { exercise, name } = cell;
    const key = JSON.stringify([exercise, name]);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      { line: markLine(cell), message: `"${exercise}" has a wrong answer "${name}" already` },
    ];
  });
}

/** The line of the cell's `// %%`; a wrong answer's text begins behind its brace. */
function markLine({ kind, line }: AssignmentCell): number {
  return kind === "wrong" ? line - 2 : line - 1;
}
