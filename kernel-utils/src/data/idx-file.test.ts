import { describe, expect, it } from "vitest";
import { parseIdx } from "./idx-file";

const idx = (...bytes: number[]) => Uint8Array.from(bytes);

describe("parseIdx", () => {
  it("reads shape and values", () => {
    const bytes = idx(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);
    expect(parseIdx("a", bytes)).toEqual({ shape: [2, 3], values: idx(1, 2, 3, 4, 5, 255) });
  });

  it("reads the extent as four bytes, the largest first", () => {
    const bytes = new Uint8Array(8 + 258);
    bytes.set([0, 0, 8, 1, 0, 0, 1, 2]);
    expect(parseIdx("a", bytes).shape).toEqual([258]);
  });

  it("reads from the middle of a larger buffer, as Node's pooled buffers are", () => {
    const buffer = idx(9, 9, 9, 0, 0, 8, 1, 0, 0, 0, 1, 7).subarray(3);
    expect(parseIdx("a", buffer)).toEqual({ shape: [1], values: idx(7) });
  });

  it("returns a plain Uint8Array for a Buffer", () => {
    const { values } = parseIdx("a", Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 7]));
    expect(Buffer.isBuffer(values)).toBe(false);
  });

  it("accepts an array of no values", () => {
    expect(parseIdx("a", idx(0, 0, 8, 1, 0, 0, 0, 0))).toEqual({ shape: [0], values: idx() });
  });

  it.each([
    ["an empty file", idx()],
    ["a file of floats", idx(0, 0, 13, 1, 0, 0, 0, 1, 1)],
    ["a web page", new TextEncoder().encode("<html>")],
    ["no axes", idx(0, 0, 8, 0)],
    ["a header cut short", idx(0, 0, 8, 1, 0, 0)],
    ["too few values", idx(0, 0, 8, 1, 0, 0, 0, 2, 1)],
    ["too many values", idx(0, 0, 8, 1, 0, 0, 0, 1, 1, 1)],
  ])("refuses %s, naming the file", (_, bytes) => {
    expect(() => parseIdx("some-file", bytes)).toThrow(
      expect.objectContaining({
        code: "corrupt-file",
        message: expect.stringMatching(/^some-file: expected/),
      }),
    );
  });
});
