import { afterEach, describe, expect, it, vi } from "vitest";
import { ConfusionMatrix } from "./confusion-matrix";
import { display, toMimeBundle } from "./display";
import { InputError } from "./errors";
import { kernelSymbol } from "./kernel-display";
import { bundle, displaySymbol, html, latex, markdown, svg } from "./mime-bundle";
import { line } from "./plots/line";
import { figure } from "./plots/panels";
import { table } from "./table";

const fig = figure({ title: "A finding", alt: "A rising line." }, line({ x: [0, 1], y: [0, 1] }));
const text = async (value: unknown) => (await toMimeBundle(value)).data["text/plain"];

describe("toMimeBundle", () => {
  it("gives a figure as Plotly's JSON, as a picture and in words", async () => {
    const { data, metadata } = await toMimeBundle(fig);
    expect(Object.keys(data)).toEqual([
      "application/vnd.plotly.v1+json",
      "image/png",
      "text/plain",
    ]);
    expect(data["application/vnd.plotly.v1+json"]).toEqual({
      data: fig.data,
      layout: fig.layout,
      config: { responsive: true, displaylogo: false },
    });
    expect(String(data["image/png"])).toMatch(/^iVBORw0KGgo/);
    expect(data["text/plain"]).toBe("A rising line.");
    expect(metadata).toEqual({
      "image/png": { alt: "A rising line.", width: 800, height: fig.layout.height },
    });
  });

  it("gives tables as HTML and as text", async () => {
    const { data } = await toMimeBundle(table([{ a: 1 }]));
    expect(Object.keys(data)).toEqual(["text/html", "text/plain"]);
  });

  it("knows data frames by their parts", async () => {
    const frame = { shape: [1, 1], columns: ["a"], index: [0], values: [[1]], dtypes: ["int32"] };
    expect(await text(frame)).toContain("1 row × 1 column");
  });

  it("gives Markdown, HTML, formulas and drawings with a text", async () => {
    expect((await toMimeBundle(markdown("**a**"))).data["text/markdown"]).toBe("**a**");
    expect((await toMimeBundle(html("<b>a</b>", "a"))).data).toEqual({
      "text/html": "<b>a</b>",
      "text/plain": "a",
    });
    expect((await toMimeBundle(latex("x^2"))).data["text/latex"]).toBe("$$x^2$$");
    expect((await toMimeBundle(svg("<svg/>", "nothing"))).metadata).toEqual({
      "image/svg+xml": { alt: "nothing" },
    });
  });

  it("asks objects that know how they are displayed, at once or later", async () => {
    const deno = { [displaySymbol]: async () => ({ "text/plain": "later" }) };
    expect(await toMimeBundle(deno)).toEqual({ data: { "text/plain": "later" }, metadata: {} });
    expect(await text(bundle({ "text/plain": "now" }))).toBe("now");
    await expect(toMimeBundle({ [displaySymbol]: () => "words" })).rejects.toThrow(InputError);
  });

  it("gives objects with a text of their own as that text", async () => {
    const matrix = new ConfusionMatrix(
      ["a", "b"],
      [
        [1, 0],
        [2, 3],
      ],
    );
    expect(await text(matrix)).toBe(matrix.toString());
  });

  it("gives other values as Node prints them, without colours", async () => {
    expect(await text("plain")).toBe("plain");
    expect(await text([1, 2])).toBe("[ 1, 2 ]");
    expect(await text({ a: { b: [1] } })).toBe("{ a: { b: [ 1 ] } }");
    expect(await text(Float64Array.of(1))).toBe("Float64Array(1) [ 1 ]");
    expect(await text(new Map([["a", 1]]))).toBe("Map(1) { 'a' => 1 }");
    expect(await text(undefined)).toBe("undefined");
    expect(await text(Number.NaN)).toBe("NaN");
    expect(await text(Object.create(null))).toBe("[Object: null prototype] {}");
  });
});

describe("display", () => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, kernelSymbol);
    vi.restoreAllMocks();
  });

  it("prints the text where there is no kernel", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await display(fig);
    expect(log).toHaveBeenCalledExactlyOnceWith("A rising line.");
  });

  it("hands the bundle to a kernel that offers to display", async () => {
    const sent: unknown[] = [];
    const kernel = { display: (...call: unknown[]) => sent.push(call) };
    Reflect.set(globalThis, kernelSymbol, kernel);
    await display("hello");
    await display("one", { id: "a" });
    await display("two", { id: "a", update: true });
    expect(sent).toEqual([
      [{ data: { "text/plain": "hello" }, metadata: {} }, false],
      [{ data: { "text/plain": "one" }, metadata: {}, transient: { display_id: "a" } }, false],
      [{ data: { "text/plain": "two" }, metadata: {}, transient: { display_id: "a" } }, true],
    ]);
  });

  it("asks for the id of what it shall replace", async () => {
    await expect(display(1, { update: true })).rejects.toThrow(/update needs an id/);
  });
});
