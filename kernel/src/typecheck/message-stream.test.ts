import { describe, expect, it } from "vitest";
import { encodeMessage, MessageReader } from "./message-stream";

const messages = [{ id: 1, text: "é😀\r\n\r\n" }, { method: "x" }, { big: "y".repeat(100_000) }];
const stream = Buffer.concat(messages.map(encodeMessage));

describe("messages on a stream", () => {
  it("count bytes, not characters", () => {
    expect(encodeMessage({ a: "é" }).toString("utf8")).toBe('Content-Length: 10\r\n\r\n{"a":"é"}');
  });

  it.each([1, 7, 4_096, stream.length])(
    "come out as they went in, in chunks of %i bytes",
    (size) => {
      const reader = new MessageReader();
      const found: unknown[] = [];
      for (let at = 0; at < stream.length; at += size) {
        found.push(...reader.read(stream.subarray(at, at + size)));
      }
      expect(found).toEqual(messages);
    },
  );

  it("may have other headers, in any case", () => {
    const frame = "content-length: 2\r\nContent-Type: x\r\n\r\n{}";
    expect(new MessageReader().read(Buffer.from(frame))).toEqual([{}]);
  });

  it("without a length or with broken JSON are an error", () => {
    const length = "Expected a Content-Length header";
    expect(() => new MessageReader().read(Buffer.from("X: 1\r\n\r\n{}"))).toThrow(length);
    expect(() => new MessageReader().read(Buffer.from("Content-Length: 1\r\n\r\n{"))).toThrow(
      SyntaxError,
    );
  });
});
