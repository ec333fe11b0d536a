import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { findDisplay } from "./kernel-display";

const folder = mkdtempSync(path.join(tmpdir(), "headroom-display-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface TslabModule {
  lastWriteDisplayData: ((...call: unknown[]) => void) | null;
}

it("finds the tslab that is loaded, and the cell that runs in it now", () => {
  const file = path.join(folder, "node_modules", "tslab", "dist", "jupyter.js");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "exports.lastWriteDisplayData = null;");
  const tslab: TslabModule = createRequire(import.meta.url)(file);
  const sent: unknown[] = [];
  tslab.lastWriteDisplayData = (...call) => sent.push(["first", ...call]);
  findDisplay()({ data: { "text/plain": "a" }, metadata: {} }, false);
  tslab.lastWriteDisplayData = (...call) => sent.push(["second", ...call]);
  findDisplay()({ data: {}, metadata: {}, transient: { display_id: "b" } }, true);
  expect(sent).toEqual([
    ["first", { data: { "text/plain": "a" }, metadata: {}, transient: {} }, false],
    ["second", { data: {}, metadata: {}, transient: { display_id: "b" } }, true],
  ]);
});
