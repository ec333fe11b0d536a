import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyPackage, isTemporary } from "./package-copy";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "headroom-copy-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a package whose module exports its own name and version and those of what it needs. */
function writePackage(place: string, manifest: { name: string; [key: string]: unknown }): string {
  const home = path.join(folder, place);
  mkdirSync(path.join(home, "dist"), { recursive: true });
  writeFileSync(
    path.join(home, "package.json"),
    JSON.stringify({ main: "dist/m.js", ...manifest }),
  );
  const needs = Object.keys(manifest.dependencies ?? {});
  const loads = needs.map((name) => `...require(${JSON.stringify(name)})`);
  const own = `"${manifest.name}@${manifest.version}"`;
  writeFileSync(
    path.join(home, "dist", "m.js"),
    `module.exports = [${[own, ...loads].join(",")}];`,
  );
  return home;
}

const read = (...parts: string[]) => readFileSync(path.join(folder, ...parts), "utf8");

describe("copyPackage", () => {
  it("copies what is needed, each in the version that its user had", () => {
    const dependencies = { a: "1", b: "1" };
    const kernel = writePackage("from/node_modules/@headroom/kernel", {
      name: "@headroom/kernel",
      version: "0",
      dependencies,
    });
    writePackage("from/node_modules/a", { name: "a", version: 1, dependencies: { c: "2" } });
    writePackage("from/node_modules/a/node_modules/c", { name: "c", version: 2 });
    writePackage("from/node_modules/b", { name: "b", version: 1, dependencies: { c: "1" } });
    writePackage("from/node_modules/c", { name: "c", version: 1 });
    writePackage("from/node_modules/unneeded", { name: "unneeded", version: 1 });

    const copied = copyPackage(kernel, path.join(folder, "to"));

    expect(copied).toBe(path.join(folder, "to", "node_modules", "@headroom", "kernel"));
    rmSync(path.join(folder, "from"), { recursive: true });
    const loaded = createRequire(import.meta.url)(copied);
    expect(loaded).toEqual(["@headroom/kernel@0", "a@1", "c@2", "b@1", "c@1"]);
    expect(() => read("to/node_modules/unneeded/package.json")).toThrow(/ENOENT/);
  });

  it("does without optional packages that are not there, and without no other", () => {
    const optional = { name: "k", version: 0, optionalDependencies: { a: "1" } };
    const lenient = writePackage("x/node_modules/k", { ...optional, peerDependencies: { p: "1" } });
    expect(() => copyPackage(lenient, path.join(folder, "to"))).not.toThrow();
    const strict = { name: "k", version: 0, dependencies: { a: "1" } };
    expect(() =>
      copyPackage(writePackage("y/node_modules/k", strict), path.join(folder, "to2")),
    ).toThrow(/k needs the package a, which is not installed/);
  });
});

describe("isTemporary", () => {
  it.each([
    "/home/a/.npm/_npx/0a1b2c/node_modules/@headroom/kernel",
    "C:\\Users\\a\\npm-cache\\_npx\\0a1b\\node_modules\\@headroom\\kernel",
    "/home/a/.cache/pnpm/dlx/0a1b/1/node_modules/.pnpm/k/node_modules/@headroom/kernel",
    "/home/a/.cache/pnpm/dlx-1234/node_modules/@headroom/kernel",
    "/tmp/bunx-1000-@headroom/kernel@latest/node_modules/@headroom/kernel",
  ])("holds for %s", (place) => {
    expect(isTemporary(place)).toBe(true);
  });

  it.each([
    "/usr/lib/node_modules/@headroom/kernel",
    "/tmp/project/node_modules/@headroom/kernel",
    "/home/npx/project/node_modules/@headroom/kernel",
  ])("does not hold for %s", (place) => {
    expect(isTemporary(place)).toBe(false);
  });
});
