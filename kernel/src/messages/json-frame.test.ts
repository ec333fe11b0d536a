import fc from "fast-check";
import { expect, test } from "vitest";
import { toJsonFrame } from "./json-frame";

test("a JSON value stays what it is", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      expect(JSON.parse(toJsonFrame(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("any text becomes valid UTF-8: lone surrogates become U+FFFD, pairs stay", () => {
  expect(JSON.parse(toJsonFrame("a\ud800b\udc00c😀"))).toBe("a\ufffdb\ufffdc😀");
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 })), (units) => {
      const text = String.fromCharCode(...units);
      const parsed = JSON.parse(toJsonFrame({ text }));
      expect(parsed.text).toBe(Buffer.from(text, "utf8").toString("utf8"));
    }),
  );
});

test("a backslash before the letters ud800 is no surrogate", () => {
  expect(JSON.parse(toJsonFrame("\\ud800 \\\\udfff"))).toBe("\\ud800 \\\\udfff");
});

test("big integers and cycles, which JSON lacks, are replaced", () => {
  const loop: Record<string, unknown> = { big: 12345678901234567890n, list: [1n] };
  loop.self = loop;
  expect(JSON.parse(toJsonFrame(loop))).toEqual({
    big: "12345678901234567890",
    list: ["1"],
    self: "[Circular]",
  });
});

test("what stands twice beside itself is no cycle", () => {
  const twice = { n: 1n };
  expect(JSON.parse(toJsonFrame([twice, twice]))).toEqual([{ n: "1" }, { n: "1" }]);
});
