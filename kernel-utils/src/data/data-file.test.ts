import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readDataFile } from "./data-file";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const TEXT = "a,class\n1,x\n";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-"));
  vi.stubEnv("HEADROOM_DATA", folder);
  mkdirSync(join(folder, "uci"));
  writeFileSync(join(folder, "uci", "a.csv"), TEXT);
  writeFileSync(join(folder, "SHA256SUMS"), `${sha256(TEXT)}  uci/a.csv\n`);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("readDataFile", () => {
  it("returns the text of a file whose checksum is right", () => {
    expect(readDataFile("uci/a.csv")).toBe(TEXT);
  });

  it("names a changed file with both checksums and the cure", () => {
    const changed = TEXT.replace("1", "2");
    writeFileSync(join(folder, "uci", "a.csv"), changed);
    expect(() => readDataFile("uci/a.csv")).toThrow(
      expect.objectContaining({
        name: "DataFileError",
        code: "corrupt-file",
        data: { path: "uci/a.csv", folder, expected: sha256(TEXT), found: sha256(changed) },
        message:
          `The data file ${join(folder, "uci", "a.csv")} was changed or damaged: ` +
          `expected SHA-256 ${sha256(TEXT)}, found ${sha256(changed)}. ` +
          "Restore it in the project's folder: git checkout -- data/uci/a.csv",
      }),
    );
  });

  it("names a missing file with its checksum and the cure", () => {
    rmSync(join(folder, "uci", "a.csv"));
    expect(() => readDataFile("uci/a.csv")).toThrow(
      expect.objectContaining({
        code: "missing-file",
        message: expect.stringMatching(/a\.csv is missing .*git checkout -- data\/uci\/a\.csv$/),
      }),
    );
  });

  it("notices an emptied file and converted line ends", () => {
    for (const text of ["", TEXT.replaceAll("\n", "\r\n")]) {
      writeFileSync(join(folder, "uci", "a.csv"), text);
      expect(() => readDataFile("uci/a.csv")).toThrow(
        expect.objectContaining({ code: "corrupt-file" }),
      );
    }
  });

  it("refuses a file that is not in the list, and a list that is damaged", () => {
    expect(() => readDataFile("uci/b.csv")).toThrow(
      expect.objectContaining({ code: "missing-file" }),
    );
    writeFileSync(join(folder, "SHA256SUMS"), "<html>\n");
    expect(() => readDataFile("uci/a.csv")).toThrow(
      expect.objectContaining({
        code: "corrupt-file",
        message: expect.stringContaining("git checkout -- data/SHA256SUMS"),
      }),
    );
  });
});
