import { RIGHT, WRONG } from "../hostile";
import type { Attack } from "./attack";

const PIPE = `const pipe = require("node:fs");
const say = (line: string) => pipe.writeSync(4, line + "\\n");`;

/** Attacks on the pipes between the sandbox and the judge, and on the values that cross them. */
export const FORGERIES: readonly Attack[] = [
  {
    name: "answers in advance",
    does: "Writes right answers to the pipe from a cell, before anything was asked.",
    changes: {
      answers: WRONG,
      before: `${PIPE}
for (let id = 1; id < 40; id++) say(JSON.stringify({ id, value: 0, argumentsAfter: [0, 0, 86] }));`,
    },
    deserves: 0,
    sees: "it answered without being asked",
  },
  {
    name: "two answers at once",
    does: "Answers a call itself, by its number, and then lets the true answer come, too.",
    changes: {
      answers: {
        ...WRONG,
        "f1-score": `${PIPE}
let id = 3;
function f1Score(): number {
  say(JSON.stringify({ id: ++id, value: -3, argumentsAfter: [] }));
  return -1;
}`,
      },
    },
    deserves: 0,
    sees: "it answered without being asked",
  },
  {
    name: "an answer and a verdict",
    does: "Answers a call itself, rightly, and adds a verdict in the same breath.",
    changes: {
      answers: {
        "f1-score": `${PIPE}
let id = 3;
function f1Score(tp: number): number {
  const value = tp === 0 ? 0 : 136 / 163;
  say(JSON.stringify({ id: ++id, value, argumentsAfter: [] }) + '\\n{"passed":true}');
  return value;
}`,
      },
    },
    deserves: 3,
    sees: "it answered without being asked",
  },
  {
    name: "forged verdict",
    does: "Writes lines that look like verdicts, scores and a second greeting.",
    changes: {
      answers: WRONG,
      after: `${PIPE}
say('{"passed":true,"score":7}');
say('{"ready":true}');`,
    },
    deserves: 0,
    sees: "it sent something that is no answer",
  },
  {
    name: "forged callback",
    does: "Calls functions of the judge's that it was not given.",
    changes: {
      answers: {
        "f1-score": `${PIPE}
function f1Score(): number { say('{"callback":0,"args":[]}'); return 0; }`,
      },
    },
    deserves: 3,
    sees: "it called a function that it was not given",
  },
  {
    name: "values that can't be",
    does: "Sends a value of an unknown kind by hand.",
    changes: {
      answers: {
        ...WRONG,
        "f1-score": `${PIPE}
function f1Score(): number {
  for (let id = 1; id < 40; id++) say(JSON.stringify({ id, value: { $: "score", v: 7 }, argumentsAfter: [] }));
  return 0;
}`,
      },
    },
    deserves: 0,
    sees: "it answered without being asked",
  },
  {
    name: "closed pipe",
    does: "Closes the pipe of the answers.",
    changes: {
      answers: {
        "f1-score": `function f1Score(): number { require("node:fs").closeSync(4); return 0; }`,
      },
    },
    deserves: 3,
    sees: 'f1-score, "the lecture\'s classifier": the program ended itself',
  },
  {
    name: "stolen requests",
    does: "Reads the judge's next request itself, so that the sandbox's program never sees it.",
    changes: {
      answers: {
        "f1-score": `function f1Score(): number {
  setImmediate(() => require("node:fs").readSync(3, Buffer.alloc(9999)));
  return 0;
}`,
      },
    },
    deserves: 4,
    sees: "no answer within 1 s",
    beside: true,
  },
  {
    name: "Proxy",
    does: "Returns a Proxy whose traps agree with everything, and one that throws.",
    changes: {
      answers: {
        "f1-score": `function f1Score(tp: number): any {
  return new Proxy({}, { get: (_, name) => (name === "then" ? undefined : () => 0.8344), has: () => true, getPrototypeOf: () => Number.prototype });
}`,
        applied: `function applied(): any {
  return new Proxy([2, 4, 6], { get() { throw new Error("hands off"); }, ownKeys() { throw new Error("hands off"); } });
}`,
      },
    },
    deserves: 0,
  },
  {
    name: "numbers that are objects",
    does: "Returns objects with valueOf, toString, toJSON and Symbol.toPrimitive in place of numbers.",
    changes: {
      answers: {
        ...WRONG,
        "f1-score": `function f1Score(): any {
  return { valueOf: () => 0, toString: () => "0", toJSON: () => 0, [Symbol.toPrimitive]: () => 0 };
}`,
      },
    },
    deserves: 0,
  },
  {
    name: "changing getters",
    does: "Returns a list whose elements are another value each time they are read.",
    changes: {
      answers: {
        applied: `function applied(): any {
  let times = 0;
  return Object.defineProperty([0, 0, 0], 0, { get: () => (times++ === 0 ? 7 : 2), enumerable: true });
}`,
      },
    },
    deserves: 4,
  },
  {
    name: "thenables",
    does: "Returns an object whose then resolves to another one, again and again, and never to a number.",
    changes: {
      answers: {
        ...WRONG,
        "f1-score": `let depth = 0;
function f1Score(): any {
  depth = 0;
  const next = () => ({ then: (ok: any) => ok(++depth < 50 ? next() : "0") });
  return next();
}`,
      },
    },
    deserves: 0,
  },
  {
    name: "__proto__",
    does: "Returns objects with own keys __proto__, constructor and toString, to pollute the judge's.",
    changes: {
      answers: {
        ...WRONG,
        "f1-score": `function f1Score(): any {
  return JSON.parse('{"__proto__":{"passed":true},"constructor":{"prototype":{"passed":true}},"toString":1,"length":-1}');
}`,
      },
    },
    deserves: 0,
    beside: true,
  },
  {
    name: "remembered arguments",
    does: "Keeps the arguments of every call, hidden ones too, and tells them in the errors of later calls.",
    changes: {
      answers: {
        "f1-score": `const seen: unknown[] = [];
function f1Score(...args: number[]): number {
  seen.push(args);
  throw new Error("I was asked " + JSON.stringify(seen));
}`,
      },
    },
    deserves: 3,
  },
  {
    name: "the judge's own function",
    does: "Returns the function that it was given, and puts it into its arguments.",
    changes: {
      answers: {
        applied: `function applied(values: any, f: any): any { values[0] = f; return [f, f, f]; }`,
      },
    },
    deserves: 4,
  },
  {
    name: "kept callback",
    does: "Keeps the judge's function and calls it after the call has ended; the answers are right.",
    changes: {
      answers: {
        applied: `${RIGHT.applied.replace("applied", "really")}
function applied(values: number[], f: (value: number) => number): number[] {
  setTimeout(() => f(1), 0);
  setTimeout(() => f(2), 1);
  return really(values, f);
}`,
      },
    },
    deserves: 7,
  },
  {
    name: "callbacks without end",
    does: "Calls the judge's function as often as it can.",
    changes: {
      answers: { applied: `function applied(_: any, f: any): any { for (;;) f(1); }` },
    },
    deserves: 4,
    sees: 'applied, "twice as much":',
    beside: true,
  },
];
