import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { CommMessage } from "../bridge/contract";
import { currentCell } from "../evaluation/cell-context";
import { createCellApi } from "./cell-api";
import { type Comm, onComm, openComm } from "./comm";
import { FakePort, inCell } from "./testing/fake-port";

// What creating a cell's API leaves for libraries.
afterAll(() => {
  Reflect.deleteProperty(globalThis, Symbol.for("headroom.kernel"));
});

const port = new FakePort();
const { comms } = createCellApi(port);

beforeEach(() => {
  port.sent.length = 0;
});

const message = (part: Partial<CommMessage> & Pick<CommMessage, "kind" | "commId">) => ({
  data: {},
  metadata: {},
  buffers: [],
  ...part,
});

test("a cell opens a comm, sends, hears and closes", () => {
  const heard = vi.fn();
  const comm = inCell(4, () => openComm<{ n: number }, string>("widget", { label: "L" }));
  comm.onMessage((data, extras) => heard(data, extras, currentCell().id));
  comm.send("go", { metadata: { m: 1 }, buffers: [new Uint8Array([1, 2])] });
  comms.receive(12, message({ kind: "comm_msg", commId: comm.id, data: { n: 1 } }));
  comm.close({ why: "done" });
  expect(port.of("comm")).toEqual([
    {
      type: "comm",
      id: 4,
      message: message({
        kind: "comm_open",
        commId: comm.id,
        targetName: "widget",
        data: { label: "L" },
      }),
    },
    {
      type: "comm",
      id: 0,
      message: message({
        kind: "comm_msg",
        commId: comm.id,
        data: "go",
        metadata: { m: 1 },
        buffers: [new Uint8Array([1, 2])],
      }),
    },
    {
      type: "comm",
      id: 0,
      message: message({ kind: "comm_close", commId: comm.id, data: { why: "done" } }),
    },
  ]);
  expect(heard).toHaveBeenCalledExactlyOnceWith({ n: 1 }, { metadata: {}, buffers: [] }, 12);
});

test("a closed comm sends nothing more, and says why", () => {
  const comm = openComm("t");
  comm.close();
  comm.close();
  expect(port.of("comm")).toHaveLength(2);
  expect(comm.isClosed).toBe(true);
  expect(() => comm.send(1)).toThrow(/closed\. Open another/);
});

test("the front end opens a comm for a target, and closes it", async () => {
  const opened: [Comm, unknown][] = [];
  const closed = vi.fn();
  const off = onComm("echo", (comm, data) => {
    opened.push([comm, data]);
    comm.onMessage((text) => comm.send(text));
    comm.onClose(closed);
  });
  comms.receive(1, message({ kind: "comm_open", commId: "c1", targetName: "echo", data: 5 }));
  comms.receive(2, message({ kind: "comm_msg", commId: "c1", data: "hi" }));
  comms.receive(3, message({ kind: "comm_close", commId: "c1", data: "bye" }));
  await expect.poll(() => port.of("comm-done").map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(opened).toMatchObject([[{ target: "echo", id: "c1", isClosed: true }, 5]]);
  expect(closed).toHaveBeenCalledWith("bye", { metadata: {}, buffers: [] });
  expect(port.of("comm")).toMatchObject([{ id: 2, message: { kind: "comm_msg", data: "hi" } }]);
  off();
  expect(port.of("comm-target")).toEqual([
    { type: "comm-target", name: "echo", open: true },
    { type: "comm-target", name: "echo", open: false },
  ]);
});

test("a comm that nobody listens for is closed at once", () => {
  comms.receive(1, message({ kind: "comm_open", commId: "c2", targetName: "none" }));
  expect(port.of("comm")).toMatchObject([{ message: { kind: "comm_close", commId: "c2" } }]);
});

test("messages to unknown comms are ignored", async () => {
  comms.receive(1, message({ kind: "comm_msg", commId: "unknown" }));
  await expect.poll(() => port.sent).toEqual([{ type: "comm-done", id: 1 }]);
});

test("listeners can be removed; a failing one does not silence the others", async () => {
  const uncaught: unknown[] = [];
  const listeners = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => uncaught.push([error.message, currentCell().id]));
  const comm = openComm("t");
  const removed = vi.fn();
  const heard = vi.fn();
  comm.onMessage(removed)();
  comm.onMessage(() => {
    throw new Error("handler");
  });
  comm.onMessage(heard);
  comms.receive(7, message({ kind: "comm_msg", commId: comm.id }));
  await expect.poll(() => uncaught).toEqual([["handler", 7]]);
  process.removeAllListeners("uncaughtException");
  for (const listener of listeners) process.on("uncaughtException", listener);
  expect(heard).toHaveBeenCalledOnce();
  expect(removed).not.toHaveBeenCalled();
});

test("what can't be sent is refused where it is sent", () => {
  const comm = openComm("t");
  const circular: unknown[] = [];
  circular.push(circular);
  expect(() => comm.send(circular)).toThrow(/contains itself/);
});
