/** What a cell gives and asks for. */
import { describe, expect, test } from "vitest";
import { asData, cellResults, runCells } from "./testing/run-cells";

describe("the value of the last expression is the result", () => {
  test.each<[string, string, unknown[]]>([
    ["an expression", "1 + 1", [2]],
    ["the last of several", "1\n2\n3", [3]],
    ["none after a semicolon", "1 + 1;", []],
    ["none after a semicolon and a comment", "1 + 1; // two", []],
    ["none after a semicolon on the next line", "1 + 1\n;", []],
    ["before a comment", "1 + 1 // two\n/* three */", [2]],
    ["an assignment", "let a = 1\na = 5", [5]],
    ["undefined counts as a value", "void 0", ["undefined"]],
    ["a text that looks like a directive", "'use strict'", ["use strict"]],
    ["an object literal", "{a: 1}", [{ a: 1 }]],
    [
      "an object literal of several lines",
      "// c\n{\n  a: 1,\n  b: [2],\n}\n// d",
      [{ a: 1, b: [2] }],
    ],
    ["an empty object", "{}", [{}]],
    [
      "an object literal with types",
      "{a: 1 as number, f(x: string) { return x }}",
      [{ a: 1, f: "function f" }],
    ],
    ["a block is no object", "{ const a = 1; a }", []],
    ["a labelled block", "x: { break x }", []],
    ["a declaration has none", "const a = 1", []],
    ["a function expression in brackets", "(function f() { return f.name })()", ["f"]],
    ["an arrow function", "(a: number) => a", ["function "]],
    ["a class expression", "(class A { static x = 1 }).x", [1]],
    ["a template", `\`a\${1}\nb\``, ["a1\nb"]],
    ["awaited", "await Promise.resolve(7)", [7]],
    ["a sequence", "1, 2", [2]],
    ["a cast", "1 as unknown as string", [1]],
    ["an old cast", "<string>(<unknown>1)", [1]],
    ["checked by satisfies", "({ a: 1 }) satisfies object", [{ a: 1 }]],
    ["not null", "(1 as number | null)!", [1]],
    ["export default", "export default 4", [4]],
    [
      "export default of an object that is not last",
      "export default { a: 1, b: 2 } as any\n;[5]",
      [[5]],
    ],
    ["nothing in an empty cell", "", []],
    ["nothing in a cell of comments", "// a\n/* b */", []],
    ["a statement after it", "5\nif (true) { 6 }", []],
    ["this is the global object", "this === globalThis", [true]],
    ["spread over Windows' lines", "const a = 1\r\nconst b = 2\r\na +\r\nb", [3]],
    ["beyond the BMP", "const 𝒳 = '😀'; 𝒳 + '𝒴'", ["😀𝒴"]],
    ["after a shebang", "#!/usr/bin/env node\n3", [3]],
    ["delete", "const o: { a?: number } = { a: 1 }; delete o.a", [true]],
    ["a regular expression with quotes", "/[/'\"`]/.source", ["[/'\"`]"]],
  ])("%s", async (_title, code, expected) => {
    expect(await cellResults(code)).toEqual(expected);
  });
});

describe("what goes through the kernel", () => {
  test("awaits, with their places", async () => {
    const { waits, results } = await runCells(
      "const p = async () => {\n  await sleep()\n  return await(1)\n}\nawait p() + await p()\nfor await (const x of [p()]) x;\n({ a: await p() })",
    );
    expect(new Set(waits)).toEqual(
      new Set(["In[1]:5:1", "In[1]:5:13", "In[1]:2:3", "In[1]:3:10", "In[1]:6:1", "In[1]:7:7"]),
    );
    expect(asData(results)).toEqual([{ a: 1 }]);
  });

  test("imports, with the names that must be there", async () => {
    const { loads } = await runCells(
      "import path, { join as j, sep, type PlatformPath } from 'node:path'\nimport * as all from 'node:path'\nimport data from './data.json' with { type: 'json' }\nimport './data.json'\nexport * from 'node:path'\nj(data.rows, sep as PlatformPath)",
    );
    expect(asData(loads)).toEqual([
      ["node:path", ["join", "sep"]],
      ["node:path", []],
      ["./data.json", ["default"], { type: "json" }],
      ["./data.json", []],
      ["node:path", []],
    ]);
  });

  test.each<[string, string, unknown]>([
    ["import()", "(await import('node:path')).sep", "/"],
    ["import.meta", "import.meta.url", "file:///notebook.ipynb"],
    [
      "require",
      "require('node:path').sep + __dirname + __filename",
      "//folder/folder/notebook.ipynb",
    ],
    [
      "require in a shorthand",
      "({ __dirname, x: __filename })",
      { __dirname: "/folder", x: "/folder/notebook.ipynb" },
    ],
    ["typeof require", "typeof require", "function"],
    ["a require of the cell's own", "const require = (x: string) => x + '!'\nrequire('a')", "a!"],
    [
      "a parameter named require",
      "const f = (require: (x: string) => string) => require('a')\nf((x) => x + '?') + typeof require",
      "a?function",
    ],
    [
      "no globals are made",
      "require('node:path'); typeof (globalThis as any).require",
      "undefined",
    ],
  ])("%s", async (_title, code, expected) => {
    expect(asData((await runCells(code)).results)).toEqual([expected]);
  });

  test("a require of an earlier cell comes first", async () => {
    expect(await cellResults("const require = (x: string) => x + '!'", "require('b')")).toEqual([
      "b!",
    ]);
  });
});
