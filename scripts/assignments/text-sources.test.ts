import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  buildSource,
  formatNotebook,
  listAssignments,
  loadExam,
  parseAssignment,
  proveAssignment,
  readAssignment,
} from "@headroom/grader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeHere } from "../../grader/src/testing/judge-here";
import { readNotebook } from "../notebooks/notebook-format.mjs";
import { runPython } from "../notebooks/run-python.mjs";
import { CACHE, ROOT } from "../project.mjs";
import { COURSE, findAssignment, findAssignments, readArguments } from "./arguments.mjs";
import { newAssignment } from "./new.mjs";
import { UsageError } from "./usage-error.mjs";

const BUILD = path.join(ROOT, "scripts", "notebooks", "build_notebooks.py");

let folder: string;

beforeAll(() => {
  mkdirSync(CACHE, { recursive: true });
  folder = mkdtempSync(path.join(CACHE, "assignments-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("newAssignment", () => {
  it("writes a source with the number and title, which can be read and declares its tests", async () => {
    const file = newAssignment(folder, "07-debugging", "why won't it learn?");
    const assignment = readAssignment(file);
    expect(assignment.title).toBe("Assignment 07: why won't it learn?");
    const { exercises } = await loadExam(assignment, file);
    expect(exercises.map(({ id }) => id)).toEqual(["share", "mean", "best"]);
  });

  it("refuses a name of another form, a taken number and an empty title", () => {
    expect(() => newAssignment(folder, "7-debugging", "T")).toThrow(
      /can't be an assignment's name/,
    );
    expect(() => newAssignment(folder, "07-other", "T")).toThrow(/07 is taken by 07-debugging/);
    expect(() => newAssignment(folder, "08-other", " ")).toThrow(/needs a title/);
  });
});

describe("findAssignments", () => {
  it("knows one by number, name and path, and all when none is named", () => {
    for (const typed of ["07", "07-debugging", "src/07-debugging.ts", "x/07-debugging.ipynb"]) {
      expect(findAssignment(folder, [typed], "").name).toBe("07-debugging");
    }
    expect(findAssignments(folder, [])).toEqual(listAssignments(folder));
  });

  it("lists what exists when a name doesn't", () => {
    expect(() => findAssignments(folder, ["08"])).toThrow(/no assignment "08".*\n {2}07-debugging/);
    expect(() => findAssignment(folder, [], "release NAME")).toThrow(UsageError);
  });
});

describe("readArguments", () => {
  it("takes a course everywhere, and refuses what the command does not know", () => {
    const options = { again: { type: "boolean", default: false } } as const;
    expect(readArguments(["02", "--again"], options, "grade NAME")).toMatchObject({
      course: COURSE,
      names: ["02"],
      values: { again: true },
    });
    expect(readArguments(["--course", folder], {}, "").course).toBe(folder);
    expect(() => readArguments(["--agian"], options, "grade NAME")).toThrow(UsageError);
  });
});

describe("the grader's reading of text sources", () => {
  it("finds the same cells with the same texts as jupytext does", async () => {
    const sources = [...listAssignments(folder), ...listAssignments(COURSE)];
    const pairs = sources.flatMap(({ name, file }) => [file, path.join(folder, `${name}.ipynb`)]);
    const { code, errors } = await runPython([BUILD, ...pairs]);
    expect(code, errors).toBe(0);
    for (const { name, file } of sources) {
      const theirs = readNotebook(path.join(folder, `${name}.ipynb`)).cells;
      const ours = readAssignment(file).cells;
      expect(ours.map(({ kind }) => kind === "text" || kind === "reflection")).toEqual(
        theirs.map(({ cell_type }) => cell_type === "markdown"),
      );
      for (const [index, cell] of ours.entries()) {
        // What we take away from a cell: braces of wrong answers, mark schemes.
        if (cell.kind === "wrong" || cell.kind === "reflection") continue;
        expect(cell.source).toBe(theirs[index]?.source);
      }
    }
  });
});

describe("formatNotebook", () => {
  it("writes the bytes that nbformat would write", async () => {
    const [first] = listAssignments(folder);
    const file = path.join(folder, "ours.ipynb");
    const again = path.join(folder, "theirs.ipynb");
    const text = formatNotebook(buildSource(readAssignment(first?.file ?? "")));
    writeFileSync(file, text);
    const script =
      "import nbformat, sys; nbformat.write(nbformat.read(sys.argv[1], 4), sys.argv[2])";
    const { code, errors } = await runPython(["-c", script, file, again]);
    expect(code, errors).toBe(0);
    expect(readFileSync(again, "utf8")).toBe(text);
  });
});

describe("docs/authors.md", () => {
  it("shows an exercise that proves", async () => {
    const page = readFileSync(path.join(ROOT, "docs", "authors.md"), "utf8");
    const [, example = ""] = /```tsx\n(.*?)```/s.exec(page) ?? [];
    const template = readFileSync(newAssignment(folder, "08-shown", "shown"), "utf8");
    const start = template.slice(0, template.indexOf("// %% [markdown]\n// ## 1."));
    const assignment = parseAssignment(start + example, "08-shown.ts");
    const exam = await loadExam(assignment);
    const proof = await proveAssignment(assignment, exam, {
      jobs: 1,
      judge: async (part, cells) => judgeHere(part, cells),
    });
    expect(proof.lines.filter(({ ok }) => !ok)).toEqual([]);
    expect(proof.signatures).toHaveLength(3);
  });
});
