import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { describe, expect, test } from "vitest";

const SOURCES = import.meta.dirname;
const PACKAGE: { readonly browser: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(path.join(SOURCES, "..", "package.json"), "utf8"),
);

/** By source file, which one a bundler for browsers takes in its place. */
const inBrowsers = new Map(
  Object.entries(PACKAGE.browser).map(([from, to]) => [sourceOf(from), sourceOf(to)] as const),
);
const inNode = new Map<string, string>();

/** The source of a compiled file, as package.json names it. */
function sourceOf(compiled: string): string {
  return path.join(SOURCES, path.relative("dist", compiled).replace(/\.js$/, ".ts"));
}

const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
/** `import ... from`, `export ... from`, `import "..."`, `import("...")`, `require("...")`; not types. */
const IMPORTS =
  /^(?:import|export)\s+(?!type\b)(?:[^;"']*?\bfrom\s*)?["']([^"']+)["']|\b(?:import|require|getBuiltinModule)\(\s*["']([^"']+)["']/gm;

/** What the code of a file imports when it runs. */
function importsOf(code: string): readonly string[] {
  const matches = code.replaceAll(COMMENTS, "").matchAll(IMPORTS);
  return [...matches].flatMap(([, plain, called]) => plain ?? called ?? []);
}

/** Which packages and modules of Node the code reaches from a file, each with the file that imports it. */
function reached(
  entry: string,
  replaced: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const foreign = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (wanted: string) => {
    const file = replaced.get(wanted) ?? wanted;
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of importsOf(readFileSync(file, "utf8"))) {
      if (name.startsWith(".")) visit(path.join(path.dirname(file), `${name}.ts`));
      else foreign.set(name, path.relative(SOURCES, file));
    }
  };
  visit(path.join(SOURCES, entry));
  return foreign;
}

describe("what is imported", () => {
  test("by index.ts in a browser is nothing of Node, and of packages TensorFlow.js alone", () => {
    const foreign = reached("index.ts", inBrowsers);
    expect([...foreign].filter(([name]) => isBuiltin(name))).toEqual([]);
    expect([...foreign]).toEqual([["@tensorflow/tfjs", path.join("tfjs", "tensorflow.ts")]]);
  });

  test("by index.ts in Node is its files, too, so the way through package.json counts", () => {
    expect([...reached("index.ts", inNode).keys()]).toContain("node:fs");
  });

  test("instead of files of Node are files that exist", () => {
    expect(inBrowsers.size).toBeGreaterThan(0);
    expect([...inBrowsers].flat().filter((file) => !existsSync(file))).toEqual([]);
  });

  test.each([
    ['import { a } from "x";', ["x"]],
    ['import {\n  a,\n  b,\n} from "x";', ["x"]],
    ['import "x";', ["x"]],
    ['export * from "x";', ["x"]],
    ['  const a = await import("x");', ["x"]],
    ['import { type A, b } from "x";', ["x"]],
    ['import type { A } from "x";', []],
    ['export type { A } from "x";', []],
    [' * import { a } from "x";', []],
    ['/** import("x") */', []],
  ])("is read from %j", (code, names) => {
    expect(importsOf(code)).toEqual(names);
  });
});
