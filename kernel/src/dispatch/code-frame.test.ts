import { expect, test } from "vitest";
import { codeFrame } from "./code-frame";

const frame = (code: string, line: number, column: number) =>
  codeFrame(code, { line, column }).join("\n");

test("the line stands between its neighbours, with a caret under the column", () => {
  expect(frame("const a = 1;\na.b.c;\nlast();\nmore();", 2, 5)).toBe(
    ["  1 | const a = 1;", "> 2 | a.b.c;", "    |     ^", "  3 | last();"].join("\n"),
  );
});

test("the first and the last line have one neighbour", () => {
  expect(frame("a\nb", 1, 1)).toBe(["> 1 | a", "    | ^", "  2 | b"].join("\n"));
  expect(frame("a\nb", 2, 2)).toBe(["  1 | a", "> 2 | b", "    |  ^"].join("\n"));
});

test("numbers are as wide as the widest", () => {
  const code = Array.from({ length: 12 }, (_, n) => `line${n + 1}`).join("\n");
  expect(frame(code, 9, 1)).toBe(
    ["   8 | line8", ">  9 | line9", "     | ^", "  10 | line10"].join("\n"),
  );
});

test("tabs stay tabs before the caret, characters beyond the BMP take one blank", () => {
  expect(frame("\t\tx", 1, 3)).toBe("> 1 | \t\tx\n    | \t\t^");
  expect(frame("'😀' x", 1, 6)).toBe("> 1 | '😀' x\n    |     ^");
});

test("a long line is cut around the column", () => {
  const [line = "", caret = ""] = codeFrame(`${"a".repeat(500)}X${"b".repeat(500)}`, {
    line: 1,
    column: 501,
  });
  expect(line.length).toBeLessThan(180);
  expect(line.charAt(caret.indexOf("^"))).toBe("X");
});

test("a column beyond the line points behind its end", () => {
  expect(frame("ab", 1, 9)).toBe("> 1 | ab\n    |   ^");
});

test("a line that is not there has no frame", () => {
  expect(codeFrame("a", { line: 2, column: 1 })).toEqual([]);
  expect(codeFrame("a", { line: 0, column: 1 })).toEqual([]);
});
