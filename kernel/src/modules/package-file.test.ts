import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPackageFile, type ImportMode } from "./package-file";

// Below the kernel's folder, so that what is installed there is found.
const folder = path.resolve(__dirname, `../../.dist-test-resolve-${process.pid}`);
const installed = path.resolve(__dirname, "../../../node_modules");

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All that is installed: each package, its subpaths, and some of its files. */
function specifiers(): readonly string[] {
  const names = readdirSync(installed)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@")
        ? readdirSync(path.join(installed, name)).map((inner) => `${name}/${inner}`)
        : name,
    );
  const all = names.flatMap((name) => [name, `${name}/package.json`, ...subpaths(name)]);
  return [...new Set(all)].filter((name) => !isBuiltin(name));
}

function subpaths(name: string): readonly string[] {
  try {
    const manifest = JSON.parse(
      readFileSync(path.join(installed, name, "package.json"), "utf8"),
    ) as { exports?: object };
    const exported = Object.keys(manifest.exports ?? {}).filter((key) => /^\.\/.*[^/]$/.test(key));
    return exported.map((key) => name + key.slice(1).replace("*", "index"));
  } catch {
    return [];
  }
}

function ours(specifier: string, mode: ImportMode): string | undefined {
  try {
    return findPackageFile(specifier, folder, mode, "the test");
  } catch {
    return undefined;
  }
}

function nodesRequire(all: readonly string[]): readonly (string | undefined)[] {
  const require = createRequire(path.join(folder, "x.js"));
  return all.map((specifier) => {
    try {
      return require.resolve(specifier);
    } catch {
      return undefined;
    }
  });
}

function nodesImport(all: readonly string[]): readonly (string | undefined)[] {
  const script = path.join(folder, "resolve.mjs");
  const list = path.join(folder, "list.json");
  writeFileSync(list, JSON.stringify(all));
  writeFileSync(
    script,
    `import { existsSync, readFileSync } from "node:fs";
     const found = JSON.parse(readFileSync(process.argv[2], "utf8")).map((specifier) => {
       try { const url = import.meta.resolve(specifier); return existsSync(new URL(url)) ? url : null } catch { return null }
     });
     process.stdout.write(JSON.stringify(found));`,
  );
  const output = execFileSync(process.execPath, [script, list], { encoding: "utf8" });
  return (JSON.parse(output) as (string | null)[]).map((url) =>
    url === null ? undefined : fileURLToPath(url),
  );
}

describe("findPackageFile", () => {
  it.each([
    { mode: "import" as const, nodes: nodesImport },
    { mode: "require" as const, nodes: nodesRequire },
  ])(
    "finds for $mode what Node finds, for everything that is installed here",
    ({ mode, nodes }) => {
      const all = specifiers();
      const expected = nodes(all);
      const different = all.flatMap((specifier, index) => {
        const node = expected[index];
        // Where Node finds nothing, extensions may have been left out, which is allowed here.
        return node === undefined || node === ours(specifier, mode) ? [] : [{ specifier, node }];
      });
      expect(different).toEqual([]);
      expect(expected.filter((found) => found !== undefined).length).toBeGreaterThan(300);
    },
  );
});
