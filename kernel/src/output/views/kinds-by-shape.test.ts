import { describe, expect, test } from "vitest";
import { toMimeBundle } from "../mime-bundle";
import { Point } from "../testing/point";

describe("kinds known by their shape", () => {
  const only = (value: unknown) => toMimeBundle(value).data;

  test("Plotly figures", () => {
    const figure = {
      data: [{ type: "bar", y: new Float64Array([1, 2]) }],
      layout: { title: { text: "Sums" } },
      config: { responsive: true },
      other: 1,
    };
    expect(only(figure)).toEqual({
      "application/vnd.plotly.v1+json": {
        data: [{ type: "bar", y: [1, 2] }],
        layout: { title: { text: "Sums" } },
        config: { responsive: true },
      },
      "text/plain": 'Plotly figure "Sums" (bar)',
    });
    expect(only({ ...figure, alt: "Two bars", svg: "<svg/>" })).toMatchObject({
      "image/svg+xml": "<svg/>",
      "text/plain": "Two bars",
    });
  });

  test.each<[string, unknown]>([
    ["data that are no traces", { data: [1, 2], layout: {} }],
    ["records", { data: [{ id: 1 }], layout: {} }],
    ["a layout that is no object", { data: [{ x: [1] }], layout: "grid" }],
    [
      "a getter",
      {
        get data() {
          throw new Error("run");
        },
        layout: {},
      },
    ],
  ])("but not %s", (_name, value) => {
    expect(Object.keys(only(value))).toEqual(["text/plain"]);
  });

  test.each([
    ["https://vega.github.io/schema/vega-lite/v4.17.0.json", "application/vnd.vegalite.v4+json"],
    ["https://vega.github.io/schema/vega-lite/v6.json", "application/vnd.vegalite.v5+json"],
    ["https://vega.github.io/schema/vega/v5.json", "application/vnd.vega.v5+json"],
  ])("Vega charts: %s", ($schema, type) => {
    const spec = { $schema, title: "T", mark: "bar", data: { values: [{ a: 1 }] } };
    expect(only(spec)[type]).toEqual(spec);
    expect(only(spec)["text/plain"]).toMatch(/^Vega(-Lite)? chart "T"$/);
  });

  test("but not other schemas", () => {
    const schema = { $schema: "https://json-schema.org/draft/2020-12/schema" };
    expect(Object.keys(only(schema))).toEqual(["text/plain"]);
  });

  test("elements of a document, and objects with toHTML", () => {
    expect(only({ nodeType: 1, outerHTML: "<p>hi</p>" })).toMatchObject({
      "text/html": "<p>hi</p>",
    });
    const namespaceURI = "http://www.w3.org/2000/svg";
    expect(only({ nodeType: 1, namespaceURI, outerHTML: "<svg/>" })).toMatchObject({
      "image/svg+xml": "<svg/>",
    });
    expect(only({ toHTML: () => "<b/>" })).toMatchObject({ "text/html": "<b/>" });
    expect(Object.keys(only({ outerHTML: "<p>" }))).toEqual(["text/plain"]);
  });

  test("lists of records, as a table beside their text", () => {
    const { "text/html": html, "text/plain": plain } = only([
      { name: "<Ada>", n: 1.23456789 },
      { name: "Alan", n: null, extra: { a: 1 } },
    ]);
    expect(plain).toContain("name: '<Ada>'");
    expect(html).toContain('<td style="text-align: left">&lt;Ada&gt;</td>');
    expect(html).not.toContain("<Ada>");
    expect(html).toContain(">1.23457</td>");
    expect(html).toContain(">{ a: 1 }</td>");
    expect(html).toMatch(/<th[^>]*>name<\/th><th[^>]*>n<\/th><th[^>]*>extra<\/th>/);
  });

  test("long lists of records: the first, the last, and how many", () => {
    const html = String(only(Array.from({ length: 1000 }, (_, i) => ({ i })))["text/html"]);
    expect(html.match(/<tr>/g)).toHaveLength(22);
    expect(html).toContain(">999</td>");
    expect(html).toContain("<p>1,000 rows × 1 column</p>");
  });

  test.each<[string, unknown]>([
    ["numbers", [1, 2]],
    ["instances", [new Point(1, 2), new Point(3, 4)]],
    ["arrays", [[1], [2]]],
    ["records and gaps", [{ a: 1 }, null]],
    ["empty records", [{}, {}]],
    [
      "dictionaries",
      [1, 2].map(() => Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [i, i]))),
    ],
  ])("no table of %s", (_name, value) => {
    expect(Object.keys(only(value))).toEqual(["text/plain"]);
  });

  test("bytes are not taken for images by accident", () => {
    const image = Buffer.from("iVBORw0KGgo=", "base64");
    expect(Object.keys(only(image))).toEqual(["text/plain"]);
  });
});
