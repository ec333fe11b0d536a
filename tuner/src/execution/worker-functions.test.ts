import { describe, expect, test } from "vitest";
import { DefinitionError } from "../errors";
import { functionSource, reviveFunction } from "./worker-functions";

const elsewhere = 5;

const cross = (fn: (...values: never[]) => unknown, scope = {}) =>
  reviveFunction(functionSource(fn), scope, "The build function");

describe("a function that crosses as text", () => {
  const methods = {
    plain(a: number, b: number) {
      return a - b;
    },
    async later(a: number, b: number) {
      return (await Promise.resolve(a)) - b;
    },
    async "any name"(a: number, b: number) {
      return a - b;
    },
  };

  test.each<[string, (a: number, b: number) => unknown]>([
    ["an arrow function", (a, b) => a - b],
    ["an async arrow function", async (a, b) => a - b],
    [
      "a function",
      function named(a, b) {
        return a - b;
      },
    ],
    [
      "an async function",
      async function named(a, b) {
        return a - b;
      },
    ],
    ["a method", methods.plain],
    ["an async method", methods.later],
    ["a method of any name", methods["any name"]],
  ])("%s does there what it did here", async (_, fn) => {
    expect(await cross(fn)(7, 3)).toBe(4);
  });

  test("sees what it is given, and what it loads itself", async () => {
    const revived = reviveFunction("(x) => given + x + require('node:path').sep", { given: "a" });
    expect(revived("b")).toMatch(/^ab[/\\]$/);
    const importing = reviveFunction("async () => (await import('node:path')).sep", {});
    expect(await importing()).toMatch(/[/\\]/);
  });

  test("may come from a notebook's cell, which has its awaits and imports rewritten", async () => {
    const source =
      'async (x) => (await __kernel.wait(__kernel.import("node:path"), "cell:1")).basename(x)';
    expect(await reviveFunction(source, {})("a/b")).toBe("b");
  });

  test.each<[string, () => unknown]>([
    ["at once", () => elsewhere + 1],
    [
      "later",
      async () => {
        await Promise.resolve();
        return elsewhere + 1;
      },
    ],
  ])("tells the name that it lacks there, %s", async (_, fn) => {
    const run = async () => cross(fn)();
    await expect(run()).rejects.toThrow(DefinitionError);
    await expect(run()).rejects.toThrow(/The build function uses "elsewhere".*inside.*module/s);
  });

  test("throws its own errors as they are", () => {
    const fail = () => {
      throw new RangeError("too far");
    };
    expect(() => cross(fail)()).toThrow(new RangeError("too far"));
  });

  test.each<[string, (...values: never[]) => unknown]>([
    ["a native function", Math.max],
    ["a bound one", (() => 1).bind(null)],
    ["a class", class A {} as unknown as () => unknown],
  ])("%s has no text that would do", (_, fn) => {
    expect(() => functionSource(fn)).toThrow(/can't be sent to a worker/);
  });
});
