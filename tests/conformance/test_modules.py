"""What a cell can import: packages of every make, Node's own, local files, fresh after an edit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from notebook import Notebook

IMPORTS: dict[str, tuple[list[str], str]] = {
    "Node's own by its prefix": (
        ['import { join } from "node:path";', "console.log(join('a', 'b'))"],
        "a/b\n",
    ),
    "Node's own without a prefix": (
        ['import * as path from "path";', "console.log(path.join('a', 'b'))"],
        "a/b\n",
    ),
    "Node's own as the default": (
        ['import fs from "node:fs";', "console.log(typeof fs.readFileSync)"],
        "function\n",
    ),
    "a CommonJS package by names": (
        ['import { half } from "plain-commonjs";', "console.log(half(4))"],
        "2\n",
    ),
    "a CommonJS package as the default": (
        ['import common from "plain-commonjs";', "console.log(common.half(4))"],
        "2\n",
    ),
    "a CommonJS package as a namespace": (
        ['import * as common from "plain-commonjs";', "console.log(common.half(4), common.name)"],
        "2 commonjs\n",
    ),
    "a package of ES modules only": (
        ['import { double } from "esm-only";\nimport esm from "esm-only";',
         "console.log(double(2), esm)"],
        "4 esm\n",
    ),
    "a package of exports only": (
        ['import { triple } from "exports-only";', "console.log(triple(2))"],
        "6\n",
    ),
    "a path below a package of exports only": (
        ['import { extra } from "exports-only/extra";', "console.log(extra)"],
        "extra\n",
    ),
    "JSON as the default": (
        ['import data from "./data.json";', "console.log(data.answer)"],
        "42\n",
    ),
    "JSON with an attribute": (
        ['import data2 from "./data.json" with { type: "json" };', "console.log(data2.list)"],
        "[ 1, 2 ]\n",
    ),
    "a local TypeScript file without extension": (
        ['import { length } from "./typed";', "console.log(length({ x: 3, y: 4 }))"],
        "5\n",
    ),
    "a local TypeScript file with its extension": (
        ['import { Colour } from "./typed.ts";', "console.log(Colour[1])"],
        "Green\n",
    ),
    "a local TypeScript file called .js": (
        ['import { Colour as C3 } from "./typed.js";', "console.log(C3[0])"],
        "Red\n",
    ),
    "a local file that imports another": (
        ['import { outer } from "./outer";', "console.log(outer)"],
        "outer of inner\n",
    ),
    "a local file that imports another with its extension": (
        ['import { got } from "./extension.ts";', "console.log(got)"],
        "inner\n",
    ),
    "a folder with an index": (
        ['import { from } from "./folder";', "console.log(from)"],
        "folder\n",
    ),
    "a local CommonJS file": (
        ['import { shout } from "./plain.js";', "console.log(shout('a'))"],
        "A!\n",
    ),
    "a local ES module": (
        ['import seven, { shout as cry } from "./modern.mjs";', "console.log(cry('b'), seven)"],
        "B! 7\n",
    ),
    "a type alone": (
        ['import type { Point } from "./typed";', "const p: Point = { x: 1, y: 2 }; console.log(p.y)"],
        "2\n",
    ),
    "types among values": (
        ['import { type Point as P5, length as l5 } from "./typed";',
         "const q: P5 = { x: 0, y: 5 }; console.log(l5(q))"],
        "5\n",
    ),
    "by import() with await": (
        ['const { double: d6 } = await import("esm-only");', "console.log(d6(3))"],
        "6\n",
    ),
    "by import() of a computed name": (
        ["const ending = 'only';\nconst m7 = await import(`esm-${ending}`);", "console.log(m7.double(4))"],
        "8\n",
    ),
    "by import() inside a function called later": (
        ["async function later8() { return (await import('./modern.mjs')).default; }",
         "console.log(await later8())"],
        "7\n",
    ),
    "by require": (
        ['const { half: h9 } = require("plain-commonjs");', "console.log(h9(6))"],
        "3\n",
    ),
    "by require of Node's own": (["console.log(require('node:path').sep)"], "/\n"),
    "by import = require": (
        ['import common10 = require("plain-commonjs");', "console.log(common10.half(8))"],
        "4\n",
    ),
    "for its effects alone": (
        ['(globalThis as any).loadsOfSlow = 0;\nimport "./slow.mjs";',
         "console.log((globalThis as any).loadsOfSlow > 0)"],
        "true\n",
    ),
    "and use it in a function of the same cell": (
        ['import { double as d11 } from "esm-only";\nconst f11 = () => d11(5);', "console.log(f11())"],
        "10\n",
    ),
    "and import it again in a later cell": (
        ['import { half as h12 } from "plain-commonjs";',
         'import { half as h12 } from "plain-commonjs";\nconsole.log(h12(2))'],
        "1\n",
    ),
    "in the middle of a cell": (
        ["const before = 1;\nimport { sep as sep13 } from \"node:path\";\nconsole.log(before + sep13)"],
        "1/\n",
    ),
}


@pytest.mark.parametrize(("cells", "written"), IMPORTS.values(), ids=IMPORTS.keys())
def test_import(kernel: Notebook, cells: list[str], written: str) -> None:
    assert kernel.all(*cells) == written


def test_dirname_is_the_folder_of_the_notebook(kernel: Notebook, folder: Path) -> None:
    assert kernel.out("console.log(__dirname)") == f"{os.path.realpath(folder)}\n"


def test_import_meta_names_the_folder_of_the_notebook(kernel: Notebook, folder: Path) -> None:
    written = kernel.out("console.log(import.meta.url); console.log(import.meta.dirname)")
    url, dirname = written.splitlines()
    assert url.startswith(f"file://{os.path.realpath(folder)}/")
    assert dirname == os.path.realpath(folder)


def test_import_meta_resolve_finds_a_package(kernel: Notebook) -> None:
    assert kernel.out("console.log(import.meta.resolve('esm-only'))").endswith(
        "/node_modules/esm-only/index.js\n"
    )


def test_the_working_folder_is_that_of_the_notebook(kernel: Notebook, folder: Path) -> None:
    code = 'import process15 from "node:process"; console.log(process15.cwd())'
    assert kernel.out(code) == f"{os.path.realpath(folder)}\n"


def test_a_global_require_does_not_mislead_packages(kernel: Notebook) -> None:
    assert kernel.out("console.log(typeof (globalThis as any).require)") == "undefined\n"


class TestAfterAnEdit:
    def test_a_file_is_fresh(self, kernel: Notebook, folder: Path) -> None:
        place = folder / "edited.ts"
        place.write_text("export const version: number = 1;")
        cell = 'import { version } from "./edited"; console.log(version)'
        assert kernel.out(cell) == "1\n"
        place.write_text("export const version: number = 2;")
        assert kernel.out(cell) == "2\n"

    def test_what_the_file_imports_is_fresh(self, kernel: Notebook, folder: Path) -> None:
        (folder / "top.ts").write_text(
            'import { leaf } from "./leaf";\nexport const top: string = `top ${leaf}`;'
        )
        (folder / "leaf.ts").write_text("export const leaf: string = 'old';")
        cell = 'import { top } from "./top"; console.log(top)'
        assert kernel.out(cell) == "top old\n"
        (folder / "leaf.ts").write_text("export const leaf: string = 'new';")
        assert kernel.out(cell) == "top new\n"

    def test_its_types_are_fresh(self, kernel: Notebook, folder: Path) -> None:
        place = folder / "retyped.ts"
        place.write_text("export function f(n: number): number { return n; }")
        cell = 'import { f } from "./retyped"; console.log(f(%s))'
        assert kernel.out(cell % "1") == "1\n"
        place.write_text("export function f(n: string): string { return n; }")
        assert kernel.out(cell % "'one'") == "one\n"

    def test_javascript_is_fresh(self, kernel: Notebook, folder: Path) -> None:
        for name, text in (
            ("edited-common.cjs", "exports.version = %d;"),
            ("edited-module.mjs", "export const version = %d;"),
        ):
            (folder / name).write_text(text % 1)
            cell = f'const {{ version: v }} = await import("./{name}"); console.log(v)'
            assert kernel.out(cell) == "1\n"
            (folder / name).write_text(text % 2)
            assert kernel.out(cell) == "2\n"

    def test_json_is_fresh(self, kernel: Notebook, folder: Path) -> None:
        place = folder / "edited.json"
        place.write_text('{"version": 1}')
        cell = 'import data16 from "./edited.json"; console.log(data16.version)'
        assert kernel.out(cell) == "1\n"
        place.write_text('{"version": 2}')
        assert kernel.out(cell) == "2\n"

    def test_a_file_mended_after_an_error_works(self, kernel: Notebook, folder: Path) -> None:
        place = folder / "mended.ts"
        place.write_text("export const mended = ;")
        cell = 'import { mended } from "./mended"; console.log(mended)'
        assert kernel.run(cell).status == "error"
        place.write_text("export const mended = 'well';")
        assert kernel.out(cell) == "well\n"

    def test_a_file_that_is_unchanged_keeps_its_state(self, kernel: Notebook, folder: Path) -> None:
        (folder / "state.ts").write_text("export const state: { n: number } = { n: 0 };")
        cell = 'import { state } from "./state"; console.log(++state.n)'
        assert kernel.out(cell) == "1\n"
        assert kernel.out(cell) == "2\n"


class TestFailure:
    def test_a_package_that_is_not_there_is_named(self, kernel: Notebook) -> None:
        ran = kernel.run('import { x } from "no-such-package-here";\nx')
        assert ran.status == "error"
        assert "no-such-package-here" in ran.error["evalue"]

    def test_a_file_that_is_not_there_is_named(self, kernel: Notebook) -> None:
        ran = kernel.run('const gone = await import("./gone" + ".ts");')
        assert ran.status == "error"
        assert "gone" in ran.error["evalue"]

    def test_an_export_that_is_not_there_is_named(self, kernel: Notebook) -> None:
        ran = kernel.run('// @ts-nocheck\nimport { nothing } from "./modern.mjs";\nnothing')
        assert ran.status == "error"
        assert "nothing" in ran.error["evalue"]

    def test_a_module_that_throws_is_told(self, kernel: Notebook) -> None:
        ran = kernel.run('await import("broken-at-load")')
        assert ran.status == "error"
        assert "broken on purpose" in ran.error["evalue"]
        assert kernel.goes_on()

    def test_a_module_that_failed_may_be_tried_again(self, kernel: Notebook, folder: Path) -> None:
        (folder / "failing.ts").write_text("throw new Error('first');\nexport const ok: number = 1;")
        assert kernel.run('await import("./failing")').status == "error"
        (folder / "failing.ts").write_text("export const ok: number = 1;")
        assert kernel.out('console.log((await import("./failing")).ok)') == "1\n"

    def test_an_error_in_a_local_file_shows_its_own_line(
        self, kernel: Notebook, folder: Path
    ) -> None:
        (folder / "throws.ts").write_text(
            "interface Wide {\n  a: number;\n}\nexport function fail(w?: Wide): number {\n"
            "  return w!.a;\n}\n"
        )
        ran = kernel.run('import { fail } from "./throws";\n\nfail();')
        assert "throws.ts:5" in ran.traceback


@pytest.mark.slow
class TestNative:
    def test_tfjs_node_trains(self, kernel: Notebook) -> None:
        cells = (
            'import * as tf from "@tensorflow/tfjs-node";',
            "const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });\n"
            'model.compile({ loss: "meanSquaredError", optimizer: tf.train.sgd(0.1) });\n'
            "const x = tf.tensor2d([[0, 1], [1, 0], [1, 1]]), y = tf.tensor2d([[1], [2], [3]]);",
            "const seen = await model.fit(x, y, { epochs: 150, verbose: 0 });\n"
            "const at = seen.history.loss.length, loss = seen.history.loss.at(-1) as number;\n"
            "console.log(at, loss < 0.05)",
        )
        assert kernel.all(*cells, timeout=120) == "150 true\n"

    def test_an_addon_is_loaded_by_require_and_by_import(self, kernel: Notebook) -> None:
        kernel.run('import * as one from "@tensorflow/tfjs-node";', timeout=120)
        code = 'const two = require("@tensorflow/tfjs-node"); console.log(two.Tensor === one.Tensor)'
        assert kernel.out(code, timeout=60) == "true\n"
