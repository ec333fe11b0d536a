/** `using`, run. */
import { describe, expect, test } from "vitest";
import { cellResults } from "../testing/run-cells";

const RESOURCE =
  "const log: string[] = []; const r = (n: string) => ({ n, [Symbol.dispose]() { log.push(n) }, async [Symbol.asyncDispose]() { await sleep(); log.push('async ' + n) } });";

describe("using", () => {
  test.each<[string, string, unknown]>([
    [
      "in a block, last first",
      "{ using a = r('a'), b = r('b'); log.push('body') }\nlog",
      ["body", "b", "a"],
    ],
    ["await using", "{ await using a = r('a'); using b = r('b') }\nlog", ["b", "async a"]],
    [
      "in a function that returns early",
      "function f() { 'x'; using a = r('a'); return log.push('return') }\nf(); log",
      ["return", "a"],
    ],
    [
      "in an async arrow",
      "await (async () => { await using a = r('a'); await sleep(); log.push('end') })()\nlog",
      ["end", "async a"],
    ],
    [
      "in a loop's head",
      "for (using a of [r('a'), r('b')]) log.push('body')\nlog",
      ["body", "a", "body", "b"],
    ],
    [
      "in a for with continue",
      "for (using a of [r('a'), r('b')]) { if (a.n === 'a') continue; log.push('body') }\nlog",
      ["a", "body", "b"],
    ],
    [
      "in a counting loop",
      "for (using a = r('a'), i = null; log.length < 2;) log.push('body')\nlog",
      ["body", "body", "a"],
    ],
    [
      "in for await",
      "for await (await using a of [r('a')]) { log.push('body') }\nlog",
      ["body", "async a"],
    ],
    [
      "in a static block",
      "class A { static { using a = r('a'); log.push('body') } }\nlog",
      ["body", "a"],
    ],
    ["null is allowed", "{ using a = null; await using b = undefined }\nlog", []],
    [
      "an error passes on",
      "try { using a = r('a'); throw new Error('x') } catch (e) { log.push((e as Error).message) }\nlog",
      ["a", "x"],
    ],
    [
      "an error while disposing holds the first",
      "try { using a = { [Symbol.dispose]() { throw new Error('later') } }; throw new Error('first') } catch (e: any) { log.push(e.name, e.error.message, e.suppressed.message) }\nlog",
      ["SuppressedError", "later", "first"],
    ],
    [
      "what cannot be disposed is refused",
      "try { using a = {} as any } catch (e: any) { log.push(e.name) }\nlog",
      ["TypeError"],
    ],
    ["using as a name", "let using = 1; using = 2\nusing", 2],
  ])("%s", async (_title, code, expected) => {
    expect(await cellResults(RESOURCE, code)).toEqual([expected]);
  });

  test("at the top level, the kernel disposes at the cell's end", async () => {
    const log = await cellResults(RESOURCE, "using a = r('a'), b = r('b'); log.push(a.n)", "log");
    expect(log.at(-1)).toEqual(["a", "b", "a"]);
  });
});
