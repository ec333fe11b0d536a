import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { StorageError } from "../errors";
import { acquireLock } from "./lock";
import { withAppendLock } from "./lock-append";
import { type LockHolder, signLimit, thisHolder } from "./lock-holder";

const root = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const newPath = (): string => join(root, `${count++}.writer`);

function leave(path: string, facts: Partial<LockHolder>): LockHolder {
  const holder = { ...thisHolder(), ...facts };
  writeFileSync(path, JSON.stringify(holder));
  return holder;
}

/** A process id that was another's a moment ago and is nobody's now. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

/** When a process began, as a lock says it. */
function beganOf(pid: number): string {
  if (process.platform !== "linux") return "";
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function refusal(path: string): StorageError {
  try {
    acquireLock(path, "the study").release();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error("the lock was taken");
}

describe("acquireLock", () => {
  it("is one's at a time, and names who has it", () => {
    const path = newPath();
    const lock = acquireLock(path, "the study");
    const error = refusal(path);
    expect(error.code).toBe("study-in-use");
    expect(error.message).toContain("the study is being written by this process since 20");
    lock.release();
    acquireLock(path, "the study").release();
    expect(existsSync(path)).toBe(false);
  });

  it("names another process that lives", () => {
    const path = newPath();
    leave(path, { pid: process.ppid, began: beganOf(process.ppid) });
    expect(refusal(path).message).toContain(`process ${process.ppid} on ${hostname()}`);
  });

  it("takes over a process's that died, and leaves nothing behind", () => {
    const path = newPath();
    const dead = leave(path, { pid: deadProcess() });
    // What a taker that died in the middle would have left as well.
    leave(`${path}.${dead.id}`, { pid: deadProcess() });
    const lock = acquireLock(path, "the study");
    expect(readFileSync(path, "utf8")).toContain(lock.holder.id);
    lock.release();
    expect(readdirSync(root).filter((name) => name.startsWith(`${count - 1}.`))).toEqual([]);
  });

  it.runIf(process.platform === "linux")("knows a process id that is used again", () => {
    const path = newPath();
    leave(path, { pid: process.ppid, began: "1" });
    acquireLock(path, "the study").release();
  });

  it("takes over another machine's when it has given no sign of life for long", () => {
    const path = newPath();
    leave(path, { host: "elsewhere" });
    const error = refusal(path);
    expect(error.message).toContain("on elsewhere");
    expect(error.message).toMatch(/last sign of life came \d+ s ago; after 120 s/);
    const long = (Date.now() - signLimit - 1_000) / 1000;
    utimesSync(path, long, long);
    acquireLock(path, "the study").release();
  });

  it("counts another container's process ids as another machine's", () => {
    const path = newPath();
    leave(path, { pid: deadProcess(), machine: "another namespace" });
    expect(refusal(path).code).toBe("study-in-use");
  });

  it("does not take away what another has taken in its place meanwhile", () => {
    const path = newPath();
    const lock = acquireLock(path, "the study");
    rmSync(path);
    const other = acquireLock(path, "the study");
    lock.release();
    expect(readFileSync(path, "utf8")).toContain(other.holder.id);
    other.release();
  });
});

describe("withAppendLock", () => {
  it("holds Optuna's lock while it runs", () => {
    const path = newPath();
    const lock = acquireLock(path, "the study");
    const journal = join(root, "journal.log");
    const held = withAppendLock(journal, lock, () => existsSync(`${journal}.lock`));
    expect(held).toBe(true);
    expect(existsSync(`${journal}.lock`)).toBe(false);
    lock.release();
  });

  it("leaves at once what a crash of ours has left, and waits for Optuna's", () => {
    const path = newPath();
    const lock = acquireLock(path, "the study");
    const journal = join(root, "crashed.log");
    leave(`${journal}.lock`, { pid: deadProcess() });
    expect(withAppendLock(journal, lock, () => 1)).toBe(1);
    // A link as Optuna's own, which a process of its own removes after a while.
    symlinkSync(journal, `${journal}.lock`);
    const program = `setTimeout(() => require("fs").unlinkSync(${JSON.stringify(`${journal}.lock`)}), 300)`;
    const started = Date.now();
    const child = spawn(process.execPath, ["-e", program]);
    expect(withAppendLock(journal, lock, () => 2)).toBe(2);
    expect(Date.now() - started).toBeGreaterThan(250);
    child.unref();
    lock.release();
  });

  it("refuses to write when the writer's lock has gone to another", () => {
    const path = newPath();
    const journal = join(root, "lost.log");
    const lock = acquireLock(path, "the study");
    rmSync(path);
    expect(() => withAppendLock(journal, lock, () => 1)).toThrow("was deleted");
    leave(path, { host: "elsewhere" });
    expect(() => withAppendLock(journal, lock, () => 1)).toThrow("has taken it over");
    expect(existsSync(`${journal}.lock`)).toBe(false);
    lock.release();
    expect(existsSync(path)).toBe(true);
  });
});
