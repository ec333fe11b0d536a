import { expect } from "vitest";
import { describeScenarios, packageFiles } from "./testing/scenarios";

describeScenarios("errors of imports", [
  {
    title: "nothing of that name: what was tried, and the cure",
    files: {
      "notebook/helpers.ts": "",
      "notebook/empty/readme.md": "",
      "notebook/package.json": '{"dependencies": {"left-pad": "1"}}',
      ...packageFiles("hollow", { types: "x.d.ts" }, { "x.d.ts": "" }),
      ...packageFiles("broken", { main: "gone.js" }, {}),
      ...packageFiles("unbuilt", { exports: "./dist/x.js" }, {}),
    },
    code: `
      for (const s of ["./helper", "./empty", "helpers", "leftpad", "@scope/x/sub", "hollow", "broken", "unbuilt", "hollow/sub"])
        log(await fail(cell.import(s)));
      for (const how of [cell.import("./no"), cell.import("no"), () => cell.require("no")])
        await (typeof how === "function" ? Promise.resolve().then(how) : how).catch((error) => log(error.code));
      log(await fail(() => cell.require(5)));
      log(cell.loading);`,
    logs: [
      expect.stringMatching(
        /Cannot find '.\/helper', .*no ~\/helper, nor with .ts.*Did you mean '.\/helpers'/,
      ),
      expect.stringContaining("~/empty is a folder without package.json or index.ts"),
      expect.stringContaining("did you mean './helpers'?"),
      expect.stringContaining("Did you mean 'left-pad'? Install it: npm install leftpad"),
      expect.stringContaining("npm install @scope/x"),
      expect.stringMatching(/neither `exports` nor `main`.*import type/),
      expect.stringContaining("names the file gone.js, which does not exist"),
      expect.stringContaining("unbuilt/dist/x.js for 'unbuilt', which does not exist"),
      expect.stringContaining("package 'hollow' has no file ./sub"),
      "ERR_MODULE_NOT_FOUND",
      "ERR_MODULE_NOT_FOUND",
      "MODULE_NOT_FOUND",
      expect.stringContaining("TypeError: require takes the name of a module"),
      0,
    ],
  },
  {
    title: "no such export, asked for by a cell: what there is, and what was meant",
    files: {
      "notebook/a.ts": "export const histogram = 1; export default { inside: 2 };",
      ...packageFiles(
        "esm",
        { type: "module", exports: "./i.js" },
        { "i.js": "export const alpha = 1;" },
      ),
    },
    code: `
      log(await fail(cell.load("./a", ["histogramm"])));
      log(await fail(cell.load("./a", ["inside"])));
      log(await fail(cell.load("esm", ["default"])));`,
    logs: [
      "SyntaxError: The requested module './a' does not provide an export named 'histogramm'. It exports default, histogram. Did you mean 'histogram'?",
      expect.stringContaining(
        "Its default export has it: import thing from './a', then thing.inside",
      ),
      expect.stringContaining("Write import * as thing from 'esm' or import { alpha }"),
    ],
  },
  {
    title: "no such export, asked for by a local file: its line stands first in the stack",
    files: {
      "notebook/a.ts": "// one\nimport { nope } from './b';\nconsole.log(nope);",
      "notebook/b.ts": "export const note = 1;",
      "notebook/c.ts": "\n\nimport { betta } from 'esm';\nexport const x = betta;",
      "notebook/d.ts": "\nimport { gama } from 'common';\nexport const x = gama;",
      "notebook/e.ts": "\n\n\nimport { x } from './gone';\nexport { x };",
      ...packageFiles(
        "esm",
        { type: "module", exports: "./i.js" },
        { "i.js": "export const beta = 1;" },
      ),
      ...packageFiles("common", {}, { "index.js": "exports.gamma = 1;" }),
    },
    code: `
      for (const s of ["./a", "./c", "./d", "./e"]) await cell.import(s).catch((error) => {
        log([error.message.replaceAll(folder, "~"), error.stack.split("\\n").find((line) => line.includes("    at ")).trim().replace(folder, "~")]);
      });
      await cell.import("./a").catch((error) => log(error.message.includes("'nope'")));`,
    logs: [
      [
        expect.stringContaining(
          "'./b' does not provide an export named 'nope'. It exports note. Did you mean 'note'",
        ),
        "at ~/a.ts:2:10",
      ],
      [expect.stringContaining("Did you mean 'beta'"), "at ~/c.ts:3:10"],
      [expect.stringContaining("Did you mean 'gamma'"), "at ~/d.ts:2:10"],
      [expect.stringContaining("Cannot find './gone', imported from ~/e.ts"), "at ~/e.ts:4:19"],
      true,
    ],
  },
  {
    title:
      "thrown while loading or later: the line of the file itself, no trace of where it was compiled to",
    files: {
      "notebook/a.ts":
        "interface A { x: number }\nenum E { a, b }\nexport function later(a: A): never {\n  throw new Error('later');\n}\nimport './b';",
      "notebook/b.ts":
        "type T = 1;\n\nconst f = (): void => {\n  throw new Error('now');\n};\nif ((globalThis as any).now) f();\n",
      "notebook/c d.cjs": "\n\nexports.f = () => { throw new Error('spaced') };",
    },
    code: `
      const frame = (error) => [error.message, error.stack.split("\\n").find((line) => line.includes("    at ")).trim().replace(folder, "~"), error.stack.includes("headroom-kernel-modules")];
      const { later } = await cell.import("./a");
      try { later() } catch (error) { log(frame(error)) }
      globalThis.now = true;
      write("b.ts", "// edited\\n" + fs.readFileSync("b.ts", "utf8"));
      await cell.import("./a").catch((error) => log(frame(error)));
      try { cell.require("./c d.cjs").f() } catch (error) { log(frame(error)) }`,
    logs: [
      ["later", expect.stringMatching(/^at (?:Module\.)?later \(~\/a\.ts:4:9\)$/), false],
      ["now", "at f (~/b.ts:5:9)", false],
      ["spaced", "at exports.f (~/c d.cjs:3:27)", false],
    ],
  },
  {
    title: "whoever imports stands last in the stack, also where the error comes later",
    files: {
      "notebook/a.ts": "await null; throw new Error('late');",
      "notebook/b.ts": "export const b = 1;",
    },
    code: `
      const stackOf = async (promise) => await promise.catch((error) => error.stack.replaceAll(folder, "~"));
      async function importer(...values) { return await cell.load(...values); }
      for (const values of [["./a", []], ["./b", ["c"]], ["./gone", []]]) {
        const stack = await stackOf(importer(...values));
        log([stack.match(/at importer/g).length, stack.includes("~/a.ts:1:19"), stack.includes("dist-test")]);
      }`,
    logs: [
      [1, true, false],
      [1, false, true],
      [1, false, true],
    ],
  },
  {
    title: "no program, no JSON, no WebAssembly: the file, the line, the column",
    files: {
      "notebook/twice.ts": "export const a = 1;\nlet a = 2;",
      "notebook/bad.js": "const x = 1;\nfunction (",
      "notebook/bad.cjs": "return 5;\nlet let = 1;",
      "notebook/bad.json": '{"a": 1,\n  b}',
      "notebook/bad.wasm": "nope",
    },
    code: `
      for (const s of ["./twice", "./bad.js", "./bad.cjs", "./bad.json", "./bad.wasm"]) await cell.import(s).catch((error) => {
        log([error.name, (error.message + error.stack).replaceAll(folder, "~"), error.stack.includes("headroom-kernel-modules")]);
      });
      log(await fail(() => cell.require("./bad.cjs")));`,
    logs: [
      ["SyntaxError", expect.stringContaining("(~/twice.ts:2:5)"), false],
      ["SyntaxError", expect.stringContaining("(~/bad.js:2:10)"), false],
      ["SyntaxError", expect.stringContaining("(~/bad.cjs:2:5)"), false],
      ["SyntaxError", expect.stringContaining("(~/bad.json:2:3)"), false],
      ["CompileError", expect.stringMatching(/in ~\/bad.wasm/), false],
      expect.stringContaining("bad.cjs"),
    ],
  },
  {
    title: "a binding that a cycle leaves without a value: who imports whom",
    files: {
      "notebook/a.ts": "import { b } from './b'; export const a = b + 1;",
      "notebook/b.ts": "import { a } from './a'; export const b = a + 1;",
    },
    code: `log(await fail(cell.import("./a")));`,
    logs: [
      expect.stringMatching(
        /Cannot access 'a' before initialization: a.ts imports b.ts imports a.ts/,
      ),
    ],
  },
  {
    title: "a file that is no module by its name",
    files: { "notebook/style.css": "a { }", "notebook/a.ts": "import './style.css';" },
    code: `
      log(await fail(cell.import("./a")));
      log(await fail(() => cell.require("./style.css")));`,
    logs: [
      expect.stringContaining("~/style.css can't be imported, as '.css' is none of .ts"),
      expect.stringContaining("fs.readFileSync"),
    ],
  },
  {
    title: "require of an ES module that awaits at its top level says what to do instead",
    files: {
      "notebook/a.ts": "export const x = await 1;",
      ...packageFiles(
        "esm",
        { type: "module", exports: "./i.js" },
        { "i.js": "await 1; export const x = 1;" },
      ),
    },
    code: `
      log(await fail(() => cell.require("./a")));
      log(await fail(() => cell.require("esm")));
      log([(await cell.import("./a")).x, (await cell.import("esm")).x]);`,
    logs: [
      expect.stringMatching(/await import\('.\/a'\)/),
      expect.stringMatching(/await import\('esm'\)/),
      [1, 1],
    ],
  },
  {
    title:
      "import() in eval, new Function, local files and packages: a promise, never the end of the process",
    files: {
      "notebook/a.ts":
        "export const viaEval = () => eval('import(\"node:fs\")'); export const missing = () => import('./gone' + 1);",
      ...packageFiles(
        "p",
        {},
        { "index.js": "exports.f = () => import('node:fs'); exports.g = () => import('gone');" },
      ),
    },
    code: `
      const a = await cell.import("./a"), p = cell.require("p");
      log([typeof (await a.viaEval()).readFileSync, typeof (await p.f()).readFileSync]);
      log([await fail(a.missing()), (await fail(p.g())).startsWith("Error: Cannot find package 'gone'")]);
      log(cell.loading);`,
    logs: [["function", "function"], [expect.stringContaining("imported from ~/a.ts"), true], 0],
  },
]);
