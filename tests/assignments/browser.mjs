// @ts-check
// An assignment's whole way in a real browser: fetched, worked on, validated and submitted in a student's JupyterLab; collected,
// graded, marked and handed back in the instructor's formgrader; read by the student.
//
//   node tests/assignments/browser.mjs              tries it
//   node tests/assignments/browser.mjs --pictures   and takes the pictures of docs/instructors.md anew
import assert from "node:assert/strict";
import { appendFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readAssignment } from "@headroom/grader";
import { CHROMIUM_CURE, findChromium } from "../../scripts/doctor/chromium.mjs";
import { ROOT } from "../../scripts/project.mjs";
import { launchBrowser } from "../browser/lab-page.mjs";
import { attempt } from "../packages/packing.mjs";
import {
  expectEntry,
  mark,
  openFormgrader,
  openSubmission,
  press,
  showSubmissions,
} from "./formgrader-page.mjs";
import { openRoom } from "./lab-servers.mjs";
import { claimOutputs, hacked, handInTrouble, TROUBLED, WORDS } from "./scripted-student.mjs";
import {
  answer,
  assignmentRow,
  openAssignment,
  openAssignmentList,
  openPlace,
  validate,
} from "./student-page.mjs";

/**
 * @typedef {import("../packages/packing.mjs").Finding} Finding
 * @typedef {import("playwright-core").Browser} Browser
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./lab-servers.mjs").Room} Room
 */

const NAME = "02-skewed-data-metrics";
const NOTEBOOK = `${NAME}/${NAME}.ipynb`;
const STUDENT = "ada";
/** Passes the visible tests; a hidden one takes a point. */
const ALMOST = { exercise: "averages", name: "absent class left out" };
const REFLECTION = "screening";
const COMMENT = "Which metric goes into the contract?";
const PICTURES = path.join(ROOT, "docs");

/**
 * Skipped where there is no browser, but not in CI.
 * @param {{ pictures?: boolean }} [options]
 * @returns {AsyncGenerator<Finding>}
 */
export async function* tryInBrowser({ pictures = false } = {}) {
  const executable = findChromium();
  if (executable === undefined) {
    if (process.env.CI) yield { what: "browser", fault: `no browser was found: ${CHROMIUM_CURE}` };
    else console.error(`SKIPPED: no browser was found: ${CHROMIUM_CURE}`);
    return;
  }
  const room = await openRoom(NAME, STUDENT);
  const browser = await launchBrowser(executable);
  /** @type {Show} */
  const show = async (page, name, height) => {
    const file = path.join(PICTURES, `instructors-${name}.png`);
    if (pictures) await page.screenshot({ path: file, clip: { x: 0, y: 0, width: 1280, height } });
  };
  try {
    const formgrader = await openFormgrader(browser, room.instructor);
    yield* tryRelease(formgrader);
    yield* tryStudent(browser, room, show);
    yield* tryGrading(browser, formgrader, room, show);
    yield* tryHandingBack(browser, formgrader, room, show);
    yield* tryBrokenConfiguration(formgrader, room);
  } finally {
    await browser.close();
    await room.close();
  }
}

/**
 * @param {Page} formgrader
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryRelease(formgrader) {
  yield await attempt(
    "instructor: formgrader makes the students' notebook and releases it",
    async () => {
      assert.match(await press(formgrader, NAME, "assign"), /Successfully created/);
      assert.match(await press(formgrader, NAME, "release"), /Successfully released/);
    },
  );
}

/** @typedef {(page: Page, name: string, height: number) => Promise<void>} Show */

/**
 * @param {Browser} browser
 * @param {Room} room
 * @param {Show} show
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryStudent(browser, room, show) {
  yield await attempt("student: fetches the assignment", async () => {
    const list = await openAssignmentList(browser, room.student);
    await assignmentRow(list, "released", NAME).getByRole("button", { name: "Fetch" }).click();
    await assignmentRow(list, "fetched", NAME).waitFor();
    await list.close();
  });
  const page = await openAssignment(browser, room.student, NAME);
  yield await attempt("student: Validate names what is not answered", async () => {
    assert.match(await validate(page), /not answered yet/);
  });
  yield await attempt("student: types answers, and Validate is content", async () => {
    for (const [stub, text] of answers(room.course)) await answer(page, stub, text);
    await answer(page, "YOUR ANSWER HERE", WORDS);
    assert.match(await validate(page), /Success! Your notebook passes all the tests/);
  });
  yield await attempt("student: submits", async () => {
    claimOutputs(path.join(room.home, NOTEBOOK));
    const list = await openAssignmentList(browser, room.student);
    await show(list, "student", 320);
    await assignmentRow(list, "fetched", NAME).getByRole("button", { name: "Submit" }).click();
    await assignmentRow(list, "submitted", NAME).waitFor();
    await list.close();
  });
  await page.close();
}

/**
 * What is typed into each exercise's cell, with a text that only this cell holds.
 * @param {string} course
 * @returns {[string, string][]}
 */
function answers(course) {
  const { cells } = readAssignment(path.join(course, "src", `${NAME}.ts`));
  return cells.flatMap((cell) => {
    if (cell.kind !== "exercise") return [];
    const [stub = ""] = /function \w+\(/.exec(cell.source) ?? [];
    const wrong = cells.find(
      (other) =>
        other.kind === "wrong" &&
        other.exercise === cell.id &&
        cell.id === ALMOST.exercise &&
        other.name === ALMOST.name,
    );
    return [[stub, (wrong ?? cell).source.replace(/^.*(BEGIN|END) SOLUTION.*\n/gm, "")]];
  });
}

/**
 * @param {Browser} browser
 * @param {Page} formgrader
 * @param {Room} room
 * @param {Show} show
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryGrading(browser, formgrader, room, show) {
  yield await attempt("instructor: collects, but no links", async () => {
    handInTrouble(room, NAME);
    await formgrader.reload();
    const said = await press(formgrader, NAME, "collect");
    assert.match(said, /Successfully collected/);
    assert.match(said, new RegExp(`Left out of link.*${NAME}\\.ipynb: a link`));
  });
  yield await attempt(
    "instructor: the Autograde button judges in the sandbox and enters part of the points",
    async () => {
      await showSubmissions(formgrader, NAME);
      assert.match(await press(formgrader, STUDENT, "autograde"), /Successfully autograded/);
      await showSubmissions(formgrader, NAME);
      await expectEntry(formgrader, STUDENT, "score", "25 / 30");
      await expectEntry(formgrader, STUDENT, "status", "needs manual grading");
    },
  );
  yield await attempt(
    "instructor: the button also takes what cannot be read, and earns it 0",
    async () => {
      for (const student of TROUBLED) {
        assert.match(await press(formgrader, student, "autograde"), /Successfully autograded/);
        await showSubmissions(formgrader, NAME);
        await expectEntry(formgrader, student, "score", "0 / 30");
      }
    },
  );
  yield await attempt(
    "instructor: marks the reflection by its scheme, with a comment",
    async () => {
      await openSubmission(formgrader, NAME, STUDENT);
      const text = (await formgrader.locator("#notebook-container").last().textContent()) ?? "";
      assert.match(text, /Mark scheme/);
      assert.match(text, /Hidden tests, and what they said/);
      assert.match(text, /the known wrong answer "absent class left out"/);
      await formgrader.locator(`input#${REFLECTION}`).scrollIntoViewIfNeeded();
      await mark(formgrader, REFLECTION, 3, COMMENT);
      await show(formgrader, "marking", 710);
      assert.equal(await hacked(formgrader), undefined);
    },
  );
  for (const place of [`autograded/${STUDENT}/${NOTEBOOK}`, `submitted/${STUDENT}/${NOTEBOOK}`]) {
    yield await attempt(
      `instructor: JupyterLab shows ${place.split("/")[0]}/ without running what is in it`,
      async () => {
        const page = await openPlace(browser, room.instructor, `/lab/tree/${place}?reset`);
        await page.locator(".jp-NotebookPanel h1").first().waitFor();
        await page.waitForTimeout(1000);
        assert.equal(await hacked(page), undefined);
        await page.close();
      },
    );
  }
}

/**
 * @param {Browser} browser
 * @param {Page} formgrader
 * @param {Room} room
 * @param {Show} show
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryHandingBack(browser, formgrader, room, show) {
  yield await attempt("instructor: writes the feedback and releases it", async () => {
    await showSubmissions(formgrader, NAME);
    assert.match(await press(formgrader, STUDENT, "generate-feedback"), /Successfully generated/);
    assert.match(await press(formgrader, STUDENT, "release-feedback"), /Successfully released/);
  });
  yield await attempt(
    "student: fetches the feedback and reads it; hidden tests stay hidden",
    async () => {
      const list = await openAssignmentList(browser, room.student);
      const row = assignmentRow(list, "submitted", NAME);
      await row.getByRole("button", { name: "Fetch Feedback" }).click();
      await row.getByText("view feedback").waitFor({ state: "attached" });
      const page = await openPlace(browser, room.student, feedbackPlace(room));
      const shown = page.locator("#notebook-container").last();
      const text = (await shown.textContent()) ?? "";
      assert.match((await page.locator("h4").first().textContent()) ?? "", /Score: 28\.0 \/ 30\.0/);
      assert.match(text, /Hidden tests: 2 of 3 passed/);
      assert.ok(text.includes(COMMENT));
      assert.doesNotMatch(text, /Mark scheme|BEGIN HIDDEN|never occurs and is never answered/);
      assert.equal(await hacked(page), undefined);
      await page.getByText("Hidden tests: 2 of 3 passed").evaluate((line) => {
        line.scrollIntoView({ block: "end" });
        window.scrollBy(0, 100);
      });
      await show(page, "feedback", 800);
    },
  );
}

/**
 * Where the student's server has the page that was fetched.
 * @param {Room} room
 */
function feedbackPlace(room) {
  const folder = path.join(room.home, NAME, "feedback");
  const [stamp = ""] = readdirSync(folder);
  return `/files/${NAME}/feedback/${encodeURIComponent(stamp)}/${NAME}.html`;
}

/**
 * @param {Page} formgrader
 * @param {Room} room
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryBrokenConfiguration(formgrader, room) {
  yield await attempt("instructor: a broken configuration stops formgrader's button", async () => {
    await showSubmissions(formgrader, NAME);
    appendFileSync(path.join(room.course, "nbgrader_config.py"), "c.No such thing\n");
    const asked = formgrader.waitForResponse((answer) => answer.url().endsWith("/autograde"));
    await formgrader.locator("#main-table td.autograde a").first().click();
    assert.equal((await asked).status(), 500);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for await (const { what, fault } of tryInBrowser({
    pictures: process.argv.includes("--pictures"),
  })) {
    if (fault === "") console.log(`ok     ${what}`);
    else console.error(`FAILED ${what}: ${fault}`);
    if (fault !== "") process.exitCode = 1;
  }
}
