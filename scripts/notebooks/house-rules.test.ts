import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findBreaches, findOversize } from "./house-rules.mjs";
import type { Cell, Notebook, Output } from "./notebook-format.mjs";

const PLOTLY = "application/vnd.plotly.v1+json";

function text(source: string): Cell {
  return { cell_type: "markdown", id: "t", source, metadata: {} };
}

function code(source: string, outputs: Output[] = [], tags?: string[]): Cell {
  const metadata = tags ? { tags } : {};
  return { cell_type: "code", id: "c", source, metadata, execution_count: 1, outputs };
}

function notebook(...cells: Cell[]): Notebook {
  return { cells: [text("# Title"), ...cells], metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

function printed(line: string, name = "stdout"): Output {
  return { output_type: "stream", name, text: line };
}

const FIGURE: Output = {
  output_type: "display_data",
  data: { [PLOTLY]: { data: [] }, "image/png": "iVBO" },
  metadata: { "image/png": { alt: "A bar chart" } },
};

function messages(...cells: Cell[]): string[] {
  return findBreaches(notebook(...cells)).map(({ message }) => message);
}

describe("findBreaches", () => {
  it("finds nothing in a lesson that keeps the rules", () => {
    const cells = [code("1"), text("seen"), code("f()", [FIGURE], ["nbval-ignore-output"])];
    expect(messages(...cells)).toEqual([]);
  });

  it("wants a title first", () => {
    const without = { ...notebook(), cells: [text("## Not a title"), code("1")] };
    expect(findBreaches(without)).toMatchObject([{ cell: 0, message: /title/ }]);
    const empty = { ...notebook(), cells: [] };
    expect(findBreaches(empty)).toHaveLength(1);
  });

  it("allows 25 lines of code and not 26", () => {
    const lines = (count: number) => Array.from({ length: count }, () => "f();").join("\n");
    expect(messages(code(lines(25)))).toEqual([]);
    expect(messages(code(`${lines(25)}\n`))).toEqual([]);
    expect(messages(code(lines(26)))).toMatchObject([/26 lines of code, the limit is 25/]);
  });

  it("wants a text cell between two code cells, and names both", () => {
    const found = findBreaches(notebook(code("const first = 1;"), code("second()")));
    expect(found).toMatchObject([{ cell: 2, message: /another code cell \(const first = 1;\)/ }]);
  });

  it("refuses an empty cell", () => {
    expect(messages(text("  \n"))).toEqual(["is empty"]);
  });

  it("refuses tags and lines that keep a cell from being run or compared", () => {
    expect(messages(code("1", [], ["nbval-skip"]))).toHaveLength(1);
    expect(messages(code("1", [], ["skip-execution"]))).toHaveLength(1);
    expect(messages(code("const s = `\n# NBVAL_SKIP\n`"))).toMatchObject([/NBVAL_SKIP/]);
  });

  it("allows ignored outputs on cells with figures only", () => {
    const tags = ["nbval-ignore-output"];
    expect(messages(code("1", [FIGURE, FIGURE], tags))).toEqual([]);
    expect(messages(code("1", [], tags))).toMatchObject([/more than figures/]);
    expect(messages(code("1", [FIGURE, printed("0.9")], tags))).toMatchObject([/more than fig/]);
  });

  it("wants a picture and alt text beside every figure", () => {
    const bare: Output = { output_type: "display_data", data: { [PLOTLY]: {} }, metadata: {} };
    expect(messages(code("1", [bare]))).toMatchObject([/static picture/, /alt text/]);
    const plain = { ...bare, data: { ...bare.data, "image/png": "iVBO", "text/plain": "A bar" } };
    expect(messages(code("1", [plain]))).toEqual([]);
    const blank = { ...FIGURE, metadata: { "image/png": { alt: " " } } };
    expect(messages(code("1", [blank]))).toMatchObject([/alt text/]);
  });

  it("refuses output on the error stream", () => {
    expect(messages(code("1", [printed("Warning: old\n", "stderr")]))).toMatchObject([
      /error stream \("Warning: old"\)/,
    ]);
  });
});

describe("paths of the machine", () => {
  const home = ["", "home", "ann", "x.ts"].join("/");
  const macHome = ["", "Users", "ann", "x.ts"].join("/");

  it.each([
    ["in printed text", printed(`at ${home}:3`)],
    ["in a table", { output_type: "display_data", data: { "text/html": `<td>${macHome}</td>` } }],
    ["in a traceback", { output_type: "error", traceback: [`file://${home}`] }],
    ["of Windows", printed("C:\\Users\\ann\\x.ts")],
    ["of this project", printed(`${process.cwd()}/notebooks`)],
    [
      "inside a figure",
      { ...FIGURE, data: { ...FIGURE.data, [PLOTLY]: { data: [{ text: home }] } } },
    ],
  ] as [string, Output][])("are found %s", (_where, output) => {
    expect(messages(code("1", [output]))).toMatchObject([/path of the machine/]);
  });

  it.each([
    ["addresses", "https://example.org/home/ann"],
    ["relative paths", "data/home/digits.csv and ./var/x"],
    ["fractions", "86/1000, km/h, true/false, C: x"],
  ])("aren't seen in %s", (_what, line) => {
    expect(messages(code("1", [printed(line)]))).toEqual([]);
  });

  it("aren't seen in a picture's letters", () => {
    const picture = { ...FIGURE, data: { ...FIGURE.data, "image/png": `AA${home}` } };
    expect(messages(code("1", [picture]))).toEqual([]);
  });
});

describe("findOversize", () => {
  it("tells the size of a notebook of 3 MB and more", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "oversize-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, "a.ipynb");
    writeFileSync(file, "x".repeat(3_100_000));
    expect(findOversize(file)).toMatchObject([{ message: /is 3.1 MB, the limit is 3/ }]);
    writeFileSync(file, "x".repeat(2_900_000));
    expect(findOversize(file)).toEqual([]);
  });
});
