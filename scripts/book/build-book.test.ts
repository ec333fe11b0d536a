import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { createContext, runInContext } from "node:vm";
import MiniSearch from "minisearch";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CACHE } from "../project.mjs";
import { buildBook } from "./build-book.mjs";

const TIMEOUT = 120_000;
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const FIGURE = {
  output_type: "display_data",
  metadata: { "image/png": { alt: 'Bars "a" < b', width: 8, height: 4 } },
  data: {
    "application/vnd.plotly.v1+json": { data: [{ type: "bar", y: [1] }], layout: { height: 300 } },
    "image/png": PIXEL,
    "text/plain": "Bars",
  },
};
const ERROR = {
  output_type: "error",
  ename: "TS2322",
  evalue: "not assignable",
  traceback: ["\u001b[31mTS2322\u001b[39m: Type 'string' is not <assignable>"],
};

const text = (source: string) => ({ cell_type: "markdown", metadata: {}, source });
const code = (source: string, outputs: object[] = [], count: number | null = 1) => ({
  cell_type: "code",
  metadata: {},
  source,
  outputs,
  execution_count: count,
});

let work: string;
let notebooks: string;
let book: string;

function writeLesson(name: string, cells: object[]): void {
  const metadata = {
    kernelspec: { name: "headroom", display_name: "T" },
    language_info: { name: "typescript" },
  };
  const notebook = { cells, metadata, nbformat: 4, nbformat_minor: 4 };
  writeFileSync(path.join(notebooks, `${name}.ipynb`), JSON.stringify(notebook));
}
const page = (name: string) => readFileSync(path.join(book, name), "utf8");

function writeSample(): void {
  rmSync(notebooks, { recursive: true, force: true });
  mkdirSync(notebooks, { recursive: true });
  writeFileSync(path.join(notebooks, "data.csv"), "1");
  mkdirSync(path.join(notebooks, "assignments"));
  writeFileSync(path.join(notebooks, "assignments", "01.ipynb"), "{}");
  writeLesson("01-first", [
    text("# First & foremost\n\n*Is it good?*\n\n**Time:** 30 minutes. **Builds on:** nothing."),
    code("const a: number = 1;", [FIGURE]),
    text(
      "## Idea\n\n$a < b$, and [the next](02-second.ipynb#Idea-2), and [data](data.csv).\n\n[ask](assignments/01.ipynb)",
    ),
    code("const b: number = 'x';", [ERROR]),
    text("<details><summary>Answer</summary>\n\nYes, *zirconium*.\n\n</details>"),
  ]);
  writeLesson("02-second", [
    text(
      "# Second\n\n**Why?** And how?\n\n**Time:** 5 minutes. **Builds on:** [one](01-first.ipynb).",
    ),
    text("## Idea\n\nfirst\n\n## Idea\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[list](README.md)"),
  ]);
  writeFileSync(
    path.join(notebooks, "README.md"),
    "# Lessons\n\nHello.\n\n|  | Lesson |\n| - | - |\n| 01 | [First](01-first.ipynb) |\n\n## Good to know\n\nMuch.\n",
  );
}

beforeAll(() => {
  mkdirSync(CACHE, { recursive: true });
  work = mkdtempSync(path.join(CACHE, "book-"));
  notebooks = path.join(work, "notebooks");
  book = path.join(work, "book");
});
afterAll(() => rmSync(work, { recursive: true }));
beforeEach(writeSample);

describe("buildBook", () => {
  it("makes a page of each lesson, with all that its notebook holds", {
    timeout: TIMEOUT,
  }, async () => {
    expect(await buildBook(book, notebooks)).toEqual({ lessons: 2, figures: 1, external: [] });
    const first = page("01-first.html");
    expect(first).toContain("<title>First &amp; foremost - Headroom</title>");
    expect(first).toContain('<span class="ansi-red-fg">TS2322</span>');
    expect(first).toContain("&lt;assignable&gt;");
    expect(first).toMatch(/<details><summary>Answer<\/summary>\s*<p>Yes/);
    expect(first).toContain('<span class="kd">const</span>');
    expect(first).toContain('class="katex"');
    expect(first).toContain('href="02-second.html#Idea-2"');
    expect(first).toContain('title="In the repository: notebooks/data.csv"');
    expect(first).toContain('title="In the repository: notebooks/assignments/01.ipynb"');
    expect(first).toMatch(
      /data-figure="figures\/01-first-1.js"[^>]*aria-label="Bars &quot;a&quot; &lt; b"|aria-label='Bars "a" &lt; b'/,
    );
    expect(first).toMatch(/class="next" rel="next" href="02-second.html"/);
    expect(page("02-second.html")).toMatch(
      /id="Idea"[\s\S]*id="Idea-2"[\s\S]*class="table-scroll"/,
    );
    expect(readFileSync(path.join(book, "figures", "01-first-1.png")).toString("base64")).toBe(
      PIXEL,
    );
    expect(page("figures/01-first-1.js")).toContain(
      'headroomBook.figureLoaded("figures/01-first-1.js", {',
    );
    const index = page("index.html");
    expect(index).toMatch(
      /class="path"[\s\S]*Is it good\?[\s\S]*30 minutes[\s\S]*Why\?[\s\S]*builds on 01/,
    );
    expect(index).not.toContain("<table");
    expect(page("assets/katex/katex.css")).not.toMatch(/\.(woff|ttf)\)/);
  });

  it("finds words of texts, headings, answers and figures, each at its place", {
    timeout: TIMEOUT,
  }, async () => {
    await buildBook(book, notebooks);
    const context = createContext({});
    runInContext(page("assets/search-index.js"), context);
    const { headroomSearch } = context as { headroomSearch: typeof globalThis.headroomSearch };
    if (headroomSearch === undefined) throw new Error("the script sets nothing");
    const search = MiniSearch.loadJSON(
      headroomSearch.index,
      JSON.parse(JSON.stringify(headroomSearch.options)),
    );
    const first = (words: string) => search.search(words)[0]?.id;
    expect(first("zirconium")).toBe("01-first.html#Idea");
    expect(first("foremost")).toBe("01-first.html");
    expect(first("much")).toBe("index.html#Good-to-know");
    expect(first("bars")).toBe("01-first.html");
    expect(first("qqqq")).toBeUndefined();
  });

  it("fails on a broken link, naming page and link, and leaves the old book", {
    timeout: TIMEOUT,
  }, async () => {
    await buildBook(book, notebooks);
    writeLesson("02-second", [
      text("# Second\n\n[gone](03-gone.ipynb) [no](01-first.ipynb#Nowhere)"),
    ]);
    await expect(buildBook(book, notebooks)).rejects.toThrow(
      /02-second.html: the link "03-gone.ipynb" leads to no page[\s\S]*02-second.html: the link "01-first.ipynb#Nowhere" leads to no heading "Nowhere" in 01-first.html/,
    );
    expect(page("02-second.html")).toContain("Why?");
    expect(readdirSync(work).sort()).toEqual(["book", "notebooks"]);
  });

  it("fails on a row of the list whose lesson isn't there", { timeout: TIMEOUT }, async () => {
    writeFileSync(
      path.join(notebooks, "README.md"),
      "# Lessons\n\n|  | Lesson |\n| - | - |\n| 09 | [Ninth](09-ninth.ipynb) |\n",
    );
    await expect(buildBook(book, notebooks)).rejects.toThrow(
      /the link "09-ninth.ipynb" leads to no page/,
    );
  });

  it("refuses a lesson that was never run, naming it and what runs it", async () => {
    writeLesson("03-third", [text("# Third"), code("f();", [], null)]);
    await expect(buildBook(book, notebooks)).rejects.toThrow(
      /03-third: it was never run; "npm run notebooks -- run 03" runs it/,
    );
  });

  it("refuses a lesson with one cell that wasn't run, naming the cell", async () => {
    writeLesson("03-third", [text("# Third"), code("f();"), code("g();", [], null)]);
    await expect(buildBook(book, notebooks)).rejects.toThrow(
      /03-third: the cell "g\(\);" was not run/,
    );
  });

  it("refuses a source whose notebook was never made", async () => {
    mkdirSync(path.join(notebooks, "src"));
    writeFileSync(path.join(notebooks, "src", "04-fourth.ts"), "// %%\nf();\n");
    await expect(buildBook(book, notebooks)).rejects.toThrow(
      /04-fourth: its notebook was never made/,
    );
  });

  it("refuses a folder that is no book before it does anything", async () => {
    const other = path.join(work, "notebooks");
    await expect(buildBook(other, notebooks)).rejects.toThrow(/no book; they would be lost/);
    expect(existsSync(path.join(other, "01-first.ipynb"))).toBe(true);
  });
});
