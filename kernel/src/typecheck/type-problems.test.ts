import { describe, expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

const notebook = testNotebook();

describe("a type problem", () => {
  it("stands where the cell has it, in UTF-16 units", async () => {
    const code = "const fine = 1;\n\n  const s: string = 1;\nconst emoji = '😀', n: number = 'x';";
    expect(await notebook.check(code)).toEqual([
      {
        code: 2322,
        message: "Type 'number' is not assignable to type 'string'.",
        start: { line: 3, column: 9 },
        end: { line: 3, column: 10 },
      },
      {
        code: 2322,
        message: "Type 'string' is not assignable to type 'number'.",
        start: { line: 4, column: 21 },
        end: { line: 4, column: 22 },
      },
    ]);
  });

  it("may span lines, and ends with the cell", async () => {
    expect(await notebook.problems("const x: number = [\n  1,\n];")).toEqual([
      "TS2322 1:7-1:8 Type 'number[]' is not assignable to type 'number'.",
    ]);
    expect(await notebook.problems("({}).foo\n  .bar")).toEqual([
      "TS2339 1:6-1:9 Property 'foo' does not exist on type '{}'.",
    ]);
  });

  it("is right after lines that end with CR LF, and after a comment without a line's end", async () => {
    expect(await notebook.problems("// a\r\nnope // b")).toEqual([
      "TS2304 2:1-2:5 Cannot find name 'nope'.",
    ]);
  });

  it("comes in the order of the lines", async () => {
    const problems = await notebook.problems("b1;\nfunction f() { c1 }\na1;");
    expect(problems.map((problem) => problem.slice(0, 10))).toEqual([
      "TS2304 1:1",
      "TS2304 2:1",
      "TS2304 3:1",
    ]);
  });

  it("is no hint: unused, unreachable and deprecated code passes", async () => {
    expect(
      await notebook.problems("const unused = 1; function f() { return 1; f(); } escape('')"),
    ).toEqual([]);
  });

  it("is no missing annotation: untyped parameters are any, an empty array grows", async () => {
    const code =
      "const f = (a, b) => a.b + b; let list = []; list.push(1); const n: number[] = list; const o = {}; o['k']; f(1, 2);";
    expect(await notebook.problems(code)).toEqual([]);
    expect(
      await notebook.problems("class A { m(x) { return function () { return this } } }"),
    ).toEqual([]);
  });

  it("is one in strict mode", async () => {
    expect(
      await notebook.problems("const m = new Map<string, string>(); m.get('a').length"),
    ).toEqual(["TS2532 1:38-1:48 Object is possibly 'undefined'."]);
  });

  it("says what cells lack that browsers have", async () => {
    expect(await notebook.problems("document.title")).toEqual([
      "TS2584 1:1-1:9 Cannot find name 'document'. Cells run in Node.js, which has no browser's globals.",
    ]);
  });
});

describe("without imports a cell has", () => {
  it("Node's globals and the notebook's own", async () => {
    await notebook.run(
      "const text: string = prompt('Name?', 'x') + __dirname + process.version; const sure: boolean = confirm(); alert('a');",
    );
    await notebook.run(
      "_.anything; require('fs'); Buffer.from(''); fetch('x'); structuredClone(1); setTimeout(() => {}, 1); import.meta.url;",
    );
  });
});
