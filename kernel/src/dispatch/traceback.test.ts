import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErrorInfo } from "../bridge/contract";
import { showError, showProblems, showSyntaxError } from "./traceback";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "traceback-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const CELLS: Record<string, string> = {
  "In[1]": "function f() {\n  throw new TypeError('bad');\n}",
  "In[2]": "const x = 1;\nf();",
};

function sources() {
  return {
    cell: (label: string) => {
      const code = CELLS[label];
      return code === undefined
        ? undefined
        : {
            code,
            toSource: ({ line, column }: { line: number; column: number }) => ({
              line,
              column: column - 1,
            }),
          };
    },
    folder,
    kernelFolder: "/opt/kernel/dist",
  };
}

function error(fields: Partial<ErrorInfo>): ErrorInfo {
  return { name: "TypeError", message: "bad", stack: "", details: "", ...fields };
}

test("place, code, message, frames: in the source's columns, without the kernel's frames", () => {
  const stack = [
    "TypeError: bad",
    "    at f (In[1]:2:10)",
    "    at In[2]:2:2",
    "    at wait (/opt/kernel/dist/evaluation/awaits.js:1:1)",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    "    at new Promise (<anonymous>)",
    "    at <anonymous>",
  ].join("\n");
  expect(showError(error({ stack }), sources())).toEqual({
    ename: "TypeError",
    evalue: "bad",
    traceback: [
      "In[1]:2:9",
      "  1 | function f() {",
      "> 2 |   throw new TypeError('bad');",
      "    |         ^",
      "  3 | }",
      "TypeError: bad",
      "    at f (In[1]:2:9)",
      "    at In[2]:2:1",
    ],
  });
});

test("an error in a local file shows that file's code, named from the notebook's folder", () => {
  const file = join(folder, "lib.ts");
  writeFileSync(file, "export function g() {\n  null.x;\n}\n");
  const stack = `TypeError: bad\n    at g (${file}:2:8)\n    at In[2]:2:2`;
  expect(showError(error({ stack }), sources()).traceback).toEqual([
    `.${"/"}lib.ts:2:8`,
    "  1 | export function g() {",
    "> 2 |   null.x;",
    "    |        ^",
    "  3 | }",
    "TypeError: bad",
    "    at g (./lib.ts:2:8)",
    "    at In[2]:2:1",
  ]);
});

test("an error inside a package shows the cell that called it", () => {
  const file = join(folder, "node_modules", "p", "index.js");
  const stack = `TypeError: bad\n    at g (${file}:2:8)\n    at In[2]:2:2`;
  const { traceback } = showError(error({ stack }), sources());
  expect(traceback[0]).toBe("In[2]:2:1");
  expect(traceback).toContain("    at g (./node_modules/p/index.js:2:8)");
});

test("a cell that is forgotten leaves its frames", () => {
  const { traceback } = showError(error({ stack: "TypeError: bad\n    at In[9]:1:1" }), sources());
  expect(traceback).toEqual(["TypeError: bad", "    at In[9]:1:1"]);
});

test("details come last, a message of many lines is many lines", () => {
  const info = error({ message: "a\nb", stack: "TypeError: a\nb", details: "code: 'E'\ncause: x" });
  expect(showError(info, sources()).traceback).toEqual([
    "TypeError: a",
    "b",
    "code: 'E'",
    "cause: x",
  ]);
});

test("the stacks of causes show no frames of the kernel either", () => {
  const details = [
    "cause: Error: inner",
    "    at In[2]:2:2",
    "    at Array.map (<anonymous>)",
    "    at f (In[1]:2:10)",
    "    at evaluate (/opt/kernel/dist/evaluation/evaluator.js:1:1)",
    "    at new Promise (<anonymous>) {",
    "  code: 5",
    "}",
  ].join("\n");
  expect(showError(error({ stack: "", details }), sources()).traceback).toEqual([
    "TypeError: bad",
    "cause: Error: inner",
    "    at In[2]:2:1",
    "    at Array.map (<anonymous>)",
    "    at f (In[1]:2:9) {",
    "  code: 5",
    "}",
  ]);
});

test("what was thrown without being an error is told so", () => {
  expect(showError(error({ name: "Thrown", message: "text" }), sources())).toEqual({
    ename: "Thrown",
    evalue: "text",
    traceback: ["Uncaught: text"],
  });
});

test("a long message and many frames are cut, and it is said by how much", () => {
  const frames = Array.from({ length: 50 }, (_, n) => `    at f${n} (In[9]:1:${n + 1})`);
  const message = "m".repeat(30_000);
  const shown = showError(
    error({ message, stack: `TypeError: ${message}\n${frames.join("\n")}` }),
    sources(),
  );
  expect(shown.evalue).toHaveLength(20_000 + "... (10000 more characters)".length);
  expect(shown.traceback.at(-1)).toBe("    ... and 30 more frames");
});

const problem = (line: number) => ({
  code: 2322,
  message: `Type 'string' is not assignable to type 'number' (${line}).`,
  start: { line, column: 7 },
  end: { line, column: 8 },
});

test("a type error shows its place, code and number", () => {
  expect(showProblems("In[4]", "const a: number = 'x';", [problem(1)])).toEqual({
    ename: "TypeScriptError",
    evalue: "TS2322 (line 1): Type 'string' is not assignable to type 'number' (1).",
    traceback: [
      "In[4]:1:7",
      "> 1 | const a: number = 'x';",
      "    |       ^",
      "TS2322: Type 'string' is not assignable to type 'number' (1).",
    ],
  });
});

test("of many type errors five are shown and the others counted", () => {
  const problems = Array.from({ length: 8 }, (_, n) => problem(n + 1));
  const { traceback } = showProblems("In[4]", "x\n".repeat(9), problems);
  expect(traceback.filter((line) => line.startsWith("TS2322"))).toHaveLength(5);
  expect(traceback.at(-1)).toBe("and 3 more");
});

test("a syntax error shows where the parser gave up", () => {
  const shown = showSyntaxError("In[4]", "a\nb c", "Unexpected 'c'", { line: 2, column: 3 });
  expect(shown).toEqual({
    ename: "SyntaxError",
    evalue: "Unexpected 'c' (line 2)",
    traceback: ["In[4]:2:3", "  1 | a", "> 2 | b c", "    |   ^", "SyntaxError: Unexpected 'c'"],
  });
});
