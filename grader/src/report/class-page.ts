import type { ClassResult, ClassRow } from "./class-result";
import { remarks } from "./class-table";
import { escapeHtml } from "./escape-html";
import { histogram } from "./histogram";
import { PAGE_STYLE } from "./page-style";
import { type ExerciseStatistics, exerciseStatistics, hardestExercise, mean } from "./statistics";

/** How many wrong answers the overview names. */
const COMMONEST = 5;

/**
 * Returns the class's report as a page that needs no other file: how points are distributed, the hardest exercise, how many
 * passed each test, the commonest wrong answers, and whom to look at. What comes from students is escaped, and the page
 * forbids scripts on top.
 */
export function classPage(result: ClassResult): string {
  const { title, assignment, rows } = result;
  const exercises = exerciseStatistics(rows);
  const heading = `${assignment}: the class`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${overview(result, exercises)}
${exercises.map((exercise, i) => exerciseSection(exercise, `exercise-${i + 1}`)).join("\n")}
${remarksSection(rows)}
</main>
</body>
</html>
`;
}

function overview({ rows }: ClassResult, exercises: readonly ExerciseStatistics[]): string {
  const judged = rows.filter(({ verdict }) => verdict.judgement !== null);
  const unmarked = rows.filter(({ entry }) => entry?.manual.some(({ score }) => score === null));
  const late = rows.filter(({ entry }) => (entry?.secondsLate ?? 0) > 0);
  const hardest = hardestExercise(exercises);
  const facts = [
    `${count(rows.length, "submission")}, ${rows.length - judged.length} of them unreadable, ${late.length} late.`,
    `${count(unmarked.length, "submission")} still to be marked by hand.`,
    ...(hardest
      ? [`The hardest exercise is ${hardest.id}: ${share(hardest)} of its points were earned.`]
      : []),
  ];
  const scores = judged.map(({ verdict }) => verdict.score);
  const maximum = judged[0]?.verdict.maximum ?? 0;
  const figure =
    scores.length === 0
      ? ""
      : figureOf(
          "total",
          `All exercises, by tests: ${decimal(mean(scores))} of ${maximum} points on average`,
          scores,
          maximum,
        );
  return `<section aria-labelledby="overview">
<h2 id="overview">Overview</h2>
<ul>${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join("")}</ul>
${figure}
${table(
  "Exercises",
  ["Exercise", "Points", "Mean", "Share", "All points", "Unanswered", "n"],
  exercises.map((one) => [
    one.id,
    one.points,
    decimal(one.mean),
    share(one),
    one.full,
    one.unanswered,
    one.scores.length,
  ]),
)}
${commonestWrongAnswers(exercises)}
</section>`;
}

function commonestWrongAnswers(exercises: readonly ExerciseStatistics[]): string {
  const all = exercises.flatMap(({ id, wrongAnswers }) =>
    wrongAnswers.map(({ name, count: times }) => ({ id, name, times })),
  );
  if (all.length === 0) return "";
  const commonest = all.toSorted((a, b) => b.times - a.times).slice(0, COMMONEST);
  return table(
    "Commonest known wrong answers",
    ["Wrong answer", "Exercise", "Students"],
    commonest.map(({ id, name, times }) => [name, id, times]),
  );
}

function exerciseSection(exercise: ExerciseStatistics, id: string): string {
  const { points, scores, tests, wrongAnswers, full } = exercise;
  const n = scores.length;
  const finding = `${full} of ${n} earn all ${points} points, the mean is ${decimal(exercise.mean)}`;
  const wrong =
    wrongAnswers.length === 0
      ? "<p>No known wrong answer was given.</p>"
      : table(
          "Known wrong answers",
          ["Wrong answer", "Students"],
          wrongAnswers.map(({ name, count: times }) => [name, times]),
        );
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeHtml(exercise.id)}</h2>
${figureOf(`${id}-points`, finding, scores, points)}
${table(
  `Tests, n = ${n}`,
  ["Test", "Students see it", "Points", "Passed", "Share"],
  tests.map((test) => [
    test.title,
    test.hidden ? "no" : "yes",
    test.points,
    test.passed,
    percent(test.passed / n),
  ]),
)}
${wrong}
</section>`;
}

function remarksSection(rows: readonly ClassRow[]): string {
  const remarked = rows.filter((row) => remarks(row).length > 0);
  const body =
    remarked.length === 0
      ? "<p>Nothing out of the ordinary.</p>"
      : table(
          "What reading and judging noticed",
          ["Student", "Noticed"],
          remarked.map((row) => [row.verdict.student, remarks(row).join("\n")]),
        );
  return `<section aria-labelledby="noticed"><h2 id="noticed">To look at</h2>${body}</section>`;
}

function figureOf(id: string, finding: string, scores: readonly number[], maximum: number): string {
  return `<figure><figcaption>${escapeHtml(finding)}</figcaption>${histogram(id, finding, scores, maximum)}</figure>`;
}

type Value = string | number;

/** The first column heads its row; columns of numbers are set to the right. */
function table(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly Value[])[],
): string {
  const style = header.map((_, i) => (rows.every((row) => isNumber(row[i])) ? NUMBER : ""));
  const head = header.map((text, i) => `<th scope="col"${style[i]}>${escapeHtml(text)}</th>`);
  const body = rows.map(
    (row) => `<tr>${row.map((value, i) => cell(value, i, style[i])).join("")}</tr>`,
  );
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head.join("")}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
}

const NUMBER = ' class="number"';

function isNumber(value: Value | undefined): boolean {
  return typeof value === "number" || /^[\d.]+%?$|^–$/.test(value ?? "");
}

function cell(value: Value, column: number, style = ""): string {
  const text = escapeHtml(String(value)).replaceAll("\n", "<br>");
  return column === 0 ? `<th scope="row">${text}</th>` : `<td${style}>${text}</td>`;
}

function share({ mean: average, points }: ExerciseStatistics): string {
  return percent(average / points);
}

function percent(fraction: number): string {
  return Number.isNaN(fraction) ? "–" : `${Math.round(100 * fraction)}%`;
}

function decimal(number: number): string {
  return number.toFixed(1);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
