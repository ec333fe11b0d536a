// @ts-check
// Uses the package of the exercises' checks as an author elsewhere does: installs the tarball into an
// empty folder, and checks a right and a wrong answer there.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { attempt, checkTypes, installTarball, pack, runProgram } from "./packing.mjs";

/** @typedef {import("./packing.mjs").Finding} Finding */

/** Prints what a wrong answer's author reads, and whether a right one passes. */
const CHECKING = `
const lines = [];
console.log = (...words) => lines.push(words.join(" "));
const { call, check, closeTo, mistake, test } = await import("@headroom/checks");

const half = (x) => x / 2;
const twice = (x) => x * 2;
const outcome = async (fn) => {
  const declared = test("four", call(fn, 4), closeTo(2), {
    mistakes: [mistake(closeTo(8), "this is twice the number")],
  });
  return check("Half", declared).then(() => "passed", (error) => error.name);
};
const names = [await outcome(half), await outcome(twice)];
process.stdout.write(JSON.stringify([...names, lines.some((line) => line.includes("twice the number"))]));
`;

/** The same names by \`require\`. */
const REQUIRE = `
const { check } = require("@headroom/checks");
const { runTest } = require("@headroom/checks/judge");
console.log(JSON.stringify([typeof check, typeof runTest]));
`;

/** Compiles as it stands. */
const TYPED = `
import { call, check, equals, test } from "@headroom/checks";
import { runTest, type TestVerdict } from "@headroom/checks/judge";

function half(x: number): number {
  return x / 2;
}
const declared = test("four", call(half, 4), equals(2), { points: 2 });
export const done: Promise<void> = check("Half", declared);
export const judged: Promise<TestVerdict> = runTest(
  declared,
  async () => ({ value: 2, argumentsAfter: [4] }),
  "seed",
);
`;

/** What must not compile: what stands in \`TYPED\`, what is put in its place, and the complaint. */
const WRONG = /** @type {const} */ ([
  ["call(half, 4)", 'call(half, "4")', "TS2345"],
  ["equals(2)", 'equals("2")', "TS2345|TS2322|TS2769"],
  ["{ points: 2 }", "{ point: 2 }", "TS2353|TS2561|TS2769"],
]);

/**
 * @param {string} folder where to work
 * @returns {AsyncGenerator<Finding>}
 */
export async function* tryChecks(folder) {
  const project = path.join(folder, "checks-project");
  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), '{ "name": "empty", "private": true }');
  const needed = ["package.json", "README.md", "LICENSE", "dist/index.js", "dist/judge.d.ts"];
  const { tarball, finding } = await pack("checks", folder, needed);
  yield finding;
  yield await attempt("checks: installs into an empty folder", () =>
    installTarball(tarball, project),
  );
  yield await attempt("checks: a right answer passes, a wrong one hears why", async () => {
    const told = await runProgram(project, "check.mjs", CHECKING);
    assert.deepEqual(told, ["passed", "CheckFailedError", true]);
  });
  yield await attempt("checks: is required, too", async () => {
    assert.deepEqual(await runProgram(project, "names.cjs", REQUIRE), ["function", "function"]);
  });
  yield await attempt("checks: its types fit a program", () => checkTypes(project, TYPED));
  for (const [right, wrong, complaint] of WRONG) {
    yield await attempt(`checks: its types refuse ${wrong}`, async () => {
      assert(TYPED.includes(right), `${right} isn't in the program`);
      const attempted = checkTypes(project, TYPED.replace(right, wrong));
      await assert.rejects(attempted, new RegExp(complaint));
    });
  }
}
