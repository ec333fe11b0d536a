/** The notebooks that come from an assignment. The same assignment always gives the same bytes. */
import type { Assignment, AssignmentCell, ReflectionCell } from "./assignment";
import { gradeIds } from "./grade-ids";
import { withoutMarks, withoutRegions } from "./marks";
import {
  type GradeMetadata,
  NOTEBOOK_METADATA,
  type Notebook,
  type NotebookCell,
} from "./notebook";

/** What nbgrader writes in place of a solution, and what an unanswered reflection says. */
const CODE_STUB = 'throw new Error("not answered yet");';
const TEXT_STUB = "YOUR ANSWER HERE";

/**
 * Returns nbgrader's source notebook: solutions, hidden tests and mark schemes between their marks, no
 * wrong answers. nbgrader makes the students' notebook of it.
 */
export function buildSource(assignment: Assignment): Notebook {
  return build(assignment, (source) => source);
}

/** Returns the instructor's notebook: it runs from top to bottom, and every test passes. */
export function buildSolution(assignment: Assignment): Notebook {
  return build(assignment, (source, cell) =>
    cell.kind === "exercise" ? withoutMarks(source) : source,
  );
}

/** Returns what the student finds in an exercise's cell before any work. */
export function stubOf(source: string): string {
  return withoutRegions(source, CODE_STUB);
}

/** Returns the text of each cell that the student gets, by its id; all that can be read of the source. */
export function releasedTexts({ cells }: Assignment): ReadonlyMap<string, string> {
  const texts = cells.flatMap((cell, index): [string, string][] => {
    const [first = "", second = ""] = gradeIds(cells, index);
    switch (cell.kind) {
      case "wrong":
        return [];
      case "exercise":
        return [[first, stubOf(cell.source)]];
      case "reflection":
        return [
          [first, withoutRegions(questionWithScheme(cell))],
          [second, TEXT_STUB],
        ];
      default:
        return [[first, withoutRegions(cell.source)]];
    }
  });
  return new Map(texts);
}

type Edit = (source: string, cell: AssignmentCell) => string;

function build({ cells }: Assignment, edit: Edit): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: NOTEBOOK_METADATA,
    cells: cells.flatMap((cell, index) => notebookCells(cell, gradeIds(cells, index), edit)),
  };
}

function notebookCells(
  cell: AssignmentCell,
  [id = "", answerId = ""]: readonly string[],
  edit: Edit,
): NotebookCell[] {
  const source = edit(cell.source, cell);
  switch (cell.kind) {
    case "text":
      return [markdown(source, { grade_id: id, locked: true })];
    case "given":
      return [code(source, { grade_id: id, locked: true })];
    case "exercise":
      return [code(source, { grade_id: id, solution: true })];
    case "tests":
      return [code(source, { grade_id: id, grade: true, locked: true, points: cell.points })];
    case "wrong":
      return [];
    case "reflection":
      // nbgrader blanks an answer's whole cell: the question needs one of its own.
      return [
        markdown(questionWithScheme(cell), { grade_id: id, locked: true }),
        markdown(TEXT_STUB, {
          grade_id: answerId,
          grade: true,
          solution: true,
          points: cell.points,
        }),
      ];
  }
}

function questionWithScheme({ source, scheme }: ReflectionCell): string {
  return `${source}\n\n<!-- BEGIN MARK SCHEME -->\n**Mark scheme** (only instructors see it)\n\n${scheme}\n<!-- END MARK SCHEME -->`;
}

type Grading = Partial<GradeMetadata> & { readonly grade_id: string };

function nbgrader(grading: Grading) {
  return {
    nbgrader: {
      schema_version: 3,
      grade: false,
      solution: false,
      locked: false,
      task: false,
      ...grading,
    },
  } as const;
}

function markdown(source: string, grading: Grading): NotebookCell {
  return { cell_type: "markdown", id: grading.grade_id, metadata: nbgrader(grading), source };
}

function code(source: string, grading: Grading): NotebookCell {
  return {
    cell_type: "code",
    id: grading.grade_id,
    metadata: nbgrader(grading),
    source,
    execution_count: null,
    outputs: [],
  };
}
