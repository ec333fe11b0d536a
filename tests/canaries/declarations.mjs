// @ts-check
// The canaries: notebooks with one fault each, and which runner must notice it.

/**
 * The programs that judge notebooks by running them.
 * @typedef {"nbval" | "nbval-lax" | "nbmake" | "nbclient" | "nbgrader validate"
 *   | "nbgrader autograde"} Runner
 */

/**
 * A code cell. `stored` is the output that its file holds ("" for none); a cell that was never run
 * holds no execution count. With `points` it is a test that nbgrader grades.
 * @typedef {object} CodeCell
 * @property {string} code
 * @property {string} [stored]
 * @property {{ name: string, message: string }} [storedError]
 * @property {boolean} [unrun]
 * @property {string[]} [tags]
 * @property {number} [points]
 */

/**
 * A cell with one fault, and what must become of it. `caught` names the runners that must fail the
 * cell, and `because` what their message must then contain, so that none fails it for another
 * reason. The other runners must pass it; `blind` says why they can't know.
 * @typedef {object} Canary
 * @property {string} name
 * @property {CodeCell} cell
 * @property {CodeCell} [after] an honest cell right before it
 * @property {Runner[]} caught
 * @property {RegExp} [because]
 * @property {string} [blind]
 * @property {"hangs" | "ends the kernel"} [alone] why it can't share its notebook with others
 */

/** @type {readonly Runner[]} */
export const LESSON_RUNNERS = ["nbval", "nbval-lax", "nbmake", "nbclient"];
/** @type {readonly Runner[]} */
export const GRADERS = ["nbgrader validate", "nbgrader autograde"];
/**
 * Runners that go on after a failed cell and judge each by itself; the others stop there.
 * @type {readonly Runner[]}
 */
export const JUDGE_EACH_CELL = ["nbval", "nbval-lax", ...GRADERS];

/** An error that belongs to the lesson. */
const ANNOUNCED = {
  code: 'throw new Error("announced");',
  storedError: { name: "Error", message: "announced" },
  tags: ["raises-exception"],
};

/** @param {string} code @returns {CodeCell} */
const graded = (code) => ({ code, points: 2 });

/**
 * Faults for the runners that judge lessons.
 * @type {readonly Canary[]}
 */
export const LESSON_CANARIES = [
  {
    name: "control",
    cell: { code: "const n: number = await Promise.resolve(2);\nconsole.log(n);", stored: "2\n" },
    caught: [],
  },
  { name: "control with an announced error", cell: ANNOUNCED, caught: [] },
  {
    name: "throw",
    cell: { code: 'throw new Error("canary: thrown");' },
    caught: [...LESSON_RUNNERS],
    because: /canary: thrown/,
  },
  {
    name: "rejected await",
    cell: { code: 'await Promise.reject(new Error("canary: rejected"));' },
    caught: [...LESSON_RUNNERS],
    because: /canary: rejected/,
  },
  {
    name: "type error",
    cell: { code: 'const count: number = "two";' },
    caught: [...LESSON_RUNNERS],
    because: /not assignable/,
  },
  {
    name: "throw in the cell after an announced error",
    after: ANNOUNCED,
    cell: { code: 'throw new Error("canary: right after");' },
    caught: [...LESSON_RUNNERS],
    because: /canary: right after/,
  },
  {
    name: "figure cell with ignored output that throws",
    cell: { code: 'throw new Error("canary: figure");', tags: ["nbval-ignore-output"] },
    caught: [...LESSON_RUNNERS],
    because: /canary: figure/,
  },
  {
    name: "missing cell",
    cell: { code: "console.log(declaredInTheMissingCell);", stored: "1\n" },
    caught: [...LESSON_RUNNERS],
    because: /declaredInTheMissingCell/,
  },
  {
    name: "kernel that ends",
    cell: { code: "process.exit(0);" },
    caught: [...LESSON_RUNNERS],
    alone: "ends the kernel",
  },
  {
    name: "endless loop",
    cell: { code: "for (;;) {}" },
    caught: [...LESSON_RUNNERS],
    because: /time|interrupt/i,
    alone: "hangs",
  },
  {
    name: "endless await",
    cell: { code: "await new Promise(() => {});" },
    caught: [...LESSON_RUNNERS],
    because: /time|interrupt/i,
    alone: "hangs",
  },
  {
    name: "changed output",
    cell: { code: "console.log(3);", stored: "2\n" },
    caught: ["nbval"],
    because: /2.*3/s,
    blind: "it doesn't compare outputs",
  },
  {
    name: "vanished output",
    cell: { code: "const quiet = 1;", stored: "2\n" },
    caught: ["nbval"],
    because: /Missing output/,
    blind: "it doesn't compare outputs",
  },
  {
    name: "new output on the error stream",
    cell: { code: 'console.error("canary: a warning");' },
    caught: ["nbval"],
    because: /Unexpected output/,
    blind: "it doesn't compare outputs",
  },
  {
    name: "forgotten await of a rejected promise",
    cell: { code: 'void Promise.reject(new Error("canary: forgotten"));' },
    caught: ["nbval"],
    because: /Unexpected output/,
    blind: "the cell itself succeeds, and it doesn't compare outputs",
  },
  {
    name: "unexecuted cell",
    cell: { code: "console.log(1);", unrun: true },
    caught: [],
    blind: "no runner compares a cell without an execution count; `notebooks check` catches it",
  },
  {
    name: "throw in a cell tagged to be skipped",
    cell: { code: 'throw new Error("canary: skipped");', tags: ["nbval-skip"] },
    caught: ["nbmake", "nbclient"],
    because: /canary: skipped/,
    blind: "it obeys the tag; `notebooks check` catches it",
  },
];

/**
 * Faults in graded tests, for nbgrader.
 * @type {readonly Canary[]}
 */
export const GRADED_CANARIES = [
  { name: "graded control", cell: graded("if (1 + 1 !== 2) throw new Error();"), caught: [] },
  {
    name: "graded throw",
    cell: graded('throw new Error("canary: thrown");'),
    caught: [...GRADERS],
    because: /canary: thrown/,
  },
  {
    name: "graded rejected await",
    cell: graded('await Promise.reject(new Error("canary: rejected"));'),
    caught: [...GRADERS],
    because: /canary: rejected/,
  },
  {
    name: "graded type error",
    cell: graded('const count: number = "two";'),
    caught: [...GRADERS],
    because: /not assignable/,
  },
  {
    name: "graded throw right after a failed cell",
    after: { code: 'throw new Error("earlier");' },
    cell: graded('throw new Error("canary: next");'),
    caught: [...GRADERS],
    because: /canary: next/,
  },
  {
    name: "graded output on the error stream",
    cell: graded('console.error("canary: a warning");'),
    caught: [...GRADERS],
    because: /canary: a warning/,
  },
  {
    name: "graded endless loop",
    cell: graded("for (;;) {}"),
    caught: [...GRADERS],
    because: /time|interrupt/i,
    alone: "hangs",
  },
  {
    name: "graded endless await",
    cell: graded("await new Promise(() => {});"),
    caught: [...GRADERS],
    because: /time|interrupt/i,
    alone: "hangs",
  },
];
