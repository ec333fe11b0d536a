import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CACHE } from "../project.mjs";
import { publish } from "./publish.mjs";

let parent: string;
let folder: string;
const files = (entries: Record<string, string>) => new Map(Object.entries(entries));

beforeEach(() => {
  mkdirSync(CACHE, { recursive: true });
  parent = mkdtempSync(path.join(CACHE, "publish-"));
  folder = path.join(parent, "book");
});
afterEach(() => rmSync(parent, { recursive: true }));

describe("publish", () => {
  it("writes a new book with its folders, and nothing beside it", () => {
    publish(folder, files({ "a.html": "a", "assets/b/c.js": "c" }));
    expect(readFileSync(path.join(folder, "assets/b/c.js"), "utf8")).toBe("c");
    expect(readdirSync(parent)).toEqual(["book"]);
  });

  it("replaces an older book as a whole", () => {
    publish(folder, files({ "old.html": "old" }));
    publish(folder, files({ "new.html": "new" }));
    expect(existsSync(path.join(folder, "old.html"))).toBe(false);
    expect(readFileSync(path.join(folder, "new.html"), "utf8")).toBe("new");
    expect(readdirSync(parent)).toEqual(["book"]);
  });

  it("leaves the old book where the new one can't be written", () => {
    publish(folder, files({ "old.html": "old" }));
    const impossible = files({ a: "a file", "a/b": "and a folder of its name" });
    expect(() => publish(folder, impossible)).toThrow();
    expect(readFileSync(path.join(folder, "old.html"), "utf8")).toBe("old");
    expect(readdirSync(parent)).toEqual(["book"]);
  });

  it("refuses a folder that holds something else, and leaves it alone", () => {
    mkdirSync(folder);
    writeFileSync(path.join(folder, "thesis.txt"), "mine");
    expect(() => publish(folder, files({ "a.html": "a" }))).toThrow(/no book; they would be lost/);
    expect(readdirSync(folder)).toEqual(["thesis.txt"]);
  });

  it("takes an empty folder", () => {
    mkdirSync(folder);
    publish(folder, files({ "a.html": "a" }));
    expect(existsSync(path.join(folder, "a.html"))).toBe(true);
  });
});
