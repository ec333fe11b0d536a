import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface LockedPackage {
  version?: string;
  dev?: boolean;
  link?: boolean;
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"),
);

/** The lowest version without a known vulnerability, in the series that is installed. */
const repaired: Record<string, string> = {
  "adm-zip": "0.6.1",
  ajv: "8.18.0",
  "brace-expansion": "1.1.17",
  "fast-uri": "3.1.2",
  "form-data": "4.0.6",
  "https-proxy-agent": "2.2.3",
  "maplibre-gl": "6.4.1",
  mathjs: "15.2.0",
  minimatch: "3.1.3",
  "node-fetch": "2.6.7",
  papaparse: "5.2.0",
  picomatch: "2.3.2",
  qs: "6.14.1",
  rollup: "2.80.0",
  tar: "7.5.21",
  "tough-cookie": "4.1.3",
  vega: "6.2.0",
  "vega-functions": "6.1.1",
  "vega-selections": "6.1.2",
};

/** Packages that nobody repairs: only a stand-in of our own may bear the name. */
const abandoned = ["request", "xlsx"];

const nameOf = (folder: string) => folder.slice(folder.lastIndexOf("node_modules/") + 13);
const production = Object.entries(lock.packages).filter(
  ([folder, { dev }]) => folder.includes("node_modules/") && !dev,
);

function isOlder(version: string, floor: string): boolean {
  const [found, wanted] = [version, floor].map((text) => text.split(".").map(Number.parseFloat));
  for (let i = 0; i < 3; i++) {
    const difference = (found?.[i] ?? 0) - (wanted?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

// What is known of each is in docs/audit.md.
describe("production dependencies", () => {
  it("hold no package older than its repaired version", () => {
    const old = production
      .map(([folder, { version = "0" }]) => ({ folder, name: nameOf(folder), version }))
      .filter(({ name, version }) => isOlder(version, repaired[name] ?? "0"));
    expect(old).toEqual([]);
  });

  it.each(abandoned)("replace %s, which nobody repairs, by a stand-in", (name) => {
    const copies = production.filter(([folder]) => nameOf(folder) === name);
    expect(copies.map(([, { link }]) => link)).toEqual([true]);
  });
});
