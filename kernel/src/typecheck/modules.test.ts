import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";
import { temporaryFolder } from "./testing/temporary-folder";

const manifest = (fields: object) => JSON.stringify({ version: "1.0.0", ...fields });

describe("packages", () => {
  const root = temporaryFolder({
    "node_modules/outer/package.json": manifest({ name: "outer", types: "index.d.ts" }),
    "node_modules/outer/index.d.ts": "export declare const where: 'outer';",
    "node_modules/both/package.json": manifest({ name: "both", types: "index.d.ts" }),
    "node_modules/both/index.d.ts": "export declare const where: 'outer';",
    "a/b/node_modules/both/package.json": manifest({ name: "both", types: "index.d.ts" }),
    "a/b/node_modules/both/index.d.ts": "export declare const where: 'inner';",
    "a/b/node_modules/only-exports/package.json": manifest({
      name: "only-exports",
      exports: {
        ".": { node: { types: "./main.d.mts", import: "./main.mjs" } },
        "./part": { types: "./part.d.ts", default: "./part.js" },
      },
    }),
    "a/b/node_modules/only-exports/main.d.mts":
      "declare const x: { main: true }; export default x;",
    "a/b/node_modules/only-exports/part.d.ts": "export declare const part: 1;",
    "a/b/node_modules/untyped/package.json": manifest({ name: "untyped", main: "index.js" }),
    "a/b/node_modules/untyped/index.js": "module.exports = { x: 1 }",
    "a/b/node_modules/assigned/package.json": manifest({ name: "assigned", types: "index.d.ts" }),
    "a/b/node_modules/assigned/index.d.ts":
      "declare function f(): 1; declare namespace f { const g: 2 } export = f;",
    "a/b/notebooks/note.ipynb": "",
    "workspace/package.json": manifest({ name: "linked", types: "src/index.ts" }),
    "workspace/src/index.ts": "export * from './more.js'",
    "workspace/src/more.ts": "export const linked = 'here'",
  });
  const folder = path.join(root, "a/b/notebooks");
  symlinkSync(path.join(root, "workspace"), path.join(root, "node_modules/linked"), "junction");
  const notebook = testNotebook({ folder });

  it("come from node_modules of the notebook's folder or the nearest one around it", async () => {
    await notebook.run("import * as outer from 'outer'; import { where } from 'both';");
    await notebook.run("outer.where satisfies 'outer'; where satisfies 'inner';");
  });

  it("may be reachable by exports only, assigned, or linked workspaces", async () => {
    await notebook.run("import x from 'only-exports'; import { part } from 'only-exports/part';");
    await notebook.run(
      "import f, { g } from 'assigned'; import h = require('assigned'); import { linked } from 'linked';",
    );
    await notebook.run(
      "const all: [true, 1, 1, 2, 2, string] = [x.main, part, f(), g, h.g, linked];",
    );
  });

  it("without types are any, silently", async () => {
    await notebook.run("import untyped, { y } from 'untyped'; untyped.x.y.z; y();");
  });

  it("imported by one cell are there for later ones, types and all", async () => {
    await notebook.run(
      "import type { PathLike } from 'node:fs'; import { readFileSync, type Stats } from 'node:fs'; import 'outer';",
    );
    await notebook.run(
      "const p: PathLike = 'x'; let s: Stats; const t: string = readFileSync(p, 'utf8');",
    );
    expect(await notebook.problems("const q: PathLike = 1;")).toHaveLength(1);
  });

  it("that are missing are a problem at the specifier", async () => {
    expect(await notebook.problems("\nimport x from 'not-installed';")).toEqual([
      "TS2307 2:15-2:30 Cannot find module 'not-installed' or its corresponding type declarations.",
    ]);
    expect(await notebook.problems("const m = await import('not-installed');")).toHaveLength(1);
  });

  it("that are installed later are found by the next check", async () => {
    const own = testNotebook();
    const cell = "import { late } from 'late'; late satisfies 7;";
    expect(await own.problems(cell)).toHaveLength(1);
    const home = path.join(own.folder, "node_modules/late");
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, "package.json"), manifest({ name: "late", types: "i.d.ts" }));
    writeFileSync(path.join(home, "i.d.ts"), "export declare const late: 7;");
    expect(await own.problems(cell)).toEqual([]);
    const second = path.join(own.folder, "node_modules/second");
    expect(await own.problems("import 'second/x'; import { n } from 'second'")).toHaveLength(2);
    mkdirSync(second);
    writeFileSync(path.join(second, "package.json"), manifest({ name: "second", types: "x.d.ts" }));
    writeFileSync(path.join(second, "x.d.ts"), "export declare const n: 1;");
    expect(await own.problems("import 'second/x'; import { n } from 'second'")).toEqual([]);
  });
});

describe("the user's own files", () => {
  const folder = temporaryFolder({
    "notes/lib.ts":
      "import { up } from '../up'; export const lib = up; export interface Shape { a: number }",
    "notes/page.tsx": "export const page = 1;",
    "notes/part/index.ts": "export const part = true;",
    "notes/data.json": '{ "rows": [{ "n": 1 }] }',
    "notes/plain.js": "export const plain = (x) => x;",
    "up.ts": "export const up = 'up';",
  });
  const notebook = testNotebook({ folder: path.join(folder, "notes") });

  it.each(["./lib", "./lib.ts", "./lib.js", "../notes/lib", "./../notes/lib"])(
    "are found as %s",
    async (name) => {
      await notebook.run(
        `import { lib, type Shape } from "${name}"; lib satisfies string; const s: Shape = { a: 1 };`,
      );
      await notebook.run(
        `const m = await import('${name}'); m.lib satisfies string; type L = typeof import("${name}");`,
      );
      expect(await notebook.problems(`import { nope } from "${name}";`)).toHaveLength(1);
    },
  );

  it("may be outside the folder, folders, JSON, .tsx or .js", async () => {
    await notebook.run(
      "import { up } from '../up'; import { part } from './part'; import { page } from './page';",
    );
    await notebook.run(
      "import data from './data.json' with { type: 'json' }; import { plain } from './plain.js'; plain(1).x;",
    );
    await notebook.run(
      "const n: number = data.rows[0].n; up.length; part satisfies boolean; page.toFixed();",
    );
  });

  it("are found from folders with any name, and named as written there", async () => {
    const files = {
      "mit Umlaut ä/#1 %20/note.ts": "export const note = 1;",
      "mit Umlaut ä/up.ts": "export {}",
    };
    const inside = path.join(temporaryFolder(files), "mit Umlaut ä/#1 %20");
    const own = testNotebook({ folder: inside });
    await own.run("import { note } from './note'; import '../up'; note.toFixed();");
    const [problem] = await own.problems("const wrong: string = import('./note');");
    expect(problem).toContain("TS2322 1:7-1:12 Type 'Promise<typeof import(");
    expect(problem).not.toMatch(/headroom-kernel|\uE000/);
    expect(await own.problems("import { gone } from '../up'")).toHaveLength(1);
  });

  it("that are missing are named as written", async () => {
    expect(
      await notebook.problems("import {} from './gone'; export * from '../gone/too';"),
    ).toEqual([
      "TS2307 1:16-1:24 Cannot find module './gone' or its corresponding type declarations.",
      "TS2307 1:40-1:53 Cannot find module '../gone/too' or its corresponding type declarations.",
    ]);
  });

  it("are seen as they are on disk at each check, and what they import, too", async () => {
    const own = testNotebook({
      files: { "one.ts": "export * from './two'", "two.ts": "export const value = 1;" },
    });
    const two = path.join(own.folder, "two.ts");
    await own.run("import { value } from './one'; value satisfies number;");
    writeFileSync(two, "export const value = 'text now';");
    await own.run("value satisfies string;");
    rmSync(two);
    expect(await own.problems("import { value as again } from './one'; again")).toHaveLength(1);
    writeFileSync(two, "export const value = true;");
    await own.run("import { value as again } from './one'; again satisfies boolean;");
    expect(await own.problems("import './new'")).toHaveLength(1);
    writeFileSync(path.join(own.folder, "new.ts"), "export {}");
    expect(await own.problems("import './new'")).toEqual([]);
  });
});

describe("the kernel's own modules", () => {
  it("are found from any folder", async () => {
    const notebook = testNotebook();
    await notebook.run(
      "import * as kernel from '@headroom/kernel'; import * as tslab from 'tslab';",
    );
    await notebook.run("tslab.display.html('<b>x</b>');");
    expect(await notebook.problems("kernel.nothingLikeThis; tslab.nothingLikeThis;")).toHaveLength(
      2,
    );
  });
});

describe("a tsconfig.json of the user", () => {
  it("is obeyed where it concerns a cell, through what it extends", async () => {
    const notebook = testNotebook({
      files: {
        "tsconfig.json": `{
          // as people write them
          "extends": "./base.json",
          "compilerOptions": { "paths": { "~/*": ["./src/*"] }, "noEmit": false, "rootDir": "x", "module": "commonjs", },
          "include": ["src"], "references": [{ "path": "nowhere" }],
        }`,
        "base.json":
          '{ "compilerOptions": { "strictNullChecks": false, "lib": ["esnext", "dom"], "noUncheckedIndexedAccess": true, "noUnusedLocals": true } }',
        "src/deep.ts": "export const deep = 1;",
        "notes/x.txt": "",
      },
    });
    const inside = testNotebook({ folder: path.join(notebook.folder, "notes") });
    for (const each of [notebook, inside]) {
      await each.run(
        "import { deep } from '~/deep'; let s: string = null; await deep; document.title;",
      );
    }
  });

  it("may forbid implicit any itself", async () => {
    const notebook = testNotebook({
      files: { "tsconfig.json": '{ "compilerOptions": { "noImplicitAny": true } }' },
    });
    expect(await notebook.problems("const f = (x) => x;")).toEqual([
      "TS7006 1:12-1:13 Parameter 'x' implicitly has an 'any' type.",
    ]);
  });

  it.each([
    ["broken JSON", "{ compilerOptions: "],
    [
      "a wrong value",
      '{ "compilerOptions": { "lib": ["nonsense"], "jsx": 7, "paths": "x", "types": ["gone"], "strict": "very" } }',
    ],
    ["a base that is missing", '{ "extends": "not-there/tsconfig" }'],
    ["a base that extends it", '{ "extends": "./tsconfig.json" }'],
  ])("with %s leaves the checker working", async (_, text) => {
    const notebook = testNotebook({ files: { "tsconfig.json": text } });
    expect(await notebook.problems("const s: string = 1; [1].map((x) => x.zip)")).toHaveLength(2);
  });
});
