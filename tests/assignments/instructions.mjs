// @ts-check
// docs/instructors.md, done as it stands there: each command of its shell blocks, and each of nbgrader's in its table.
import assert from "node:assert/strict";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runNbgrader } from "../../scripts/assignments/run-nbgrader.mjs";
import { ROOT } from "../../scripts/project.mjs";
import { attempt } from "../packages/packing.mjs";
import { startCommand } from "./start-command.mjs";
import { makeCourse } from "./temporary-course.mjs";

/** @typedef {import("../packages/packing.mjs").Finding} Finding */

const PAGE = path.join(ROOT, "docs", "instructors.md");
const NAME = "02-skewed-data-metrics";
const STUDENT = "ada";
const STAMP = "2026-11-20 10:00:00.000000 UTC";
const POLL_MILLISECONDS = 200;
const OPEN_SECONDS = 120;

/** @returns {AsyncGenerator<Finding>} */
export async function* tryInstructions() {
  const page = readFileSync(PAGE, "utf8");
  const folder = mkdtempSync(path.join(tmpdir(), "headroom-page-"));
  const course = path.join(folder, "course");
  const exchange = path.join(folder, "exchange");
  mkdirSync(course);
  try {
    makeCourse(course, NAME);
    const setting = `c.Exchange.root = ${JSON.stringify(exchange)}\n`;
    appendFileSync(path.join(course, "nbgrader_config.py"), setting);
    for (const command of commandsOf(page)) {
      yield await attempt(
        `instructors.md: npm run assignments -- ${command.join(" ")}`,
        async () => {
          await (command[0] === "open" ? openAndClose(course) : run(course, command));
          if (command[0] === "release") handIn(course, exchange);
        },
      );
    }
    yield await attempt("instructors.md: feedback, report and marks are there", async () => {
      const made = [
        `feedback/${STUDENT}/${NAME}/${NAME}.html`,
        `report/${NAME}.csv`,
        `report/${NAME}.html`,
      ];
      assert.deepEqual(
        made.filter((file) => !existsSync(path.join(course, file))),
        [],
      );
    });
    for (const args of nbgradersOf(page)) {
      yield await attempt(`instructors.md: nbgrader ${args.join(" ")}`, async () => {
        assert.equal(await runNbgrader(course, args, { onLine: () => {} }), 0);
      });
    }
    yield await attempt(
      "instructors.md: a broken configuration stops grade, and is named",
      async () => {
        appendFileSync(path.join(course, "nbgrader_config.py"), "c.No such thing\n");
        const running = startCommand(course, ["grade", NAME]);
        assert.notEqual(await running.ended, 0);
        assert.match(running.output(), /SyntaxError/);
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The commands of `npm run assignments` in the page's shell blocks, without their comments.
 * @param {string} page
 * @returns {string[][]}
 */
function commandsOf(page) {
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  return [...blocks.join("").matchAll(/^npm run assignments -- ([^#\n]*)/gm)].map(([, text = ""]) =>
    text.trim().split(/\s+/),
  );
}

/**
 * nbgrader's commands in the page's table.
 * @param {string} page
 * @returns {string[][]}
 */
function nbgradersOf(page) {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const commands = rows.flatMap((row) => [...row.matchAll(/`nbgrader ([^`]*)`/g)]);
  return commands.map(([, text = ""]) => text.replace("NAME", NAME).split(" "));
}

/**
 * @param {string} course
 * @param {readonly string[]} command
 */
async function run(course, command) {
  const running = startCommand(course, command);
  assert.equal(await running.ended, 0, running.output());
}

/**
 * Puts the untouched notebook into the exchange, as a student who submits it at once.
 * @param {string} course
 * @param {string} exchange
 */
function handIn(course, exchange) {
  const folder = path.join(exchange, "headroom", "inbound", `${STUDENT}+${NAME}+${STAMP}`);
  mkdirSync(folder);
  const notebook = `${NAME}.ipynb`;
  copyFileSync(path.join(course, "release", NAME, notebook), path.join(folder, notebook));
  writeFileSync(path.join(folder, "timestamp.txt"), STAMP);
  writeFileSync(path.join(folder, "submission_secret.txt"), "known to the student only");
}

/**
 * Waits until JupyterLab has an address, and ends it as Ctrl-C does.
 * @param {string} course
 */
async function openAndClose(course) {
  const running = startCommand(course, ["open", "--no-browser"]);
  try {
    for (const deadline = Date.now() + OPEN_SECONDS * 1000; Date.now() < deadline; ) {
      if (/formgrader\?token=\w+/.test(running.output())) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
    throw new Error(`no address was printed:\n${running.output()}`);
  } finally {
    running.interrupt();
    assert.equal(await running.ended, 0, running.output());
  }
}
