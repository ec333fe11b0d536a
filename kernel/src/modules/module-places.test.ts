import { expect } from "vitest";
import { describeScenarios, packageFiles } from "./testing/scenarios";

describeScenarios("where modules are found", [
  {
    title: "from the notebook's folder, wherever the process goes",
    files: {
      "notebook/x.ts": "export const x = 1;",
      ...packageFiles("p", {}, { "index.js": "exports.x = 2" }),
    },
    code: `
      process.chdir("/");
      log([(await cell.import("./x")).x, (await cell.import("p")).x, cell.require("./x").x, cell.require.resolve("p") === folder + "/node_modules/p/index.js"]);
      log([cell.dirname === folder, cell.meta.dirname === folder, cell.meta.url.startsWith("file:"), cell.meta.resolve("./x.ts").endsWith("/x.ts"), cell.meta.resolve("fs")]);`,
    logs: [
      [1, 2, 1, true],
      [true, true, true, true, "node:fs"],
    ],
  },
  {
    title: "`#imports`, a package's own name and tsconfig's paths",
    files: {
      "notebook/package.json": JSON.stringify({
        name: "self",
        exports: { "./thing": "./src/thing.ts" },
        imports: { "#lib/*": "./src/*.ts", "#dep": "dep", "#built": "./src/thing.js" },
      }),
      "notebook/tsconfig.json":
        '{ // comment\n "compilerOptions": { "paths": { "@/*": ["./src/*"], "exact": ["./src/thing"], }, /* x */ } }',
      "notebook/src/thing.ts":
        "export const x = 'thing'; export const over = () => import('#lib/thing');",
      ...packageFiles("dep", {}, { "index.js": "exports.x = 'dep'" }),
    },
    code: `
      for (const s of ["#lib/thing", "#dep", "#built", "self/thing", "@/thing", "exact"]) log((await cell.load(s, ["x"])).x);
      log((await (await cell.import("./src/thing")).over()).x);
      log(await fail(cell.import("#libb/x")));`,
    logs: [
      "thing",
      "dep",
      "thing",
      "thing",
      "thing",
      "thing",
      "thing",
      expect.stringContaining("Cannot find '#libb/x'"),
    ],
  },
  {
    title: "workspaces and links: one instance, fresh after an edit, TypeScript as `main` included",
    files: {
      "packages/work/package.json": '{"name": "work", "main": "src/index.ts"}',
      "packages/work/src/index.ts": "export const x: string = 'one';",
      ...packageFiles("typed", { main: "index.ts" }, { "index.ts": "export const x: number = 7;" }),
    },
    code: `
      fs.mkdirSync("node_modules", { recursive: true });
      fs.symlinkSync("../../packages/work", "node_modules/work");
      fs.symlinkSync("../packages/work/src/index.ts", "link.ts");
      const a = await cell.import("work");
      log([a.x, a === await cell.import("./link"), a === cell.require("work")]);
      write("../packages/work/src/index.ts", "export const x: string = 'two';");
      log([(await cell.import("work")).x, (await cell.import("typed")).x]);`,
    logs: [
      ["one", true, true],
      ["two", 7],
    ],
  },
  {
    title: "packages installed while the kernel runs",
    files: { "notebook/user.ts": "import { x } from 'late'; export { x };" },
    code: `
      log(await fail(() => cell.require("late")));
      log(await fail(cell.import("late")));
      log(await fail(cell.import("./user")));
      write("node_modules/late/package.json", '{"name": "late", "exports": {".": "./main.js", "./sub": "./main.js"}}');
      write("node_modules/late/main.js", "exports.x = 1");
      log([cell.require("late").x, (await cell.import("late")).x, (await cell.import("./user")).x, (await cell.import("late/sub")).x]);`,
    logs: [
      expect.stringMatching(/Cannot find package 'late'.*Install it: npm install late/),
      expect.stringMatching(/Cannot find package 'late'.*Install it: npm install late/),
      expect.stringContaining("imported from ~/user.ts"),
      [1, 1, 1, 1],
    ],
  },
  {
    title: "what a local file says of itself",
    files: {
      "notebook/lib/me.ts": `
        export const meta = import.meta, here = [import.meta.dirname, import.meta.filename, __dirname, __filename];
        export const found = import.meta.resolve("./me.ts"), path = require.resolve("../up");`,
      "notebook/up.cjs":
        "exports.names = [__dirname, __filename, module.id, typeof module.require, this === exports];",
    },
    code: `
      const me = await cell.import("./lib/me");
      log([me.here.join().replaceAll(folder, "~"), me.meta.url === me.found, me.path.replace(folder, "~")]);
      log(cell.require("./up").names.join().replaceAll(folder, "~"));`,
    logs: [
      ["~/lib,~/lib/me.ts,~/lib,~/lib/me.ts", true, "~/up.cjs"],
      "~,~/up.cjs,~/up.cjs,function,true",
    ],
  },
]);
