import { expect } from "vitest";
import { describeScenarios, packageFiles } from "./testing/scenarios";

describeScenarios("fresh after an edit", [
  {
    title: "a file, and all that import it; the others stay the same instances",
    files: {
      "notebook/a.ts":
        "import { b } from './b'; import { c } from './c'; export const sum = b + c;",
      "notebook/b.ts": "import { d } from './deep/d'; export const b: number = d;",
      "notebook/c.ts":
        "export const c: number = 10; export let state = 0; export const up = () => ++state;",
      "notebook/deep/d.ts": "export const d: number = 1;",
    },
    code: `
      const a1 = await cell.import("./a"), c1 = await cell.import("./c");
      c1.up();
      write("deep/d.ts", "export const d: number = 2;");
      const a2 = await cell.import("./a"), c2 = await cell.import("./c");
      log([a1.sum, a2.sum, c1 === c2, c2.state, a2 === await cell.import("./a")]);`,
    logs: [[11, 12, true, 1, true]],
  },
  {
    title: "CommonJS and mixtures: what they require, import and load later",
    files: {
      "notebook/a.ts": "import b from './b.cjs'; export const x: string = 'a' + b.x;",
      "notebook/b.cjs": "const c = require('./c'); exports.x = 'b' + c.x;",
      "notebook/c.ts": "import json from './d.json'; export const x: string = 'c' + json.x;",
      "notebook/d.json": '{"x": "d1"}',
      "notebook/lazy.js":
        "exports.get = () => require('./d.json').x; exports.load = async () => (await import('./c')).x;",
    },
    code: `
      const lazy = cell.require("./lazy");
      log([(await cell.import("./a")).x, cell.require("./a").x, cell.require("./b").x, lazy.get(), await lazy.load()]);
      write("d.json", '{"x": "d2"}');
      log([lazy.get(), await lazy.load()]);
      log([(await cell.import("./a")).x, cell.require("./a").x, cell.require("./b").x]);
      write("c.ts", "export const x = 'C'");
      log([cell.require("./b").x, (await cell.import("./a")).x]);`,
    logs: [
      ["abcd1", "abcd1", "bcd1", "d1", "cd1"],
      ["d2", "cd2"],
      ["abcd2", "abcd2", "bcd2"],
      ["bC", "abC"],
    ],
  },
  {
    title: "edits that keep time and size, and those that are taken back",
    files: { "notebook/a.ts": "export const x = 1; globalThis.runs = (globalThis.runs ?? 0) + 1;" },
    code: `
      const { atime, mtime } = fs.statSync("a.ts");
      const first = (await cell.import("./a")).x;
      const text = fs.readFileSync("a.ts", "utf8");
      write("a.ts", text.replace("x = 1", "x = 2"));
      fs.utimesSync("a.ts", atime, mtime);
      log([first, (await cell.import("./a")).x]);
      write("a.ts", text);
      log([(await cell.import("./a")).x, globalThis.runs]);`,
    logs: [
      [1, 2],
      [1, 3],
    ],
  },
  {
    title: "several edits within one cell, also of what is required",
    files: {
      "notebook/a.js": "module.exports = 1",
      "notebook/user.js": "exports.first = require('./a'); exports.get = () => require('./a')",
    },
    code: `
      const user = cell.require("./user"), seen = [cell.require("./a"), user.get()];
      write("a.js", "module.exports = 2"); seen.push(cell.require("./a"), user.get());
      write("a.js", "module.exports = 3"); seen.push(user.get(), cell.require("./a"));
      log(seen);`,
    logs: [[1, 1, 2, 2, 3, 3]],
  },
  {
    title: "what require.cache loses runs again",
    files: { "notebook/a.js": "globalThis.runs = (globalThis.runs ?? 0) + 1; exports.x = 1;" },
    code: `
      const a = cell.require("./a");
      log([a === cell.require("./a"), Object.keys(cell.require.cache).includes(folder + "/a.js")]);
      delete cell.require.cache[cell.require.resolve("./a")];
      log([a === cell.require("./a"), globalThis.runs]);`,
    logs: [
      [true, true],
      [false, 2],
    ],
  },
  {
    title: "files that come, go and move: the best name wins each time",
    files: {
      "notebook/a.ts": "export { x } from './b';",
      "notebook/b/index.ts": "export const x = 'folder';",
    },
    code: `
      log((await cell.import("./a")).x);
      write("b.js", "exports.x = 'b.js'"); log((await cell.import("./a")).x);
      write("b.ts", "export const x = 'b.ts'"); log((await cell.import("./a")).x);
      fs.rmSync("b.ts"); log((await cell.import("./a")).x);
      fs.rmSync("b.js"); fs.rmSync("b", { recursive: true }); log(await fail(cell.import("./a")));
      fs.rmSync("a.ts"); log(await fail(() => cell.require("./a")));`,
    logs: [
      "folder",
      "b.js",
      "b.ts",
      "b.js",
      expect.stringContaining("Cannot find './b', imported from ~/a.ts: no ~/b, nor with .ts"),
      expect.stringContaining("Cannot find './a', imported from the notebook"),
    ],
  },
  {
    title: "a file that breaks names its line, and works again once repaired",
    files: {
      "notebook/a.ts": "import { b } from './b'; export const x = b;",
      "notebook/b.ts": "export const b = 1;",
    },
    code: `
      log((await cell.import("./a")).x);
      write("b.ts", "export const b = 2;\\nlet = ;\\n// end");
      log(await fail(cell.import("./a")));
      log(await fail(() => cell.require("./a")));
      write("b.ts", "export const b = 3;");
      log((await cell.import("./a")).x);`,
    logs: [
      1,
      expect.stringMatching(/^SyntaxError: .* \(~\/b.ts:2:\d+\)$/),
      expect.stringMatching(/\(~\/b.ts:2:\d+\)$/),
      3,
    ],
  },
  {
    title: "a file that throws runs again, and what it had imported does not",
    files: {
      "notebook/a.ts":
        "import { up } from './b'; up(); if (!globalThis.ok) throw new Error('not yet'); export const x = 1;",
      "notebook/b.ts": "export let n = 0; export const up = () => ++n;",
      "notebook/c.js":
        "require('./b').up(); if (!globalThis.ok) throw new Error('not yet'); exports.x = 1;",
    },
    code: `
      log([await fail(cell.import("./a")), await fail(cell.import("./a")), await fail(() => cell.require("./c"))]);
      log(Object.keys(cell.require.cache).filter((file) => file.startsWith(folder)));
      globalThis.ok = true;
      log([(await cell.import("./a")).x, cell.require("./c").x, (await cell.import("./b")).n]);`,
    logs: [["Error: not yet", "Error: not yet", "Error: not yet"], [], [1, 1, 5]],
  },
  {
    title: "cycles, also between CommonJS and ES modules",
    files: {
      "notebook/a.ts":
        "import { b } from './b'; export const a = () => 'a'; export const both = () => a() + b();",
      "notebook/b.ts": "import { a } from './a'; export const b = () => 'b' + a();",
      "notebook/c.js": "exports.early = 1; exports.d = require('./d'); exports.late = 2;",
      "notebook/d.js": "exports.seen = Object.keys(require('./c')).join();",
      "notebook/self.ts":
        "import * as me from './self'; export const x = 1; export const same = () => me.x;",
    },
    code: `
      log([(await cell.import("./a")).both(), cell.require("./c").d.seen, (await cell.import("./self")).same()]);
      write("b.ts", "import { a } from './a'; export const b = () => 'B' + a();");
      write("d.js", "exports.seen = 'new ' + Object.keys(require('./c')).join();");
      log([(await cell.import("./a")).both(), cell.require("./c").d.seen, (await cell.import("./b")).b()]);`,
    logs: [
      ["aba", "early", 1],
      ["aBa", "new early", "Ba"],
    ],
  },
  {
    title: "live bindings, `export *`, re-exports under other names, enums and types by chance",
    files: {
      "notebook/a.ts": `
        export * from './b'; export * as all from './b'; export { n as m, default as other, T } from './b';
        import { T } from './b'; export type { T as U }; export const t: T = 1;`,
      "notebook/b.ts":
        "export let n = 1; export const up = () => ++n; export type T = number; export default 5; export enum E { x = 7 }",
      "notebook/star.ts": "export * from './c.cjs'; export * from './d.json';",
      "notebook/c.cjs": "exports.c = 1;",
      "notebook/d.json": '{"d": 2}',
    },
    code: `
      const a = await cell.load("./a", ["n", "m", "T", "U"]);
      a.up();
      log([a.n, a.m, a.all.n, a.other, a.E.x, a.T === undefined, "default" in a]);
      const star = await cell.import("./star");
      log([star.c, star.d]);`,
    logs: [
      [2, 2, 2, 5, 7, true, false],
      [1, 2],
    ],
  },
  {
    title: "one instance for all: two imports at once, side effects once, in order",
    files: {
      "notebook/a.ts":
        "import './first'; import './common.cjs'; import './second'; globalThis.order.push('a'); await null; export const x = {};",
      "notebook/b.ts": "import './common.cjs'; import { x } from './a'; export { x };",
      "notebook/first.ts": "(globalThis.order ??= []).push('first');",
      "notebook/second.js": "globalThis.order.push('second');",
      "notebook/common.cjs": "globalThis.order.push('common');",
    },
    code: `
      const [a, a2, b] = await Promise.all([cell.import("./a"), cell.import("./a"), cell.import("./b")]);
      log([a === a2, a.x === b.x, globalThis.order, cell.loading]);`,
    logs: [[true, true, ["first", "common", "second", "a"], 0]],
  },
  {
    title: "what earlier cells hold stays, and packages are not loaded again",
    files: {
      "notebook/a.ts":
        "import p from 'p'; export let x = 1; export const old = () => x; p.count++;",
      ...packageFiles("p", {}, { "index.js": "exports.count = 0;" }),
    },
    code: `
      const { old } = await cell.import("./a");
      write("a.ts", "import p from 'p'; export let x = 2; p.count++;");
      log([(await cell.import("./a")).x, old(), cell.require("p").count]);`,
    logs: [[2, 1, 2]],
  },
  {
    title: "a package that is installed nearer replaces the one that was used",
    files: {
      "node_modules/p/package.json": "{}",
      "node_modules/p/index.js": "exports.x = 'far';",
      "notebook/a.ts": "import { x } from 'p'; export { x };",
    },
    code: `
      log((await cell.import("./a")).x);
      write("node_modules/p/index.js", "exports.x = 'near';");
      log((await cell.import("./a")).x);`,
    logs: ["far", "near"],
  },
]);
