import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createCellApi } from "./cell-api";
import { clearOutput } from "./clear-output";
import { display } from "./display";
import { displaySymbol } from "./displayable";
import * as rich from "./rich-value";
import { FakePort, inCell } from "./testing/fake-port";

const port = new FakePort();

test("outside a kernel, display prints the text and clearOutput does nothing", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  display(rich.markdown("**hi**"));
  display({ a: 1 });
  clearOutput();
  expect(log.mock.calls).toEqual([["**hi**"], ["{ a: 1 }"]]);
  log.mockRestore();
});

describe("in a kernel", () => {
  let settled: () => Promise<void>;
  beforeAll(() => {
    ({ settled } = createCellApi(port));
  });
  beforeEach(() => {
    port.sent.length = 0;
  });
  const plain = () => port.of("display").map(({ bundle }) => bundle.data["text/plain"]);

  test("display sends a bundle under its cell; its handle replaces it", () => {
    const handle = inCell(3, () => display([1], { metadata: { "text/plain": { a: 1 } } }));
    inCell(4, () => handle.update("next"));
    const { id } = handle;
    expect(port.sent).toEqual([
      {
        type: "display",
        id: 3,
        displayId: id,
        update: false,
        bundle: { data: { "text/plain": "[ 1 ]" }, metadata: { "text/plain": { a: 1 } } },
      },
      {
        type: "display",
        id: 4,
        displayId: id,
        update: true,
        bundle: { data: { "text/plain": "'next'" }, metadata: {} },
      },
    ]);
  });

  test("ids of the user's own are kept; update without one is an error", () => {
    display(1, { id: "mine" });
    display(2, { id: "mine", update: true });
    expect(port.of("display").map(({ displayId, update }) => [displayId, update])).toEqual([
      ["mine", false],
      ["mine", true],
    ]);
    expect(() => display(1, { update: true })).toThrow(/update needs an id/);
  });

  test("late displays belong to the cell that began them", async () => {
    await inCell(6, () => new Promise((resolve) => setTimeout(() => resolve(display(1)), 1)));
    expect(port.of("display")[0]?.id).toBe(6);
  });

  test("asynchronous display methods are waited for, in order", async () => {
    let answer = (_formats: object) => {};
    const value = {
      [displaySymbol]: () =>
        new Promise<object>((resolve) => {
          answer = resolve;
        }),
    };
    const handle = inCell(7, () => display(value));
    handle.update("after");
    expect(port.sent).toEqual([]);
    answer({ "text/plain": "slow" });
    await settled();
    expect(plain()).toEqual(["slow", "'after'"]);
    expect(port.of("display")[0]).toMatchObject({ id: 7, displayId: handle.id, update: false });
    await handle.shown;
  });

  test("all shows all", () => {
    display(new Array(150).fill(0), { all: true });
    expect(plain()[0]).not.toContain("more items");
  });

  test.each([
    [undefined, false],
    [true, true],
    [{ wait: true }, true],
    [{}, false],
  ])("clearOutput(%j) waits: %s", (options, wait) => {
    inCell(2, () => clearOutput(options));
    expect(port.sent).toEqual([{ type: "clear", id: 2, wait }]);
  });

  test("libraries display through the global symbol", () => {
    const kernel = Reflect.get(globalThis, Symbol.for("headroom.kernel"));
    kernel.display(
      { data: { "text/plain": "t" }, metadata: {}, transient: { display_id: "d" } },
      true,
    );
    kernel.display({ data: { "text/plain": "u" }, metadata: {} }, false);
    expect(port.sent).toEqual([
      {
        type: "display",
        id: 0,
        displayId: "d",
        update: true,
        bundle: { data: { "text/plain": "t" }, metadata: {} },
      },
      {
        type: "display",
        id: 0,
        update: false,
        bundle: { data: { "text/plain": "u" }, metadata: {} },
      },
    ]);
  });

  test.each<[string, rich.RichValue, object, object?]>([
    ["html", rich.html("<b>1</b>"), { "text/html": "<b>1</b>", "text/plain": "<b>1</b>" }],
    [
      "an html template",
      rich.html`<p>${"<&>"}${rich.html("<b>")}${[1, "<"]}</p>`,
      { "text/html": "<p>&lt;&amp;&gt;<b>1&lt;</p>", "text/plain": "<p>&lt;&amp;&gt;<b>1&lt;</p>" },
    ],
    [
      "svg",
      rich.svg`<svg id="${'"'}"/>`,
      { "image/svg+xml": '<svg id="&quot;"/>', "text/plain": '<svg id="&quot;"/>' },
    ],
    ["markdown", rich.markdown("# a"), { "text/markdown": "# a", "text/plain": "# a" }],
    ["latex", rich.latex("x^2"), { "text/latex": "$$x^2$$", "text/plain": "x^2" }],
    ["latex with dollars", rich.latex("$x$"), { "text/latex": "$x$", "text/plain": "$x$" }],
    [
      "json",
      rich.json({ a: [1] }, { expanded: true }),
      { "application/json": { a: [1] }, "text/plain": "{ a: [ 1 ] }" },
      { "application/json": { expanded: true } },
    ],
    ["javascript", rich.javascript("1"), { "application/javascript": "1", "text/plain": "1" }],
    [
      "png",
      rich.png(new Uint8Array([1, 2, 3]), { width: 40, alt: "dots" }),
      { "image/png": "AQID", "text/plain": "dots" },
      { "image/png": { width: 40, alt: "dots" } },
    ],
    [
      "jpeg",
      rich.jpeg(Buffer.from([1])),
      { "image/jpeg": "AQ==", "text/plain": "<image/jpeg, 1 bytes>" },
    ],
    [
      "gif",
      rich.gif(Buffer.from([1])),
      { "image/gif": "AQ==", "text/plain": "<image/gif, 1 bytes>" },
    ],
    [
      "webp",
      rich.webp(Buffer.from([1])),
      { "image/webp": "AQ==", "text/plain": "<image/webp, 1 bytes>" },
    ],
    [
      "pdf",
      rich.pdf(Buffer.from([1])),
      { "application/pdf": "AQ==", "text/plain": "<application/pdf, 1 bytes>" },
    ],
    ["a bundle", rich.bundle({ "text/x": "1" }), { "text/x": "1", "text/plain": "<text/x>" }],
  ])("shows %s", (_name, value, data, metadata = {}) => {
    display(value);
    expect(port.of("display")[0]?.bundle).toEqual({ data, metadata });
  });

  test("images that are no bytes are refused, with the cure", () => {
    expect(() => rich.png("iVBOR" as never)).toThrow(/made of bytes.*got string.*base64/);
    expect(() => rich.bundle({ html: "x" })).toThrow(/MIME type/);
  });

  test("the console prints the text of rich values", async () => {
    const { inspect } = await import("node:util");
    expect(inspect([rich.markdown("# a")])).toBe("[ # a ]");
  });
});
