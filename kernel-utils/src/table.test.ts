import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { displaySymbol } from "./mime-bundle";
import { type Table, table } from "./table";

function html(shown: Table): string {
  const { data } = shown[displaySymbol]() as { data: Record<string, string> };
  return data["text/html"];
}

const rows = [
  { model: "lazy", accuracy: 91.4, found: 0 },
  { model: "real", accuracy: 97.325, found: 68 },
];

describe("table", () => {
  it("stands numbers under each other to the right, text to the left", () => {
    expect(String(table(rows, { title: "Two models", digits: 1 }))).toBe(
      [
        "Two models",
        "model  accuracy  found",
        "─────  ────────  ─────",
        "lazy       91.4      0",
        "real       97.3     68",
      ].join("\n"),
    );
  });

  it("is HTML that screen readers can name, with a caption", () => {
    expect(html(table(rows, { title: "Two models" }))).toContain(">Two models</caption>");
    expect(html(table(rows))).toContain('<th scope="col" style="text-align:right">accuracy</th>');
    expect(html(table(rows))).not.toContain("caption");
  });

  it("escapes everything", () => {
    const shown = table([{ "<i>": '<script>alert("1")</script>' }], { title: "a & b's" });
    expect(html(shown)).not.toMatch(/<script|<i>/);
    expect(html(shown)).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(html(shown)).toContain("a &amp; b&#39;s");
  });

  it("gives a column as many decimals as its largest number needs for four digits", () => {
    const lines = (values: number[]) =>
      String(table(values.map((value) => ({ value }))))
        .split("\n")
        .slice(2)
        .map((line) => line.trim());
    expect(lines([0.12345678, 0.9])).toEqual(["0.1235", "0.9000"]);
    expect(lines([12.3456, 1])).toEqual(["12.35", "1.00"]);
    expect(lines([0.5, 0.25])).toEqual(["0.50", "0.25"]);
    expect(lines([123456.78, 0.5])).toEqual(["123457", "1"]);
    expect(lines([3, 1797])).toEqual(["3", "1797"]);
    expect(lines([0.00001234])).toEqual(["0.00001234"]);
    expect(lines([1.5, Number.NaN, Number.POSITIVE_INFINITY])).toEqual(["1.5", "NaN", "Infinity"]);
  });

  it("takes decimals by column, and headings", () => {
    const shown = table([{ p: 0.123, q: 0.456 }], {
      digits: { p: 1 },
      columns: { q: "recall", p: "precision" },
    });
    expect(String(shown).split("\n")).toEqual([
      "recall  precision",
      "──────  ─────────",
      " 0.456        0.1",
    ]);
  });

  it("shows the columns that are asked for, and refuses unknown ones", () => {
    expect(String(table(rows, { columns: ["found"] }))).toMatch(/^found\n/);
    // @ts-expect-error the compiler refuses it too
    expect(() => table(rows, { columns: ["lost"] })).toThrow(/model, accuracy, found/);
  });

  it("leaves cells empty that are missing, and columns of numbers numeric", () => {
    const shown = table([
      { a: 1, b: null },
      { a: undefined, b: 2.5 },
    ] as {
      a?: number | undefined;
      b: number | null;
    }[]);
    expect(String(shown).split("\n").slice(2)).toEqual(["1", "   2.5"]);
  });

  it("leaves the middle out of very long tables", () => {
    const long = Array.from({ length: 1000 }, (_, i) => ({ i }));
    const lines = String(table(long, { maxRows: 4 })).split("\n");
    expect(lines.map((line) => line.trim()).slice(2)).toEqual(["0", "1", "…", "998", "999"]);
  });

  it("shows headings of a table without rows", () => {
    expect(String(table([] as { a: number }[], { columns: ["a"] }))).toBe("a\n─");
  });

  it("refuses objects in cells", () => {
    expect(() => table([{ a: { b: 1 } }])).toThrow(InputError);
    expect(() => table([{ a: [1] }])).toThrow(/rows\[0\].a holds an object/);
  });

  it("gives the same text again", () => {
    expect(String(table(rows))).toBe(String(table(structuredClone(rows))));
    expect(html(table(rows))).toBe(html(table(structuredClone(rows))));
  });
});
