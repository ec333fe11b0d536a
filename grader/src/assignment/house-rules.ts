/** What every assignment keeps to beyond being readable. */
import type { Assignment, ExerciseCell } from "./assignment";
import type { Problem } from "./assignment-error";
import type { Exam, ExamExercise } from "./exam";
import { readMarks } from "./marks";
import { cellsOf } from "./structure";

const EXERCISES = { fewest: 3, most: 5 } as const;
const FEWEST_WRONG_ANSWERS = 3;
const FEWEST_TESTS = { visible: 2, hidden: 2 } as const;
const LONGEST_SOLUTION = 15;

/** Returns every breach of the house rules, by line. */
export function findBreaches(assignment: Assignment, exam: Exam): readonly Problem[] {
  const breaches = [
    ...titleBreach(assignment),
    ...countBreaches(assignment),
    ...cellsOf(assignment, "exercise").flatMap((cell) => [
      ...exerciseBreaches(assignment, cell),
      ...exam.exercises
        .filter(({ id }) => id === cell.id)
        .flatMap((each) => testBreaches(each, cell)),
    ]),
  ];
  return breaches.sort((a, b) => a.line - b.line);
}

function titleBreach({ name, title, cells }: Assignment): Problem[] {
  const start = `Assignment ${name.slice(0, 2)}: `;
  if (title.startsWith(start)) return [];
  return [{ line: cells[0]?.line ?? 1, message: `the title must begin with "# ${start}"` }];
}

function countBreaches(assignment: Assignment): Problem[] {
  const count = cellsOf(assignment, "exercise").length;
  const problems: Problem[] = [];
  if (count < EXERCISES.fewest || count > EXERCISES.most) {
    const message = `the assignment has ${count} exercises: ${EXERCISES.fewest} to ${EXERCISES.most} can be done in one sitting`;
    problems.push({ line: 1, message });
  }
  if (cellsOf(assignment, "reflection").length === 0) {
    const message =
      'the assignment has no reflection: add a cell // %% [markdown] reflect="..." points=N';
    problems.push({ line: 1, message });
  }
  return problems;
}

function exerciseBreaches(assignment: Assignment, { id, source, line }: ExerciseCell): Problem[] {
  const messages: string[] = [];
  const wrong = cellsOf(assignment, "wrong").filter(({ exercise }) => exercise === id).length;
  if (wrong < FEWEST_WRONG_ANSWERS) {
    messages.push(
      `"${id}" has ${wrong} wrong answers, at least ${FEWEST_WRONG_ANSWERS} are wanted: what do students get wrong?`,
    );
  }
  const lines = readMarks(source, "SOLUTION")
    .regions.flat()
    .filter((each) => each.trim() !== "");
  if (lines.length > LONGEST_SOLUTION) {
    messages.push(
      `the solution of "${id}" has ${lines.length} lines, the limit is ${LONGEST_SOLUTION}: split the exercise, or give a part of it`,
    );
  }
  if (!source.includes("/**")) {
    messages.push(
      `"${id}" has no doc comment: say what comes in and out, and what happens for empty, NaN, ties and 0/0`,
    );
  }
  return messages.map((message) => ({ line, message }));
}

function testBreaches({ id, tests }: ExamExercise, { line }: ExerciseCell): Problem[] {
  const hidden = tests.filter((test) => test.hidden).length;
  const counts = { visible: tests.length - hidden, hidden };
  return (["visible", "hidden"] as const)
    .filter((kind) => counts[kind] < FEWEST_TESTS[kind])
    .map((kind) => ({
      line,
      message: `"${id}" has ${counts[kind]} ${kind} tests, at least ${FEWEST_TESTS[kind]} are wanted`,
    }));
}
