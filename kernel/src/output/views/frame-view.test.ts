import { DataFrame, Series } from "danfojs-node";
import { expect, test } from "vitest";
import { toMimeBundle } from "../mime-bundle";

test("a data frame is a table with its index and size", () => {
  const frame = new DataFrame({ name: ["<Ada>", "Alan"], score: [0.123456789, Number.NaN] });
  const { data } = toMimeBundle(frame);
  expect(data["text/plain"]).toBe(
    ["   name      score", "0  <Ada>  0.123457", "1  Alan        NaN", "2 rows × 2 columns"].join(
      "\n",
    ),
  );
  expect(data["text/html"]).toContain("&lt;Ada&gt;");
  expect(data["text/html"]).not.toContain("<Ada>");
  expect(data["text/html"]).toContain("<p>2 rows × 2 columns</p>");
});

test("a column is a table with its kind", () => {
  const { data } = toMimeBundle(new Series([1, 2, 3], { columns: ["n"] }));
  expect(data["text/plain"]).toBe(["   n", "0  1", "1  2", "2  3", "3 values, int32"].join("\n"));
});

test("of a long and wide frame the first and last rows and columns are shown", () => {
  const rows = Array.from({ length: 500 }, (_, r) => Array.from({ length: 50 }, (_, c) => r * c));
  const { data } = toMimeBundle(new DataFrame(rows));
  const lines = String(data["text/plain"]).split("\n");
  expect(lines).toHaveLength(23);
  expect(lines.at(-1)).toBe("500 rows × 50 columns");
  expect(lines[21]).toMatch(/^499 .*24451$/);
});

test("an empty frame is no error", () => {
  expect(toMimeBundle(new DataFrame()).data["text/plain"]).toContain("0 rows");
});
