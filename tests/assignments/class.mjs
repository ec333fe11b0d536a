// @ts-check
// Grades a small class as an instructor would, stops the grader in every way, and regrades after a corrected test.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readAssignment, readVerdicts } from "@headroom/grader";
import { readClass } from "../../scripts/assignments/class-rows.mjs";
import { runPython } from "../../scripts/notebooks/run-python.mjs";
import { attempt } from "../packages/packing.mjs";
import { fillClassroom, unexpected } from "./classroom.mjs";
import { startCommand } from "./start-command.mjs";
import { makeCourse, writeSource } from "./temporary-course.mjs";

/** @typedef {import("../packages/packing.mjs").Finding} Finding */

const NAME = "02-skewed-data-metrics";
const SIZE = 24;
/** Left by a program that was interrupted. */
const INTERRUPTED = 130;
/** A machine may be busy with other things. */
const PATIENCE = 300_000;
const GIVE_MARK = fileURLToPath(new URL("give_mark.py", import.meta.url));

/** @returns {AsyncGenerator<Finding>} */
export async function* tryClass() {
  const course = mkdtempSync(path.join(tmpdir(), "headroom-class-"));
  try {
    makeCourse(course, NAME);
    const classroom = await fillClassroom(course, NAME, SIZE);
    yield* tryStops(course);
    yield await attempt(`class: each of ${SIZE} gets what was known beforehand`, async () => {
      await command(course, ["grade", NAME]);
      assert.deepEqual(unexpected(classroom, readVerdicts(course, NAME)), []);
    });
    yield* tryGradebook(course);
    yield await attempt("class: nothing is judged twice", async () => {
      assert.match(await command(course, ["grade", NAME]), /^0 judged .*24 had their verdicts/m);
    });
    yield* tryRegrading(course);
    yield* tryReports(course);
  } finally {
    rmSync(course, { recursive: true, force: true });
  }
}

/**
 * Ends graders at work, by Ctrl-C and by kill -9, and lets two of them meet.
 * @param {string} course
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryStops(course) {
  yield await attempt(
    "class: killed by -9, the grader leaves no process and no half verdict",
    async () => {
      const grader = startCommand(course, ["grade", NAME, "--judge-only"]);
      await verdictsOf(course, 2, grader);
      await grader.inSandbox();
      const left = grader.descendants();
      assert.ok(left.length > 0, "no sandbox was at work: nothing was tried");
      grader.kill();
      await grader.ended;
      await allGone(left);
      for (const file of verdictFiles(course)) JSON.parse(readFileSync(file, "utf8"));
    },
  );
  yield await attempt(
    "class: it goes on where it was killed; a second grader is told who is at work",
    async () => {
      const before = verdictFiles(course).length;
      const grader = startCommand(course, ["grade", NAME, "--judge-only"]);
      await verdictsOf(course, before + 1, grader);
      const second = startCommand(course, ["grade", NAME, "--judge-only"]);
      assert.notEqual(await second.ended, 0);
      assert.match(second.output(), /another process is at work: "grade 02.*", process \d+/);
      grader.interrupt();
      assert.equal(await grader.ended, INTERRUPTED);
      assert.match(grader.output(), /Stopped: \d+ are left/);
      assert.doesNotMatch(grader.output(), /student-001/, "judged again");
      await allGone(grader.descendants());
    },
  );
}

/**
 * @param {string} course
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryGradebook(course) {
  yield await attempt("class: the gradebook has the verdicts' points", async () => {
    for (const { verdict, entry } of await classRows(course)) {
      assert.ok(entry, `${verdict.student} is not in the gradebook`);
      const byHand = entry.manual.reduce((sum, { score }) => sum + (score ?? 0), 0);
      assert.equal(entry.total - byHand, verdict.score, verdict.student);
    }
  });
}

/**
 * @param {string} course
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryRegrading(course) {
  yield await attempt(
    "class: a corrected test is graded anew, and marks by hand stay",
    async () => {
      const [reflection] = readAssignment(sourceOf(course)).cells.filter(
        (cell) => cell.kind === "reflection",
      );
      assert.ok(reflection?.kind === "reflection");
      const row = (await classRows(course)).find(({ verdict }) => verdict.score > 0);
      const student = row?.verdict.student ?? "";
      const { code, errors } = await runPython(
        [GIVE_MARK, NAME, student, reflection.id, "1.5"],
        undefined,
        {
          cwd: course,
        },
      );
      assert.equal(code, 0, errors);
      // Another title is another test.
      const source = readFileSync(sourceOf(course), "utf8");
      writeSource(course, NAME, source.replace(/( {2}test\(\s*")/, "$1corrected: "));
      assert.match(await command(course, ["grade", NAME]), /^24 judged/m);
      const after = (await classRows(course)).find(({ verdict }) => verdict.student === student);
      assert.match(after?.verdict.judgement?.exercises[0]?.tests[0]?.title ?? "", /^corrected: /);
      const mark = after?.entry?.manual.find(({ id }) => id === reflection.id);
      assert.equal(mark?.score, 1.5);
      assert.equal(after?.entry?.total, (after?.verdict.score ?? 0) + 1.5);
    },
  );
}

/**
 * @param {string} course
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryReports(course) {
  yield await attempt(
    "class: the report has a row a student and a histogram an exercise",
    async () => {
      await command(course, ["report", NAME]);
      const read = (/** @type {string} */ ending) =>
        readFileSync(path.join(course, "report", `${NAME}.${ending}`), "utf8");
      assert.equal(read("csv").match(/^student-\d{3},/gm)?.length, SIZE);
      const exercises = readAssignment(sourceOf(course)).cells.filter(
        ({ kind }) => kind === "exercise",
      );
      assert.equal(read("html").match(/<svg /g)?.length, exercises.length + 1);
      assert.doesNotMatch(read("html"), /<script/);
    },
  );
  yield await attempt("class: a result is explained, hidden tests included", async () => {
    const said = await command(course, ["explain", NAME, "student-002"]);
    assert.match(said, /student-002: \d+ of \d+ by tests/);
    assert.match(said, /hidden, lost|lost: no answer came/);
    assert.match(said, /Noticed/);
  });
}

/**
 * Runs a command of `npm run assignments` to its end and returns what it said.
 * @param {string} course
 * @param {string[]} args
 */
async function command(course, args) {
  const running = startCommand(course, args);
  const code = await running.ended;
  assert.equal(code, 0, `${args.join(" ")} ended with ${code}:\n${running.output().slice(-2000)}`);
  return running.output();
}

/** @param {string} course */
function sourceOf(course) {
  return path.join(course, "src", `${NAME}.ts`);
}

/** @param {string} course */
async function classRows(course) {
  return (await readClass(course, { name: NAME, file: sourceOf(course) })).rows;
}

/** @param {string} course */
function verdictFiles(course) {
  return readVerdicts(course, NAME).map(({ student }) =>
    path.join(course, "verdicts", NAME, `${student}.json`),
  );
}

/**
 * Waits until a grader at work has given so many verdicts.
 * @param {string} course
 * @param {number} count
 * @param {import("./start-command.mjs").Running} grader
 */
async function verdictsOf(course, count, grader) {
  let hasEnded = false;
  void grader.ended.then(() => {
    hasEnded = true;
  });
  await until(() => hasEnded || verdictFiles(course).length >= count, `${count} verdicts`);
  assert.ok(!hasEnded, `the grader ended by itself:\n${grader.output().slice(-2000)}`);
}

/** @param {readonly (() => boolean)[]} processes */
async function allGone(processes) {
  await until(() => processes.every((isGone) => isGone()), "the end of all processes");
}

/**
 * @param {() => boolean} holds
 * @param {string} what
 */
async function until(holds, what) {
  for (const began = performance.now(); !holds(); ) {
    if (performance.now() - began > PATIENCE) throw new Error(`waited in vain for ${what}`);
    await wait(20);
  }
}
