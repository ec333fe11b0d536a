import { describe, expect, it } from "vitest";
import { isRelative, MASK, maskSpecifiers, moduleSpecifiers, unmask } from "./module-specifiers";

const texts = (code: string) => moduleSpecifiers(code).map(({ text }) => text);

describe("the modules that a cell names", () => {
  it.each([
    ["import a from './a'", ["./a"]],
    ["import 'b'; import * as c from \"c\"", ["b", "c"]],
    [
      "import type { T } from '../t';\nexport { x } from './x'; export * from 'y'",
      ["../t", "./x", "y"],
    ],
    ["await import('./d'); import(`e`); require( './f' )", ["./d", "e", "./f"]],
    ["type T = typeof import('./g'); import h = require('./h')", ["./g", "./h"]],
    ["import i from'./i'", ["./i"]],
    ["import unfinished from './par", ["./par"]],
    ["important('./no'); const from = './no'; x.from ('./no')", []],
    [`import(\`./$\{name}\`)`, []],
  ])("%s", (code, specifiers) => {
    expect(texts(code)).toEqual(specifiers);
  });

  it("are told with their places", () => {
    const code = "import a from './a';\nimport b from 'b'";
    for (const { text, start } of moduleSpecifiers(code)) {
      expect(code.slice(start, start + text.length)).toBe(text);
    }
  });

  it("are masked where they are relative, without moving anything", () => {
    const code = "import './a'; import '../b'; import 'c'; import '.'; import '..';";
    const masked = maskSpecifiers(code);
    expect(masked).toHaveLength(code.length);
    expect(masked).toBe(
      `import '${MASK}/a'; import '${MASK}./b'; import 'c'; import '${MASK}'; import '${MASK}.';`,
    );
    expect(unmask(masked)).toBe(code);
  });

  it("are relative as Node.js sees it", () => {
    expect(["./a", "../a", ".", ".."].every(isRelative)).toBe(true);
    expect([".a", "a/./b", "/a", "...", "a"].some(isRelative)).toBe(false);
  });
});
