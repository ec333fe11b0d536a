"""TypeScript as people write it, over several cells of one notebook."""

from __future__ import annotations

import pytest
from notebook import Notebook

# What the last cell writes, after the cells before it.
CELLS: dict[str, tuple[list[str], str]] = {
    "const, let and class are declared": (
        [
            "const a1 = 1; let b1 = 2; class C1 { d = 3 }",
            "console.log(a1 + b1 + new C1().d)",
        ],
        "6\n",
    ),
    "a function of one cell is called in the next": (
        ["function f2(n: number): number { return n + 1; }", "console.log(f2(1))"],
        "2\n",
    ),
    "an interface and a type are known in the next cell": (
        [
            "interface Point3 { x: number }\ntype Maybe3<T> = T | undefined;",
            "const p3: Maybe3<Point3> = { x: 3 }; console.log(p3?.x)",
        ],
        "3\n",
    ),
    "an enum works in both directions": (
        ["enum Colour4 { Red, Green }", "console.log(Colour4.Green, Colour4[0])"],
        "1 Red\n",
    ),
    "a const enum": (
        ["const enum Size5 { S = 's', L = 'l' }\nconsole.log(Size5.L)"],
        "l\n",
    ),
    "a namespace": (
        [
            "namespace Shapes6 { export const side = 4; export function area() { return side ** 2; } }",
            "console.log(Shapes6.area())",
        ],
        "16\n",
    ),
    "a class with parameter properties, accessors and statics": (
        [
            "class Account7 {\n  static made = 0;\n  constructor(private readonly id: string,"
            " public sum = 1) { Account7.made++; }\n  get text() { return `${this.id}:${this.sum}`; }\n}",
            "console.log(new Account7('a').text, Account7.made)",
        ],
        "a:1 1\n",
    ),
    "an abstract class, private fields, implements": (
        [
            "interface Named8 { name: string }\nabstract class Base8 implements Named8 {\n"
            "  #secret = 8;\n  abstract name: string;\n  reveal() { return this.#secret; }\n}",
            "class Leaf8 extends Base8 { override name = 'leaf'; }\n"
            "console.log(new Leaf8().reveal(), new Leaf8().name)",
        ],
        "8 leaf\n",
    ),
    "a class decorator": (
        [
            "function marked9(target: any, _context?: unknown) { target.mark = 'marked'; }\n"
            "@marked9 class Decorated9 { static mark = ''; }",
            "console.log(Decorated9.mark)",
        ],
        "marked\n",
    ),
    # As (method, context) and as (prototype, name, descriptor): tsconfig says which is meant.
    "a method decorator": (
        [
            "function doubled(...given: any[]): any {\n"
            "  const method = given[2]?.value ?? given[0];\n"
            "  const made = function (this: any) { return method.call(this) * 2; };\n"
            "  return given.length === 3 ? { ...given[2], value: made } : made;\n}\n"
            "class Decorated90 { @doubled half() { return 45; } }",
            "console.log(new Decorated90().half())",
        ],
        "90\n",
    ),
    "generics with constraints and defaults": (
        [
            "function pick10<T extends object, K extends keyof T = keyof T>(from: T, key: K): T[K] {"
            " return from[key]; }",
            "console.log(pick10({ a: 10 }, 'a'))",
        ],
        "10\n",
    ),
    "a generic arrow function": (
        ["const same11 = <T,>(value: T): T => value;", "console.log(same11<number>(11))"],
        "11\n",
    ),
    "angle bracket casts": (["const n12 = <number>(<unknown>12); console.log(n12)"], "12\n"),
    "satisfies, as const and non-null": (
        [
            "const c13 = { a: [1, 2] } as const satisfies { a: readonly number[] };",
            "const m13 = new Map([['a', 13]]); console.log(c13.a[1], m13.get('a')!.toFixed(1))",
        ],
        "2 13.0\n",
    ),
    "overloads and optional parameters": (
        [
            "function over14(n: number): number;\nfunction over14(s: string): string;\n"
            "function over14(x: any, y?: number) { return x; }",
            "console.log(over14(14), over14('s'))",
        ],
        "14 s\n",
    ),
    "abstract types leave nothing behind": (
        [
            "declare const nowhere15: number;\nexport type T15 = typeof nowhere15;\n"
            "declare function f15(): void;\nconsole.log(15)"
        ],
        "15\n",
    ),
    "export in a cell is allowed": (
        ["export const e16 = 16;\nexport function g16() { return e16; }", "console.log(g16())"],
        "16\n",
    ),
    "optional chaining, nullish and logical assignment": (
        ["let n17: { a?: number } | null = null;\nn17 ??= { a: 17 };\nconsole.log(n17?.a ?? 0)"],
        "17\n",
    ),
    "numeric separators, bigint, exponent": (["console.log(1_000 ** 2, 2n ** 64n)"], "1000000 18446744073709551616n\n"),
    "a regular expression with named groups": (
        ["const [, y19] = /(?<year>\\d{4})/v.exec('in 2019')!; console.log(y19)"],
        "2019\n",
    ),
    "a generator and spreading": (
        ["function* count20(n: number) { while (n) yield n--; }", "console.log([...count20(3)])"],
        "[ 3, 2, 1 ]\n",
    ),
    "an async generator and for await": (
        [
            "async function* tick21() { yield 1; yield 2; }",
            "for await (const t of tick21()) console.log(t)",
        ],
        "1\n2\n",
    ),
    "a tagged template": (
        ["const tag22 = (s: TemplateStringsArray, ...v: number[]) => s.raw.join('|') + v;",
         "console.log(tag22`a${1}b`)"],
        "a|b1\n",
    ),
    "a label is left from within": (
        ["outer: for (let i = 0; i < 3; i++) for (;;) { if (i === 1) break outer; continue outer; }\n"
         "console.log('out')"],
        "out\n",
    ),
    "a labelled block at top level": (
        ["block: { if (true) break block; console.log('never'); }\nconsole.log('after')"],
        "after\n",
    ),
    "switch, do while and comma": (
        ["let n25 = 0; do { switch (n25) { case 2: break; default: } } while (n25++, n25 < 3);\n"
         "console.log(n25)"],
        "3\n",
    ),
    "a Unicode identifier": (["const größe26 = 26;", "console.log(größe26)"], "26\n"),
    "a line separator in a string": (["console.log('a\u2028b'.length)"], "3\n"),
    "a cell of comments alone": (["// nothing", "/* nothing\n either */", "console.log('on')"], "on\n"),
    "an empty cell": (["", "   \n", "console.log('on')"], "on\n"),
    "a hash bang": (["#!/usr/bin/env node\nconsole.log('hash')"], "hash\n"),
    "this at top level": (["console.log(typeof this)"], "object\n"),
    # Redeclared
    "a const is redeclared as another type": (
        ["const r31 = 1;", "const r31 = 'two';", "console.log(r31)"],
        "two\n",
    ),
    "a const becomes a let, and the let a function": (
        ["const r32 = 1;", "let r32 = 2; r32++;", "function r32() { return 'f'; }", "console.log(r32())"],
        "f\n",
    ),
    "a var becomes a class, and the class a const": (
        ["var r33 = 1;", "class r33 {}", "const r33 = 'const';", "console.log(r33)"],
        "const\n",
    ),
    "an enum is redefined, not merged": (
        ["enum E34 { A, B }", "enum E34 { C }", "console.log(Object.keys(E34).join())"],
        "0,C\n",
    ),
    "a namespace is redefined, not merged": (
        ["namespace N35 { export const a = 1; }", "namespace N35 { export const b = 2; }",
         "console.log(Object.keys(N35).join())"],
        "b\n",
    ),
    "an interface is redefined, not merged": (
        ["interface I36 { a: number }", "interface I36 { b: number }",
         "const i36: I36 = { b: 36 }; console.log(i36.b)"],
        "36\n",
    ),
    "a cell runs again and again": (
        ["const again37 = Math.random(); let more37 = 0; function f37() {}; class C37 {}"] * 3
        + ["console.log('thrice')"],
        "thrice\n",
    ),
    "names of globals may be redeclared": (
        ["const name = 'mine'; const crypto = 'my own'; const fetch = 1; const performance = 2;",
         "console.log(name, crypto, fetch, performance)"],
        "mine my own 1 2\n",
    ),
    # Await
    "await at top level": (["const w41 = await Promise.resolve(41);", "console.log(w41)"], "41\n"),
    "await inside a block and a template": (
        ["if (true) { console.log(`${await Promise.resolve('in')}`); }"],
        "in\n",
    ),
    "what is declared beside an await is known later": (
        ["await null; class C43 { x = 43 }\nfunction f43() { return new C43().x; }\nlet v43 = f43();",
         "console.log(v43 + f43())"],
        "86\n",
    ),
    "await is no keyword in a function that is not async": (
        ["function f44() { const awaited = 44; return awaited; }\nconsole.log(f44())"],
        "44\n",
    ),
    # Destructuring
    "objects, arrays, rest and defaults are taken apart": (
        ["const { a: p51, b: { c: q51 = 2 } = {}, ...rest51 } = { a: 1, d: 4 } as any;\n"
         "const [h51, , ...t51] = [1, 2, 3];",
         "console.log(p51, q51, rest51, h51, t51)"],
        "1 2 { d: 4 } 1 [ 3 ]\n",
    ),
    "awaiting while taking apart": (
        ["const { x: x52 } = await Promise.resolve({ x: 52 });", "console.log(x52)"],
        "52\n",
    ),
    "taking apart into earlier variables": (
        ["let a53 = 1, b53 = 2;", "[a53, b53] = [b53, a53];", "console.log(a53, b53)"],
        "2 1\n",
    ),
    "shorthand of earlier variables": (
        ["const epochs = 5; const batchSize = 32;", "console.log({ epochs, batchSize })"],
        "{ epochs: 5, batchSize: 32 }\n",
    ),
    # Closures
    "a function sees a later assignment": (
        ["let rate55 = 1; function get55() { return rate55; }", "rate55 = 2;", "console.log(get55())"],
        "2\n",
    ),
    "a function sees a later redeclaration": (
        ["let rate56 = 1; const get56 = () => rate56;", "let rate56 = 3;", "console.log(get56())"],
        "3\n",
    ),
    "a function assigns what a later cell reads": (
        ["let n57 = 0; function up57() { n57 += 1; }", "up57(); up57();", "console.log(n57)"],
        "2\n",
    ),
    "a callback writes a variable after its cell has ended": (
        ["let done58 = 'no'; const wait58 = new Promise<void>((go) => setTimeout(() => { done58 = 'yes';"
         " go(); }, 50));",
         "await wait58; console.log(done58)"],
        "yes\n",
    ),
    "compound assignment to an earlier variable": (
        ["let n59 = 5;", "n59 *= 2; n59++; n59 **= 2;", "console.log(n59)"],
        "121\n",
    ),
    "typeof and delete of earlier names": (
        ["const o60: { a?: number } = { a: 1 };", "delete o60.a;\nconsole.log(typeof o60, 'a' in o60)"],
        "object false\n",
    ),
    # using
    "using is disposed at the end of its block": (
        ["class Held61 implements Disposable { [Symbol.dispose]() { console.log('freed'); } }",
         "{ using held = new Held61(); console.log('held'); }\nconsole.log('after')"],
        "held\nfreed\nafter\n",
    ),
    "using at top level is disposed at the end of the cell": (
        ["class Held62 implements Disposable { [Symbol.dispose]() { console.log('freed'); } }",
         "using held62 = new Held62();\nconsole.log('last')"],
        "last\nfreed\n",
    ),
    "await using": (
        ["class Held63 implements AsyncDisposable { async [Symbol.asyncDispose]() { console.log('freed'); } }",
         "{ await using held = new Held63(); console.log('held'); }"],
        "held\nfreed\n",
    ),
    "JSX if asked": (
        ["/** @jsx h */\nconst h = (type: string, props: any, ...of: any[]) => `<${type}>${of.join('')}</${type}>`;\n"
         "declare namespace JSX { interface IntrinsicElements { b: {}; i: {} } type Element = string }\n"
         "const jsx64 = <b>bold <i>both</i></b>;",
         "console.log(jsx64)"],
        "<b>bold <i>both</i></b>\n",
    ),
    "JSX with an automatic runtime": (
        ["/** @jsxRuntime automatic */\n/** @jsxImportSource tiny-jsx */\nconst jsx65 = <b id=\"x\">text</b>;\n"
         "console.log(jsx65.type, jsx65.props.children)"],
        "b text\n",
    ),
}


@pytest.mark.parametrize(("cells", "written"), CELLS.values(), ids=CELLS.keys())
def test_cell(kernel: Notebook, cells: list[str], written: str) -> None:
    assert kernel.all(*cells) == written
