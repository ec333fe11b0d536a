import { describe, expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

const notebook = testNotebook();

describe("names of earlier cells", () => {
  it("have the types that they were declared with", async () => {
    await notebook.run(
      "const one = 1; let text = 'a'; const { deep: [first], ...rest } = { deep: [true], x: 1 };",
    );
    expect(await notebook.problems("one.zip")).toEqual([
      "TS2339 1:5-1:8 Property 'zip' does not exist on type '1'.",
    ]);
    expect(await notebook.problems("first.zip; rest.y")).toEqual([
      "TS2339 1:7-1:10 Property 'zip' does not exist on type 'boolean'.",
      "TS2339 1:17-1:18 Property 'y' does not exist on type '{ x: number; }'.",
    ]);
  });

  it("can be assigned to after let and var, by values of their type", async () => {
    await notebook.run("let count = 1; var total = 1;");
    expect(await notebook.problems("count = 2; count++; total += count;")).toEqual([]);
    expect(await notebook.problems("count = 'a'")).toEqual([
      "TS2322 1:1-1:6 Type 'string' is not assignable to type 'number'.",
    ]);
  });

  it.each([
    ["const held = 1", "TS2588 1:1-1:5 Cannot assign to 'held' because it is a constant."],
    ["function held() {}", "TS2630 1:1-1:5 Cannot assign to 'held' because it is a function."],
    ["class held {}", "TS2629 1:1-1:5 Cannot assign to 'held' because it is a class."],
    ["enum held { A }", "TS2628 1:1-1:5 Cannot assign to 'held' because it is an enum."],
    [
      "namespace held { export const x = 1 }",
      "TS2631 1:1-1:5 Cannot assign to 'held' because it is a namespace.",
    ],
    [
      "import held from 'node:fs'",
      "TS2632 1:1-1:5 Cannot assign to 'held' because it is an import.",
    ],
  ])("cannot be assigned to after %s", async (declaration, problem) => {
    const own = testNotebook();
    await own.run(declaration);
    expect(await own.problems("held = null as never")).toEqual([problem]);
  });

  it.each([
    ["const", "const x = 'b'"],
    ["let", "let x = 'b'"],
    ["function", "function x() { return 'b' }"],
    ["class", "class x { b = 1 }"],
    ["enum", "enum x { b }"],
    ["interface", "interface x { b: string }"],
    ["type", "type x = string"],
    ["import", "import x from 'node:path'"],
  ])("can be declared anew with %s, whatever they were", async (_, declaration) => {
    for (const before of [
      "const x = 1",
      "let x = 1",
      "function x() {}",
      "class x { a = 1 }",
      "type x = 1",
    ]) {
      await notebook.run(before);
      await notebook.run(declaration);
    }
  });

  it("lose their old type when they are declared anew", async () => {
    await notebook.run("const same = 1");
    await notebook.run("const same = 'text'");
    expect(await notebook.problems("same.toFixed()")).toMatchObject([
      expect.stringContaining("Property 'toFixed' does not exist on type '\"text\"'"),
    ]);
    await notebook.run("type Only = { a: number }");
    await notebook.run("type Only = { b: number }");
    expect(await notebook.problems("const o: Only = { a: 1 }")).toHaveLength(1);
  });

  it("may stand for a value and a type at once", async () => {
    await notebook.run("const Both = ['x', 'y'] as const; type Both = (typeof Both)[number];");
    expect(await notebook.problems("const b: Both = Both[0]; const c: Both = 'z';")).toEqual([
      'TS2322 1:32-1:33 Type \'"z"\' is not assignable to type \'"x" | "y"\'.',
    ]);
  });

  it("do not carry narrowing over to the next cell", async () => {
    await notebook.run("let maybe: string | undefined = 'a'; const sure = maybe.length;");
    expect(await notebook.problems("maybe.length")).toEqual([
      "TS18048 1:1-1:6 'maybe' is possibly 'undefined'.",
    ]);
  });

  it("are the cell's own where it declares them itself, also before the declaration", async () => {
    await notebook.run("let own = 1");
    expect(await notebook.problems("let own = own + 1")).toEqual([
      "TS2448 1:11-1:14 Block-scoped variable 'own' used before its declaration.",
    ]);
    expect(await notebook.problems("function f() { const own = 'a'; return own.length; }")).toEqual(
      [],
    );
  });

  it("are unknown before their cell has run, with a guess at what was meant", async () => {
    expect(await notebook.problems("function later() { return notYet; }")).toEqual([
      "TS2304 1:27-1:33 Cannot find name 'notYet'.",
    ]);
    await notebook.run("const temperature = 20");
    expect(await notebook.problems("temprature + 1")).toEqual([
      "TS2304 1:1-1:11 Cannot find name 'temprature'. Did you mean 'temperature'?",
    ]);
  });

  it("that Node.js has as globals, or browsers, are the cell's from then on", async () => {
    await notebook.run(
      "const name = 'a'; const status = 1; const crypto = 'c'; class Event { mine = 1 }",
    );
    await notebook.run("name.length + status.toFixed().length + crypto.length + new Event().mine");
  });
});

describe("what a cell can declare", () => {
  it("classes keep private members, generics and what they extend", async () => {
    await notebook.run(
      "class Base<T> { #x = 1; protected y = 2; constructor(readonly value: T) {} }",
    );
    await notebook.run("class Derived extends Base<string> { get z() { return this.y } }");
    expect(
      await notebook.problems("new Derived('a').value.length; new Derived(1); new Derived('a').y"),
    ).toEqual([
      "TS2345 1:44-1:45 Argument of type 'number' is not assignable to parameter of type 'string'.",
      "TS2445 1:65-1:66 Property 'y' is protected and only accessible within class 'Base<T>' and its subclasses.",
    ]);
  });

  it("tells types of the same name apart, without naming the checker's files", async () => {
    await notebook.run("class Twin { private a = 1 } const older = new Twin();");
    await notebook.run("class Twin { private a = 1 }");
    const [problem] = await notebook.problems("const newer: Twin = older;");
    expect(problem).toContain(
      "TS2322 1:7-1:12 Type '(earlier cell).Twin' is not assignable to type '",
    );
    expect(problem).not.toMatch(/cell_\d|\$\d|scope_|tmp|headroom/);
  });

  it("enums, namespaces, interfaces, generic functions and overloads", async () => {
    await notebook.run(
      "enum Colour { Red, Green } namespace Geo { export interface Point { x: number } export const o: Point = { x: 0 } }",
    );
    await notebook.run("function pair<A, B>(a: A, b: B): [A, B] { return [a, b] }");
    await notebook.run(
      "function over(a: string): string; function over(a: number): number; function over(a: unknown): unknown { return a }",
    );
    await notebook.run(
      "const p: [Colour, Geo.Point] = pair(Colour.Red, Geo.o); const n: number = over(1);",
    );
    expect(await notebook.problems("over(true)")).toHaveLength(1);
  });

  it("what it exports", async () => {
    await notebook.run(
      "export const shown = 1; export default function byDefault() { return shown } export { shown as other };",
    );
    await notebook.run("const x: number = byDefault() + shown;");
  });

  it("additions to global types", async () => {
    await notebook.run("declare global { interface Array<T> { secondToLast(): T } }");
    expect(await notebook.problems("[1].secondToLast().zip")).toHaveLength(1);
  });

  it("top-level await, and the awaited type", async () => {
    await notebook.run(
      "const answer = await Promise.resolve({ ok: true }); for await (const x of [1]) x.toFixed();",
    );
    await notebook.run("const ok: boolean = answer.ok;");
  });

  it("decorators, satisfies, using and private names", async () => {
    await notebook.run(
      "const log = (f: Function, c: ClassMethodDecoratorContext) => {}; class D { @log m() {} }",
    );
    await notebook.run(
      "const t = { a: 1 } satisfies Record<string, number>; { using r = { [Symbol.dispose]() {} } }",
    );
  });
});

describe("cells that would be read otherwise in the middle of a file", () => {
  it("a line for the shell is a comment", async () => {
    expect(await notebook.problems("#!/usr/bin/env node\n'a'.zip")).toEqual([
      "TS2339 2:5-2:8 Property 'zip' does not exist on type '\"a\"'.",
    ]);
  });

  it("a lone object literal is a value, not a block", async () => {
    expect(await notebook.problems("{ a: 1, b: [2, 3] }")).toEqual([]);
    expect(await notebook.problems("{ a: 1, b: nobody }")).toEqual([
      "TS2304 1:12-1:18 Cannot find name 'nobody'.",
    ]);
  });
});
