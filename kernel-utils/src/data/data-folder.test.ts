import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CHECKSUM_FILE, dataFolder } from "./data-folder";

let empty: string;
const here = process.cwd();

beforeEach(() => {
  empty = realpathSync(mkdtempSync(join(tmpdir(), "headroom-")));
});

afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(here);
  rmSync(empty, { recursive: true });
});

describe("dataFolder", () => {
  it("finds the project's folder from this package, wherever the program runs", () => {
    const expected = resolve(__dirname, "../../../data");
    expect(dataFolder()).toBe(expected);
    process.chdir(empty);
    expect(dataFolder()).toBe(expected);
  });

  it("takes the folder that HEADROOM_DATA names, and an empty value as none", () => {
    writeFileSync(join(empty, CHECKSUM_FILE), "");
    vi.stubEnv("HEADROOM_DATA", empty);
    expect(dataFolder()).toBe(empty);
    vi.stubEnv("HEADROOM_DATA", "");
    expect(dataFolder()).not.toBe(empty);
  });

  it("refuses a HEADROOM_DATA without checksums, naming the folder", () => {
    vi.stubEnv("HEADROOM_DATA", empty);
    expect(dataFolder).toThrow(
      expect.objectContaining({ code: "missing-file", message: expect.stringContaining(empty) }),
    );
  });
});
