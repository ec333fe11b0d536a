import { constants } from "node:os";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDeparture } from "./departure";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function departure() {
  const done: string[] = [];
  const note = (text: string) => () => {
    done.push(text);
  };
  const made = createDeparture({
    sockets: {
      close: async () => {
        done.push("sockets closed");
      },
    },
    stopChecker: note("checker stopped"),
    saved: async () => {
      done.push("saved");
    },
    failAll: async ({ ename, evalue }) => {
      done.push(`${ename}: ${evalue}`);
    },
    signalChildren: (signal) => done.push(`children ${signal}`),
    exit: (code) => done.push(`exit ${code}`),
    terminate: note("terminated"),
    signalExited: note("let go"),
    kill: note("killed"),
    print: note("printed"),
  });
  return { made, done };
}

const CLOSED = [
  "checker stopped",
  "children SIGTERM",
  "saved",
  "sockets closed",
  "children SIGKILL",
];

test("leaving: everything closed, then the process is asked, stopped, and killed", async () => {
  const { made, done } = departure();
  expect(made.begun).toBe(false);
  await made.leave(0);
  expect(made.begun).toBe(true);
  expect(done).toEqual([...CLOSED, "exit 0"]);
  await vi.advanceTimersByTimeAsync(60);
  expect(done.slice(6)).toEqual(["terminated", "exit 0"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(done.slice(8)).toEqual(["killed"]);
});

test("a process that was asked to end is let go when it has nothing else to do, and left alone", async () => {
  const { made, done } = departure();
  await made.leave(0);
  expect(done).not.toContain("let go");
  await made.letGo(0);
  await vi.advanceTimersByTimeAsync(500);
  expect(done).toEqual([...CLOSED, "exit 0", "let go"]);
});

test("a process that ends by itself while the sockets close is not asked to", async () => {
  const { made, done } = departure();
  await Promise.all([made.leave(0), made.letGo(0)]);
  await vi.advanceTimersByTimeAsync(500);
  expect(done).toEqual([...CLOSED, "let go"]);
});

test("a process that exits by itself tells why in its cell, and waits until that is sent", async () => {
  const { made, done } = departure();
  await made.letGo(3);
  const told = "ProcessExit: process.exit(3) was called: the kernel ends";
  expect(done).toEqual(["printed", told, ...CLOSED, "let go"]);
  await vi.advanceTimersByTimeAsync(500);
  expect(done).not.toContain("killed");
});

test("a signal is named", async () => {
  const { made, done } = departure();
  await made.letGo(128 + constants.signals.SIGTERM);
  expect(done).toContain("ProcessExit: the process received SIGTERM: the kernel ends");
});

test("an exit that was asked for is no news", async () => {
  const { made, done } = departure();
  await Promise.all([made.leave(0), made.letGo(0)]);
  expect(done.filter((text) => text.startsWith("ProcessExit"))).toEqual([]);
  expect(done.filter((text) => text === "sockets closed")).toHaveLength(1);
});

test("dying tells why, and kills", async () => {
  const { made, done } = departure();
  await made.die("stuck");
  expect(done).toEqual(["printed", "KernelDied: stuck", ...CLOSED, "killed"]);
});

test("a disk or a client that does not answer holds it up for 200 ms only", async () => {
  const { made, done } = departure();
  const stuck = createDeparture({
    sockets: { close: async () => {} },
    stopChecker: () => {},
    saved: () => new Promise(() => {}),
    failAll: async () => {},
    signalChildren: () => {},
    exit: () => done.push("exit"),
    terminate: () => {},
    signalExited: () => {},
    kill: () => {},
  });
  void stuck.leave(0);
  await vi.advanceTimersByTimeAsync(199);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(2);
  expect(done).toEqual(["exit"]);
  expect(made.begun).toBe(false);
});
