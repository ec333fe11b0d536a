import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./testing/temporary-folder";
import { parseJsonWithComments, readUserConfig } from "./user-config";

const read = (files: Record<string, string>, folder = ".") => {
  const root = temporaryFolder(files);
  const log: string[] = [];
  return { root, log, options: readUserConfig(path.join(root, folder), (text) => log.push(text)) };
};

describe("the user's tsconfig.json", () => {
  it("may be in a folder around the notebook's; the nearest counts", () => {
    const files = {
      "tsconfig.json": '{ "compilerOptions": { "strict": false } }',
      "a/tsconfig.json": '{ "compilerOptions": { "strict": true } }',
      "a/b/c/x": "",
    };
    expect(read(files, "a/b/c").options).toEqual({ strict: true });
  });

  it("gives only what concerns a cell", () => {
    const text =
      '{ "compilerOptions": { "jsx": "react", "outDir": "x", "module": "amd", "composite": true } }';
    expect(read({ "tsconfig.json": text }).options).toEqual({ jsx: "react" });
  });

  it("adds to what it extends: files, lists of files, packages", () => {
    const { options } = read({
      "tsconfig.json":
        '{ "extends": ["./one", "pkg/strict.json", "pkg"], "compilerOptions": { "jsx": "preserve" } }',
      "one.json":
        '{ "extends": "./zero.json", "compilerOptions": { "strict": true, "jsx": "react" } }',
      "zero.json": '{ "compilerOptions": { "strict": false, "noImplicitThis": false } }',
      "node_modules/pkg/strict.json": '{ "compilerOptions": { "strict": false } }',
      "node_modules/pkg/tsconfig.json": '{ "compilerOptions": { "lib": ["es2022"] } }',
      "node_modules/pkg/package.json":
        '{ "name": "pkg", "version": "1.0.0", "main": "tsconfig.json" }',
    });
    expect(options).toEqual({
      noImplicitThis: false,
      strict: false,
      jsx: "preserve",
      lib: ["es2022"],
    });
  });

  it("has its paths taken from its own folder, or its baseUrl", () => {
    const { root, options } = read(
      {
        "tsconfig.json": '{ "extends": "./base/config.json" }',
        "base/config.json": `{ "compilerOptions": { "paths": { "~/*": ["src/*"], "c": ["\${configDir}/c"] }, "typeRoots": ["./types"], "baseUrl": "." } }`,
        "notes/x": "",
      },
      "notes",
    );
    expect(options).toEqual({
      paths: { "~/*": [path.join(root, "base/src/*")], c: [path.join(root, "c")] },
      typeRoots: [path.join(root, "base/types")],
    });
  });

  it.each([
    ["broken", "{"],
    ["no object", "[]"],
    ["one that extends a missing package", '{ "extends": "gone" }'],
    ["one that extends a missing file", '{ "extends": "./gone" }'],
  ])("that is %s is not used, and the log says so", (_, text) => {
    const { options, log } = read({ "tsconfig.json": text });
    expect(options).toEqual({});
    expect(log[0]).toContain("is not used");
  });

  it("that extends itself comes to an end", () => {
    const text = '{ "extends": "./tsconfig.json", "compilerOptions": { "strict": true } }';
    expect(read({ "tsconfig.json": text }).options).toEqual({ strict: true });
  });

  it("may have comments and trailing commas, but not in texts", () => {
    const text = '\uFEFF{ // c\n "a": "// no, }", /* d */ "b": [1, 2, ],\n "c": "\\"/*", }';
    expect(parseJsonWithComments(text)).toEqual({ a: "// no, }", b: [1, 2], c: '"/*' });
  });
});
