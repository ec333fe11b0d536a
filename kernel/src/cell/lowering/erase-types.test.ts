/** TypeScript without its types, run. */
import { describe, expect, test } from "vitest";
import { cellResults } from "../testing/run-cells";

describe("types leave no trace", () => {
  test.each<[string, string, unknown]>([
    [
      "generics",
      "function id<T extends object = {}>(x: T): T { return x }\nid<{ a: 1 }>({ a: 1 })",
      { a: 1 },
    ],
    [
      "overloads",
      "function o(a: string): 1\nfunction o(a: number): 2\nfunction o(a: any) { return a }\no(5)",
      5,
    ],
    [
      "declare",
      "declare const zz: number; declare function ff(): void; declare class CC {}; declare global { var q: 1 }\ntypeof zz",
      "undefined",
    ],
    [
      "a parameter named this",
      "function t(this: { a: number }, b: number) { return this.a + b }\nt.call({ a: 1 }, 2)",
      3,
    ],
    [
      "only a parameter named this",
      "function t(this: { a: number }) { return this.a }\nt.call({ a: 1 })",
      1,
    ],
    [
      "optional parameters and members",
      "class A { x?: number; y!: string; f?(): void; g(a?: number) { return a } }\nObject.keys(new A())",
      ["x", "y"],
    ],
    [
      "members of all kinds",
      "abstract class A { private static readonly s = 1; declare d: number; protected abstract p: string; public abstract q(): void; [key: string]: any; override toString() { return 'A' + A.s } }\nclass B extends A { p = ''; q() {} }\nString(new B())",
      "A1",
    ],
    [
      "a modifier after a field without a semicolon",
      "class A {\n  a = 1\n  public ['b'] = 2\n  readonly c = 3\n}\nnew A()",
      { a: 1, b: 2, c: 3 },
    ],
    [
      "fields named like modifiers",
      "class A { readonly = 1; declare = 2; static = 3; abstract = 4; private readonly readonly2 = 5 }\nnew A()",
      { readonly: 1, declare: 2, static: 3, abstract: 4, readonly2: 5 },
    ],
    [
      "implements",
      "interface I<T> {} class A {} class B<T> extends A implements I<T>, I<string> { x = 1 }\nnew B()",
      { x: 1 },
    ],
    [
      "accessors",
      "class A { #x = 1; get x(): number { return this.#x } set x(v: number) { this.#x = v } static { A.prototype } }\nconst a = new A(); a.x = 4; a.x",
      4,
    ],
    [
      "an arrow after a type of several lines",
      "const f = (a: number): Array<\n  number\n> => [a]\nf(1)",
      [1],
    ],
    ["an arrow without parameters", "const f = (): Promise<\n  void\n>[] => []\nf()", []],
    [
      "a generic arrow of several lines",
      "const f = async <\n  T,\n>(x: T): Promise<T> => x\nawait f(3)",
      3,
    ],
    ["returning a cast of several lines", "function f() { return <\n  number\n>5 }\nf()", 5],
    [
      "an arrow that returns a cast object",
      "const f = () => <{ a: number }>{ a: 1 }\nf()",
      { a: 1 },
    ],
    ["a cast before a line that starts with a bracket", "const a = 1 as any\n;[a].length", 1],
    [
      "a type before a line that starts with a bracket",
      "let a = 1, b = 2\nlet c = a as number\n(b)",
      2,
    ],
    [
      "an interface between lines that would join",
      "const a = [1]\ninterface I {}\n[0].length + a.length",
      2,
    ],
    [
      "type-only imports",
      "import type { A } from 'nowhere'; import { type B } from 'nowhere'; import type C from 'nowhere'\n1",
      1,
    ],
    ["a value of the same name as a type", "type A = 1; const A = 2\nA", 2],
    [
      "conditional, mapped and template types",
      `type A<T> = T extends \`a\${infer U}\` ? { readonly [K in keyof U]-?: U[K] } : never; type B = [first: 1, ...rest: A<'a'>[]]\n1`,
      1,
    ],
    [
      "assertion functions",
      "function a(x: unknown): asserts x is string {}\nfunction b(x: unknown): x is number { return true }\nb(1)",
      true,
    ],
    [
      "an instantiation expression",
      "function f<T>(x: T) { return x }\nconst g = f<number>\ng(2)",
      2,
    ],
    ["assigning through a cast", "let a = 1; (a as any) = 2; (<any>a)++; a! += 1\na", 4],
    ["optional chains with !", "const o: any = { a: { b: 1 } }\no?.a!.b", 1],
    [
      "catch and for with types",
      "let s = 0\nfor (const x of [1, 2] as number[]) s += x\ntry { throw 3 } catch (e: unknown) { s += e as number }\ns",
      6,
    ],
    [
      "labelled loops",
      "let n = 0\nouter: for (let i = 0; i < 3; i++) { for (;;) { n++; continue outer } }\nn",
      3,
    ],
    [
      "accessor parameters with defaults",
      "class A { constructor(public a: number = 1, readonly b?: string, private c = a + 1) {} }\nnew A()",
      { a: 1, b: "undefined", c: 2 },
    ],
    [
      "parameter properties in a derived class",
      "class A { x = 1 }\nclass B extends A { y = 2; constructor(public z: number) { const q = 3\n super()\n this.y += this.z + q } }\nnew B(5)",
      { x: 1, z: 5, y: 10 },
    ],
    [
      "parameter properties where super is nested",
      "class A {}\nclass B extends A { constructor(public z: number, f: boolean) { if (f) super(); else { const me = super(); me.z } } }\n[new B(1, true).z, new B(2, false).z]",
      [1, 2],
    ],
    [
      "parameter properties in a class expression",
      "const K = class { constructor(private readonly a: string) { 'x' } }\nnew K('v')",
      { a: "v" },
    ],
    [
      "async generators",
      "async function* g(): AsyncGenerator<number> { yield* [1, 2]; yield await 3 }\nconst r: number[] = []; for await (const x of g()) r.push(x)\nr",
      [1, 2, 3],
    ],
    [
      "getters, arguments, yield, new.target",
      "function* g() { const x: number = yield 1; return [x, arguments.length, new.target === undefined] }\nconst it = g(); it.next(); it.next(5).value",
      [5, 0, true],
    ],
    [
      "text that looks like code",
      `// const = <T>\n\`await \${'enum E {'} as any\` + 'import x from "y"' + /as any/.source`,
      'await enum E { as anyimport x from "y"as any',
    ],
    ["strict code", "(function () { return this === undefined })()", true],
  ])("%s", async (_title, code, expected) => {
    expect(await cellResults(code)).toEqual([expected]);
  });
});
