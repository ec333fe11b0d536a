import { AsyncLocalStorage } from "node:async_hooks";
import { beforeEach, expect, test } from "vitest";
import { captureStreams } from "./capture-streams";
import { connect } from "./connection";
import { captureConsole } from "./console";
import { FakePort, inCell } from "./testing/fake-port";

const port = new FakePort();
captureStreams(port);
connect(port);
process.env.FORCE_COLOR = "3";
captureConsole();

beforeEach(() => {
  port.sent.length = 0;
});

test.each<[string, () => void, string, string]>([
  ["log", () => console.log("a %s %d %o", "b", 1, [1]), "a b 1 [ 1, [length]: 1 ]\n", ""],
  ["info", () => console.info({ a: [1] }), "{ a: [ 1 ] }\n", ""],
  ["debug", () => console.debug("d"), "d\n", ""],
  ["warn", () => console.warn("w"), "", "w\n"],
  ["error", () => console.error("e", 1), "", "e 1\n"],
  ["assert", () => console.assert(1 > 2, "maths"), "", "Assertion failed: maths\n"],
  ["dir", () => console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }), "{ a: [Object] }\n", ""],
  ["dirxml", () => console.dirxml([1], 2), "[ 1 ] 2\n", ""],
  [
    "count",
    () => {
      console.count();
      console.count("c");
      console.count();
      console.countReset();
      console.count();
    },
    "default: 1\nc: 1\ndefault: 2\ndefault: 1\n",
    "",
  ],
  [
    "group",
    () => {
      console.group("g");
      console.log("a\nb");
      console.groupEnd();
      console.log("c");
    },
    "g\n  a\n  b\nc\n",
    "",
  ],
  [
    "table",
    () => console.table([{ a: 1 }]),
    "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\n",
    "",
  ],
])(
  "console.%s writes under its cell, in the right stream, without colours",
  (_name, run, out, err) => {
    inCell(9, run);
    expect(port.text("stdout", 9)).toBe(out);
    expect(port.text("stderr", 9)).toBe(err);
  },
);

test("console.time tells durations", () => {
  console.time("t");
  console.timeLog("t", "more");
  console.timeEnd("t");
  expect(port.text("stdout")).toMatch(/^t: [\d.]+m?s more\nt: [\d.]+m?s\n$/);
});

test("console.trace shows no frames of the kernel", () => {
  console.trace("here");
  expect(port.text("stderr")).toMatch(/^Trace: here\n/);
  expect(port.text("stderr")).not.toContain(__dirname);
});

test("console.clear clears the cell's output", () => {
  inCell(2, () => console.clear());
  expect(port.sent).toEqual([{ type: "clear", id: 2, wait: false }]);
});

test("promises and timers show none of the kernel's marks", async () => {
  await new AsyncLocalStorage().run({ store: 1 }, async () => {
    const promise = new Promise((resolve) => setTimeout(resolve, 1, "late"));
    console.log(promise, { inside: [Promise.resolve(2)] });
    console.log(
      setTimeout(() => {}, 1),
      setImmediate(() => {}),
    );
    expect(await promise).toBe("late");
  });
  expect(port.text("stdout")).toMatch(/^Promise \{ <pending> \} \{ inside: \[ \[?Promise/);
  expect(port.text("stdout")).not.toMatch(/async_id_symbol|kResourceStore/);
});

test("a stream that the user puts in the place of process.stdout is written to", () => {
  const write = process.stdout.write;
  let caught = "";
  process.stdout.write = ((text: string) => {
    caught += text;
    return true;
  }) as typeof write;
  console.log("caught");
  process.stdout.write = write;
  expect([caught, port.text("stdout")]).toEqual(["caught\n", ""]);
});
