import { cellOf, type LooseCell, ownCell, RIGHT, WRONG } from "../hostile";
import type { Attack } from "./attack";

const PASSING = `await check("F1", test("nothing", call(() => 0), equals(0)));`;

function grading(cell: LooseCell): Record<string, unknown> {
  return cell.metadata.nbgrader ?? {};
}

function claimed(text: string): unknown[] {
  return [
    {
      output_type: "execute_result",
      execution_count: 1,
      metadata: {},
      data: { "text/plain": text },
    },
    {
      output_type: "display_data",
      metadata: {},
      data: { "text/html": "<script>fetch('//evil')</script>" },
    },
  ];
}

/** Notebooks whose cells or metadata are not those that were handed out. */
export const NOTEBOOKS: readonly Attack[] = [
  {
    name: "changed points",
    does: "Gives its tests a hundred points in the metadata.",
    changes: {
      answers: WRONG,
      edit: (notebook) => {
        grading(cellOf(notebook, "f1-score-tests")).points = 100;
      },
    },
    deserves: 0,
    sees: 'the tests of f1-score: "points" was changed to 100 (ignored)',
  },
  {
    name: "changed metadata",
    does: "Makes the tests a solution that nobody grades, and the answer a graded cell.",
    changes: {
      answers: WRONG,
      edit: (notebook) => {
        Object.assign(grading(cellOf(notebook, "f1-score-tests")), {
          grade: false,
          solution: true,
          locked: false,
        });
        Object.assign(grading(cellOf(notebook, "f1-score")), { grade: true, points: 4 });
      },
    },
    deserves: 0,
    sees: 'the answer to f1-score: "grade" was changed to true (ignored)',
  },
  {
    name: "no metadata",
    does: "Takes nbgrader's metadata off all cells, as some editors do; the answers are right.",
    changes: {
      edit: ({ cells }) => {
        for (const cell of cells) cell.metadata = {};
      },
    },
    deserves: 7,
    sees: "the answer to f1-score: the cell lost its nbgrader id (known by its cell id)",
  },
  {
    name: "ids of objects",
    does: "Calls cells __proto__ and constructor, and gives others ids that are no text.",
    changes: {
      edit: ({ cells }) => {
        for (const id of ["__proto__", "constructor", 7, null, { toString: 1 }])
          cells.push({ ...ownCell("1;"), id, metadata: { nbgrader: { grade_id: id } } });
      },
    },
    deserves: 7,
  },
  {
    name: "another kernel",
    does: "Asks for Python in the kernelspec; the answers are right.",
    changes: {
      edit: ({ metadata }) => {
        metadata.kernelspec = { name: "python3", display_name: "Python", argv: ["/bin/sh"] };
      },
    },
    deserves: 7,
    sees: 'the kernel was changed from "headroom" to "python3" (headroom was used)',
  },
  {
    name: "deleted answer",
    does: "Deletes the cell of an answer.",
    changes: {
      edit: (notebook) => {
        notebook.cells = notebook.cells.filter((cell) => cell !== cellOf(notebook, "f1-score"));
      },
    },
    deserves: 3,
    sees: "the answer to f1-score was deleted: it counts as not answered",
  },
  {
    name: "deleted tests",
    does: "Deletes the cells with tests, beside wrong answers.",
    changes: {
      answers: WRONG,
      edit: (notebook) => {
        notebook.cells = notebook.cells.filter(({ id }) => !String(id).endsWith("-tests"));
      },
    },
    deserves: 0,
    sees: "the tests of f1-score were deleted: ours were used",
  },
  {
    name: "changed tests",
    does: "Replaces a cell with tests by one that passes.",
    changes: {
      answers: WRONG,
      edit: (notebook) => {
        cellOf(notebook, "f1-score-tests").source = PASSING;
      },
    },
    deserves: 0,
    sees: "the tests of f1-score were changed: ours ran",
  },
  {
    name: "tests that attack",
    does: "Ends the process in the cell with tests, which never runs.",
    changes: {
      edit: (notebook) => {
        cellOf(notebook, "f1-score-tests").source = "process.exit(0)";
      },
    },
    deserves: 7,
    sees: "the tests of f1-score were changed: ours ran",
  },
  {
    name: "changed given cell",
    does: "Changes a constant in a cell that is the course's.",
    changes: {
      edit: (notebook) => {
        cellOf(notebook, "given-setup").source = "const BETA = 2; process.exit(0);";
      },
    },
    deserves: 7,
    sees: "the given cell given-setup was changed: ours ran",
  },
  {
    name: "deleted given cell",
    does: "Deletes a cell that is the course's; the answers are right.",
    changes: {
      edit: (notebook) => {
        notebook.cells = notebook.cells.filter(({ id }) => id !== "given-setup");
      },
    },
    deserves: 7,
    sees: "the given cell given-setup was deleted: ours ran",
  },
  {
    name: "two answers in one notebook",
    does: "Has a wrong and a right copy of an answer's cell, the right one last, as Run All would take it.",
    changes: {
      answers: { "f1-score": WRONG["f1-score"] },
      edit: (notebook) => {
        const copy = structuredClone(cellOf(notebook, "f1-score"));
        notebook.cells.push({ ...copy, id: "copy", source: RIGHT["f1-score"] });
      },
    },
    deserves: 7,
    sees: "the answer to f1-score: the cell is there 2 times; all ran in order, so that the last one counts",
  },
  {
    name: "another order",
    does: "Puts the cells in the opposite order; the answers are right.",
    changes: {
      edit: (notebook) => {
        notebook.cells.reverse();
      },
    },
    deserves: 7,
    sees: "the cells were put in another order: the code ran in the student's",
  },
  {
    name: "answer as text",
    does: "Turns the cell of an answer into Markdown.",
    changes: {
      edit: (notebook) => {
        cellOf(notebook, "f1-score").cell_type = "markdown";
      },
    },
    deserves: 3,
    sees: "the answer to f1-score is a cell of text: nothing of it ran",
  },
  {
    name: "claimed outputs",
    does: "Brings outputs with full marks, as nbgrader writes them, and a script.",
    changes: {
      answers: WRONG,
      edit: ({ cells }) => {
        for (const cell of cells) if (cell.cell_type === "code") cell.outputs = claimed("7.0");
      },
    },
    deserves: 0,
  },
  {
    name: "scripts in Markdown",
    does: "Writes scripts, handlers and javascript: links into a reflection; the code is right.",
    changes: {
      answers: {
        "why-f1": `<script>fetch("//evil")</script><img src=x onerror=alert(1)> [a](javascript:alert(1))`,
      },
    },
    deserves: 7,
  },
  {
    name: "cells without text",
    does: "Has cells whose source is a number, a list of numbers, an object or nothing.",
    changes: {
      edit: ({ cells }) => {
        for (const source of [7, [7], { 0: "x" }, null]) cells.push({ ...ownCell(""), source });
        cells.push(null as unknown as LooseCell, { ...ownCell("1"), cell_type: "exploit" });
      },
    },
    deserves: 7,
    sees: "has no readable text or no known type: it was left out",
  },
  {
    name: "a huge cell",
    does: "Has a cell of a million characters.",
    changes: { before: `"${"x".repeat(1e6)}"` },
    deserves: 7,
    sees: "cell 1 has 1000002 characters, and 200000 is the limit: it was left out",
  },
  {
    name: "broken Unicode",
    does: "Has NULs, halves of surrogate pairs and terminal commands in its text and in the kernel's name.",
    changes: {
      before: `// \u0000 \ud800 \u001b]0;title\u0007 \u202e\nconsole.log("\\u001b[2J\\u0000\\ud800");`,
      answers: { "why-f1": "\u0000\ud800\u001b[31mred" },
      edit: ({ metadata }) => {
        metadata.kernelspec = { name: "\ud800\u001b[31m\n\nx\u0007" };
      },
    },
    deserves: 7,
    sees: 'the kernel was changed from "headroom" to "� x�" (headroom was used)',
  },
];
