import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** The process that holds a lock, as the lock's file names it. */
export interface LockHolder {
  /** Another one for each lock that is taken. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** The start of the machine and the namespace of process ids, where the system tells them. */
  readonly machine: string;
  /** When the process began, in the system's ticks: a process id is used again, with another one. */
  readonly began: string;
  /** ISO 8601. */
  readonly since: string;
}

/** How often a holder gives a sign of life, in milliseconds. */
export const signInterval = 10_000;

/** After how many milliseconds without a sign of life a holder on another machine counts as dead. */
export const signLimit = 120_000;

/** Returns what a lock that this process takes says about it. */
export function thisHolder(): LockHolder {
  return {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    machine: thisMachine(),
    began: processState(process.pid)?.began ?? "",
    since: new Date().toISOString(),
  };
}

/** Returns the holder that a lock's file names; undefined for a text that is none. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    const { id, pid, host, machine, began, since } = JSON.parse(text);
    const texts = [id, host, machine, began, since];
    const whole = Number.isInteger(pid) && texts.every((item) => typeof item === "string");
    return whole ? { id, pid, host, machine, began, since } : undefined;
  } catch {
    return undefined;
  }
}

/** Tells whether a holder's process ids mean something here: same machine, same start, same container. */
export function isLocal({ host, machine }: LockHolder): boolean {
  return host === hostname() && machine === thisMachine();
}

/**
 * Tells whether a lock's holder still lives. On this machine the system knows; on another one, who gave no sign
 * of life for `signLimit` counts as dead.
 *
 * @param silence milliseconds since its last sign of life
 */
export function isAlive(holder: LockHolder, silence: number): boolean {
  if (!isLocal(holder)) return silence < signLimit;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const state = processState(holder.pid);
  if (state === undefined) return true;
  return state.began === holder.began && !state.dead;
}

function thisMachine(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

/** What Linux tells of a process; undefined elsewhere. One that ended but was not waited for is dead. */
function processState(pid: number): { began: string; dead: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { began: fields[19] ?? "", dead: "ZX".includes(fields[0] ?? "") };
  } catch {
    return undefined;
  }
}
