// @ts-check
// Uses the grader's package as an instructor elsewhere does: installs the tarballs of grader, kernel and
// checks into an empty folder, and proves an assignment there in the sandbox.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../scripts/project.mjs";
import { attempt, checkTypes, installTarball, pack, runProgram } from "./packing.mjs";

/** @typedef {import("./packing.mjs").Finding} Finding */

const ASSIGNMENT = "00-getting-started.ts";

/** Proves the assignment, and prints whether all is well and what isn't. */
const PROVING = `
import { judgeSubmission, loadExam, proveAssignment, readAssignment } from "@headroom/grader";

const assignment = readAssignment("${ASSIGNMENT}");
const exam = await loadExam(assignment);
const proof = await proveAssignment(assignment, exam, { judge: judgeSubmission, jobs: 2 });
const faults = proof.lines.filter(({ ok }) => !ok).map(({ what, found }) => what + ": " + found);
process.stdout.write(JSON.stringify([proof.lines.length > 5, faults]));
`;

/** Compiles as it stands. */
const TYPED = `
import { type Judgement, type Limits, judgeSubmission, loadExam, readAssignment } from "@headroom/grader";

const limits: Partial<Limits> = { totalSeconds: 30 };
const exam = await loadExam(readAssignment("x.ts"));
export const judgement: Judgement = await judgeSubmission(exam, [], { limits });
`;

/**
 * @param {string} folder where to work
 * @returns {AsyncGenerator<Finding>}
 */
export async function* tryGrader(folder) {
  const project = path.join(folder, "grader-project");
  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), '{ "name": "empty", "private": true }');
  const needed = {
    checks: ["dist/judge.js"],
    kernel: ["dist/session.js", "dist/session.d.ts"],
    grader: [
      "README.md",
      "LICENSE",
      "dist/index.js",
      "dist/runner/main.js",
      "nbgrader/headroom_grading/configure.py",
    ],
  };
  /** @type {string[]} */
  const tarballs = [];
  for (const [name, files] of Object.entries(needed)) {
    const { tarball, finding } = await pack(name, folder, files);
    tarballs.push(tarball);
    yield finding;
  }
  yield await attempt("grader: installs into an empty folder, with kernel and checks", () =>
    installTarball(/** @type {string} */ (tarballs.pop()), project, ...tarballs),
  );
  copyFileSync(
    path.join(ROOT, "notebooks", "assignments", "src", ASSIGNMENT),
    path.join(project, ASSIGNMENT),
  );
  yield await attempt("grader: proves an assignment in its sandbox", async () => {
    assert.deepEqual(await runProgram(project, "prove.mjs", PROVING), [true, []]);
  });
  yield await attempt("grader: its types fit a program", () => checkTypes(project, TYPED));
}
