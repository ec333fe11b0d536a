import type { CellResult, ExerciseResult, TestResult } from "../judge/judgement";
import type { ClassRow } from "./class-result";
import { shortLine } from "./short-line";

const MESSAGE_LENGTH = 600;
const OUTPUT_LENGTH = 200;
const SECONDS_AN_HOUR = 3600;

/** Returns a student's result for the instructor, line by line: each test with what it says, hidden ones included. */
export function explanation(row: ClassRow): string {
  const { verdict } = row;
  const { assignment, student, judgement, unreadable, notes } = verdict;
  const lines = [
    `${assignment}, ${shortLine(student, OUTPUT_LENGTH)}: ${verdict.score} of ${verdict.maximum} by tests`,
    ...handIn(row),
    ...(unreadable === undefined ? [] : [`Could not be read: ${message(unreadable)}`]),
    ...(judgement?.exercises ?? []).flatMap((exercise) => ["", ...exerciseLines(exercise, row)]),
    ...section("Marked by hand", manualLines(row)),
    ...section("What the cells did", (judgement?.cells ?? []).flatMap(cellLines)),
    ...section("Noticed", notes.map(message)),
    ...section("Total", totalLines(row)),
  ];
  return `${lines.join("\n")}\n`;
}

function handIn({ verdict, entry }: ClassRow): string[] {
  const late = entry?.secondsLate ?? 0;
  const lateness = late > 0 ? `, ${(late / SECONDS_AN_HOUR).toFixed(1)} hours late` : "";
  return verdict.submittedAt === undefined ? [] : [`Handed in ${verdict.submittedAt}${lateness}`];
}

function exerciseLines(exercise: ExerciseResult, { verdict }: ClassRow): string[] {
  const { id, score, points, answered, tests } = exercise;
  const known = verdict.wrongAnswers.filter((wrong) => wrong.exercise === id);
  return [
    `${id}: ${score} of ${points}${answered ? "" : ", not answered"}`,
    ...(known.length === 0
      ? []
      : [`  Known wrong answer: ${known.map(({ name }) => name).join(", or ")}`]),
    ...tests.map(testLine),
  ];
}

function testLine({ passed, hidden, title, points, message: said, lost }: TestResult): string {
  const facts = [
    `${points} point${points === 1 ? "" : "s"}`,
    ...(hidden ? ["hidden"] : []),
    ...(lost ? ["lost: no answer came"] : []),
  ];
  const head = `  ${passed ? "✓" : "✗"} ${title} (${facts.join(", ")})`;
  // A message begins with its test's title.
  const rest = said.startsWith(`${title}: `) ? said.slice(title.length + 2) : said;
  return passed || rest === "" ? head : `${head}\n      ${message(rest)}`;
}

function manualLines({ entry }: ClassRow): string[] {
  return (entry?.manual ?? []).map(
    ({ id, score, maximum }) => `${id}: ${score ?? "not marked yet,"} of ${maximum}`,
  );
}

/** Only of cells that did something worth a look. */
function cellLines({ id, text, error, stopped }: CellResult): string[] {
  const said = [
    ...(stopped === undefined ? [] : [`ended: ${message(stopped)}`]),
    ...(error === undefined ? [] : [`${shortLine(error.name, 80)}: ${message(error.message)}`]),
    ...(text.trim() === "" ? [] : [`printed ${JSON.stringify(shortLine(text, OUTPUT_LENGTH))}`]),
  ];
  return said.length === 0 ? [] : [`${id ?? "a cell of the student's own"}: ${said.join("; ")}`];
}

function totalLines({ verdict, entry }: ClassRow): string[] {
  if (entry === undefined) {
    return [`${verdict.score} of ${verdict.maximum} by tests; not in the gradebook yet`];
  }
  const unmarked = entry.manual.filter(({ score }) => score === null).length;
  return [
    `${entry.total} of ${entry.maximum}${unmarked > 0 ? `, with ${unmarked} still to be marked` : ""}`,
    ...(entry.latePenalty > 0 ? [`${entry.latePenalty} taken off for being late`] : []),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", heading, ...lines.map((line) => `  ${line}`)];
}

function message(text: string): string {
  return shortLine(text, MESSAGE_LENGTH);
}
