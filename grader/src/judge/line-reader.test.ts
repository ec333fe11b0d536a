import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { readLines } from "./line-reader";

/** What was heard of these chunks, one after the other. */
async function hear(chunks: readonly (string | Buffer)[], limits: [number, number] = [10, 100]) {
  const stream = new PassThrough();
  const heard: string[] = [];
  readLines(stream, limits, {
    onLine: (line) => heard.push(line),
    onTooMuch: () => heard.push("too much"),
    onEnd: () => heard.includes("end") || heard.push("end"),
  });
  for (const chunk of chunks) {
    stream.write(chunk);
    await setImmediate();
  }
  stream.end();
  await setImmediate();
  return heard;
}

test("lines come whole, wherever the chunks are cut", async () => {
  const bytes = Buffer.from("one\n\nzwölf\nrest");
  const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  expect(await hear([bytes])).toEqual(["one", "", "zwölf", "end"]);
  expect(await hear(single)).toEqual(["one", "", "zwölf", "end"]);
});

test("a line may be as long as the limit; after a longer one nothing is heard", async () => {
  expect(await hear(["0123456789\n", "x\n"])).toEqual(["0123456789", "x", "end"]);
  expect(await hear(["01234567890\nx\n", "y\n"])).toEqual(["too much", "end"]);
  expect(await hear(["ok\n01234", "56789", "0", "\ny\n"])).toEqual(["ok", "too much", "end"]);
});

test("short lines without end are too much, too", async () => {
  const lines = Array.from({ length: 60 }, () => "x\n");
  expect(await hear(lines)).toEqual([...Array(50).fill("x"), "too much", "end"]);
});
