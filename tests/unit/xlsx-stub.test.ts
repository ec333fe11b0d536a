import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

process.env.TF_CPP_MIN_LOG_LEVEL = "2";

const danfo = await import("danfojs-node");
const folder = mkdtempSync(join(tmpdir(), "headroom-"));
const workbook = join(folder, "a.xlsx");
writeFileSync(workbook, "PK");
afterAll(() => rmSync(folder, { recursive: true }));

const refusal = { code: "excel-not-supported", message: expect.stringMatching(/save .* as CSV/) };

describe("Excel files in danfojs", () => {
  it.each([
    ["a file", workbook],
    ["a missing file", join(folder, "none.xlsx")],
    ["an address", "http://127.0.0.1:9/a.xlsx"],
  ])("are refused by a rejection that can be caught: %s", async (_, path) => {
    await expect(danfo.readExcel(path)).rejects.toMatchObject(refusal);
  });

  it("are refused before anything is written", () => {
    const frame = new danfo.DataFrame([[1, 2]], { columns: ["a", "b"] });
    const filePath = join(folder, "out.xlsx");
    expect(() => danfo.toExcel(frame, { filePath })).toThrow(expect.objectContaining(refusal));
    expect(() => frame.toExcel({ filePath })).toThrow(expect.objectContaining(refusal));
    expect(existsSync(filePath)).toBe(false);
  });
});
