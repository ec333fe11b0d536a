// @ts-check
// `npm run check` on notebooks that students could have.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { listAssignments, notebookFile } from "@headroom/grader";
import { COURSE } from "../../scripts/assignments/arguments.mjs";
import { readNotebook } from "../../scripts/notebooks/notebook-format.mjs";
import { CACHE, projectEnvironment, ROOT } from "../../scripts/project.mjs";
import { attempt } from "../packages/packing.mjs";

/** @typedef {import("../packages/packing.mjs").Finding} Finding */

const SCRIPT = path.join(ROOT, "scripts", "check.mjs");
const NAME = "02-skewed-data-metrics";
const STUB = 'throw new Error("not answered yet");';

const AT_A_TIME = 2;

/** @returns {AsyncGenerator<Finding>} */
export async function* tryStudentCheck() {
  mkdirSync(CACHE, { recursive: true });
  // In the project, so that cells find its packages.
  const folder = mkdtempSync(path.join(CACHE, "student-"));
  try {
    yield* tryOne(folder);
    yield* trySolutions(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryOne(folder) {
  yield await attempt("check: the untouched release is not answered, and says so", async () => {
    const file = notebookFile(COURSE, "release", NAME);
    const { code, said } = await check(file);
    assert.equal(code, 1, said);
    assert.equal(said.match(/: not answered yet$/gm)?.length, 6, said);
    assert.match(said, /^0 of 5 exercises pass .* 0 of 1 reflections answered\. Hidden tests/m);
  });
  yield await attempt(
    "check: of a stopped cell it says why, and goes on with the others",
    async () => {
      const answers = [
        'function confusion(): number { return "many"; }',
        "function precisionRecallF1(: number) {}",
        "for (;;) {}",
        "function prCurve() { return []; }",
      ];
      const file = answer(folder, NAME, (stub, at) => answers[at] ?? stub);
      const before = readFileSync(file);
      const { code, said } = await check(file, "--timeout", "5");
      assert.equal(code, 1, said);
      assert.match(
        said,
        /1\. .*: not yet\n {2}the answer \(cell \d+\) fails: .*not assignable to type 'number'/,
      );
      assert.match(said, /2\. .*: not yet\n {2}the answer \(cell \d+\) fails: /);
      assert.match(
        said,
        /3\. .*: not yet\n {2}the answer \(cell \d+\) fails: it had not ended after 5 s/,
      );
      assert.match(said, /4\. .*: not yet\n {2}/);
      assert.match(said, /5\. .*: not answered yet/);
      assert.ok(readFileSync(file).equals(before), "the file was changed");
    },
  );
  yield await attempt("check: a cell that ends the kernel is named", async () => {
    const { code, said } = await check(
      answer(folder, NAME, (stub, at) => (at === 0 ? "process.exit(0)" : stub)),
    );
    assert.equal(code, 1, said);
    assert.match(said, /^Cell \d+ ended the kernel/m);
  });
  yield await attempt("check: a cell that is no answer and fails is named", async () => {
    const file = answer(folder, NAME, (stub) => stub);
    const notebook = readNotebook(file);
    notebook.cells[1].source = 'import { check } from "@headroom/nothing";';
    writeFileSync(file, JSON.stringify(notebook));
    const { said } = await check(file);
    assert.match(said, /^Cell 2 fails: .*@headroom\/nothing/m);
  });
  yield await attempt("check: what is no notebook is refused in words", async () => {
    const broken = path.join(folder, "broken.ipynb");
    writeFileSync(broken, "{");
    for (const [file, words] of /** @type {const} */ ([
      [broken, /can't be read as a notebook/],
      [path.join(folder, "none.ipynb"), /There is no file/],
    ])) {
      const { code, said } = await check(file);
      assert.equal(code, 2, said);
      assert.match(said, words);
    }
  });
}

/**
 * Every stored solution, run on the kernel: with the hidden tests that it holds, and with types checked.
 * @param {string} folder
 * @returns {AsyncGenerator<Finding>}
 */
async function* trySolutions(folder) {
  const names = listAssignments(COURSE).map(({ name }) => name);
  // Most of the time they wait for a kernel to start: some at a time are quicker.
  for (let at = 0; at < names.length; at += AT_A_TIME) {
    const some = names.slice(at, at + AT_A_TIME);
    yield* await Promise.all(some.map((name) => trySolution(folder, name)));
  }
}

/**
 * @param {string} folder
 * @param {string} name
 */
function trySolution(folder, name) {
  return attempt(`check: the solution of ${name} passes on the kernel`, async () => {
    const notebook = readNotebook(notebookFile(COURSE, "solution", name));
    for (const cell of notebook.cells) {
      if (cell.source === "YOUR ANSWER HERE") cell.source = "Because of the numbers.";
    }
    const file = path.join(folder, `${name}.ipynb`);
    writeFileSync(file, JSON.stringify(notebook));
    const { code, said } = await check(file);
    assert.equal(code, 0, said);
  });
}

/**
 * A release with other answers.
 * @param {string} folder where it is written
 * @param {string} name
 * @param {(stub: string, at: number) => string} edit gives each exercise's answer, counted from 0
 */
function answer(folder, name, edit) {
  const notebook = readNotebook(notebookFile(COURSE, "release", name));
  const stubs = notebook.cells.filter(({ source }) => source.includes(STUB));
  for (const [at, cell] of stubs.entries()) cell.source = edit(cell.source, at);
  const file = path.join(folder, `${name}.ipynb`);
  writeFileSync(file, JSON.stringify(notebook));
  return file;
}

/**
 * Runs `npm run check`.
 * @param {string} file
 * @param {string[]} more
 * @returns {Promise<{ code: number, said: string }>}
 */
function check(file, ...more) {
  const child = spawn(process.execPath, [SCRIPT, file, ...more], { env: projectEnvironment() });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 128, said }));
  });
}
