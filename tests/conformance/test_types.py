"""Types across cells, checked before a cell runs."""

from __future__ import annotations

import re

import pytest
from checker import refused
from notebook import Notebook, plain

# The last cell is refused, with this number.
WRONG: dict[str, tuple[list[str], int | None]] = {
    "a wrong assignment": (["console.log('ran'); const n1: string = 1;"], 2322),
    "a wrong argument of an earlier function": (
        ["function half2(n: number) { return n / 2; }", "console.log('ran'); half2('two');"],
        2345,
    ),
    "a property that is not there": (
        ["const point3 = { x: 1 };", "console.log('ran'); (point3 as { x: number }).y;"],
        2339,
    ),
    "an assignment to an earlier const": (
        ["const fixed4 = 4;", "console.log('ran'); fixed4 = 5;"],
        None,
    ),
    "a wrong assignment to an earlier let": (
        ["let open5 = 5;", "console.log('ran'); open5 = 'five';"],
        2322,
    ),
    "a member that an earlier interface lacks": (
        ["interface Shape6 { side: number }",
         "console.log('ran'); const s6: Shape6 = { side: 1, corner: 2 };"],
        2353,
    ),
    "a class of an earlier cell used wrongly": (
        ["class Only7 { private secret = 7; }", "console.log('ran'); new Only7().secret;"],
        2341,
    ),
    "an enum of an earlier cell used wrongly": (
        ["enum Colour8 { Red }", "console.log('ran'); Colour8.Blue;"],
        2339,
    ),
    "a name that nobody declared": (["console.log('ran'); neverDeclared9;"], 2304),
    "a wrong use of a package's types": (
        ['import { triple } from "exports-only";', "console.log('ran'); triple('three');"],
        2345,
    ),
    "a wrong use of a local file's types": (
        ['import { length as length11 } from "./typed";', "console.log('ran'); length11({ x: 1 });"],
        None,
    ),
    "a wrong use of Node's types": (
        ['import { join as join12 } from "node:path";', "console.log('ran'); join12(1);"],
        2345,
    ),
    "an await that is forgotten": (
        ["async function soon13() { return 13; }", "console.log('ran'); soon13().toFixed();"],
        2339,
    ),
    "a possible undefined": (
        ["const found14 = [1].find((n) => n > 1);", "console.log('ran'); found14.toFixed();"],
        18048,
    ),
    "a redeclared const is checked as its new type": (
        ["const twice15 = 1;", "const twice15 = 'text';", "console.log('ran'); twice15.toFixed();"],
        2551,
    ),
    "an imported type used wrongly": (
        ['import type { Point as P16 } from "./typed";',
         "console.log('ran'); const p16: P16 = { x: 'a', y: 1 };"],
        2322,
    ),
    "a destructured name used wrongly": (
        ["const { a: a17 } = { a: 1 };", "console.log('ran'); a17.toUpperCase();"],
        2339,
    ),
    "an awaited value used wrongly": (
        ["const a18 = await Promise.resolve(18);", "console.log('ran'); a18.toUpperCase();"],
        2339,
    ),
    "JSX used wrongly": (
        ["/** @jsxRuntime automatic */\n/** @jsxImportSource tiny-jsx */\n"
         "console.log('ran'); const e19 = <b id={19} />;"],
        2322,
    ),
}


@pytest.mark.parametrize(("cells", "number"), WRONG.values(), ids=WRONG.keys())
def test_the_checker_refuses(kernel: Notebook, cells: list[str], number: int | None) -> None:
    for cell in cells[:-1]:
        assert kernel.run(cell).status == "ok"
    refused(kernel.run(cells[-1]), number)


# The last cell runs: the checker knows better than to complain.
RIGHT: dict[str, list[str]] = {
    "an array that grows": ["let list31 = [];\nlist31.push(1);", "list31.push('two');"],
    "parameters without a type": ["const add32 = (a, b) => a + b;", "add32(1, 2);"],
    "a name used in its own redeclaration": ["let n33 = 1;", "let n33 = String(2);", "n33.length;"],
    "an import that no line uses": ['import { sep } from "node:path";', "sep.length;"],
    "a variable that no line uses": ["function f35(unused: number) { const idle = 1; }"],
    "a deprecated function": ["escape('a');"],
    "an unlabelled expression": ["1 + 1;\n'use me';"],
    "a package without types": ['import { half } from "plain-commonjs";', "half(2);"],
    "a generic of an earlier cell": [
        "class Box39<T> { constructor(readonly value: T) {} map<U>(f: (t: T) => U) {"
        " return new Box39(f(this.value)); } }",
        "const b39: Box39<string> = new Box39(1).map(String); b39.value.length;",
    ],
    "an overload of an earlier cell": [
        "function o40(a: number): number;\nfunction o40(a: string): string;\nfunction o40(a: any) {"
        " return a; }",
        "o40(1).toFixed(); o40('a').length;",
    ],
    "narrowing inside a function": [
        "type U41 = { kind: 'a'; a: number } | { kind: 'b' };",
        "function g41(u: U41) { return u.kind === 'a' ? u.a : 0; }\ng41({ kind: 'b' });",
    ],
    "an assertion function": [
        "function sure42(x: unknown): asserts x is string { if (typeof x !== 'string') throw x; }",
        "const v42: unknown = 'a'; sure42(v42); v42.length;",
    ],
    "assigning to an earlier let": ["let n43: number | string = 1;", "n43 = 'text'; n43.length;"],
    "a unique symbol": ["const s44: unique symbol = Symbol();", "const o44 = { [s44]: 1 }; o44[s44];"],
    "globals of Node": ["Buffer.from('a').length; process.pid; setTimeout(() => 1, 0).unref();"],
    "globals of the web": ["new URL('http://a'); new TextEncoder(); structuredClone({}); fetch;"],
    "a class that extends an earlier one": [
        "class A47 { a = 1 }", "class B47 extends A47 { b = this.a }", "new B47().b;"
    ],
    "a type that an import brings": [
        'import { Point as P48, length as l48 } from "./typed";', "const p48: P48 = { x: 1, y: 1 }; l48(p48);"
    ],
}


@pytest.mark.parametrize("cells", RIGHT.values(), ids=RIGHT.keys())
def test_the_checker_accepts(kernel: Notebook, cells: list[str]) -> None:
    for cell in cells:
        ran = kernel.run(cell)
        assert ran.status == "ok", ran.content
        assert ran.stderr == ""
    # A kernel that checks nothing accepts all: it has to refuse something too.
    refused(kernel.run("const refuse: string = 1;"))


class TestTypeError:
    def test_nothing_of_the_cell_runs(self, kernel: Notebook) -> None:
        kernel.run("let touched51 = 'no';")
        refused(kernel.run("console.log('side effect'); touched51 = 'yes';\nconst n: string = 1;"))
        assert kernel.out("console.log(touched51)") == "no\n"

    def test_it_is_an_error_message_and_a_full_reply(self, kernel: Notebook) -> None:
        ran = kernel.run("const n52: string = 52;")
        assert ran.status == "error"
        for key in ("ename", "evalue", "traceback"):
            assert ran.content[key] == ran.error[key]
            assert ran.error[key]
        assert "Type 'number' is not assignable to type 'string'" in ran.error["evalue"]
        assert ran.stderr == ""

    def test_it_shows_the_cells_own_line_with_a_caret(self, kernel: Notebook) -> None:
        ran = kernel.run("const a53 = 1;\n\n  const text53: string = a53;\nconst b53 = 2;")
        assert ran.status == "error"
        lines = plain(ran.traceback).split("\n")
        at = next(i for i, line in enumerate(lines) if "const text53: string = a53;" in line)
        assert re.search(r"\b3\b", lines[at])
        assert "^" in lines[at + 1]
        assert lines[at].index("text53") == lines[at + 1].index("^")

    def test_the_caret_stands_right_after_an_emoji_and_a_tab(self, kernel: Notebook) -> None:
        ran = kernel.run("/* 😀 */\tconst n54: string = 54;")
        assert ran.status == "error"
        assert "n54" in plain(ran.traceback)
        assert "^" in plain(ran.traceback)

    def test_several_are_told_at_once(self, kernel: Notebook) -> None:
        ran = kernel.run("const a55: string = 1;\nconst b55: number = 'b';\nconst c55: boolean = 3;")
        assert ran.status == "error"
        for line in ("const a55", "const b55", "const c55"):
            assert line in plain(ran.traceback)

    def test_what_a_refused_cell_declares_is_not_known(self, kernel: Notebook) -> None:
        refused(kernel.run("const phantom56 = 1; const bad56: string = 1;"))
        refused(kernel.run("phantom56;"), 2304)

    def test_what_a_refused_cell_redeclares_stays(self, kernel: Notebook) -> None:
        kernel.run("const steady57 = 'text';")
        refused(kernel.run("const steady57 = 1; const bad57: string = 1;"))
        assert kernel.out("console.log(steady57.length)") == "4\n"

    def test_what_a_failed_cell_declared_before_it_threw_is_known(self, kernel: Notebook) -> None:
        ran = kernel.run("const early58: number = 1; throw new Error('late');")
        assert ran.status == "error"
        assert kernel.out("console.log(early58)") == "1\n"

    def test_it_carries_no_colours(self, kernel: Notebook) -> None:
        ran = kernel.run("const n59: string = 59;")
        assert ran.status == "error"
        assert "\x1b" not in ran.traceback

    def test_queued_cells_are_aborted_after_it(self, kernel: Notebook) -> None:
        # The first cell holds the queue until all have been sent.
        held = kernel.send("await new Promise((go) => setTimeout(go, 500));")
        first, second = kernel.send("const n60: string = 60;"), kernel.send("console.log('ran')")
        ran = kernel.wait_all([held, first, second])
        assert ran[first].status == "error"
        assert ran[second].status == "aborted"
