import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  type InputAnswer,
  type InterruptState,
  SIGNALS,
  Signal,
  type ToMain,
} from "../bridge/contract";
import { createInterrupter, type Interrupter } from "./interrupt";

let interrupter: Interrupter;
/** What the main thread is asked, and what it is sent. */
let asked: string[];
let posted: ToMain[];
let told: string[];
let givenUp: number[];
let deaths: string[];
let answeredInputs: InputAnswer[];
let killed: number;
let signals: Int32Array;
/** What it answers; undefined while it can't. */
let state: InterruptState | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  posted = [];
  told = [];
  givenUp = [];
  deaths = [];
  answeredInputs = [];
  killed = 0;
  signals = new Int32Array(new SharedArrayBuffer(4 * SIGNALS));
  state = "running";
  const options = {
    connectionFile: join(tmpdir(), "kernel-of-a-test.json"),
    signals,
    postToMain: (message: ToMain) => void posted.push(message),
    answerInput: (answer: InputAnswer) => answeredInputs.push(answer) > 0,
    tell: (text: string) => void told.push(text),
    giveUp: (id: number) => void givenUp.push(id),
    die: (reason: string) => void deaths.push(reason),
  };
  const inspector = {
    ask: async (expression: string) => {
      asked.push(expression.replace(/^\w+\./, ""));
      return state;
    },
    usedHeap: async () => 0,
    close: () => {},
  };
  interrupter = createInterrupter(options, { inspector, killSyncChild: () => void killed++ });
});
afterEach(() => {
  interrupter.close();
  vi.useRealTimers();
});

test("a cell is asked to end, then ended, then told until it has", async () => {
  interrupter.cellStarted(3);
  const answered = interrupter.interrupt(3);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([expect.stringMatching(/^interruptSoftly\(3, /)]);
  state = "terminated";
  await vi.advanceTimersByTimeAsync(30);
  expect(asked).toContain("interruptFirmly(3, false)");
  expect(posted).toContainEqual({ type: "cancel", id: 3 });
  interrupter.cellEnded(3);
  await answered;
  interrupter.cancelled(3);
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(before);
});

test("one for a cell that has ended does nothing", async () => {
  interrupter.cellStarted(3);
  interrupter.cellEnded(3);
  await interrupter.interrupt(3);
  expect(asked).toEqual([]);
});

test("one without a cell means what has begun by then, however long it waits for another", async () => {
  interrupter.cellStarted(3);
  const first = interrupter.interrupt(3);
  await vi.advanceTimersByTimeAsync(0);
  interrupter.cellEnded(3);
  await first;
  // The cell has its reply, but the main thread has not turned: the next one waits.
  const second = interrupter.interrupt(0);
  interrupter.cellStarted(4);
  asked = [];
  state = "stale";
  interrupter.cancelled(3);
  await vi.advanceTimersByTimeAsync(20);
  await second;
  expect(asked).toEqual(["interruptFirmly(3, false)"]);
});

test("what earlier cells have left running is ended without the cell that has come since", async () => {
  interrupter.cellStarted(3);
  interrupter.cellEnded(3);
  interrupter.cellStarted(4);
  state = "terminated";
  const answered = interrupter.interruptBefore(4);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["interruptFirmly(3, false)"]);
  interrupter.cancelled(0);
  await answered;
  expect(posted).toEqual([{ type: "cancel", id: 0 }]);
});

test("one that a cell overtook leaves that cell its question and its child process", async () => {
  interrupter.cellStarted(3);
  interrupter.cellEnded(3);
  interrupter.cellStarted(4);
  signals[Signal.childProcess] = 1;
  state = "terminated";
  const answered = interrupter.interruptBefore(4);
  await vi.advanceTimersByTimeAsync(0);
  interrupter.cancelled(0);
  await answered;
  expect([answeredInputs, killed]).toEqual([[], 0]);
  void interrupter.interrupt(4);
  await vi.advanceTimersByTimeAsync(0);
  expect([answeredInputs, killed]).toEqual([[{ interrupted: true }], expect.toSatisfy(Boolean)]);
});

test("a native call is told of, answered for after a second, and ended by the second request", async () => {
  interrupter.cellStarted(3);
  state = undefined;
  const answered = interrupter.interrupt(3);
  await vi.advanceTimersByTimeAsync(1100);
  await answered;
  expect(told).toEqual([expect.stringContaining("native call")]);
  expect(givenUp).toEqual([3]);
  expect(deaths).toEqual([]);
  void interrupter.interrupt(3);
  await vi.advanceTimersByTimeAsync(50);
  expect(deaths[0]).toMatch(/killed: all variables are lost/);
});
