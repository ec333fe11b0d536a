import { expect, test } from "vitest";
import { matchesGlob } from "./glob";

// Expected values: Python's fnmatch.fnmatchcase(text, pattern).
test.each([
  ["*", "any\nlines", true],
  ["", "", true],
  ["", "a", false],
  ["1?2*", "1+2 + 3", true],
  ["1?2*", "12", false],
  ["*loss", "const loss", true],
  ["*loss", "loss;", false],
  ["a.b", "a.b", true],
  ["a.b", "axb", false],
  ["a[bc]d", "acd", true],
  ["a[!bc]d", "acd", false],
  ["a[!bc]d", "aed", true],
  ["a[b", "a[b", true],
  ["[]]", "]", true],
  ["[^]", "^", true],
  ["[a-c]x", "bx", true],
  ["f(x) => {*}", "f(x) => { y }", true],
  ["?", "😀", true],
  ["a\\b", "a\\b", true],
  ["[z-a]", "b", false],
  ["***a", "ba", true],
])("%j matches %j: %s", (pattern, text, expected) => {
  expect(matchesGlob(pattern)(text)).toBe(expected);
});

test("many stars take no longer than few", () => {
  const start = performance.now();
  expect(matchesGlob(`${"*a".repeat(20)}*b`)("a".repeat(5000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});
