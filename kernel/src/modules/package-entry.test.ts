import { describe, expect, it } from "vitest";
import { HIDDEN, matchExports, matchImports } from "./package-entry";

const NODE_IMPORT = new Set(["node", "import"]);

describe("matchExports", () => {
  it.each([
    ["a text", "./a.js", ".", "./a.js"],
    ["a text has no subpaths", "./a.js", "./b", undefined],
    ["conditions in the package's order", { import: "./i.js", node: "./n.js" }, ".", "./i.js"],
    ["conditions that do not hold", { browser: "./b.js", default: "./d.js" }, ".", "./d.js"],
    ["no condition holds", { browser: "./b.js" }, ".", undefined],
    [
      "nested, and on to the next where nothing fits",
      { node: { x: "./x" }, default: "./d" },
      ".",
      "./d",
    ],
    ["the exact subpath before patterns", { "./a": "./1", "./*": "./2/*" }, "./a", "./1"],
    ["the longest pattern", { "./*": "./1/*", "./lib/*": "./2/*" }, "./lib/x/y", "./2/x/y"],
    ["a pattern's end", { "./*.js": "./1/*.js", "./*": "./2/*" }, "./a.js", "./1/a.js"],
    ["a star stands for something", { "./a*": "./1/*" }, "./a", undefined],
    ["every star of the target", { "./*": "./*/*.js" }, "./x", "./x/x.js"],
    ["a dollar sign is only a dollar sign", { "./*": "./d/*" }, "./$&", "./d/$&"],
    ["null hides", { "./*": "./1/*", "./in/*": null }, "./in/x", HIDDEN],
    ["the first choice of several", { ".": ["./a.js", "./b.js"] }, ".", "./a.js"],
    [
      "a choice that leaves the package is passed over",
      { ".": ["./../x.js", "./b.js"] },
      ".",
      "./b.js",
    ],
  ])("%s", (_title, exports, subpath, expected) => {
    expect(matchExports(exports, subpath, NODE_IMPORT)).toBe(expected);
  });
});

describe("matchImports", () => {
  it("knows exact names, patterns and conditions", () => {
    const imports = { "#a": { import: "./a.mjs", default: "./a.cjs" }, "#lib/*": "./lib/*.js" };
    expect(matchImports(imports, "#a", NODE_IMPORT)).toBe("./a.mjs");
    expect(matchImports(imports, "#lib/x", NODE_IMPORT)).toBe("./lib/x.js");
    expect(matchImports(imports, "#b", NODE_IMPORT)).toBeUndefined();
  });
});
