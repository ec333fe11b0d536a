import { describe, expect, it } from "vitest";
import { findDisagreement, findUnfinishedRun } from "./compare-notebook.mjs";
import type { Cell, Notebook, Output } from "./notebook-format.mjs";

function code(source: string, more: Partial<Cell> = {}): Cell {
  return { cell_type: "code", id: source, source, metadata: {}, ...more };
}

function notebook(...cells: Cell[]): Notebook {
  return { cells, metadata: { kernelspec: { name: "tslab" } }, nbformat: 4, nbformat_minor: 5 };
}

describe("findDisagreement", () => {
  const expected = notebook(code("a"), code("b"), code("c"));

  it("finds none where cells and metadata agree, whatever the outputs", () => {
    const run = code("a", { execution_count: 1, outputs: [{ output_type: "stream", text: "1" }] });
    expect(findDisagreement(expected, notebook(run, code("b"), code("c")))).toEqual([]);
  });

  it.each([
    ["text", code("b", { source: "changed" }), /text differs.*: b$/],
    ["type", code("b", { cell_type: "markdown" }), /type differs/],
    ["tags", code("b", { metadata: { tags: ["nbval-skip"] } }), /tags or metadata/],
    ["id", code("b", { id: "other" }), /id differs/],
  ])("tells a changed %s", (_what, changed, message) => {
    const found = findDisagreement(expected, notebook(code("a"), changed, code("c")));
    expect(found).toMatchObject([{ cell: 1, message }]);
  });

  it("tells a missing cell at the end, in the middle, and one too many", () => {
    expect(findDisagreement(expected, notebook(code("a"), code("b")))).toMatchObject([{ cell: 2 }]);
    expect(findDisagreement(expected, notebook(code("a"), code("c")))).toMatchObject([{ cell: 1 }]);
    const more = notebook(...expected.cells, code("d"));
    expect(findDisagreement(expected, more)).toMatchObject([{ message: /has 4 cells.* 3/ }]);
    expect(findDisagreement(expected, notebook())).toHaveLength(1);
  });

  it("tells changed notebook metadata and another format", () => {
    const other = { ...expected, metadata: { kernelspec: { name: "python3" } } };
    expect(findDisagreement(expected, other)).toMatchObject([{ message: /metadata/ }]);
    const old = { ...expected, nbformat_minor: 4 };
    expect(findDisagreement(expected, old)).toMatchObject([{ message: /version of the/ }]);
  });
});

describe("findUnfinishedRun", () => {
  const error: Output = { output_type: "error", ename: "Error", evalue: "no", traceback: [] };

  it("accepts cells run once, from top to bottom", () => {
    const text: Cell = { cell_type: "markdown", id: "t", source: "#", metadata: {} };
    const cells = [code("a", { execution_count: 1 }), text, code("b", { execution_count: 2 })];
    expect(findUnfinishedRun(notebook(...cells))).toEqual([]);
  });

  it("tells a cell that was never run, also when nothing else is amiss", () => {
    const cells = [code("a", { execution_count: 1 }), code("b", { execution_count: null })];
    expect(findUnfinishedRun(notebook(...cells))).toMatchObject([
      { cell: 1, message: /never run/ },
    ]);
  });

  it("tells once that nothing was run", () => {
    const cells = [code("a", { execution_count: null }), code("b")];
    expect(findUnfinishedRun(notebook(...cells))).toEqual([{ message: "was never run" }]);
  });

  it("tells a cell run out of order", () => {
    const cells = [code("a", { execution_count: 2 })];
    expect(findUnfinishedRun(notebook(...cells))).toMatchObject([
      { cell: 0, message: /its count is 2, its place 1/ },
    ]);
  });

  it("tells a stored error, but not one that the cell announces", () => {
    const failed = code("a", { execution_count: 1, outputs: [error] });
    expect(findUnfinishedRun(notebook(failed))).toMatchObject([{ message: /Error: no/ }]);
    const announced = { ...failed, metadata: { tags: ["raises-exception"] } };
    expect(findUnfinishedRun(notebook(announced))).toEqual([]);
  });

  it("tells an announced error that didn't come", () => {
    const cell = code("a", { execution_count: 1, metadata: { tags: ["raises-exception"] } });
    expect(findUnfinishedRun(notebook(cell))).toMatchObject([{ message: /stores no error/ }]);
  });
});
