// @ts-check
// Takes locks in a race: `node lock-racer.mjs DIST`. Each line of the input is a path and the time at which to take its lock;
// the answer says whether it was taken, or the code of the error. A lock is released with the next line.
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";

const storage = createRequire(path.resolve(process.argv[2] ?? "", "storage", "index.js"));
const { acquireLock } = storage("./lock.js");

/** @type {{ release(): void } | undefined} */
let lock;
for await (const line of createInterface({ input: process.stdin })) {
  lock?.release();
  lock = undefined;
  const [file, at] = line.split(" ");
  while (Date.now() < Number(at));
  try {
    lock = acquireLock(file, "the study");
    console.log("taken");
  } catch (error) {
    console.log(error instanceof Error && "code" in error ? error.code : String(error));
  }
}
