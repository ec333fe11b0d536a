import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStreamBuffer } from "./stream-buffer";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function buffer() {
  const sent: [number, string, string][] = [];
  return { sent, made: createStreamBuffer((...message) => sent.push(message)) };
}

test("text of one cell and stream goes out as one message after a short while", () => {
  const { sent, made } = buffer();
  made.add(1, "stdout", "a\n");
  vi.advanceTimersByTime(40);
  made.add(1, "stdout", "b\n");
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(20);
  expect(sent).toEqual([[1, "stdout", "a\nb\n"]]);
});

test("streams and cells keep their order", () => {
  const { sent, made } = buffer();
  made.add(1, "stdout", "a");
  made.add(1, "stderr", "b");
  made.add(1, "stdout", "c");
  made.add(2, "stdout", "d");
  made.flush();
  expect(sent.map(([id, name, text]) => `${id} ${name} ${text}`)).toEqual([
    "1 stdout a",
    "1 stderr b",
    "1 stdout c",
    "2 stdout d",
  ]);
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(4);
});

test("much text goes out at once, in messages of at most 1,048,576 units", () => {
  const { sent, made } = buffer();
  const text = "0123456789".repeat(300_000);
  made.add(1, "stdout", text);
  expect(sent.map(([, , piece]) => piece.length)).toEqual([1_048_576, 1_048_576, 902_848]);
  expect(sent.map(([, , piece]) => piece).join("")).toBe(text);
});

test("a surrogate pair that was written in two halves comes whole", () => {
  const { sent, made } = buffer();
  made.add(1, "stdout", "a\ud83d");
  vi.advanceTimersByTime(60);
  made.add(1, "stdout", "\ude00b");
  vi.advanceTimersByTime(60);
  expect(sent.map(([, , text]) => text)).toEqual(["a", "😀b"]);
});

test("half a pair that nothing follows goes out when the cell ends", () => {
  const { sent, made } = buffer();
  made.add(1, "stdout", "a\ud83d");
  vi.advanceTimersByTime(60);
  made.flush();
  expect(sent.map(([, , text]) => text)).toEqual(["a", "\ud83d"]);
});

test("a long text is never split inside a pair", () => {
  const { sent, made } = buffer();
  made.add(1, "stdout", `a${"😀".repeat(600_000)}`);
  made.flush();
  for (const [, , text] of sent) expect(Buffer.from(text).toString()).toBe(text);
});

test("a question at the end of stdout can be taken back until it is sent", () => {
  const { sent, made } = buffer();
  made.add(1, "stdout", "line\nna");
  made.add(1, "stdout", "me? ");
  expect(made.takeLastLine(2)).toBe("");
  expect(made.takeLastLine(1)).toBe("name? ");
  expect(made.takeLastLine(1)).toBe("");
  made.flush();
  expect(sent).toEqual([[1, "stdout", "line\n"]]);
  made.add(1, "stderr", "no question");
  expect(made.takeLastLine(1)).toBe("");
});

test("whatever is written arrives, in order, once", () => {
  const write = fc.record({
    name: fc.constantFrom("stdout" as const, "stderr" as const),
    text: fc.string({ unit: "binary" }),
    pause: fc.constantFrom(0, 0, 30, 60),
  });
  fc.assert(
    fc.property(fc.array(write), (writes) => {
      const { sent, made } = buffer();
      for (const { name, text, pause } of writes) {
        made.add(1, name, text);
        vi.advanceTimersByTime(pause);
      }
      made.flush();
      for (const stream of ["stdout", "stderr"]) {
        const arrived = sent.filter(([, name]) => name === stream).map(([, , text]) => text);
        const written = writes.filter(({ name }) => name === stream).map(({ text }) => text);
        expect(arrived.join("")).toBe(written.join(""));
      }
    }),
  );
});
