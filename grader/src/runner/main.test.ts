import * as checks from "@headroom/checks";
import { describe, expect, test } from "vitest";
import { encode } from "../protocol/codec";
import { needsSandbox } from "../testing/needs-sandbox";
import { withRunner } from "../testing/runner-client";
import { INERT_CHECKS } from "./inert-checks";

const slot = 40;

test("what cells get for @headroom/checks has all that the package has", () => {
  expect(Object.keys(INERT_CHECKS).sort()).toEqual(Object.keys(checks).sort());
});

describe("the runner", () => {
  needsSandbox();

  test("runs cells with the names of earlier ones, and tells what they print and throw", () =>
    withRunner({ slot }, async ({ ask }) => {
      expect(await ask({ cell: "const a: number = 2; console.log('one', { a });" })).toEqual({
        id: 1,
        text: "one { a: 2 }\n",
      });
      expect(await ask({ cell: "process.stderr.write(String(a)); null!.x" })).toEqual({
        id: 2,
        text: "2",
        threw: { name: "TypeError", message: "Cannot read properties of null (reading 'x')" },
      });
      expect(await ask({ cell: "const = 1" })).toMatchObject({
        id: 3,
        text: "",
        threw: { name: "SyntaxError" },
      });
    }));

  test("keeps a limit on what a cell prints", () =>
    withRunner({ slot, limits: { outputKB: 1 } }, async ({ ask }) => {
      const answer = await ask({ cell: "for (let i = 0; i < 1e5; i++) console.log('123456789');" });
      expect(answer).toEqual({
        id: 1,
        text: `${"123456789\n".repeat(200).slice(0, 1024)}\n... more was printed\n`,
      });
    }));

  test("calls functions, waits for their promises, and tells what became of the arguments", () =>
    withRunner({ slot }, async ({ ask }) => {
      await ask({
        cell: "const add = async (list: number[], x: number) => { list.push(x); return list.length; };",
      });
      expect(await ask({ call: "add", args: [encode([1, Number.NaN]), 3] })).toEqual({
        id: 2,
        value: 3,
        argumentsAfter: [[1, { $: "number", v: "NaN" }, 3], 3],
      });
      expect(await ask({ call: "subtract", args: [] })).toEqual({ id: 3, missing: true });
      expect(await ask({ call: "process", args: [] })).toEqual({ id: 4, missing: true });
    }));

  test("gives ordinary values to the student's functions", () =>
    withRunner({ slot }, async ({ ask }) => {
      await ask({
        cell: `function kinds(o: any, m: any, f: any): any {
  return [o.hasOwnProperty("x"), String(o), m instanceof Map, f instanceof Float32Array];
}`,
      });
      const args = [{ x: 1 }, new Map(), new Float32Array(2)].map((value) => encode(value));
      expect(await ask({ call: "kinds", args })).toMatchObject({
        value: [true, "[object Object]", true, true],
      });
    }));

  test("asks the judge in the middle of a synchronous function", () =>
    withRunner({ slot }, async ({ ask, reply }) => {
      await ask({ cell: "const twice = (f: (x: number) => number, x: number) => f(f(x));" });
      const callback = { $: "callback", v: 7 } as const;
      expect(await ask({ call: "twice", args: [callback, 5] })).toEqual({ callback: 7, args: [5] });
      expect(await reply({ value: 6 })).toEqual({ callback: 7, args: [6] });
      expect(await reply({ value: 8 })).toEqual({ id: 2, value: 8, argumentsAfter: [callback, 5] });
      await ask({ call: "twice", args: [callback, 5] });
      expect(await reply({ threw: "no" })).toEqual({
        id: 3,
        threw: { name: "Error", message: "no" },
      });
    }));

  test("is not asked for anything once a call is over", () =>
    withRunner({ slot }, async ({ ask }) => {
      await ask({
        cell: "let kept: any; const keep = (f: any) => { kept = f; }; const use = () => kept(1);",
      });
      await ask({ call: "keep", args: [{ $: "callback", v: 0 }] });
      expect(await ask({ call: "use", args: [] })).toMatchObject({
        threw: { message: expect.stringContaining("after the call's end") },
      });
    }));

  test("says that a promise never settles, and goes on", () =>
    withRunner({ slot }, async ({ ask }) => {
      const never = { name: "Error", message: expect.stringContaining("never settles") };
      await ask({ cell: "const wait = () => new Promise(() => {}); const one = () => 1;" });
      expect(await ask({ call: "wait", args: [] })).toEqual({ id: 2, threw: never });
      expect(await ask({ cell: "await wait()" })).toEqual({ id: 3, text: "", threw: never });
      expect(await ask({ call: "one", args: [] })).toMatchObject({ id: 4, value: 1 });
    }));

  test("says in words that a value is too large", () =>
    withRunner({ slot }, async ({ ask }) => {
      await ask({ cell: "const long = () => new Array(1e6).fill(0);" });
      expect(await ask({ call: "long", args: [] })).toMatchObject({
        threw: { name: "RangeError", message: expect.stringContaining("too large to be judged") },
      });
    }));

  test("has the course's packages and data, and its declarations do nothing", () =>
    withRunner({ slot }, async ({ ask }) => {
      const cell = `import { check, test, call, equals } from "@headroom/checks";
import { accuracy, loadLectureTable } from "@headroom/kernel-utils";
const rows = loadLectureTable("skewed-confusion").rows;
await check("x", test("y", call(() => 1), equals(2)));
console.log(rows.length, typeof accuracy);`;
      expect(await ask({ cell })).toEqual({ id: 1, text: "3 function\n" });
    }));

  test("works without a sandbox where the user trusts the students", () =>
    withRunner({ trust: true }, async ({ ask }) => {
      const cell =
        'import { accuracy } from "@headroom/kernel-utils"; console.log(typeof accuracy);';
      expect(await ask({ cell })).toEqual({ id: 1, text: "function\n" });
    }));
});
