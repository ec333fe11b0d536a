import { array, assert, nat, property, string } from "fast-check";
import { expect, test } from "vitest";
import { StreamTextDecoder } from "./text-decoder";

test("any way of cutting UTF-8 into pieces gives the same text", () => {
  assert(
    property(string({ unit: "binary" }), array(nat(40)), (text, cuts) => {
      const bytes = Buffer.from(text);
      const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort(
        (a, b) => a - b,
      );
      const decoder = new StreamTextDecoder();
      let decoded = "";
      [...places, bytes.length].reduce((from, to) => {
        decoded += decoder.write(bytes.subarray(from, to));
        return to;
      }, 0);
      expect(decoded + decoder.end()).toBe(text);
    }),
  );
});

test("a pair of surrogates in two writes is one character", () => {
  const decoder = new StreamTextDecoder();
  const [high, low] = ["😀".slice(0, 1), "😀".slice(1)];
  expect(decoder.write(`a${high}`)).toBe("a");
  expect(decoder.write(`${low}b`)).toBe("😀b");
});

test("halves that stay alone become U+FFFD, never an unpaired surrogate", () => {
  const decoder = new StreamTextDecoder();
  expect(decoder.write("\ud83dx")).toBe("\ufffdx");
  expect(decoder.write("y\ud83d")).toBe("y");
  expect(decoder.write("z")).toBe("\ufffdz");
  expect(decoder.write(Buffer.from([0xe2, 0x82]))).toBe("");
  expect(decoder.write("text")).toBe("\ufffdtext");
});
