// @ts-check
// npm run assignments -- grade NAME: judges what was handed in, and enters the marks into nbgrader's gradebook.
import { duration, gradeSubmissions, progressLine } from "@headroom/grader";
import { findAssignment, readArguments } from "./arguments.mjs";
import { readClass } from "./class-rows.mjs";
import { runNbgrader } from "./run-nbgrader.mjs";
import { UsageError } from "./usage-error.mjs";

const USAGE = "grade NAME [--student ID...] [--again] [--trust] [--jobs N] [--judge-only]";

/** What a shell says of a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code; 0 also where a submission could not be read
 */
export async function run(args) {
  const options = /** @type {const} */ ({
    student: { type: "string", multiple: true },
    again: { type: "boolean", default: false },
    trust: { type: "boolean", default: false },
    jobs: { type: "string" },
    "judge-only": { type: "boolean", default: false },
  });
  const { course, names, values } = readArguments(args, options, USAGE);
  const assignment = findAssignment(course, names, USAGE);
  const { name } = assignment;
  const { student: students, again, trust } = values;
  const jobs = values.jobs === undefined ? undefined : Number(values.jobs);
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0)) {
    throw new UsageError(`--jobs ${values.jobs}: expected how many at a time, 1 or more.`);
  }
  const grading = await judge({
    course,
    assignment: name,
    again,
    trust,
    ...(students && { students }),
    ...(jobs && { jobs }),
  });
  if (grading.left > 0) {
    console.error(`Stopped: ${grading.left} are left. The same command goes on from here.`);
    return INTERRUPTED;
  }
  for (const { student, error } of grading.failed) {
    console.error(`NO VERDICT on ${student}: the judge itself failed. ${error.stack ?? error}`);
  }
  const isWhole = grading.failed.length === 0;
  // Of a whole class, nbgrader goes on to enter the others' marks.
  if (values["judge-only"]) return isWhole || students === undefined ? 0 : 1;
  const only = students?.length === 1 ? [`--student=${students[0]}`] : [];
  const code = await runNbgrader(course, ["autograde", name, ...only], {
    trust,
    onLine: gradebookLines(grading.verdicts.length),
  });
  if (code !== 0) {
    console.error(`The verdicts are kept; nbgrader could not enter the marks (exit code ${code}).`);
    return code;
  }
  await summarise(course, assignment);
  return isWhole ? 0 : 1;
}

/**
 * Runs the queue; Ctrl-C stops it, and what is judged by then is kept.
 * @param {import("@headroom/grader").GradeOptions} options
 */
async function judge(options) {
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once("SIGINT", onInterrupt);
  process.once("SIGTERM", onInterrupt);
  try {
    const grading = await gradeSubmissions({
      ...options,
      signal: stop.signal,
      onProgress: (progress) => console.log(progressLine(progress)),
    });
    for (const line of grading.odd) console.log(line);
    const { verdicts, judged, repeated, milliseconds } = grading;
    const alone = repeated > 0 ? `, ${repeated} of them twice as time ran out` : "";
    console.log(
      `${judged} judged in ${duration(milliseconds)}${alone}; ${verdicts.length - judged} had their verdicts.`,
    );
    return grading;
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onInterrupt);
  }
}

/** What nbgrader's log says of each file; what has another head, or none as a failure's text, is shown. */
const IN_PASSING = /^\[\w+ \| (INFO|DEBUG)\] /;
const EVERY = 10;

/**
 * Makes of nbgrader's log how many marks are entered, and what is wrong.
 * @param {number} total
 * @returns {(line: string) => void}
 */
function gradebookLines(total) {
  let entered = 0;
  return (line) => {
    if (!IN_PASSING.test(line)) console.error(line);
    if (!line.includes("] Autograding ")) return;
    entered++;
    if (entered % EVERY === 0 || entered === total)
      console.log(`in the gradebook: ${entered}/${total}`);
  };
}

/**
 * Says how the class stands, and what is left to do.
 * @param {string} course
 * @param {import("@headroom/grader").AssignmentFile} assignment
 */
async function summarise(course, assignment) {
  const { rows } = await readClass(course, assignment);
  const scores = rows.map(({ verdict }) => verdict.score);
  const names = (/** @type {typeof rows} */ some) =>
    some.map(({ verdict }) => verdict.student).join(", ");
  const noted = rows.filter(({ verdict }) => verdict.notes.length > 0);
  const unreadable = rows.filter(({ verdict }) => verdict.unreadable !== undefined);
  const unmarked = rows.filter(({ entry }) => entry?.manual.some(({ score }) => score === null));
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  const table = [
    [
      "graded",
      `${rows.length}, on average ${mean.toFixed(1)} of ${rows[0]?.verdict.maximum ?? 0} by tests`,
    ],
    ["unreadable", unreadable.length === 0 ? "none" : names(unreadable)],
    ["to look at", noted.length === 0 ? "none" : names(noted)],
    ["to be marked by hand", String(unmarked.length)],
  ];
  console.log(`\n${assignment.name}`);
  for (const [what, value] of table) console.log(`  ${what.padEnd(22)}${value}`);
  console.log(
    `\nA student's result line by line: npm run assignments -- explain ${assignment.name} STUDENT`,
  );
}
