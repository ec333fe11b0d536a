// @ts-check
// Submissions that mean harm, and files that are no submissions. What each deserves is plain without judging it.
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";

/** @typedef {import("@headroom/grader").Notebook} Notebook */
/** @typedef {import("@headroom/grader").NotebookCell} NotebookCell */

/**
 * A trick: what it is called, what it makes of a notebook whose first exercise has the given id, and what that earns.
 * The notebook's answers are right, or untouched where the trick should earn what stubs do.
 * @typedef {object} Trick
 * @property {string} kind
 * @property {"all" | "all but the first" | "stubs"} earns
 * @property {(notebook: Notebook, first: string) => Notebook} change
 */

/**
 * @param {string} source
 * @returns {NotebookCell}
 */
function codeCell(source) {
  return { cell_type: "code", id: "own", metadata: {}, source, execution_count: null, outputs: [] };
}

/** @type {(source: string) => Trick["change"]} */
const atEnd = (source) => (notebook) => ({
  ...notebook,
  cells: [...notebook.cells, codeCell(source)],
});

/** @type {(source: string) => Trick["change"]} */
const atStart = (source) => (notebook) => ({
  ...notebook,
  cells: [codeCell(source), ...notebook.cells],
});

/**
 * Puts a statement before all others in the first exercise's functions.
 * @type {(statement: string) => Trick["change"]}
 */
const inFirst = (statement) => (notebook, first) => ({
  ...notebook,
  cells: notebook.cells.map((cell) =>
    cell.id === first ? { ...cell, source: withFirstStatement(cell.source, statement) } : cell,
  ),
});

/**
 * @param {string} source
 * @param {string} statement
 */
function withFirstStatement(source, statement) {
  // The last brace of a signature ends its line.
  const signature = /^(?:async )?function[\s\S]*?\{\n/gm;
  const changed = source.replace(signature, (text) => `${text}  ${statement}\n`);
  if (changed === source) throw new Error(`no function begins in:\n${source}`);
  return changed;
}

/** @type {readonly Trick[]} */
export const HOSTILE = [
  { kind: "ends the program in a cell", earns: "all", change: atEnd("process.exit(0);") },
  {
    kind: "ends the program in a call",
    earns: "all but the first",
    change: inFirst("process.exit(0);"),
  },
  {
    kind: "claims points, outputs and a pass",
    earns: "stubs",
    change: (notebook) => ({
      ...notebook,
      cells: notebook.cells.map((cell) =>
        cell.cell_type !== "code" || cell.metadata.nbgrader === undefined
          ? cell
          : {
              ...cell,
              metadata: { nbgrader: { ...cell.metadata.nbgrader, points: 1000 } },
              outputs: [
                {
                  output_type: "execute_result",
                  execution_count: 1,
                  metadata: {},
                  data: { "text/plain": "1000.0" },
                },
              ],
            },
      ),
    }),
  },
  {
    kind: "patches what tests are made of",
    earns: "stubs",
    change: atStart(
      'Object.is = () => true; JSON.stringify = () => "1"; Array.prototype.every = () => true; Math.abs = () => 0; console.log("score: 1000");',
    ),
  },
  {
    kind: "deletes the first exercise",
    earns: "all but the first",
    change: (notebook, first) => ({
      ...notebook,
      cells: notebook.cells.filter(({ id }) => id !== first),
    }),
  },
  {
    kind: "replaces the tests",
    earns: "stubs",
    change: (notebook) => ({
      ...notebook,
      cells: notebook.cells.map((cell) =>
        cell.metadata.nbgrader?.grade && cell.cell_type === "code"
          ? { ...cell, source: 'console.log("all passed");\n1000' }
          : cell,
      ),
    }),
  },
  {
    kind: "writes scripts into its answers",
    earns: "all",
    change: (notebook) => ({
      ...notebook,
      cells: notebook.cells.map((cell) =>
        cell.cell_type === "markdown" && cell.metadata.nbgrader?.solution
          ? {
              ...cell,
              source: "<script>document.title = 'owned'</script> [x](javascript:alert(1))",
            }
          : cell,
      ),
    }),
  },
  {
    kind: "takes all memory in a call",
    earns: "all but the first",
    change: inFirst("const all: number[][] = []; for (;;) all.push(new Array(1e6).fill(1));"),
  },
  {
    kind: "never comes back in a call",
    earns: "all but the first",
    change: inFirst("for (;;) {}"),
  },
  { kind: "never comes back in a cell", earns: "all", change: atEnd("for (;;) {}") },
];

/**
 * Files that can't be read: what lies at the notebook's place. `text` is that of a good notebook.
 * @type {readonly { kind: string, make: (file: string, text: string) => void }[]}
 */
export const BROKEN = [
  { kind: "cut off", make: (file, text) => writeFileSync(file, text.slice(0, text.length / 2)) },
  { kind: "a link to another file", make: (file) => symlinkSync("/etc/passwd", file) },
  { kind: "empty", make: (file) => writeFileSync(file, "") },
  { kind: "under another name", make: (file, text) => writeFileSync(`${file}.txt`, text) },
  { kind: "a folder", make: (file) => mkdirSync(file) },
  { kind: "a pipe", make: (file) => execFileSync("mkfifo", [file]) },
  { kind: "6 MB", make: (file, text) => writeFileSync(file, text + " ".repeat(6e6)) },
  { kind: "format 3", make: (file) => writeFileSync(file, '{"nbformat": 3, "worksheets": []}') },
];
