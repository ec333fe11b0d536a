import { array, assert, dictionary, property, string } from "fast-check";
import { expect, test } from "vitest";
import { displaySymbol } from "./displayable";
import { table } from "./table";

const data = (...parameters: Parameters<typeof table>) =>
  table(...parameters)[displaySymbol]().data;

test("rows of objects become a table, in HTML and as text", () => {
  const rows = [
    { name: "Ada", age: 36 },
    { name: "Alan", age: 41.123456789, city: undefined },
  ];
  expect(data(rows)["text/plain"]).toBe(
    ["name      age  city", "Ada        36", "Alan  41.1235"].join("\n"),
  );
  expect(data(rows, { columns: ["age"], caption: "Ages" })["text/plain"]).toBe(
    ["Ages", "    age", "     36", "41.1235"].join("\n"),
  );
  expect(data(rows, { caption: "A & B" })["text/html"]).toContain("<caption>A &amp; B</caption>");
});

test("rows may be arrays, and come from any iterable", () => {
  const rows = new Map([["a", 1]]);
  expect(data(rows)["text/plain"]).toBe("0  1\na  1");
});

test("no rows are no error", () => {
  expect(data([])["text/html"]).toContain("<table>");
});

test("many rows are shortened to the first and the last", () => {
  const rows = Array.from({ length: 100 }, (_, i) => ({ i }));
  const lines = String(data(rows, { maxRows: 4 })["text/plain"]).split("\n");
  expect(lines.map((line) => line.trim())).toEqual([
    "i",
    "0",
    "1",
    "…",
    "98",
    "99",
    "100 rows × 1 column",
  ]);
});

test("a row that is no row is an error that says what to do", () => {
  expect(() => table([1, 2] as never)).toThrow(/Row 0 of a table is 1: expected an object.*map/);
});

test("whatever is in it, no markup gets out", () => {
  assert(
    property(array(dictionary(string(), string({ unit: "binary" })), { minLength: 1 }), (rows) => {
      const html = String(data(rows, { caption: "<i>" })["text/html"]);
      const tags = html.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) {
        expect(tag).toMatch(
          /^<(\/?(table|caption|thead|tbody|tr|p)|\/t[hd]|t[hd] style="text-align: (left|right)")>$/,
        );
      }
      expect(html.replace(/<[^>]*>/g, "")).not.toMatch(/[<>"']/);
    }),
  );
});

test("cells stay on one line and are not too long", () => {
  const text = String(
    data([{ a: "x\n\ty".repeat(100), b: { deep: { c: 1 } }, d: new Date(0) }])["text/plain"],
  );
  expect(text.split("\n")).toHaveLength(2);
  expect(text.length).toBeLessThan(500);
  expect(text).toContain("{ deep: [Object] }");
  expect(text).toContain("1970-01-01T00:00:00.000Z");
});
