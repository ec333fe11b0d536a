import { RIGHT } from "../hostile";
import type { Attack } from "./attack";

const KEEP = "const kept: unknown[] = [];";

/** Returns an answer to `f1-score` that does this instead. */
function f1Score(body: string): string {
  return `function f1Score(): any {\n${body}\n}`;
}

/** Attacks that use too much of something. */
export const EXCESSES: readonly Attack[] = [
  {
    name: "memory by arrays",
    does: "Fills JavaScript's heap in a call.",
    changes: {
      answers: { "f1-score": f1Score(`${KEEP} for (;;) kept.push(new Array(1e6).fill(1.5));`) },
    },
    deserves: 3,
    sees: 'f1-score, "',
    beside: true,
  },
  {
    name: "memory by buffers",
    does: "Fills memory outside the heap, shared and not.",
    changes: {
      answers: {
        "f1-score": f1Score(
          `${KEEP} for (;;) kept.push(new SharedArrayBuffer(2e8), Buffer.alloc(2e8), new Float64Array(2e7));`,
        ),
      },
    },
    deserves: 3,
    beside: true,
  },
  {
    name: "memory by WebAssembly",
    does: "Makes memories of WebAssembly without end.",
    changes: {
      answers: {
        "f1-score": f1Score(
          `${KEEP} for (;;) kept.push(new WebAssembly.Memory({ initial: 4000, maximum: 4000 }));`,
        ),
      },
    },
    deserves: 3,
  },
  {
    name: "memory by texts",
    does: "Doubles a text until there is no longer one.",
    changes: {
      answers: { "f1-score": f1Score(`let text = "x"; for (;;) text = (text + text).padEnd(1);`) },
    },
    deserves: 3,
  },
  {
    name: "a deep stack",
    does: "Calls itself without end.",
    changes: { answers: { "f1-score": f1Score("return f1Score() + 1;") } },
    deserves: 3,
  },
  {
    name: "two hundred threads",
    does: "Starts workers that compute without end, and computes itself.",
    changes: {
      answers: {
        applied: `function applied(): any {
  const { Worker } = require("node:worker_threads");
  try { for (let i = 0; i < 200; i++) new Worker("for (;;);", { eval: true }).on("error", () => {}); } catch {}
  for (;;);
}`,
      },
    },
    deserves: 4,
    sees: 'applied, "',
    beside: true,
  },
  {
    name: "a full disk",
    does: "Writes large files and a million empty ones wherever it can, and answers rightly.",
    changes: {
      before: `const files = require("node:fs");
const block = Buffer.alloc(1 << 20, 1);
for (const place of ["/tmp", ".", "/dev", "/headroom", "/headroom/node_modules/.cache", "/"]) {
  try { for (let i = 0; i < 1e6; i++) { files.writeFileSync(place + "/" + i, block); files.writeFileSync(place + "/e" + i, ""); } } catch {}
}`,
    },
    deserves: 7,
    beside: true,
  },
  {
    name: "all descriptors",
    does: "Opens files until no more can be opened, and answers rightly.",
    changes: {
      before: `const { openSync } = require("node:fs");
try { for (;;) openSync("/dev/null", "r"); } catch (error: any) { if (error.code !== "EMFILE") process.exit(1); }`,
    },
    deserves: 7,
  },
  {
    name: "inspector",
    does: "Opens Node's inspector to the network and waits for nobody; the answers are right.",
    changes: { before: 'require("node:inspector").open(0, "0.0.0.0");' },
    deserves: 7,
  },
  {
    name: "signals to itself",
    does: "Sends its own process the signals that end one, in a call: process 1 of a system of its own, it lives on.",
    changes: {
      answers: {
        "f1-score": f1Score(
          'for (const name of ["SIGSTOP", "SIGINT", "SIGHUP", "SIGQUIT", "SIGKILL"] as const) process.kill(process.pid, name);\nreturn -1;',
        ),
        applied: RIGHT.applied,
      },
    },
    deserves: 3,
  },
];
