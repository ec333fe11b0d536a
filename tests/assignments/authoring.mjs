// @ts-check
// An author's way: a new assignment proves as it is, and what is stored of the project's own is up to date.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { listAssignments, notebookFile } from "@headroom/grader";
import { COURSE } from "../../scripts/assignments/arguments.mjs";
import { makeReleases } from "../../scripts/assignments/make-releases.mjs";
import { CACHE, ROOT } from "../../scripts/project.mjs";
import { runCommand } from "../../scripts/setup/run-command.mjs";
import { attempt, MINUTES } from "../packages/packing.mjs";
import { startCommand } from "./start-command.mjs";
import { writeConfiguration } from "./temporary-course.mjs";

/** @typedef {import("../packages/packing.mjs").Finding} Finding */

const COMPILER = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
const NAME = "07-begun";

/** @returns {AsyncGenerator<Finding>} */
export async function* tryAuthoring() {
  mkdirSync(CACHE, { recursive: true });
  // In the project, so that the compiler finds its packages.
  const course = mkdtempSync(path.join(CACHE, "authoring-"));
  try {
    writeConfiguration(course);
    yield* tryNew(course);
    yield* tryReleases(course);
  } finally {
    rmSync(course, { recursive: true, force: true });
  }
}

/**
 * @param {string} course
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryNew(course) {
  const file = path.join(course, "src", `${NAME}.ts`);
  yield await attempt("author: a new assignment builds, is in order and proves", async () => {
    await command(course, 0, ["new", NAME, "begun"]);
    await command(course, 0, ["build"]);
    assert.match(await command(course, 0, ["check"]), /07-begun: in order/);
    assert.match(await command(course, 0, ["prove"]), /07-begun: proved/);
  });
  yield await attempt("author: a new assignment has no type errors", async () => {
    const config = path.join(course, "tsconfig.json");
    writeFileSync(
      config,
      JSON.stringify({ extends: path.join(COURSE, "tsconfig.json"), include: ["src"] }),
    );
    await runCommand("tsc", process.execPath, [COMPILER, "-p", config, "--noEmit"]);
  });
  yield await attempt("author: what is out of date, missing or left over is named", async () => {
    writeFileSync(file, readFileSync(file, "utf8").replace("// ## 1. A share", "// ## 1. Shares"));
    const release = notebookFile(course, "release", NAME);
    const left = path.join(course, "solution", "06-gone");
    mkdirSync(left);
    const said = await command(course, 1, ["check"]);
    for (const kind of ["source", "release", "solution"]) {
      assert.match(said, new RegExp(`${kind}/07-begun/07-begun.ipynb is out of date`));
    }
    assert.match(said, /solution\/06-gone has no text source/);
    rmSync(left, { recursive: true });
    rmSync(release);
    assert.match(
      await command(course, 1, ["check"]),
      /release\/07-begun\/07-begun.ipynb is missing/,
    );
    await command(course, 0, ["build"]);
    assert.match(await command(course, 0, ["check"]), /in order/);
  });
  yield await attempt("author: a wrong answer that nobody finds fails the proof", async () => {
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      text.replace("return all === 0 ? 0 : (100 * part) / all;", "return part / (all || 1);"),
    );
    const said = await command(course, 1, ["prove"]);
    assert.match(
      said,
      /FAILED share, wrong answer "per cent": 4 of 4 points: it passes every test/,
    );
    writeFileSync(file, text.replace("// END HIDDEN TESTS", ""));
    assert.match(
      await command(course, 1, ["prove"]),
      /07-begun\.ts:\d+: BEGIN HIDDEN TESTS has no END/,
    );
  });
}

/**
 * @param {string} folder a course's, whose `fresh` is free
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryReleases(folder) {
  const names = listAssignments(COURSE).map(({ name }) => name);
  const target = path.join(folder, "fresh");
  yield await attempt(`author: nbgrader makes the ${names.length} stored releases`, async () => {
    await makeReleases(COURSE, names, target);
    for (const name of names) {
      const stored = notebookFile(COURSE, "release", name);
      const fresh = path.join(target, name, `${name}.ipynb`);
      const same = existsSync(stored) && readFileSync(stored).equals(readFileSync(fresh));
      assert.ok(same, `${stored} is not what nbgrader makes: npm run assignments -- build ${name}`);
    }
  });
}

/**
 * Runs a command of `npm run assignments` to its end and returns what it said.
 * @param {string} course
 * @param {number} code how it must end
 * @param {string[]} args
 */
async function command(course, code, args) {
  const running = startCommand(course, args);
  const timer = setTimeout(running.kill, 3 * MINUTES);
  const ended = await running.ended;
  clearTimeout(timer);
  assert.equal(
    ended,
    code,
    `${args.join(" ")} ended with ${ended}:\n${running.output().slice(-2000)}`,
  );
  return running.output();
}
