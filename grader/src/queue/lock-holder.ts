import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** The process that holds a lock, as the lock's file names it. */
export interface LockHolder {
  /** Another one for each lock that is taken. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** The machine's start, and when the process began in ticks: process ids are used again. Empty where unknown. */
  readonly boot: string;
  readonly began: string;
  /** ISO 8601. */
  readonly since: string;
  /** "grade 02-skewed-data-metrics" */
  readonly doing: string;
}

/** Returns what a lock that this process takes says about it. */
export function thisHolder(doing: string): LockHolder {
  return {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    boot: thisBoot(),
    began: processState(process.pid)?.began ?? "",
    since: new Date().toISOString(),
    doing,
  };
}

/** Returns the holder that a lock's file names; undefined for a text that is none. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    const { id, pid, host, boot, began, since, doing } = JSON.parse(text) as LockHolder;
    const texts = [id, host, boot, began, since, doing];
    const isWhole = Number.isInteger(pid) && texts.every((item) => typeof item === "string");
    return isWhole ? { id, pid, host, boot, began, since, doing } : undefined;
  } catch {
    return undefined;
  }
}

/** Tells whether a holder is known to have ended; of another machine's process nothing is known. */
export function hasEnded(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return false;
  if (holder.boot !== thisBoot()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return true;
  }
  const state = processState(holder.pid);
  return state !== undefined && (state.began !== holder.began || state.isDead);
}

function thisBoot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

/** What Linux tells of a process; undefined elsewhere. One that ended but was not waited for is dead. */
function processState(pid: number): { began: string; isDead: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { began: fields[19] ?? "", isDead: "ZX".includes(fields[0] ?? "") };
  } catch {
    return undefined;
  }
}
