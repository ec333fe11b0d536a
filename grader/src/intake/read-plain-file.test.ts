import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPlainFile } from "./read-plain-file";
import { UnreadableError } from "./unreadable-error";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "headroom-plain-"));
  folder = path.join(root, "submitted", "ada", "02-metrics");
  mkdirSync(folder, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const code = (file: string, limit = 100) => {
  try {
    return readPlainFile(file, limit).toString("utf8");
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return error.code;
  }
};

test("a file may be as large as the limit, and no larger", () => {
  const file = path.join(folder, "n.ipynb");
  writeFileSync(file, "x".repeat(100));
  expect(code(file)).toBe("x".repeat(100));
  expect(code(file, 99)).toBe("too-large");
  writeFileSync(file, "");
  expect(code(file)).toBe("");
});

test.runIf(process.platform === "linux")(
  "what grows without having a size, such as files of /proc, is cut at the limit",
  () => {
    expect(code(`/proc/${process.pid}/status`, 1e5)).toBe("too-large");
  },
);

test("a link is not followed: the file, the assignment's folder, the student's", () => {
  const file = path.join(folder, "n.ipynb");
  writeFileSync(file, "theirs");
  symlinkSync(file, path.join(folder, "link.ipynb"));
  symlinkSync(folder, path.join(root, "submitted", "ada", "link"));
  symlinkSync(path.dirname(folder), path.join(root, "submitted", "eve"));
  expect(code(path.join(folder, "link.ipynb"))).toBe("link");
  expect(code(path.join(root, "submitted", "ada", "link", "n.ipynb"))).toBe("link");
  expect(code(path.join(root, "submitted", "eve", "02-metrics", "n.ipynb"))).toBe("link");
});

test("a link above them is the course's own, and followed", () => {
  writeFileSync(path.join(folder, "n.ipynb"), "theirs");
  symlinkSync(root, `${root}-link`);
  try {
    const file = path.join(`${root}-link`, "submitted", "ada", "02-metrics", "n.ipynb");
    expect(code(file)).toBe("theirs");
  } finally {
    rmSync(`${root}-link`);
  }
});

test("a socket and a device are no files, and nobody waits for them", async () => {
  const file = path.join(folder, "n.ipynb");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(file, resolve));
  expect(code(file)).toBe("not-a-file");
  await new Promise((resolve) => server.close(resolve));
  expect(code("/dev/zero")).toBe("not-a-file");
});
