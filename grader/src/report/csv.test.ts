import { expect, test } from "vitest";
import { csvText } from "./csv";

test("fields with commas, quotes and lines are quoted, absent ones are empty", () => {
  expect(csvText([["a", 1.5, undefined, 'say "x, y"', "two\nlines"]])).toBe(
    '\uFEFFa,1.5,,"say ""x, y""","two\nlines"\r\n',
  );
});

test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", " =1", "\t=1"])(
  "%j is a text, not a formula",
  (text) => {
    expect(csvText([[text]])).toBe(`\uFEFF'${text}\r\n`);
  },
);

test("negative numbers stay numbers", () => {
  expect(csvText([[-1]])).toBe("\uFEFF-1\r\n");
});
