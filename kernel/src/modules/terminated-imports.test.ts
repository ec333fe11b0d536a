import { describeScenarios, packageFiles } from "./testing/scenarios";

/** Has `terminate(ms)` stop whatever runs on the main thread then, as an interrupt does. */
const TERMINATE = `
  const { Worker } = require("node:worker_threads");
  const { setTimeout: delay } = require("node:timers/promises");
  const terminate = (ms) => new Worker(
    'const { Session } = require("node:inspector"); const session = new Session(); session.connectToMainThread();' +
    'setTimeout(() => session.post("Runtime.terminateExecution", () => session.disconnect()), ' + ms + ')', { eval: true });
`;

const SPIN = "while (globalThis.spin) {}";

describeScenarios("imports that were terminated", [
  {
    title: "a local ES module that spins can be imported again, with what had imported it",
    files: {
      "notebook/a.ts": "import { x } from './b'; export { x };",
      "notebook/b.ts": `import './done'; ${SPIN} export const x = 1;`,
      "notebook/done.ts": "globalThis.runs = (globalThis.runs ?? 0) + 1;",
    },
    code: `${TERMINATE}
      globalThis.spin = true;
      terminate(300);
      void cell.import("./a");
      await delay(600);
      const before = cell.loading;
      cell.abandon();
      globalThis.spin = false;
      log([before, cell.loading, (await cell.import("./a")).x, cell.require("./b").x, globalThis.runs, cell.loading]);`,
    logs: [[1, 0, 1, 1, 1, 0]],
  },
  {
    title: "a required file that spins: nobody gets half of its exports",
    files: {
      "notebook/a.cjs": "exports.x = require('./b').x;",
      "notebook/b.cjs": `exports.early = 1; ${SPIN} exports.x = 2;`,
      ...packageFiles("p", {}, { "index.js": `exports.early = 1; ${SPIN} exports.x = 3;` }),
      "notebook/user.ts": "import { x } from 'p'; export { x };",
    },
    code: `${TERMINATE}
      for (const s of ["./a.cjs", "p"]) {
        globalThis.spin = true;
        terminate(300);
        setImmediate(() => cell.require(s));
        await delay(600);
        cell.abandon();
        globalThis.spin = false;
        log([cell.require(s).x, (await cell.import(s)).x, cell.loading]);
      }
      log((await cell.import("./user")).x);`,
    logs: [[2, 2, 0], [3, 3, 0], 3],
  },
  {
    title: "packages that spin can be imported again, CommonJS and ES modules",
    files: {
      ...packageFiles("common", {}, { "index.js": `${SPIN} exports.x = 1;` }),
      ...packageFiles(
        "esm",
        { type: "module", exports: "./i.js" },
        { "i.js": `${SPIN} export const x = 2;` },
      ),
      "notebook/user.ts":
        "import { x } from 'common'; import { x as y } from 'esm'; export const sum = x + y;",
    },
    code: `${TERMINATE}
      for (const s of ["common", "esm"]) {
        globalThis.spin = true;
        terminate(300);
        void cell.import(s);
        await delay(600);
        cell.abandon();
        globalThis.spin = false;
        log((await cell.import(s)).x);
      }
      log((await cell.import("./user")).sum);`,
    logs: [1, 2, 3],
  },
  {
    title: "an import that settles after it was given up leaves the count alone",
    files: { "notebook/slow.ts": "export const x = await globalThis.gates.shift();" },
    code: `
      const opens = [];
      globalThis.gates = [1, 2].map(() => new Promise((open) => opens.push(open)));
      const slow = cell.import("./slow");
      while (globalThis.gates.length > 1) await new Promise(setImmediate);
      cell.abandon();
      const other = cell.import("./slow");
      const counts = [cell.loading];
      opens[0]();
      await slow;
      counts.push(cell.loading);
      opens[1]();
      await other;
      log([...counts, cell.loading]);`,
    logs: [[1, 1, 0]],
  },
]);
