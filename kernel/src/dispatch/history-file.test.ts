import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHistoryFile } from "./history-file";

let folder: string;
const logged: string[] = [];
const log = (text: string) => logged.push(text);

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "history-")), "inner");
  logged.length = 0;
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const path = () => join(folder, "history.jsonl");

async function session(...codes: string[]) {
  const file = createHistoryFile(folder, log);
  for (const [index, code] of codes.entries()) file.append({ line: index + 1, code });
  await file.saved();
  return file;
}

test("a later kernel finds the cells of earlier ones, by session", async () => {
  await session("a", "b\nc");
  await session("d");
  const entries = await createHistoryFile(folder, log).load();
  expect(entries).toEqual([
    { session: 1, line: 1, code: "a" },
    { session: 1, line: 2, code: "b\nc" },
    { session: 2, line: 1, code: "d" },
  ]);
  expect(logged).toEqual([]);
});

test.runIf(process.platform !== "win32")("only its owner can read the file", async () => {
  await session("a");
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("kernels that append at the same time lose nothing and keep their sessions apart", async () => {
  const files = Array.from({ length: 5 }, () => createHistoryFile(folder, log));
  for (let line = 1; line <= 40; line++) {
    for (const [index, file] of files.entries()) file.append({ line, code: `${index}` });
  }
  await Promise.all(files.map((file) => file.saved()));
  const entries = await createHistoryFile(folder, log).load();
  expect(entries).toHaveLength(200);
  for (const number of [1, 2, 3, 4, 5]) {
    const own = entries.filter((entry) => entry.session === number);
    expect(own.map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(new Set(own.map(({ code }) => code)).size).toBe(1);
  }
});

test("broken lines are passed over", async () => {
  await session("a");
  writeFileSync(path(), `${readFileSync(path(), "utf8")}{"half":\n[1,2,3]\n\n["k",1,"b"]\n`);
  const entries = await createHistoryFile(folder, log).load();
  expect(entries.map(({ code }) => code)).toEqual(["a", "b"]);
});

test("a file that has grown too long is cut to its newest half, and stays private", async () => {
  await session(...Array.from({ length: 300 }, (_, n) => `cell ${n} ${"x".repeat(50)}`));
  const size = statSync(path()).size;
  await createHistoryFile(folder, log, 10_000).load();
  const entries = await createHistoryFile(folder, log, 10_000).load();
  expect(size).toBeGreaterThan(10_000);
  expect(statSync(path()).size).toBeLessThanOrEqual(5_000);
  expect(entries.at(-1)?.code).toMatch(/^cell 299 /);
  expect(entries[0]?.code).toMatch(/^cell \d+ x{50}$/);
  expect(existsSync(`${path()}.lock`)).toBe(false);
  if (process.platform !== "win32") expect(statSync(path()).mode & 0o777).toBe(0o600);
});

test("a cell is in the file as soon as it was appended, whatever happens to the kernel then", async () => {
  const file = createHistoryFile(folder, log);
  file.append({ line: 1, code: "last words" });
  expect(readFileSync(path(), "utf8")).toContain("last words");
  await file.saved();
});

test("while another kernel cuts it, the file is left alone", async () => {
  await session("a".repeat(200));
  writeFileSync(`${path()}.lock`, "");
  const entries = await createHistoryFile(folder, log, 100).load();
  expect(entries).toHaveLength(1);
  expect(statSync(path()).size).toBeGreaterThan(200);
});

test("where nothing can be written, that is logged and nothing is thrown", async () => {
  writeFileSync(folder, "a file where the folder should be");
  const file = createHistoryFile(folder, log);
  file.append({ line: 1, code: "a" });
  await file.saved();
  expect(await file.load()).toEqual([]);
  expect(logged.join()).toMatch(/history: /);
});
