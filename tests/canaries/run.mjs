// @ts-check
// Lets canaries into every runner that judges notebooks, and fails where one comes out alive.
//
//   node tests/canaries/run.mjs            all
//   node tests/canaries/run.mjs nbmake     those of one runner
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE } from "../../scripts/project.mjs";
import { inTurns } from "../../scripts/test/in-turns.mjs";
import { judgeFailingRun, judgeTamperings } from "./check-canaries.mjs";
import {
  GRADED_CANARIES,
  GRADERS,
  JUDGE_EACH_CELL,
  LESSON_CANARIES,
  LESSON_RUNNERS,
} from "./declarations.mjs";
import { judge } from "./judge.mjs";
import { makeNotebook } from "./make-notebook.mjs";

/**
 * @typedef {import("./check-canaries.mjs").Result} Result
 * @typedef {import("./declarations.mjs").Canary} Canary
 * @typedef {import("./declarations.mjs").Runner} Runner
 * @typedef {import("./judge.mjs").Verdict} Verdict
 */

const SECONDS = 60;
/** What those get that hang. */
const FEW_SECONDS = 2;
const AT_ONCE = 2;

/**
 * A batch of canaries for one runner, judged in one process.
 * @typedef {{ runner: string, judge: () => Promise<Result[]> }} Batch
 */

/**
 * Runs the canaries and prints a line for each.
 * @param {readonly string[]} [runners] none for all
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} `failed` counts canaries
 *   that a runner judged otherwise than it must
 */
export async function runCanaries(runners = []) {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(path.join(CACHE, "canaries-"));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const batches = allBatches(folder).filter(
      ({ runner }) => runners.length === 0 || runners.includes(runner),
    );
    if (batches.length === 0) throw new Error(`No runner is called ${runners.join(", ")}.`);
    await inTurns(batches, AT_ONCE, async (batch) => {
      const { runner } = batch;
      for (const { name, complaint } of await judgeOrComplain(batch)) {
        counts[complaint === "" ? "passed" : "failed"]++;
        if (complaint === "") console.log(`ok    ${runner}: ${name}`);
        else console.error(`WRONG ${runner}: ${name}: ${complaint}`);
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

/**
 * A runner that breaks down on its canaries judges none of them rightly.
 * @param {Batch} batch
 * @returns {Promise<Result[]>}
 */
async function judgeOrComplain({ judge }) {
  try {
    return await judge();
  } catch (error) {
    return [{ name: "all of a batch", complaint: error instanceof Error ? error.message : "?" }];
  }
}

/**
 * @param {string} folder
 * @returns {Batch[]} the slow ones first, so that none is left alone at the end
 */
function allBatches(folder) {
  // A kernel that ended looks to nbval like one that hangs.
  const silent = (/** @type {Canary} */ { alone }) => alone !== undefined;
  const lively = (/** @type {Canary} */ { alone }) => alone === undefined;
  const runners = [...LESSON_RUNNERS].reverse();
  return [
    ...runners.map((runner) => batch(runner, LESSON_CANARIES.filter(lively), folder, SECONDS)),
    ...GRADERS.map((runner) => batch(runner, GRADED_CANARIES.filter(lively), folder, SECONDS)),
    ...runners.map((runner) => batch(runner, LESSON_CANARIES.filter(silent), folder, FEW_SECONDS)),
    ...GRADERS.map((runner) => batch(runner, GRADED_CANARIES.filter(silent), folder, FEW_SECONDS)),
    { runner: "notebooks check", judge: () => judgeTamperings(path.join(folder, "tampered")) },
    { runner: "notebooks run", judge: async () => [await judgeFailingRun(folder)] },
  ];
}

/**
 * @param {Runner} runner
 * @param {readonly Canary[]} canaries
 * @param {string} parent
 * @param {number} seconds that a cell may take
 * @returns {Batch}
 */
function batch(runner, canaries, parent, seconds) {
  return {
    runner,
    async judge() {
      const folder = mkdtempSync(path.join(parent, `${runner.replaceAll(" ", "-")}-`));
      const notebooks = flocks(runner, canaries).map((flock, index) => {
        return makeNotebook(flock, path.join(folder, `canaries-${index}.ipynb`));
      });
      const files = notebooks.map(({ file }) => file);
      const verdicts = await judge(runner, files, seconds);
      return notebooks.flatMap(({ file, places }) => {
        return [...places].map(([canary, place]) => {
          const onIt = (/** @type {Verdict} */ { cell }) => cell === undefined || cell === place;
          const verdict = verdicts.find((one) => one.file === file && onIt(one));
          return { name: canary.name, complaint: complaintAbout(canary, runner, verdict) };
        });
      });
    },
  };
}

/**
 * Which canaries share a notebook, hence a kernel: all that don't keep the runner from judging the
 * others.
 * @param {Runner} runner
 * @param {readonly Canary[]} canaries
 * @returns {Canary[][]}
 */
function flocks(runner, canaries) {
  const goesOn = JUDGE_EACH_CELL.includes(runner);
  const solitary = canaries.filter(({ alone, caught }) => {
    return alone !== undefined || (!goesOn && caught.includes(runner));
  });
  const sociable = canaries.filter((canary) => !solitary.includes(canary));
  const together = sociable.length > 0 ? [sociable] : [];
  return [...together, ...solitary.map((canary) => [canary])];
}

/**
 * What is wrong with a verdict; nothing when it is as declared.
 * @param {Canary} canary
 * @param {Runner} runner
 * @param {Verdict | undefined} verdict
 */
function complaintAbout({ caught, because, blind }, runner, verdict) {
  if (verdict === undefined) return "no verdict came";
  if (!caught.includes(runner)) {
    const why = blind === undefined ? "" : ` (${blind}; if that is no longer so, declare it)`;
    return verdict.failed ? `must pass${why}, but failed:\n${verdict.message}` : "";
  }
  if (!verdict.failed) return "PASSED, though it must fail";
  return because === undefined || because.test(verdict.message)
    ? ""
    : `failed, but for another reason than ${because}:\n${verdict.message}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runCanaries(process.argv.slice(2));
  console.log(`${passed} canaries judged rightly, ${failed} wrongly`);
  process.exitCode = failed === 0 ? 0 : 1;
}
