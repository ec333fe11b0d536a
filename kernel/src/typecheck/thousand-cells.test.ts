import { expect, it } from "vitest";
import { compileCell } from "../cell/compile-cell";
import { createTypeChecker } from "./create-type-checker";
import { temporaryFolder } from "./testing/temporary-folder";

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

it("a thousand declaring cells, each building on the last, stay quick to check", {
  timeout: 120_000,
}, async () => {
  const checker = createTypeChecker({ folder: temporaryFolder() });
  const times: number[] = [];
  try {
    await checker.warm();
    for (let id = 1; id <= 1_000; id++) {
      const before = Math.max(1, id - 1);
      const code = [
        `const value${id} = ${id === 1 ? 1 : `value${before} + 1`};`,
        `let changing${id} = [value${id}].map((x) => x * 2);`,
        `function f${id}(x: number) { return x + ${id === 1 ? 1 : `f${before}(value${before})`}; }`,
        `f${id}(changing${id}.length);`,
      ].join("\n");
      const cell = compileCell(code, { id, label: `In[${id}]` });
      const start = performance.now();
      expect(await checker.check(cell), code).toEqual([]);
      times.push(performance.now() - start);
      checker.declare(cell);
    }
    const code =
      "const wrong: string = value1 + f500(value999); changing1000 = [1]; value1000 = 2;";
    const wrong = compileCell(code, { id: 1001, label: "In[1001]" });
    expect(await checker.check(wrong)).toMatchObject([{ code: 2322 }, { code: 2588 }]);
    // At the start, then for each doubling of the files: 64, 128, 256, 512 cells.
    expect(checker.programLoads).toBe(5);
    // Without its cures the last cells take a hundred times as long.
    expect(median(times.slice(-100))).toBeLessThan(10 * median(times.slice(0, 100)) + 20);
  } finally {
    checker.stop();
  }
});
