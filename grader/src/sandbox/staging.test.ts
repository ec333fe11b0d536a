import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stage } from "./staging";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "staging-"));
  chmodSync(folder, 0o755);
  for (const [name, mode] of [
    ["open", 0o755],
    ["closed", 0o700],
  ] as const) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, "file"), "");
    chmodSync(path.join(folder, name), mode);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("what everybody can reach stays where it is", () => {
  const files = [{ outside: path.join(folder, "open", "file"), inside: "/a" }];
  expect(stage(files, "unshare", "sh")).toEqual({ files, prefix: [] });
});

test("what only root can reach is mounted elsewhere, each once", () => {
  const closed = path.join(folder, "closed", "file");
  const open = path.join(folder, "open", "file");
  const files = [
    { outside: closed, inside: "/a" },
    { outside: open, inside: "/b" },
    { outside: closed, inside: "/c" },
  ];
  const staged = stage(files, "unshare", "sh");
  expect(staged.files).toEqual([
    { outside: "/mnt/0", inside: "/a" },
    { outside: open, inside: "/b" },
    { outside: "/mnt/0", inside: "/c" },
  ]);
  expect(staged.prefix.slice(0, 4)).toEqual(["unshare", "--mount", "--propagation", "private"]);
  expect(staged.prefix.slice(-2)).toEqual(["1", closed]);
});
