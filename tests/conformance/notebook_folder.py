"""The folder that the tests' notebook lies in: local modules, and packages of every make."""

from __future__ import annotations

import json
from pathlib import Path

from kernels import ROOT

# Paths below the folder, and what stands there.
FILES = {
    "package.json": json.dumps(
        {"name": "notebook", "private": True, "dependencies": {"documented": "*"}}
    ),
    "data.json": '{"answer": 42, "list": [1, 2]}',
    "plain.js": "exports.shout = (text) => text.toUpperCase() + '!';",
    "modern.mjs": "export const shout = (text) => text.toUpperCase() + '!';\nexport default 7;",
    "typed.ts": (
        "export interface Point { x: number; y: number }\n"
        "export const length = (p: Point): number => Math.hypot(p.x, p.y);\n"
        "export enum Colour { Red, Green }\n"
    ),
    "outer.ts": 'import { inner } from "./inner";\nexport const outer = `outer of ${inner}`;',
    "inner.ts": 'export const inner = "inner";',
    "extension.ts": 'import { inner } from "./inner.ts";\nexport const got = inner;',
    "folder/index.ts": "export const from = 'folder';",
    "slow.mjs": (
        "export let loads = (globalThis.loadsOfSlow = (globalThis.loadsOfSlow ?? 0) + 1);\n"
        "await new Promise((resolve) => setTimeout(resolve, 400));\n"
        "export const value = 'loaded';"
    ),
    # Packages
    "node_modules/plain-commonjs/package.json": '{"name": "plain-commonjs", "version": "1.0.0"}',
    "node_modules/plain-commonjs/index.js": (
        "module.exports = { half: (n) => n / 2, name: 'commonjs' };"
    ),
    "node_modules/esm-only/package.json": json.dumps(
        {"name": "esm-only", "version": "1.0.0", "type": "module", "main": "index.js"}
    ),
    "node_modules/esm-only/index.js": (
        "await null;\nexport const double = (n) => n * 2;\nexport default 'esm';"
    ),
    "node_modules/exports-only/package.json": json.dumps(
        {
            "name": "exports-only",
            "version": "1.0.0",
            "exports": {
                ".": {"types": "./lib/main.d.ts", "import": "./lib/main.mjs"},
                "./extra": {"types": "./lib/extra.d.ts", "import": "./lib/extra.mjs"},
            },
        }
    ),
    "node_modules/exports-only/lib/main.mjs": "export const triple = (n) => n * 3;",
    "node_modules/exports-only/lib/main.d.ts": (
        "/** Three times a number. */\nexport declare function triple(n: number): number;"
    ),
    "node_modules/exports-only/lib/extra.mjs": "export const extra = 'extra';",
    "node_modules/exports-only/lib/extra.d.ts": "export declare const extra: string;",
    "node_modules/documented/package.json": json.dumps(
        {"name": "documented", "version": "1.0.0", "main": "index.js", "types": "index.d.ts"}
    ),
    "node_modules/documented/index.js": "exports.weighUniquely = (n) => n;",
    "node_modules/documented/index.d.ts": (
        "/** The weight in **kilograms**. */\n"
        "export declare function weighUniquely(stones: number): number;"
    ),
    "node_modules/broken-at-load/package.json": '{"name": "broken-at-load", "version": "1.0.0"}',
    "node_modules/broken-at-load/index.js": "throw new Error('broken on purpose');",
}

# JSX's runtime, so that JSX needs no package from outside.
JSX_PACKAGE = {
    "node_modules/tiny-jsx/package.json": json.dumps(
        {
            "name": "tiny-jsx",
            "version": "1.0.0",
            "exports": {
                "./jsx-runtime": {
                    "types": "./jsx-runtime.d.ts",
                    "default": "./jsx-runtime.js",
                }
            },
        }
    ),
    "node_modules/tiny-jsx/jsx-runtime.js": (
        "exports.jsx = exports.jsxs = (type, props) => ({ type, props });\n"
        "exports.Fragment = 'fragment';"
    ),
    "node_modules/tiny-jsx/jsx-runtime.d.ts": (
        "export declare namespace JSX {\n"
        "  interface Element { type: unknown; props: any }\n"
        "  interface IntrinsicElements { b: { id?: string; children?: unknown } }\n"
        "}\n"
        "export declare function jsx(type: unknown, props: unknown): JSX.Element;\n"
        "export declare const jsxs: typeof jsx;\n"
        "export declare const Fragment: string;"
    ),
}

# Packages of the project that cells may import here too.
LINKED = ("@tensorflow", "@types", "danfojs-node")


def make_notebook_folder(folder: Path) -> Path:
    for name, text in {**FILES, **JSX_PACKAGE}.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    for name in LINKED:
        (folder / "node_modules" / name).symlink_to(ROOT / "node_modules" / name)
    return folder
