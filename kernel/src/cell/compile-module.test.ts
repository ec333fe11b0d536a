import { describe, expect, test } from "vitest";
import { compileModule } from "./compile-module";
import { CellSyntaxError } from "./compiled-cell";

/** The compiled file, blanks in a row as one. */
function compiled(code: string, file = "a.ts"): string {
  return compileModule(code, file)
    .replace(/[ \t]+/g, " ")
    .trim();
}

describe("imports that are only types go", () => {
  test.each<[string, string, string]>([
    ["import type", "import type { A } from './a'; x", "; x"],
    ["inline type", "import { type A, b } from './a'; b", "import { b } from './a'; b"],
    ["all inline types", "import { type A, type B } from './a'; x", "; x"],
    [
      "used only as a type",
      "import { A, b } from './a'; let x: A = b",
      "import { b } from './a'; let x = b",
    ],
    [
      "default used only as a type",
      "import A, { b } from './a'; let x: A = b",
      "import { b } from './a'; let x = b",
    ],
    [
      "names used only as types beside a default",
      "import a, { B } from './a'; let x: B = a",
      "import a, { } from './a'; let x = a",
    ],
    ["namespace used only as a type", "import * as A from './a'; let x: A.B", "; let x"],
    [
      "namespace beside a default",
      "import a, * as B from './a'; let x: B.C = a",
      "import a from './a'; let x = a",
    ],
    ["never used", "import { a } from './a'; x", "; x"],
    ["typeof of a value is a type", "import { a } from './a'; let x: typeof a", "; let x"],
    [
      "a parameter of the same name is another",
      "import { A } from './a'; const f = (A: A) => A",
      "; const f = (A ) => A",
    ],
    [
      "a value in a nested scope",
      "import { a } from './a'; { { () => a } }",
      "import { a } from './a'; { { () => a } }",
    ],
    [
      "exported again",
      "import { a } from './a'; export { a }",
      "import { a } from './a'; export { a }",
    ],
    [
      "a base class",
      "import { A } from './a'; class B extends A<A> {}",
      "import { A } from './a'; class B extends A {}",
    ],
    ["implements is a type", "import { A } from './a'; class B implements A {}", "; class B {}"],
    [
      "a value in an enum",
      "import { a } from './a'; enum E { X = a }",
      "import { a } from './a'; var E=void 0;",
    ],
    [
      "for side effects",
      "import './a'; import {} from './b'",
      "import './a'; import {} from './b'",
    ],
    [
      "with attributes",
      "import a from './a.json' with { type: 'json' }; a",
      "import a from './a.json' with { type: 'json' }; a",
    ],
    [
      "in a file of JSX",
      "/** @jsx h */ import { h } from 'h'; <a/>",
      "/** @jsx h */ import { h } from 'h'; ;h(\"a\", null);",
    ],
  ])("%s", (_title, code, js) => {
    expect(compiled(code, "a.tsx")).toContain(js);
  });
});

describe("exports stay, without types", () => {
  test.each<[string, string, string]>([
    [
      "values",
      "export const a: number = 1; export function f(): void {}; export class C<T> {}",
      "export const a = 1; export function f() {}; export class C {}",
    ],
    [
      "types",
      "export type T = 1; export interface I {} export { type U, v } from './a'; export type { W }",
      "; ; export { v } from './a'; ;",
    ],
    [
      "the file's own types",
      "interface I {} type T = 1; const v = 1; export { I, v, T }",
      "; ; const v = 1; export { v, }",
    ],
    ["only types still make a module", "type T = 1; export { T }", "; export { }"],
    ["default", "export default <T>(x: T): T => x", "export default (x ) => x"],
    ["default types", "export default interface I {}", ";"],
    [
      "default abstract class",
      "export default abstract class A { abstract f(): void }",
      "export default class A { ; }",
    ],
    [
      "declared",
      "export declare const a: 1; export declare function f(): void; export declare class A {}",
      "; ; ;",
    ],
    [
      "overloads",
      "export function f(a: 1): void; export function f(a: any) {}",
      "; export function f(a ) {}",
    ],
    [
      "all",
      "export * from './a'; export * as b from './b'; export type * from './c'",
      "export * from './a'; export * as b from './b'; ;",
    ],
    ["enums, which merge", "export enum E { A } export enum E { B = 1 }", "export var E=void 0;"],
    ["aliases", "namespace N { export const a = 1 } export import A = N.a", "export var A = N.a"],
    ["type-only namespaces", "export namespace N { export type T = 1 }", ";"],
  ])("%s", (_title, code, js) => {
    expect(compiled(code)).toContain(js);
  });
});

describe("CommonJS files", () => {
  const run = (code: string, file: string): unknown => {
    const module = { exports: {} };
    const load = (specifier: string): unknown => ({ specifier });
    new Function("module", "exports", "require", compileModule(code, file))(
      module,
      module.exports,
      load,
    );
    return module.exports;
  };

  test.each<[string, string, string, unknown]>([
    ["module.exports", "a.ts", "const a: number = 1; module.exports = { a }", { a: 1 }],
    ["exports", "a.ts", "exports.a = require('b') as object", { a: { specifier: "b" } }],
    ["export =", "a.cts", "export = { a: 1 as const }", { a: 1 }],
    ["import = require", "a.cts", "import b = require('b'); export = b", { specifier: "b" }],
    [
      "enums and decorators",
      "a.cts",
      "'use strict'; const d = (c: any) => { c.v = E.A }\nenum E { A = 3 }\n@d class C {}\nmodule.exports = (C as any).v",
      3,
    ],
    [
      "using",
      "a.ts",
      "const log: string[] = []; module.exports = log; using a = { [Symbol.dispose]() { log.push('a') } }; log.push('body')",
      ["body", "a"],
    ],
    [
      "this is strict",
      "a.cts",
      "'use strict'\nmodule.exports = (function () { return this })()",
      undefined,
    ],
  ])("%s", (_title, file, code, expected) => {
    expect(run(code, file)).toEqual(expected);
  });
});

describe("lines", () => {
  test("each statement stays on its line", () => {
    const code =
      "#!/usr/bin/env node\nimport {\n  type A,\n  b,\n} from './a'\n@dec\nexport class C {\n  @p x: A = b\n}\nexport enum E {\n  A,\n\n  B,\n}\nthrow E.B";
    const lines = compileModule(code, "a.ts").split("\n");
    expect(lines).toHaveLength(code.split("\n").length);
    expect(lines[3]).toBe("  b,");
    expect(lines[6]).toContain("class C");
    expect(lines[12]).toContain('__m("B")');
    expect(lines[14]).toBe("throw E.B");
  });

  test("line ends of Windows stay", () => {
    expect(compileModule("let a: 1\r\nlet b\r\n", "a.ts")).toBe("let a;  \r\nlet b\r\n");
  });
});

test("a file that is no TypeScript is a CellSyntaxError with its place", () => {
  expect(() => compileModule("const a = 1\nconst = 2", "a.ts")).toThrow(CellSyntaxError);
  expect(() => compileModule("<any>x", "a.tsx")).toThrow(CellSyntaxError);
  expect(() => compileModule("<div/>", "a.ts")).toThrow(CellSyntaxError);
});
