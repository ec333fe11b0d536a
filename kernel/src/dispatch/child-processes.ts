/** The processes that cells have started and that are to end with the kernel. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/**
 * Sends a signal to all children of this process and theirs, except those that were started
 * `detached`: these have a process group of their own and are meant to live on. Never throws.
 */
export function signalChildren(signal: NodeJS.Signals, pid: number = process.pid): void {
  try {
    for (const child of childrenOf(pid, processTable())) {
      try {
        process.kill(child, signal);
      } catch {
        // It has ended.
      }
    }
  } catch {
    // Without a table of processes they cannot be found: Windows has none that is quick.
  }
}

function childrenOf(pid: number, table: readonly ProcessRow[]): number[] {
  return table
    .filter(({ pid: child, parent, group }) => parent === pid && group !== child)
    .flatMap(({ pid: child }) => [child, ...childrenOf(child, table)]);
}

function processTable(): ProcessRow[] {
  if (process.platform === "linux") {
    return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readRow(name) : []));
  }
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => toRow(line.trim().split(/\s+/)));
}

function readRow(name: string): ProcessRow[] {
  try {
    // The program's name stands in brackets and may hold anything; state, parent, group follow.
    const stat = readFileSync(`/proc/${name}/stat`, "utf8");
    const [, parent = "", group = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return toRow([name, parent, group]);
  } catch {
    return [];
  }
}

function toRow(fields: readonly string[]): ProcessRow[] {
  const [pid, parent, group] = fields.map(Number);
  return pid && parent !== undefined && group !== undefined ? [{ pid, parent, group }] : [];
}
