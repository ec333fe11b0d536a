/** What must compile in a cell, and what must not. Checked by the compiler, never run. */
import {
  bundle,
  type CheckMode,
  type Comm,
  clearOutput,
  type Displayable,
  type DisplayHandle,
  display,
  displaySymbol,
  html,
  json,
  kernel,
  onComm,
  openComm,
  ProgressBar,
  png,
  progress,
  promptSecret,
  table,
} from "./index";

class Point implements Displayable {
  [displaySymbol]() {
    return { "text/plain": "point" };
  }
}
class Late implements Displayable {
  async [displaySymbol]() {
    return { data: { "text/plain": "late" }, metadata: {} };
  }
}
class Wrong implements Displayable {
  // @ts-expect-error formats are an object
  [displaySymbol]() {
    return 5;
  }
}

const handle: DisplayHandle = display(new Point(), { id: "a", all: true });
handle.update(new Late(), { metadata: {} });
display(new Wrong());
// @ts-expect-error an id is a text
display(1, { id: 5 });
// @ts-expect-error a misspelt option
display(1, { upate: true });
clearOutput();
clearOutput(true);
clearOutput({ wait: true });

html("<b>");
html`<b>${1}</b>`;
json({}, { expanded: true });
png(new Uint8Array(), { width: 1 });
// @ts-expect-error bytes, not base64
png("iVBOR");
bundle({ "text/html": "<b>" });

table([{ a: 1 }], { columns: ["a"], maxRows: 5 });
table(new Map([["a", 1]]));
// @ts-expect-error rows are objects
table([1, 2]);

const numbers: Iterable<number> = progress(10);
const names: Iterable<string> = progress(["a"], { label: "x", total: 1, unit: "file" });
async function* rows(): AsyncGenerator<Point> {
  yield new Point();
}
const points: AsyncIterable<Point> = progress(rows());
// @ts-expect-error an asynchronous iterable needs for await
const wrong: Iterable<Point> = progress(rows());
export const iterables = { numbers, names, points, wrong };
const bar = new ProgressBar({ total: 3 });
bar.advance();
bar.label = "next";
// @ts-expect-error the number done is set by a method
bar.value = 3;

const comm: Comm<{ clicks: number }, string> = openComm("target", { any: "data" });
comm.send("text");
// @ts-expect-error what is sent has a type
comm.send(5);
comm.onMessage(({ clicks }, { buffers }) => clicks + buffers.length);
// @ts-expect-error what comes has a type
comm.onMessage(({ click }) => click);
const off: () => void = onComm<number, number>("double", (opened) => {
  opened.onMessage((n) => opened.send(2 * n));
});
off();

const secret: string = promptSecret("Token: ");
export const mode: CheckMode = "warn";
export const info: string = secret + kernel.version + kernel.node + kernel.typescript;
