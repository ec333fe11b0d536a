// @ts-check
// Grades a class of 200: right, partly right, each wrong answer, untouched, hostile and broken, into nbgrader's gradebook.
// Every score must be the one that was known beforehand. Then honest submissions in turns with plain nbgrader, which runs
// them on our kernel one after the other, without a sandbox, and with the hidden tests in the student's process. Ends with
// 1 where a score is another one, or the class takes more than five minutes.
//
//   npm run bench -- grading [--students N] [--assignment NAME]
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { gradeSubmissions } from "@headroom/grader";
import { fillClassroom, unexpected } from "../../tests/assignments/classroom.mjs";
import { makeCourse } from "../../tests/assignments/temporary-course.mjs";
import { readClass } from "../assignments/class-rows.mjs";
import { CACHE, program, projectEnvironment } from "../project.mjs";
import { configurePlainly } from "./grading/plain-course.mjs";

const MOST_SECONDS = 300;
const ROUNDS = 3;
const EACH = 5;

const { values } = parseArgs({
  options: {
    students: { type: "string", default: "200" },
    assignment: { type: "string", default: "02-skewed-data-metrics" },
  },
});
const name = values.assignment;

/**
 * @param {() => unknown} work
 * @returns {Promise<number>} seconds
 */
async function timed(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/**
 * Has nbgrader enter the marks.
 * @param {string} course
 * @param {NodeJS.ProcessEnv} [more]
 */
function autograde(course, more = {}) {
  execFileSync(program("nbgrader"), ["autograde", name], {
    cwd: course,
    env: { ...projectEnvironment(), TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR: "1", ...more },
    // What nbgrader says is a part of the error where it fails.
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 100e6,
  });
}

/**
 * @param {string} course
 * @param {number} students
 */
async function gradeClass(course, students) {
  const classroom = await fillClassroom(course, name, students);
  /** @type {readonly import("@headroom/grader").Verdict[]} */
  let verdicts = [];
  const judging = await timed(async () => {
    ({ verdicts } = await gradeSubmissions({ course, assignment: name }));
  });
  const entering = await timed(() => autograde(course));
  const { rows } = await readClass(course, {
    name,
    file: path.join(course, "src", `${name}.ts`),
  });
  const faults = [
    ...unexpected(classroom, verdicts),
    ...rows
      .filter(({ verdict, entry }) => entry?.total !== verdict.score)
      .map(({ verdict, entry }) => `${verdict.student}: ${entry?.total} points in the gradebook`),
  ];
  return { classroom, judging, entering, faults };
}

/**
 * Grades honest submissions with ours and with plain nbgrader, in turns. A first one is not counted: it brings the course
 * into the gradebook, and has ours judge the author's own answers.
 * @param {string} folder
 * @param {readonly string[]} submissions their folders
 * @returns {Promise<{ mine: number, theirs: number }>} seconds for each
 */
async function compare(folder, submissions) {
  const [ours, plain] = ["ours", "plain"].map((part) => path.join(folder, part));
  for (const course of [ours, plain]) makeCourse(course, name);
  configurePlainly(plain);
  /** @type {{ mine: number, theirs: number }[]} */
  const turns = [];
  for (let turn = 0; turn <= ROUNDS; turn++) {
    const some =
      turn === 0 ? submissions.slice(0, 1) : submissions.slice(turn * EACH, (turn + 1) * EACH);
    for (const submission of some) {
      for (const course of [ours, plain]) {
        const place = path.join(course, "submitted", path.basename(submission));
        cpSync(submission, place, { recursive: true });
      }
    }
    const mine = await timed(async () => {
      await gradeSubmissions({ course: ours, assignment: name });
      autograde(ours);
    });
    // Without it our kernel refuses to run students' code outside of a sandbox.
    const theirs = await timed(() => autograde(plain, { HEADROOM_TRUST: "1" }));
    if (turn > 0) turns.push({ mine: mine / some.length, theirs: theirs / some.length });
  }
  return {
    mine: median(turns.map((turn) => turn.mine)),
    theirs: median(turns.map((turn) => turn.theirs)),
  };
}

/** @param {readonly number[]} numbers an odd count */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[(numbers.length - 1) / 2];
}

/** @param {number} number */
function seconds(number) {
  return `${number.toFixed(2)} s`.padStart(10);
}

mkdirSync(CACHE, { recursive: true });
// Inside the project: from elsewhere, plain nbgrader's notebooks would not find their packages.
const folder = mkdtempSync(path.join(CACHE, "grading-"));
try {
  const course = path.join(folder, "class");
  makeCourse(course, name);
  const size = Number(values.students);
  const { classroom, judging, entering, faults } = await gradeClass(course, size);
  const total = judging + entering;
  const count = (/** @type {RegExp} */ kind) =>
    classroom.students.filter((student) => kind.test(student.kind)).length;
  console.log(
    `${name}, ${size} submissions: ${count(/^hostile/)} hostile, ${count(/^broken/)} broken, Node ${process.version}`,
  );
  console.log(`judge           ${seconds(judging)}  ${seconds(judging / size)} each`);
  console.log(`into gradebook  ${seconds(entering)}  ${seconds(entering / size)} each`);
  console.log(`total           ${seconds(total)}  of ${MOST_SECONDS} s`);
  console.log(
    faults.length === 0 ? "every score as expected" : `NOT AS EXPECTED\n${faults.join("\n")}`,
  );
  if (faults.length > 0 || total > MOST_SECONDS) process.exitCode = 1;

  const honest = classroom.students.filter(({ kind }) => kind === "right" || kind === "mixed");
  const { mine, theirs } = await compare(
    folder,
    honest.map((student) => path.join(course, "submitted", student.name)),
  );
  console.log(`\nan honest submission into the gradebook, median of ${ROUNDS} turns of ${EACH}`);
  console.log(`Headroom        ${seconds(mine)}`);
  console.log(`plain nbgrader  ${seconds(theirs)}  ratio ${(mine / theirs).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
