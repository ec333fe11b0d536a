import fc from "fast-check";
import { expect, test } from "vitest";
import { toCodePoints, toUtf16 } from "./cursor";

const TEXT = fc.string({ unit: "binary" });

test("characters beyond the BMP count once in the protocol and twice in JavaScript", () => {
  expect(toUtf16("😀a😀b", 0)).toBe(0);
  expect(toUtf16("😀a😀b", 1)).toBe(2);
  expect(toUtf16("😀a😀b", 3)).toBe(5);
  expect(toCodePoints("😀a😀b", 5)).toBe(3);
});

test("a place outside the text is its start or its end", () => {
  expect(toUtf16("ab", -1)).toBe(0);
  expect(toUtf16("ab", 9)).toBe(2);
  expect(toUtf16("ab", Number.POSITIVE_INFINITY)).toBe(2);
  expect(toUtf16("ab", undefined)).toBe(2);
  expect(toUtf16("ab", "1")).toBe(2);
  expect(toUtf16("ab", Number.NaN)).toBe(2);
  expect(toCodePoints("😀", 9)).toBe(1);
});

test("both agree with the text split into code points", () => {
  fc.assert(
    fc.property(TEXT, fc.nat(40), (text, count) => {
      const before = [...text].slice(0, count).join("");
      expect(toUtf16(text, count)).toBe(before.length);
      expect(toCodePoints(text, before.length)).toBe([...before].length);
    }),
  );
});
