import type { ClassResult, ClassRow } from "./class-result";
import { csvText, type Field } from "./csv";

const SECONDS_AN_HOUR = 3600;

/**
 * Returns the class as CSV, a row for each student: the points of each exercise and of each mark by hand, what was taken
 * off, the total, and what the instructor should know. A field is empty where there is nothing yet: an exercise of a
 * submission that could not be read, a mark that is to be given, a total without the gradebook.
 */
export function classTable({ rows }: ClassResult): string {
  const exercises = distinct(rows, ({ verdict }) =>
    (verdict.judgement?.exercises ?? []).map(({ id, points }) => [id, points]),
  );
  const manual = distinct(rows, ({ entry }) =>
    (entry?.manual ?? []).map(({ id, maximum }) => [id, maximum]),
  );
  const column = ([id, points]: readonly [string, number]) => `${id} (${points})`;
  const header = [
    "student",
    "handed in",
    "hours late",
    ...exercises.map(column),
    ...manual.map(column),
    "by tests",
    "late penalty",
    "total",
    "maximum",
    "to be marked by hand",
    "wrong answers",
    "notes",
  ];
  const fields = (row: ClassRow): Field[] => {
    const { verdict, entry } = row;
    const exercise = new Map(verdict.judgement?.exercises.map(({ id, score }) => [id, score]));
    const mark = new Map(entry?.manual.map(({ id, score }) => [id, score ?? undefined]));
    return [
      verdict.student,
      verdict.submittedAt,
      entry && rounded(entry.secondsLate / SECONDS_AN_HOUR),
      ...exercises.map(([id]) => exercise.get(id)),
      ...manual.map(([id]) => mark.get(id)),
      verdict.score,
      entry?.latePenalty,
      entry?.total,
      entry?.maximum,
      entry?.manual.filter(({ score }) => score === null).length,
      verdict.wrongAnswers.map(({ exercise: id, name }) => `${id}: ${name}`).join("; "),
      remarks(row).join("; "),
    ];
  };
  return csvText([header, ...rows.map(fields)]);
}

/** Returns what the instructor should know of a student's submission, the gravest first. */
export function remarks({ verdict }: ClassRow): string[] {
  const unreadable =
    verdict.unreadable === undefined ? [] : [`could not be read: ${verdict.unreadable}`];
  return [...unreadable, ...verdict.notes];
}

/** The ids that any row has, with their points, in the order of their first appearance. */
function distinct(
  rows: readonly ClassRow[],
  of: (row: ClassRow) => readonly (readonly [string, number])[],
): [string, number][] {
  return [...new Map(rows.flatMap((row) => of(row)))];
}

function rounded(hours: number): number {
  return Math.round(hours * 100) / 100;
}
