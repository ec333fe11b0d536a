import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { SandboxChild, SandboxExit } from "../sandbox/start-sandbox";

/** What every program below begins with: a pipe to the judge, and lines from it. */
const PRELUDE = `const fs = require("node:fs");
const say = (data) => fs.writeSync(4, (typeof data === "string" ? data : JSON.stringify(data)) + "\\n");
const lines = require("node:readline").createInterface({ input: new (require("node:net").Socket)({ fd: 3 }) });
const heard = (f) => lines.on("line", (line) => f(JSON.parse(line)));
`;

/**
 * Starts a program of the test's in place of a sandbox, with the same pipes: it may say anything. In it,
 * `say(data)` writes a line to the judge and `heard(f)` calls `f` with each request.
 */
export function plainChild(program: string): SandboxChild {
  const child = spawn(process.execPath, ["-e", PRELUDE + program], {
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
  });
  const [, out, err, requests, answers] = child.stdio;
  return {
    pid: child.pid ?? 0,
    requests: requests as Writable,
    answers: answers as Readable,
    noise: [out as Readable, err as Readable],
    exited: new Promise<SandboxExit>((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal }));
    }),
    kill: () => void child.kill("SIGKILL"),
  };
}
