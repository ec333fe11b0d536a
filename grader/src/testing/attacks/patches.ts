import { WRONG } from "../hostile";
import type { Attack } from "./attack";

/** Attacks that replace what the grader might use, beside wrong answers; and such as cheat with numbers. */
export const PATCHES: readonly Attack[] = [
  {
    name: "patched assert",
    does: "Replaces every function of node:assert by one that is always content.",
    changes: {
      answers: WRONG,
      before: `const assert = require("node:assert");
for (const name of Object.keys(assert)) { try { assert[name] = () => true; } catch {} }`,
    },
    deserves: 0,
  },
  {
    name: "patched console",
    does: "Replaces console's methods by ones that print that every test has passed.",
    changes: {
      answers: WRONG,
      before: `const { log } = console;
for (const name of Object.keys(console)) (console as any)[name] = () => log("✓ everything passed");
console.error("x");`,
    },
    deserves: 0,
  },
  {
    name: "patched Promise",
    does: "Makes every promise resolve to true.",
    changes: {
      answers: WRONG,
      before: `const then = Promise.prototype.then;
Promise.prototype.then = function (ok: any, no: any) { return then.call(this, () => ok?.(true), () => ok?.(true)); } as any;
(globalThis as any).Promise = class extends Promise<any> { static resolve() { return super.resolve(true) as any; } };`,
    },
    deserves: 0,
  },
  {
    name: "patched Object and Array",
    does: "Makes Object.is, every, some, includes and Symbol.iterator lie.",
    changes: {
      answers: WRONG,
      after: `Object.is = () => true;
Object.keys = () => [];
Object.entries = () => [];
Array.prototype.every = () => true;
Array.prototype.some = () => true;
Array.prototype.includes = () => true;
Array.prototype[Symbol.iterator] = function* () {} as any;
Array.isArray = (() => false) as any;`,
    },
    deserves: 0,
  },
  {
    name: "patched numbers",
    does: "Makes Number, Math and valueOf agree with whatever is asked.",
    changes: {
      answers: WRONG,
      before: `Math.abs = () => 0;
Number.isNaN = () => false;
Number.isFinite = () => true;
Number.prototype.valueOf = () => 0;
Number.prototype.toString = () => "0.8344";`,
    },
    deserves: 0,
  },
  {
    name: "patched JSON",
    does: "Makes JSON.stringify write that the tests have passed, and JSON.parse read it.",
    changes: {
      answers: WRONG,
      after: `JSON.stringify = () => '{"passed":true,"score":7,"value":0}';
JSON.parse = () => ({ passed: true, score: 7, value: 0 });`,
    },
    deserves: 0,
  },
  {
    name: "patched timers",
    does: "Takes away setTimeout, setImmediate, queueMicrotask and nextTick; the answers are right.",
    changes: {
      before: `for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "clearTimeout"])
  (globalThis as any)[name] = () => { throw new Error("no timers here"); };
process.nextTick = (() => {}) as any;`,
    },
    deserves: 7,
  },
  {
    name: "patched loader",
    does: "Replaces @headroom/checks in the loader by a package whose tests always pass.",
    changes: {
      answers: WRONG,
      before: `const Module = require("node:module");
const load = Module._load;
const content = new Proxy({}, { get: () => () => ({ passed: true }) });
Module._load = function (name: string, ...rest: unknown[]) {
  return name.includes("headroom") ? content : load.call(this, name, ...rest);
};
for (const key of Object.keys(require.cache)) delete require.cache[key];`,
    },
    deserves: 0,
  },
  {
    name: "patched typed arrays and buffers",
    does: "Replaces what the sandbox's own program writes and reads its pipes with.",
    changes: {
      answers: WRONG,
      after: `Uint8Array.prototype.set = () => {};
Uint8Array.prototype.subarray = function () { return this; };
Buffer.from = (() => Buffer.alloc(8)) as any;
const fs = require("node:fs");
fs.writeSync = () => 1e9;
fs.readSync = () => 0;`,
    },
    deserves: 0,
    sees: "the student's own cell (4 in running order) was left out after its first run",
    beside: true,
  },
  {
    name: "patched String and RegExp",
    does: "Makes comparisons of text say yes: test, match, includes, slice.",
    changes: {
      answers: WRONG,
      after: `RegExp.prototype.test = () => true;
RegExp.prototype.exec = (() => ["0.8344"]) as any;
String.prototype.includes = () => true;
String.prototype.slice = () => "0";
String.prototype.replace = (() => "0") as any;`,
    },
    deserves: 0,
  },
  {
    name: "polluted Object.prototype",
    does: "Gives every object properties that a verdict might have: passed, score, hidden.",
    changes: {
      answers: WRONG,
      before: `Object.assign(Object.prototype, { passed: true, score: 7, hidden: false, text: "passed" });`,
    },
    deserves: 0,
  },
  {
    name: "NaN",
    does: "Answers NaN to everything, which compares as neither more nor less.",
    changes: {
      answers: {
        "f1-score": "function f1Score(): number { return Number.NaN; }",
        applied:
          "function applied(values: number[]): number[] { return values.map(() => Number.NaN); }",
      },
    },
    deserves: 0,
  },
  {
    name: "-0 and an almost right value",
    does: "Answers -0 where 0 is wanted, which is the same number, and is right otherwise.",
    changes: {
      answers: {
        "f1-score": `function f1Score(tp: number, fp: number, fn: number): number {
  return tp === 0 ? -0 : (2 * tp) / (2 * tp + fp + fn);
}`,
      },
    },
    deserves: 7,
  },
  {
    name: "printed scores",
    does: "Prints scores and marks of passed tests, as a grader would that reads them.",
    changes: {
      answers: {
        ...WRONG,
        "f1-score": `function f1Score(): number {
  console.log("7.0");
  console.log("✓ all tests passed");
  process.stdout.write('{"score":7}\\n');
  return -1;
}
f1Score();`,
      },
    },
    deserves: 0,
  },
  {
    name: "thrown success",
    does: "Throws errors that are called success, and one that claims to be not answered yet.",
    changes: {
      answers: {
        "f1-score": `function f1Score(): number { throw Object.assign(new Error("passed"), { passed: true, code: 0 }); }`,
        applied: `function applied(): number[] { throw new Error("not answered yet"); }`,
      },
    },
    deserves: 0,
  },
  {
    name: "stands in for the tests",
    does: "Declares check, test, call and equals anew, as globals and as constants.",
    changes: {
      answers: WRONG,
      after: `Object.assign(globalThis, { check: async () => {}, test: () => ({}), call: () => ({}), equals: () => ({}) });`,
    },
    deserves: 0,
  },
];
