/** Whether what students get tells what they must not know. */
import type { Assignment } from "../assignment/assignment";
import { releasedTexts } from "../assignment/build-notebooks";
import type { Exam } from "../assignment/exam";
import { testsId } from "../assignment/grade-ids";
import { readMarks } from "../assignment/marks";
import { cellsOf } from "../assignment/structure";

/** Something that a student must not read. */
export interface Secret {
  /** What it is: "the title of a hidden test of f1-score". */
  readonly what: string;
  readonly text: string;
}

/** Shorter words and lines stand in any text by chance. */
const SHORTEST_WORDS = 12;
const SHORTEST_LINE = 14;
/** So do numbers with fewer digits. */
const NUMBER = /(?<![\w.])\d*\.\d+(?!\w)/g;
const TELLING_DIGITS = 4;

/**
 * Returns the secrets that the texts tell, in words.
 * @param texts what the student gets, by where it stands: "the release's cell f1-score"
 */
export function findLeaks(
  secrets: readonly Secret[],
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  return [...texts].flatMap(([where, text]) =>
    secrets
      .filter((secret) => text.includes(secret.text))
      .map((secret) => `${where} tells ${secret.what}: ${JSON.stringify(secret.text)}`),
  );
}

/**
 * Returns what no text for students may hold: lines of solutions, hidden tests and mark schemes; titles,
 * hints, causes and numbers of hidden tests. What the student's own code or tests say as well is none.
 *
 * @param messages what only hidden tests say of wrong answers
 */
export function secretsOf(
  assignment: Assignment,
  exam: Exam,
  messages: readonly Secret[],
): readonly Secret[] {
  const texts = releasedTexts(assignment);
  const shownTests = join(cellsOf(assignment, "tests"), ({ exercise }) =>
    texts.get(testsId(exercise)),
  );
  const shownByCourse = `${join(cellsOf(assignment, "given"), ({ source }) => source)}\n${shownTests}`;
  const shownCode = `${shownByCourse}\n${join(cellsOf(assignment, "exercise"), ({ id }) => texts.get(id))}`;
  const words = [...wordsOfHiddenTests(exam), ...messages];
  return [
    ...words.filter(({ text }) => text.length >= SHORTEST_WORDS && !shownByCourse.includes(text)),
    ...linesBetweenMarks(assignment).flatMap(({ of, lines }) =>
      lines
        .map((line) => ({ what: `a line of ${of}`, text: line.trim() }))
        .filter(({ text }) => text.length >= SHORTEST_LINE && !shownCode.includes(text)),
    ),
    ...numbersOfHiddenTests(assignment).filter(({ text }) => !shownCode.includes(text)),
  ];
}

function join<T>(items: readonly T[], textOf: (item: T) => string | undefined): string {
  return items.map((item) => textOf(item) ?? "").join("\n");
}

function linesBetweenMarks(assignment: Assignment) {
  return [
    ...hiddenLines(assignment),
    ...cellsOf(assignment, "exercise").map(({ id, source }) => ({
      of: `the solution of ${id}`,
      lines: readMarks(source, "SOLUTION").regions.flat(),
    })),
    ...cellsOf(assignment, "reflection").map(({ id, scheme }) => ({
      of: `the mark scheme of ${id}`,
      lines: scheme.split("\n"),
    })),
  ];
}

function hiddenLines(assignment: Assignment) {
  return cellsOf(assignment, "tests").map(({ exercise, source }) => ({
    of: `a hidden test of ${exercise}`,
    lines: readMarks(source, "HIDDEN TESTS").regions.flat(),
  }));
}

function numbersOfHiddenTests(assignment: Assignment): Secret[] {
  return hiddenLines(assignment).flatMap(({ of, lines }) => {
    const numbers = new Set(lines.join("\n").match(NUMBER));
    return [...numbers]
      .filter((text) => digitsOf(text) >= TELLING_DIGITS)
      .map((text) => ({ what: `a number of ${of}`, text }));
  });
}

function wordsOfHiddenTests({ exercises }: Exam): Secret[] {
  return exercises.flatMap(({ id, tests }) =>
    tests
      .filter(({ hidden }) => hidden)
      .flatMap(({ test }) => [
        test.title,
        test.hint ?? "",
        ...test.mistakes.map(({ says }) => says),
      ])
      .map((text) => ({ what: `what a hidden test of ${id} says`, text })),
  );
}

function digitsOf(number: string): number {
  return number.replace(".", "").replace(/^0+/, "").length;
}
