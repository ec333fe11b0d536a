import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as original from "tslab";
import { afterAll, beforeEach, expect, expectTypeOf, test } from "vitest";
import { createCellApi } from "./output/cell-api";
import { FakePort, inCell } from "./output/testing/fake-port";
import * as tslab from "./tslab-api";

// What creating a cell's API leaves for libraries.
afterAll(() => {
  Reflect.deleteProperty(globalThis, Symbol.for("headroom.kernel"));
});

const port = new FakePort();
createCellApi(port);
const declarations = readFileSync(
  createRequire(__filename).resolve("tslab/dist/public.d.ts"),
  "utf8",
);

beforeEach(() => {
  port.sent.length = 0;
});

test("all that tslab exports is there, and nothing else", () => {
  const names = [...declarations.matchAll(/^export declare (?:const|function) (\w+)/gm)];
  expect(names.length).toBeGreaterThan(2);
  expect(Object.keys(tslab).sort()).toEqual(names.map(([, name]) => name).sort());
});

test("display has all methods of tslab's", () => {
  const [, body = ""] = /export interface Display \{([^}]*)\}/.exec(declarations) ?? [];
  const methods = [...body.matchAll(/^\s*(\w+)\(/gm)].map(([, name]) => name);
  expect(methods.length).toBeGreaterThan(10);
  expect(Object.keys(tslab.display).sort()).toEqual(methods.sort());
});

test("its types accept what tslab's accept", () => {
  expectTypeOf(tslab.display).toExtend<original.Display>();
  expectTypeOf(tslab.newDisplay).toExtend<typeof original.newDisplay>();
  expectTypeOf(tslab.versions).toExtend<typeof original.versions>();
});

test.each<[keyof typeof tslab.display, string]>([
  ["javascript", "text/javascript"],
  ["html", "text/html"],
  ["markdown", "text/markdown"],
  ["latex", "text/latex"],
  ["svg", "image/svg+xml"],
  ["text", "text/plain"],
])("display.%s sends %s as it is", (method, type) => {
  inCell(3, () => (tslab.display[method] as (text: string) => void)("<content>"));
  expect(port.sent).toEqual([
    {
      type: "display",
      id: 3,
      update: false,
      bundle: { data: { [type]: "<content>" }, metadata: {} },
    },
  ]);
});

test.each<[keyof typeof tslab.display, string]>([
  ["png", "image/png"],
  ["jpeg", "image/jpeg"],
  ["gif", "image/gif"],
  ["pdf", "application/pdf"],
])("display.%s sends bytes as base64", (method, type) => {
  (tslab.display[method] as (bytes: Uint8Array) => void)(new Uint8Array([1, 2]));
  expect(port.of("display")[0]?.bundle.data).toEqual({ [type]: "AQI=" });
});

test("display.raw sends any type", () => {
  tslab.display.raw("application/x-mine", "x");
  tslab.display.raw("application/x-mine", Buffer.from("x"));
  expect(port.of("display").map(({ bundle }) => bundle.data)).toEqual([
    { "application/x-mine": "x" },
    { "application/x-mine": "eA==" },
  ]);
});

test("newDisplay replaces what it showed last, each one its own", () => {
  const [first, second] = [tslab.newDisplay(), tslab.newDisplay()];
  first.text("1");
  second.text("a");
  first.html("2");
  const [one, other, again] = port.of("display");
  expect([one?.update, other?.update, again?.update]).toEqual([false, false, true]);
  expect(one?.displayId).toMatch(/^[0-9a-f-]{36}$/);
  expect(again?.displayId).toBe(one?.displayId);
  expect(other?.displayId).not.toBe(one?.displayId);
});

test("versions are those that run", () => {
  expect(tslab.versions).toEqual({
    tslab: "1.0.22",
    typescript: expect.stringMatching(/^7\./),
    node: process.version,
  });
});
