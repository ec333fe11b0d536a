/** Names from cell to cell. */
import { describe, expect, test } from "vitest";
import { cellResults } from "./testing/run-cells";

const KINDS: Readonly<Record<string, string>> = {
  const: "const X = 1",
  let: "let X = 2",
  var: "var X = 3",
  function: "function X() { return 4 }",
  "async generator": "async function* X() { yield 5 }",
  class: "class X { static v = 6 }",
  "abstract class": "abstract class X { static v = 7 }",
  "decorated class": "function d(c: any) { c.v = 8 }\n@d class X {}",
  enum: "enum X { A = 9 }",
  namespace: "namespace X { export const v = 10 }",
  import: "import X from './data.json'",
  "namespace import": "import * as X from 'node:path'",
  destructuring: "const { a: X } = { a: 11 }",
  "rest of an array": "let [, ...X] = [1, 12]",
  using: "using X = { v: 13, [Symbol.dispose]() {} }",
  "import equals": "import X = require('node:path')",
};
const SHOW = "typeof X + ':' + JSON.stringify(X) + Object.getOwnPropertyNames(X)";

describe("every kind of declaration can follow every other", () => {
  test.each(Object.keys(KINDS))("after %s", async (before) => {
    for (const [after, code] of Object.entries(KINDS)) {
      const alone = await cellResults(code, SHOW);
      const followed = await cellResults(KINDS[before] ?? "", code, SHOW);
      expect([after, ...followed]).toEqual([after, ...alone]);
    }
  });
});

describe("names live from cell to cell", () => {
  test.each<[string, string[], unknown[]]>([
    [
      "a function sees a later assignment",
      ["let n = 1; const get = () => n", "n = 2", "get()"],
      [2, 2],
    ],
    [
      "a function sees a later declaration",
      ["let n = 1; function get() { return n }", "const n = 'new'", "get()"],
      ["new"],
    ],
    [
      "a variable without a value starts anew",
      ["let a = 1", "let a: number | undefined\na"],
      ["undefined"],
    ],
    [
      "several without a value",
      ["let a = 1, b = 2", "let a, b: string\n;[a, b]"],
      [["undefined", "undefined"]],
    ],
    ["var without a value keeps what it had", ["var a = 1", "var a; a"], [1]],
    ["a shorthand of an earlier variable", ["const epochs = 3", "({ epochs })"], [{ epochs: 3 }]],
    [
      "destructuring with defaults and renaming",
      [
        "const { a, b: { c = 5 } = {}, ...rest } = { a: 1, d: 2 } as any; const [x = 1, , ...y] = [undefined, 0, 3]",
        "[a, c, rest, x, y]",
      ],
      [[1, 5, { d: 2 }, 1, [3]]],
    ],
    [
      "var in a loop and in a block",
      [
        "for (var i = 0; i < 3; i++) { var last = i }\nif (true) { var inner = 'x' }",
        "[i, last, inner]",
      ],
      [[3, 2, "x"]],
    ],
    ["let in a loop stays there", ["for (let k = 0; k < 3; k++) {}", "typeof k"], ["undefined"]],
    [
      "a function in a block stays there",
      ["{ function hidden() {} }", "typeof hidden"],
      ["undefined"],
    ],
    ["functions are hoisted", ["early()\nfunction early() { return 'e' }"], []],
    [
      "functions call each other across cells",
      [
        "function even(n: number): boolean { return n === 0 || odd(n - 1) }",
        "function odd(n: number): boolean { return n !== 0 && even(n - 1) }",
        "even(10)",
      ],
      [true],
    ],
    [
      "a class extends one of an earlier cell",
      [
        "abstract class A { constructor(protected readonly x: number) {} abstract get(): number }",
        "class B extends A { get() { return this.x } }",
        "new B(4).get()",
      ],
      [4],
    ],
    ["a class keeps its name", ["class Foo {}", "Foo.name"], ["Foo"]],
    [
      "an enum starts anew in a later cell",
      ["enum E { A, B }", "enum E { C }", "Object.keys(E)"],
      [["0", "C"]],
    ],
    [
      "an enum is merged within a cell",
      ["enum E { A = 1 } enum E { B = 2 }", "E"],
      [{ 1: "A", 2: "B", A: 1, B: 2 }],
    ],
    [
      "a namespace starts anew in a later cell",
      ["namespace N { export const a = 1 }", "namespace N { export const b = 2 }", "N"],
      [{ b: 2 }],
    ],
    [
      "a namespace is merged within a cell",
      ["namespace N { export const a = 1 } namespace N { export const b = a + 1 }", "N"],
      [{ a: 1, b: 2 }],
    ],
    [
      "a namespace adds to a function and to a class",
      [
        "function f() { return f.x }\nnamespace f { export const x = 3 }\nclass C {}\nnamespace C { export const y = 4 }",
        "[f(), C.y]",
      ],
      [[3, 4]],
    ],
    [
      "exports bind as well",
      [
        "export const a = 1; export function f() { return 2 }; export class C {}; export enum E { X = 5 }; export { a as b }",
        "[a, f(), typeof C, E.X]",
      ],
      [[1, 2, "function", 5]],
    ],
    ["a default export binds its name", ["export default function f() { return 6 }", "f()"], [6]],
    [
      "an import is known later",
      [
        "import path, { join as j, type ParsedPath, sep } from 'node:path'",
        "[path.sep, j('a', 'b'), sep]",
      ],
      [["/", "a/b", "/"]],
    ],
    [
      "a type may be redeclared as a value",
      ["type T = 1; interface I {}", "const T = 1, I = 2", "T + I"],
      [3],
    ],
    ["a top-level let is a fresh one in a rerun", ["let c = 0; c++", "let c = 0; c++; c"], [0, 1]],
  ])("%s", async (_title, cells, expected) => {
    expect(await cellResults(...cells)).toEqual(expected);
  });
});
