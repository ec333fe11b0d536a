/** The child process for which the main thread waits (execSync and its kin). */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** How long a child may take to end by Ctrl+C before it is killed, ms. */
const PATIENCE = 25;

/** A process in the system's table. */
interface Row {
  readonly pid: number;
  readonly parent: number;
}

/**
 * Ends the child for which the main thread waits, with its own children: as by Ctrl+C, then by force.
 * Does nothing where it can't be told which child that is.
 */
export function killSyncChild(): void {
  const child = syncChild(process.pid);
  if (child === undefined) return;
  const family = hold([child]);
  for (const signal of ["SIGINT", "SIGCONT"] as const) sendAll(family, signal);
  setTimeout(() => sendAll(hold(family), "SIGKILL"), PATIENCE);
}

/**
 * Stops processes and their descendants, and returns them all. One that runs could start another, which
 * would go on, and keep the pipe open on which the main thread waits.
 */
function hold(roots: readonly number[]): number[] {
  const held = new Set<number>();
  let found = [...roots];
  while (found.length > 0) {
    sendAll(found, "SIGSTOP");
    for (const pid of found) held.add(pid);
    found = processTable()
      .filter(({ pid, parent }) => held.has(parent) && !held.has(pid))
      .map(({ pid }) => pid);
  }
  return [...held];
}

/**
 * The child that the main thread started last: it can't have started another since. Linux knows which
 * thread started which child, so that children of the server thread (the type checker) are never meant.
 */
function syncChild(mainPid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${mainPid}/task/${mainPid}/children`, "utf8");
    const pids = children.trim().split(/\s+/).filter(Boolean).map(Number);
    return pids.at(-1);
  } catch {
    return process.platform === "win32" ? undefined : youngestChild(mainPid);
  }
}

/** Elsewhere: the child with the highest number that is not the type checker. */
function youngestChild(parent: number): number | undefined {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,command="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  const children = rows.filter((row) => row?.[2] === String(parent));
  const candidates = children.filter((row) => !/--lsp|\bps -A\b/.test(row?.[3] ?? ""));
  const pids = candidates.map((row) => Number(row?.[1]));
  return pids.length === 0 ? undefined : Math.max(...pids);
}

function processTable(): Row[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readRow(Number(name)));
  } catch {
    const text = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return text
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .flatMap(([pid, parent]) => (pid && parent ? [{ pid, parent }] : []));
  }
}

function readRow(pid: number): Row[] {
  try {
    // The name stands in brackets and may hold anything; state and parent follow the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ pid, parent: Number(parent) }];
  } catch {
    return [];
  }
}

function sendAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended.
    }
  }
}
