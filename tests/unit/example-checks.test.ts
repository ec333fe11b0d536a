import { describe, expect, it } from "vitest";
import { checkThrows, checkValue } from "../examples/checks";
import { type Example, examplesInMarkdown, examplesInSource } from "../examples/find-examples";
import { countPromises, instrument } from "../examples/instrument";

describe("checkValue", () => {
  const says = (actual: unknown, written: string) => () => checkValue("a.ts:1", actual, written);

  it.each([
    [0.83443, "0.834"],
    [0.5, "0.5"],
    [0.1 + 0.2, "0.3"],
    [-0.0004, "-0.000"],
    [1234, "1234"],
    [[2 / 3, 0.5], "[2 / 3, 1 / 2]"],
    [1.5e-9, "1.5e-9"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    ["1.50", '"1.50"'],
    [undefined, "undefined"],
    [{ tn: 1, rate: 0.33333, extra: undefined }, "{ tn: 1, rate: 0.333 }"],
    [new Float64Array([1, 2]), "[1, 2]"],
    [[["cat", null]], "[['cat', null]]"],
  ] as [unknown, string][])("accepts %j as %s", (actual, written) => {
    expect(says(actual, written)).not.toThrow();
  });

  it.each([
    [0.8356, "0.834"],
    [0.51, "0.5"],
    [4.2, "4"],
    [0.667, "2 / 3"],
    [Number.NaN, "0"],
    [0, "NaN"],
    ["1.5", '"1.50"'],
    ["2", "2"],
    [null, "undefined"],
    [{ tn: 1, fp: 2 }, "{ tn: 1 }"],
    [{}, "{ tn: 1 }"],
    [[1, 2, 3], "[1, 2]"],
    [{ 0: 1, length: 1 }, "[1]"],
    [[], "{}"],
  ] as [unknown, string][])("refuses %j as %s, telling place and both", (actual, written) => {
    expect(says(actual, written)).toThrow(`a.ts:1: the value is`);
  });

  it("tells a comment that isn't a value", () => {
    expect(says(1, "about one")).toThrow(/"about one" isn't a value/);
  });
});

describe("checkThrows", () => {
  it("accepts the named error, thrown or rejected, and nothing else", async () => {
    const range = async () => {
      throw new RangeError("no");
    };
    await expect(checkThrows("a.ts:1", range, "RangeError")).resolves.toBeUndefined();
    await expect(checkThrows("a.ts:1", range, "InputError")).rejects.toThrow(
      /threw RangeError: no/,
    );
    await expect(checkThrows("a.ts:1", async () => 1, "InputError")).rejects.toThrow(/nothing/);
  });
});

describe("finding and instrumenting", () => {
  const source = [
    "/**",
    " * Adds.",
    " * @example",
    ' * import { add } from "x";',
    " * add(",
    ' *   1, // not a promise, nor is "//"',
    " *   2,",
    " * ); // => 3",
    ' * const url = "http://x"; // => "http://x"',
    " * add([1]);",
    " * // => {",
    " * //   a: 1,",
    " * // }",
    " * add(-1); // throws InputError",
    " * @throws never",
    " */",
    "export const x = 1;",
  ].join("\n");

  it("takes an example from a doc comment up to the next tag", () => {
    const [example, ...others] = examplesInSource("a.ts", source);
    expect(others).toEqual([]);
    expect(example?.line).toBe(4);
    expect(countPromises(example as Example)).toBe(4);
    const code = instrument(example as Example, "./checks");
    expect(code).toContain('import { checkValue, checkThrows } from "./checks";');
    expect(code).toMatch(/checkValue\("a.ts:5", add\(\n\s*1,\n\s*2,\n\), "3"\);/);
    expect(code).toContain('checkValue("a.ts:9", url, "\\"http://x\\"");');
    expect(code).toContain('checkValue("a.ts:10", add([1]), "{ a: 1, }");');
    expect(code).toContain('checkThrows("a.ts:14", async () => add(-1), "InputError");');
  });

  it("takes fenced blocks of TypeScript from Markdown, run or only checked", () => {
    const text = "# A\n```sh\nnpm test\n```\n```ts\n1;\n```\n```ts no-run\n2;\n```\n";
    expect(examplesInMarkdown("a.md", text)).toEqual([
      { file: "a.md", line: 6, code: "1;\n", runs: true },
      { file: "a.md", line: 9, code: "2;\n", runs: false },
    ]);
  });

  it("refuses a promise about a statement without a value", () => {
    const example = { file: "a.ts", line: 1, code: "for (const x of y) {} // => 3", runs: true };
    expect(() => instrument(example, "./checks")).toThrow(/a.ts:1: only expressions/);
  });
});
