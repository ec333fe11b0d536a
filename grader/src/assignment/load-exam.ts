/** From an assignment to its exam: the author's own cells are run to learn which tests they declare. */
import { createHash } from "node:crypto";
import { type CollectedCheck, collectChecks, type Test } from "@headroom/checks/judge";
import { compileCell } from "@headroom/kernel/session";
import type { Assignment, ExerciseCell, TestsCell } from "./assignment";
import { AssignmentError } from "./assignment-error";
import { stubOf } from "./build-notebooks";
import type { Exam, ExamExercise, ExamTest } from "./exam";
import { withoutRegions } from "./marks";
import { compileAuthorsCells, messageOf } from "./run-authors-cells";
import { cellsOf } from "./structure";

/** What the check of a tests cell has declared. */
interface Declared {
  readonly title: string;
  readonly tests: readonly Test[];
}

/**
 * Resolves to the assignment's exam. Runs its given and test cells in this process, as they are the
 * course's own; solutions and wrong answers do not run.
 *
 * @param file where the assignment is from, for errors and for the imports of its cells
 * @throws AssignmentError for cells that fail, and for points that do not add up
 */
export async function loadExam(
  assignment: Assignment,
  file = `${assignment.name}.ts`,
): Promise<Exam> {
  const functions = namesOfSolutions(assignment, file);
  const declare = compileTests(assignment, file, functions, (source) => source);
  const declared = await declare();
  // The student's cell must run without what is hidden; what it declares then is visible.
  const visible = await compileTests(assignment, file, functions, withoutRegions)();
  const exercisesOf = (tests: ReadonlyMap<TestsCell, readonly Declared[]>) =>
    cellsOf(assignment, "exercise").map((exercise): ExamExercise => {
      const cell = testsOf(assignment, exercise);
      const { title, tests: own } = declaredBy(tests, cell, file);
      const shown = new Set(visible.get(cell)?.flatMap((check) => check.tests.map(titleOf)));
      requirePoints(own, cell, file);
      return {
        id: exercise.id,
        title,
        points: cell.points,
        stub: stubOf(exercise.source),
        functions: functions.get(exercise) ?? [],
        tests: own.map((test): ExamTest => ({ test, hidden: !shown.has(test.title) })),
      };
    });
  return {
    name: assignment.name,
    hash: hashOf(assignment),
    given: new Map(cellsOf(assignment, "given").map(({ id, source }) => [id, source])),
    exercises: exercisesOf(declared),
    declareAgain: async () => exercisesOf(await declare()),
  };
}

function titleOf({ title }: Test): string {
  return title;
}

function testsOf(assignment: Assignment, { id }: ExerciseCell): TestsCell {
  const cell = cellsOf(assignment, "tests").find(({ exercise }) => exercise === id);
  // readAssignment has seen to it.
  if (cell === undefined) throw new Error(`the exercise "${id}" has no tests`);
  return cell;
}

type Names = ReadonlyMap<ExerciseCell, readonly string[]>;

function namesOfSolutions(assignment: Assignment, file: string): Names {
  return new Map(cellsOf(assignment, "exercise").map((cell) => [cell, namesIn(cell, file)]));
}

/** The values that a cell declares. */
function namesIn({ source, line, id }: ExerciseCell, file: string): readonly string[] {
  let names: string[];
  try {
    const { bindings } = compileCell(source, { id: 0, label: id });
    names = [...bindings].flatMap(([name, kind]) => (VALUES.has(kind) ? [name] : []));
  } catch (error) {
    throw new AssignmentError(file, [{ line, message: messageOf(error) }]);
  }
  if (names.length > 0) return names;
  const message = `the exercise "${id}" declares no function that its tests could call`;
  throw new AssignmentError(file, [{ line, message }]);
}

const VALUES: ReadonlySet<string> = new Set(["function", "const", "let", "class"]);

/** Returns a function that resolves to what the test cells declare, anew each time. */
function compileTests(
  assignment: Assignment,
  file: string,
  functions: Names,
  edit: (source: string) => string,
): () => Promise<ReadonlyMap<TestsCell, readonly Declared[]>> {
  const cells = assignment.cells.filter(
    ({ kind }) => kind === "given" || kind === "exercise" || kind === "tests",
  );
  const run = compileAuthorsCells({
    file,
    cells: cells.map((cell) => {
      const { kind, line, source } = cell;
      if (kind === "exercise") return { line, names: functions.get(cell) ?? [] };
      return { line, source: kind === "tests" ? edit(source) : source };
    }),
  });
  return async () => {
    const { checks, collected } = collectChecks();
    const declared = new Map<TestsCell, readonly Declared[]>();
    let from = 0;
    await run({
      checks,
      onEnd(index) {
        const cell = cells[index];
        if (cell?.kind === "tests") declared.set(cell, collected.slice(from).map(toDeclared));
        from = collected.length;
      },
    });
    return declared;
  };
}

function toDeclared({ exercise, tests }: CollectedCheck): Declared {
  return { title: exercise, tests };
}

/** A tests cell has one check: its tests' titles, and the seed of its properties, go by its name. */
function declaredBy(
  all: ReadonlyMap<TestsCell, readonly Declared[]>,
  cell: TestsCell,
  file: string,
): Declared {
  const [declared, second] = all.get(cell) ?? [];
  if (declared !== undefined && second === undefined) return declared;
  const fault = declared ? "more than one check" : "no check";
  const message = `the tests of "${cell.exercise}" have ${fault}: write one await check("...", test(...), ...)`;
  throw new AssignmentError(file, [{ line: cell.line, message }]);
}

function requirePoints(tests: readonly Test[], cell: TestsCell, file: string): void {
  const sum = tests.reduce((total, { points }) => total + points, 0);
  if (Math.abs(sum - cell.points) < 1e-9) return;
  const message =
    `the tests of "${cell.exercise}" are worth ${sum} together, the cell says points=${cell.points}: ` +
    "a test is worth 1 unless it says { points: N }";
  throw new AssignmentError(file, [{ line: cell.line - 1, message }]);
}

function hashOf({ name, cells }: Assignment): string {
  const deciding = cells.flatMap((cell) =>
    cell.kind === "text" || cell.kind === "wrong" || cell.kind === "reflection"
      ? []
      : [{ ...cell, line: 0 }],
  );
  return createHash("sha256").update(JSON.stringify({ name, deciding })).digest("hex");
}
