import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  ASSIGNMENT,
  type Changes,
  cellOf,
  hostileNotebook,
  ownCell,
  RIGHT,
  withSubmission,
} from "../testing/hostile";
import { readSubmission } from "./read-submission";

const read = (changes: Changes = {}) =>
  withSubmission(changes, (file) => readSubmission(file, ASSIGNMENT));

/** The ids of what runs; own cells as they are written. */
async function order(edit: Changes["edit"]): Promise<string[]> {
  const { cells } = await read(edit ? { edit } : {});
  return cells.map(({ id, source }) => id ?? source);
}

test("an honest notebook: given cells and answers in order, no tests, no notes", async () => {
  const { sha256, ...submission } = await read();
  expect(submission).toEqual({
    cells: [
      { id: "given-setup", source: cellOf(hostileNotebook(), "given-setup").source },
      { id: "f1-score", source: RIGHT["f1-score"] },
      { id: "applied", source: RIGHT.applied },
    ],
    reflections: new Map([["why-f1", RIGHT["why-f1"]]]),
    added: [],
    notes: [],
  });
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("the hash is that of the file", async () => {
  await withSubmission({}, (file) => {
    const want = createHash("sha256").update(readFileSync(file)).digest("hex");
    expect(readSubmission(file, ASSIGNMENT).sha256).toBe(want);
  });
});

test("sources may be lists of lines, as Jupyter writes them", async () => {
  const edit: Changes["edit"] = (notebook) => {
    for (const cell of notebook.cells) cell.source = String(cell.source).split(/(?<=\n)/);
  };
  expect((await read({ edit })).cells).toEqual((await read()).cells);
});

test("the student's own cells run where they stand, also between given cells and answers", async () => {
  const ran = await order((notebook) => {
    const at = notebook.cells.indexOf(cellOf(notebook, "given-setup"));
    notebook.cells.splice(at + 1, 0, ownCell("between"));
    notebook.cells.splice(at, 0, ownCell("before"));
    notebook.cells.push(ownCell("after"));
  });
  expect(ran).toEqual(["before", "given-setup", "between", "f1-score", "applied", "after"]);
});

test("a given cell that was moved down runs before the answers that need it", async () => {
  const ran = await order((notebook) => {
    const given = cellOf(notebook, "given-setup");
    notebook.cells = [...notebook.cells.filter((cell) => cell !== given), given];
  });
  expect(ran).toEqual(["given-setup", "f1-score", "applied"]);
});

test("answers run in the student's order, copies at their places", async () => {
  const ran = await order((notebook) => {
    const [f1, applied] = [cellOf(notebook, "f1-score"), cellOf(notebook, "applied")];
    notebook.cells = [applied, f1, applied];
  });
  expect(ran).toEqual(["given-setup", "applied", "f1-score", "applied"]);
});

test("space and empty lines are no change of a given cell", async () => {
  const edit: Changes["edit"] = (notebook) => {
    const given = cellOf(notebook, "given-setup");
    given.source = `\n${String(given.source).replaceAll("\n", "  \n")}\n\n`;
  };
  expect((await read({ edit })).notes).toEqual([]);
});

test("the instructor is told of at most thirty oddities", async () => {
  const edit: Changes["edit"] = ({ cells }) => {
    for (let n = 0; n < 200; n++) cells.push({ ...ownCell(""), source: n });
  };
  const { notes } = await read({ edit });
  expect(notes).toHaveLength(31);
  expect(notes.at(-1)).toBe("and 170 more oddities");
});
