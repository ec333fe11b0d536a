import fc from "fast-check";
import { expect, test } from "vitest";
import { plainLine, plainText } from "./plain-text";

test("ordinary text stays as it is", () => {
  const text = "Größe: 𝔽₁ = ½\n\tif (a < b) return `é`;";
  expect(plainText(text)).toBe(text);
});

test("commands to a terminal go, what they coloured stays", () => {
  expect(
    plainText("\u001b[31mred\u001b[0m \u001b]0;title\u0007and\u001b]8;;http://x\u001b\\ link"),
  ).toBe("red and link");
});

test("line ends become \\n, other control characters are marked", () => {
  expect(plainText("a\r\nb\rc\u0000d\u0008e\u009b")).toBe("a\nb\nc�d�e�");
});

test("halves of surrogate pairs are marked, so that any text can be written as UTF-8", () => {
  expect(plainText("\ud800a\udc00😀")).toBe("�a�😀");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const plain = plainText(text);
      expect(Buffer.from(plain, "utf8").toString("utf8")).toBe(plain);
      expect(plainText(plain)).toBe(plain);
    }),
  );
});

test("a line is one line, and cut", () => {
  expect(plainLine("one \n\n two\r\n\u001b[31mthree\ud800", 100)).toBe("one two three�");
  expect(plainLine("😀".repeat(9), 3)).toBe("😀�");
});

test("an unfinished command of a megabyte takes no time", () => {
  const began = performance.now();
  plainText(`\u001b[${"1;".repeat(5e5)}`);
  plainText("\u001b]".repeat(5e5));
  expect(performance.now() - began).toBeLessThan(2000);
});
