// In processes of their own: what an evaluation declares is global, and a fault of V8 ends the process.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const EVALUATION = path.resolve(__dirname, "../../dist/evaluation");

/**
 * Evaluates texts one by one, 150 ms for each, and returns how each ended: "open" for one that has not.
 * In them `terminate()` does what an interrupt does in the middle of running code. `inCell`: in an
 * asynchronous context, as cells are; Node 20 and 22 then call code of theirs for every promise.
 */
async function endsOf(texts: readonly string[], inCell = true): Promise<string[]> {
  const program = `
    const { createRepl } = require(${JSON.stringify(path.join(EVALUATION, "repl.js"))});
    const { createAsyncChecks } = require(${JSON.stringify(path.join(EVALUATION, "async-checks.js"))});
    const repl = createRepl();
    const checks = createAsyncChecks();
    const storage = new (require("node:async_hooks").AsyncLocalStorage)();
    const begin = (work) => (${inCell} ? storage.run({}, work) : work());
    globalThis.terminate = () => { checks.disarm(); repl.terminate(); };
    globalThis.never = new Promise(() => {});
    const texts = ${JSON.stringify(texts)};
    const ends = texts.map(() => "open");
    const next = (index) => {
      checks.rearm();
      if (index === texts.length) {
        console.log(JSON.stringify(ends));
        return process.exit();
      }
      setTimeout(next, 150, index + 1);
      begin(() => repl.evaluate(texts[index], (end) => {
        ends[index] = end.kind === "thrown" ? "thrown " + end.thrown : end.kind;
      }));
    };
    next(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--no-deprecation",
    "-e",
    program,
  ]);
  return JSON.parse(stdout) as string[];
}

test("an evaluation is done, or has thrown, or could not begin", async () => {
  const ends = await endsOf([
    "1 + 1",
    "await null; ({ a: 1 })",
    "throw new RangeError('at once')",
    "await null; throw 3",
    "let twice = 1; { const",
    "await never",
    "let twice = 1; class Twice {}",
    "let twice = 2; class Twice { static n = twice }; if (Twice.n !== 2) throw Twice.n",
  ]);
  expect(ends).toEqual([
    "done",
    "done",
    "thrown RangeError: at once",
    "thrown 3",
    "thrown SyntaxError: Unexpected end of input",
    "open",
    "done",
    "done",
  ]);
});

test("code that has replaced what promises do hears nothing, and changes nothing", async () => {
  const ends = await endsOf([
    "Promise.prototype.then = function () { throw new Error('replaced'); }; 1",
    "throw new RangeError('thrown')",
    "globalThis.Promise = class {}; await null; 2",
  ]);
  expect(ends).toEqual(["done", "thrown RangeError: thrown", "done"]);
});

describe.each([
  ["in a cell", true],
  ["outside of cells", false],
])("the process lives on when code is terminated %s", (_, inCell) => {
  test.concurrent.each([
    ["in a loop", "terminate(); for (;;);"],
    ["in a loop after an await", "await null; terminate(); for (;;);"],
    // V8 ends running code where it next calls or loops: here it never does.
    ["as it begins to wait", "terminate(); await never"],
    ["as it ends", "terminate();"],
    ["as it ends with a value", "terminate(); ({ a: 1 })"],
    ["as it throws", "terminate(); throw new TypeError('x')"],
    ["as it begins to wait once more", "await null; terminate(); await never"],
    ["as it ends after an await", "await null; terminate();"],
    ["as it throws after an await", "await null; terminate(); throw new TypeError('x')"],
  ])("%s", async (_, text) => {
    const [, ...later] = await endsOf([text, "1 + 1", "await null; throw 4"], inCell);
    expect(later).toEqual(["done", "thrown 4"]);
  });
});
