import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataFileError } from "./errors";
import type { TagRow } from "./tag-sheet";
import { loadTagSheet, saveTagSheet } from "./tag-sheet-file";
import { writeFileAtomically } from "./write-file-atomically";

const rows: TagRow[] = [
  { id: "1", label: 3, prediction: 5, correct: false, tags: ["thin", "a;b"], note: "Zoë,\n🖊" },
  { id: "2", label: 4, prediction: 4, correct: true, tags: [] },
];
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tag-sheet-"));
  path = join(folder, "sheet.csv");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("saveTagSheet and loadTagSheet", () => {
  it("keep a sheet as it was, also when saved over an older one", () => {
    saveTagSheet(path, rows);
    expect(loadTagSheet(path)).toStrictEqual(rows);
    saveTagSheet(path, rows.slice(1));
    expect(loadTagSheet(path)).toStrictEqual(rows.slice(1));
    expect(readdirSync(folder)).toEqual(["sheet.csv"]);
  });

  it("leave the old file untouched when the new sheet can't be saved", () => {
    saveTagSheet(path, rows);
    expect(() => saveTagSheet(path, [...rows, ...rows])).toThrow("occurs twice");
    expect(loadTagSheet(path)).toStrictEqual(rows);
  });

  it("keep permissions and follow links", () => {
    saveTagSheet(path, rows);
    chmodSync(path, 0o640);
    const link = join(folder, "link.csv");
    symlinkSync(path, link);
    saveTagSheet(link, rows.slice(1));
    expect(loadTagSheet(path)).toStrictEqual(rows.slice(1));
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["link.csv", "sheet.csv"]);
  });

  it("read a file with a byte order mark", () => {
    saveTagSheet(path, rows);
    writeFileSync(path, `\ufeff${readFileSync(path, "utf8")}`);
    expect(loadTagSheet(path)).toStrictEqual(rows);
  });

  it("name the file in every error", () => {
    expect(() => loadTagSheet(path)).toThrow(DataFileError);
    expect(() => loadTagSheet(path)).toThrow(`${path} can't be read`);
    writeFileSync(path, Buffer.from([0x69, 0x64, 0xe9, 0x0a]));
    expect(() => loadTagSheet(path)).toThrow(`${path} is not in UTF-8`);
    writeFileSync(path, 'id,label,prediction,correct,tags\n1,a,b,true,"x\n');
    expect(() => loadTagSheet(path)).toThrow(`${path}, line 2, column 12: a quote opens here`);
  });
});

describe("writeFileAtomically", () => {
  it("says which folder is missing", () => {
    const call = () => writeFileAtomically(join(folder, "none", "a.csv"), "x");
    expect(call).toThrow(DataFileError);
    expect(call).toThrow("none does not exist. Make it first");
  });

  it("leaves nothing behind when it fails", () => {
    // A folder can't be replaced by a file.
    mkdirSync(path);
    expect(() => writeFileAtomically(path, "x")).toThrow();
    expect(readdirSync(folder)).toEqual(["sheet.csv"]);
  });
});
