import { expect } from "vitest";
import { describeScenarios, packageFiles } from "./testing/scenarios";

const HIDDEN_NAMES =
  "const api = {}; for (const n of ['a', 'b']) api[n] = n; module.exports = api;";

describeScenarios("kinds of modules", [
  {
    title: "CommonJS: its exports are the default, and all its names are there",
    files: packageFiles("common", {}, { "index.js": HIDDEN_NAMES }),
    code: `
      const ns = await cell.load("common", ["a", "b", "default"]);
      log([ns.a, ns.b, ns.default === cell.require("common"), ns === await cell.import("common")]);`,
    logs: [["a", "b", true, true]],
  },
  {
    title: "CommonJS: names that are inherited or come later can be had too",
    files: packageFiles(
      "common",
      {},
      {
        "index.js": "class A { hi() { return 1 } } module.exports = new A(); module.exports.x = 1;",
      },
    ),
    code: `
      const ns = await cell.load("common", ["hi", "x"]);
      ns.default.late = 5;
      log([ns.hi(), (await cell.load("common", ["late"])).late]);`,
    logs: [[1, 5]],
  },
  {
    title: "CommonJS that exports a function or a text",
    files: {
      ...packageFiles("fn", {}, { "index.js": "module.exports = () => 1; module.exports.k = 2;" }),
      ...packageFiles("text", {}, { "index.js": "module.exports = 'text';" }),
    },
    code: `
      const fn = await cell.load("fn", ["k"]);
      log([fn.default(), fn.k, (await cell.load("text", ["default"])).default, cell.require("text")]);`,
    logs: [[1, 2, "text", "text"]],
  },
  {
    title: "a package that is ES modules only, and `require` of it",
    files: packageFiles(
      "esm",
      { type: "module", exports: "./main.js" },
      { "main.js": "export let n = 1; export const up = () => ++n;" },
    ),
    code: `
      const ns = await cell.load("esm", ["n"]);
      ns.up();
      log([ns.n, cell.require("esm") === ns]);`,
    logs: [[2, true]],
  },
  {
    title: "`exports` with subpaths, patterns, conditions; each of import and require gets its own",
    files: packageFiles(
      "many",
      {
        exports: {
          ".": { import: "./i.mjs", require: "./r.cjs" },
          "./sub": "./lib/sub.js",
          "./features/*.js": "./lib/*.js",
          "./features/*": "./lib/*.js",
          "./hidden/*": null,
          "./nested": { node: { default: "./lib/node.js" }, default: "./no.js" },
        },
      },
      {
        "i.mjs": "export default 'import'",
        "r.cjs": "module.exports = 'require'",
        "lib/sub.js": "exports.x = 'sub'",
        "lib/node.js": "exports.x = 'node'",
      },
    ),
    code: `
      log([(await cell.import("many")).default, cell.require("many")]);
      for (const s of ["sub", "features/sub", "features/sub.js", "nested"]) log((await cell.load("many/" + s, ["x"])).x);
      log(await fail(cell.import("many/hidden/x")));
      log(await fail(cell.import("many/lib/sub.js")));`,
    logs: [
      ["import", "require"],
      "sub",
      "sub",
      "sub",
      "node",
      expect.stringMatching(/^Error: Package 'many' hides 'many\/hidden\/x'/),
      expect.stringMatching(/does not export 'many\/lib\/sub.js'.*It exports 'many', 'many\/sub'/),
    ],
  },
  {
    title: "JSON, of the notebook and of packages, with and without attributes",
    files: {
      "notebook/data.json": '{"a": 1, "b c": 2}',
      ...packageFiles("pkg", {}, { "list.json": "[1, 2]" }),
    },
    code: `
      const ns = await cell.load("./data.json", ["default", "a"], { type: "json" });
      log([ns.default, ns.a, ns.default === cell.require("./data")]);
      log((await cell.import("pkg/list.json", { with: { type: "json" } })).default);
      log((await cell.import("pkg/list.json")).default);`,
    logs: [
      [{ a: 1, "b c": 2 }, 1, true],
      [1, 2],
      [1, 2],
    ],
  },
  {
    title: "Node's own, with and without `node:`",
    files: {},
    code: `
      const ns = await cell.load("fs", ["readFileSync", "default"]);
      log([ns === await cell.import("node:fs"), cell.require("fs/promises") === fs.promises]);
      log(await fail(cell.import("node:pathh")));`,
    logs: [[true, true], expect.stringContaining("Did you mean 'node:path'?")],
  },
  {
    title: "WebAssembly with imports from local files",
    files: { "notebook/env.ts": "export const add: (x: number) => number = (x) => x + 2;" },
    code: `
      const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 127, 2, 16, 1, 8, ...Buffer.from("./env.ts"), 3, ...Buffer.from("add"), 0, 0,
        3, 2, 1, 0, 7, 7, 1, 3, ...Buffer.from("run"), 0, 1, 10, 8, 1, 6, 0, 32, 0, 16, 0, 11];
      fs.writeFileSync("add.wasm", new Uint8Array(bytes));
      log((await cell.load("./add.wasm", ["run"])).run(40));`,
    logs: [42],
  },
  {
    title: "data: URLs, file: URLs and absolute paths",
    files: { "notebook/x.ts": "export const x: number = 1;" },
    code: `
      const url = require("node:url").pathToFileURL(folder + "/x.ts").href;
      const a = await cell.import(url), b = await cell.import(folder + "/x.ts"), c = await cell.import(new URL(url));
      log([a.x, a === b, a === c, (await cell.import("data:text/javascript,export default 3")).default]);`,
    logs: [[1, true, true, 3]],
  },
  {
    title: "local files by every name that may mean them",
    files: Object.fromEntries([
      ["notebook/a.ts", "export default 'a.ts'"],
      ["notebook/b.js", "module.exports = 'b.js'"],
      ["notebook/c.mts", "export default 'c.mts'"],
      ["notebook/d.cts", "module.exports = 'd.cts'"],
      ["notebook/e.tsx", "export default ('e.tsx' as string)"],
      ["notebook/f.mjs", "export default 'f.mjs'"],
      ["notebook/g.cjs", "module.exports = 'g.cjs'"],
      ["notebook/folder/index.ts", "export default 'folder/index.ts'"],
      ["notebook/lib/package.json", '{"main": "src/main.ts"}'],
      ["notebook/lib/src/main.ts", "export default 'lib'"],
      ["above.ts", "export default 'above.ts'"],
      ["notebook/dotted.v1.ts", "export default 'dotted.v1.ts'"],
      ["notebook/a b/ü 😀.ts", "export default 'odd'"],
    ]),
    code: `
      for (const s of ["./a", "./a.ts", "./a.js", "./b", "./b.js", "./c", "./c.mjs", "./d", "./d.cjs", "./e", "./f", "./f.mjs", "./g",
        "./folder", "./folder/", "./folder/index", "./lib", "../above", "./dotted.v1", "./a b/ü 😀", "./a.ts?x=1"])
        log((await cell.load(s, ["default"])).default);`,
    logs: [
      ..."a.ts a.ts a.ts b.js b.js c.mts c.mts d.cts d.cts e.tsx f.mjs f.mjs g.cjs".split(" "),
      ...["folder/index.ts", "folder/index.ts", "folder/index.ts", "lib", "above.ts"],
      ...["dotted.v1.ts", "odd", "a.ts"],
    ],
  },
  {
    title: "the kernel's own modules, whatever is installed, for cells, local files and packages",
    files: {
      ...packageFiles(
        "tslab",
        { main: "m.js" },
        { "m.js": "exports.newDisplay = () => 'installed'" },
      ),
      ...packageFiles(
        "asks",
        {},
        {
          "index.js":
            "exports.x = require('tslab').newDisplay() + require('@headroom/kernel').display()",
        },
      ),
      ...packageFiles(
        "esm",
        { type: "module", exports: "./i.js" },
        { "i.js": "import { newDisplay } from 'tslab'; export const x = newDisplay();" },
      ),
      "notebook/uses.ts":
        "import { newDisplay } from 'tslab'; import * as all from 'tslab'; import kernel, { display } from '@headroom/kernel'; export const x = [newDisplay(), all.newDisplay(), display(), kernel.display()];",
    },
    code: `
      log((await cell.load("tslab", ["newDisplay"])).newDisplay());
      log([cell.require("tslab") === builtins.tslab, cell.require.resolve("@headroom/kernel")]);
      for (const s of ["./uses", "asks", "esm"]) log((await cell.load(s, ["x"])).x);
      log(await fail(cell.load("tslab", ["newDisplya"])));`,
    logs: [
      "tslab's",
      [true, "@headroom/kernel"],
      ["tslab's", "tslab's", "ours", "ours"],
      "tslab'sours",
      "tslab's",
      expect.stringContaining("Did you mean 'newDisplay'?"),
    ],
  },
  {
    title: "TypeScript that is CommonJS: `export =`, `import x = require()`; types alone",
    files: {
      "notebook/a.ts": "import b = require('./b'); export const x: number = b.y;",
      "notebook/b.ts": "const y: number = 4; export = { y };",
      "notebook/c.cts": "import type { T } from './t'; const t: T = 5; module.exports = { t };",
      "notebook/t.d.ts": "export type T = number;",
      "notebook/d.ts": "import { T } from './t'; export const f = (t: T): T => t; export { T };",
    },
    code: `
      log([(await cell.load("./a", ["x"])).x, cell.require("./b").y, cell.require("./c").t]);
      log([(await cell.load("./d", ["f", "T"])).f(6), Object.keys(await cell.load("./t", ["T"]))]);`,
    logs: [
      [4, 4, 5],
      [6, []],
    ],
  },
  {
    title:
      "TypeScript that has a run time: enums, namespaces, parameter properties, decorators, JSX",
    files: {
      "notebook/a.ts": `
        export enum Color { red = 1, blue }
        export namespace Space { export const x = 3 }
        export class Point { constructor(readonly x: number, private y = 2) {} sum() { return this.x + this.y } }
        function twice(_: unknown, __: string, d: PropertyDescriptor) { const f = d.value; d.value = function () { return 2 * f.call(this) } }
        export class Decorated { @twice five() { return 5 } }`,
      "notebook/b.tsx":
        "/** @jsx h */ const h = (tag: string, ...rest: unknown[]) => [tag, ...rest]; export const x = <a>text</a>;",
    },
    code: `
      const a = await cell.import("./a");
      log([a.Color.blue, a.Space.x, new a.Point(1).sum(), new a.Decorated().five(), (await cell.import("./b")).x]);`,
    logs: [[2, 3, 3, 10, ["a", null, "text"]]],
  },
  {
    title: "packages that come with a package are told of, once each",
    files: {
      ...packageFiles("outer", {}, { "index.js": "exports.inner = require('inner');" }),
      ...packageFiles("inner", {}, { "index.js": "exports.mark = 1;" }),
      "notebook/a.ts": "import 'outer';",
    },
    code: `
      await cell.import("./a");
      await cell.import("outer");
      log(heard.filter((namespace) => namespace.mark === 1).length);`,
    logs: [1],
  },
]);
