import { RIGHT, WRONG } from "../hostile";
import type { Attack } from "./attack";

/** Attacks that end the program, stall it, or flood the judge. */
export const ENDINGS: readonly Attack[] = [
  {
    name: "exit in a cell",
    does: "Ends the process in a cell of its own; the answers are right.",
    changes: { before: "process.exit(0);" },
    deserves: 7,
    sees: "the student's own cell (1 in running order) was left out after its first run: the program ended itself",
  },
  {
    name: "exit in the answer's cell",
    does: "Ends the process in the cell of an answer.",
    changes: { answers: { "f1-score": `${RIGHT["f1-score"]}\nprocess.exit(0);` } },
    deserves: 3,
    sees: "f1-score was left out after its first run: the program ended itself",
  },
  {
    name: "exit in a call",
    does: "Ends the process in one of the functions.",
    changes: { answers: { "f1-score": "function f1Score(): number { process.exit(0); }" } },
    deserves: 3,
    sees: 'f1-score, "nothing found": the program ended itself',
    beside: true,
  },
  {
    name: "exit later",
    does: "Ends the process by a timer, so that another cell or test seems to be guilty.",
    changes: { answers: WRONG, before: "setTimeout(() => process.exit(0), 0);" },
    deserves: 0,
    sees: "the program ended itself",
  },
  {
    name: "abort",
    does: "Aborts the process in a call, as a crash of Node would.",
    changes: { answers: { applied: "function applied(): any { process.abort(); }" } },
    deserves: 4,
    sees: "the program broke down",
  },
  {
    name: "endless loop",
    does: "Loops in a call.",
    changes: { answers: { "f1-score": "function f1Score(): number { for (;;); }" } },
    deserves: 3,
    sees: 'f1-score, "the lecture\'s classifier": no answer within 1 s',
    beside: true,
  },
  {
    name: "endless loop at the top",
    does: "Loops in the cell of an answer.",
    changes: { answers: { "f1-score": "for (;;);" } },
    deserves: 3,
    sees: "f1-score was left out after its first run: no answer within 2 s",
  },
  {
    name: "endless microtasks",
    does: "Resolves a promise in a promise without end, so that no timer ever has its turn.",
    changes: {
      answers: {
        "f1-score":
          "const again = (): any => Promise.resolve().then(again);\nfunction f1Score(): any { again(); return new Promise(() => {}); }",
      },
    },
    deserves: 3,
    sees: "no answer within 1 s",
  },
  {
    name: "endless await",
    does: "Awaits null in a loop.",
    changes: {
      answers: { applied: "async function applied(): Promise<any> { for (;;) await null; }" },
    },
    deserves: 4,
    sees: "no answer within 1 s",
  },
  {
    name: "endless generator",
    does: "Spreads a generator that never ends.",
    changes: {
      answers: {
        applied:
          "function* ones() { for (;;) yield 1; }\nfunction applied(): any { for (const _ of ones()); }",
      },
    },
    deserves: 4,
    sees: "no answer within 1 s",
  },
  {
    name: "backtracking",
    does: "Tests a regular expression that tries 2⁴⁰ ways.",
    changes: {
      answers: {
        applied: 'function applied(): any { return /^(a+)+$/.test("a".repeat(40) + "!"); }',
      },
    },
    deserves: 4,
    sees: "no answer within 1 s",
  },
  {
    name: "loop in a getter",
    does: "Returns an object whose getter loops when it is looked at.",
    changes: {
      answers: { applied: "function applied(): any { return { get length() { for (;;); } }; }" },
    },
    deserves: 4,
    sees: "no answer within 1 s",
  },
  {
    name: "loop in toString",
    does: "Throws an error whose message, name and toString loop.",
    changes: {
      answers: {
        applied:
          "function applied(): any { throw { get message() { for (;;); }, get name() { for (;;); }, toString() { for (;;); } }; }",
      },
    },
    deserves: 4,
    sees: "no answer within 1 s",
  },
  {
    name: "promise that never settles",
    does: "Returns a promise that never settles while a timer keeps the process busy.",
    changes: {
      answers: {
        applied:
          "setInterval(() => {}, 10);\nfunction applied(): any { return new Promise(() => {}); }",
      },
    },
    deserves: 4,
    sees: "no answer within 1 s",
  },
  {
    name: "promise that can't settle",
    does: "Returns a promise that nothing is left to settle.",
    changes: { answers: { applied: "function applied(): any { return new Promise(() => {}); }" } },
    deserves: 4,
  },
  {
    name: "await that never ends",
    does: "Awaits at the top of a cell what never comes.",
    changes: { before: "setInterval(() => {}, 10);\nawait new Promise(() => {});" },
    deserves: 7,
    sees: "the student's own cell (1 in running order) was left out after its first run: no answer within 2 s",
  },
  {
    name: "busy timers",
    does: "Keeps a timer running in the background; the answers are right.",
    changes: { before: "setInterval(() => {}, 1);" },
    deserves: 7,
  },
  {
    name: "endless recursion",
    does: "Calls itself until the stack is full, in both answers.",
    changes: {
      answers: {
        "f1-score": "function f1Score(): number { return 1 + f1Score(); }",
        applied: "function applied(): any { return [applied()]; }",
      },
    },
    deserves: 0,
  },
  {
    name: "flood of output",
    does: "Prints 20 MB from a cell; the answers are right.",
    changes: {
      before: 'for (let n = 0; n < 2000; n++) console.log("x".repeat(10_000));',
    },
    deserves: 7,
    beside: true,
  },
  {
    name: "flood of the terminal",
    does: "Writes to the process's own descriptors 1 and 2 without end.",
    changes: {
      before: 'const fs = require("node:fs");\nfor (;;) fs.writeSync(1, "x".repeat(60_000));',
    },
    deserves: 7,
    sees: "it wrote to the terminal without end",
    beside: true,
  },
  {
    name: "flood of the pipe",
    does: "Writes to the pipe of the answers without end, and without the end of a line.",
    changes: {
      before: 'const fs = require("node:fs");\nfor (;;) fs.writeSync(4, "[".repeat(60_000));',
    },
    deserves: 7,
    sees: "its answers were too long",
    beside: true,
  },
  {
    name: "flood of lines",
    does: "Writes empty lines to the pipe of the answers without end.",
    changes: {
      before: 'const fs = require("node:fs");\nfor (;;) fs.writeSync(4, "\\n".repeat(60_000));',
    },
    deserves: 7,
    sees: "it sent something that is no answer",
  },
  {
    name: "nested answer",
    does: "Sends four million brackets by hand, which would take hundreds of megabytes when parsed.",
    changes: {
      before:
        'const fs = require("node:fs");\nfs.writeSync(4, \'{"id":1,"text":\' + "[".repeat(4e6) + "\\n");\nfor (;;);',
    },
    deserves: 7,
    sees: "it sent something that is no answer",
  },
  {
    name: "huge answer",
    does: "Returns ten million numbers, and a text of 400 MB.",
    changes: {
      answers: {
        "f1-score": 'function f1Score(): any { return "x".repeat(4e8); }',
        applied: "function applied(): any { return new Float64Array(1e7); }",
      },
    },
    deserves: 0,
    beside: true,
  },
  {
    name: "deep and cyclic answers",
    does: "Returns a list nested 100,000 deep, and one that contains itself.",
    changes: {
      answers: {
        "f1-score":
          "function f1Score(): any { let deep: any = []; for (let n = 0; n < 1e5; n++) deep = [deep]; return deep; }",
        applied:
          "function applied(): any { const own: any[] = [2, 4]; own.push(own); return own; }",
      },
    },
    deserves: 0,
  },
  {
    name: "huge error",
    does: "Throws an error with a message of 100 MB, and another with a name that is a Proxy.",
    changes: {
      answers: {
        "f1-score": 'function f1Score(): any { throw new Error("x".repeat(1e8)); }',
        applied:
          "function applied(): any { throw { name: new Proxy({}, {}), message: Symbol() }; }",
      },
    },
    deserves: 0,
  },
];
