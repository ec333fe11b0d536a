import { describe, expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

describe("cells that are run again and again", () => {
  it("keep the types of closures and classes that lean on what was declared before", async () => {
    const notebook = testNotebook();
    await notebook.run("class Shape { private side = 1; area() { return this.side; } }");
    await notebook.run("const make = () => new Shape(); let kept = [make()];");
    for (let n = 1; n <= 20; n++) {
      await notebook.run(`class Shape { round${n} = true } const latest = new Shape();`);
      await notebook.run(`latest.round${n} satisfies boolean; make().area() satisfies number;`);
    }
    await notebook.run("kept.push(make());");
    expect(await notebook.problems("kept.push(latest); make().round20; latest.round19;")).toEqual([
      "TS2739 1:11-1:17 Type '(earlier cell).Shape' is missing the following properties from type '(earlier cell).Shape': side, area",
      "TS2339 1:27-1:34 Property 'round20' does not exist on type 'Shape'.",
      "TS2339 1:43-1:50 Property 'round19' does not exist on type 'Shape'.",
    ]);
    expect(await notebook.inspect("make|")).toContain("const make: () => Shape");
  });

  it("hand the latest types to cells that are run in turns with them", async () => {
    const notebook = testNotebook();
    for (let n = 1; n <= 40; n++) {
      await notebook.run(`interface Row { at${n}: number } const rows: Row[] = [{ at${n}: 1 }];`);
      await notebook.run("const first = rows[0]; function pick(row: Row) { return row; }");
      await notebook.run(`pick(first).at${n}.toFixed();`);
      expect(await notebook.problems(`pick({ at${n - 1}: 1 })`)).toHaveLength(1);
    }
    expect((await notebook.complete("first.|")).items.map(({ label }) => label)).toEqual(["at40"]);
  });

  it("need no more files, so that the program is never loaded again", async () => {
    const notebook = testNotebook();
    for (let n = 1; n <= 300; n++) {
      await notebook.run(`const same = ${n}; class Same { n = same }\nlet list = [new Same().n];`);
    }
    await notebook.run("let even = (n: number): boolean => n === 0;");
    // Each leans on the one before: that ends where types are written out.
    for (let n = 1; n <= 100; n++) {
      await notebook.run("function odd(n: number): boolean { return n > 0 && even(n - 1); }");
      await notebook.run("let even = (n: number): boolean => n === 0 || odd(n - 1);");
    }
    expect(
      await notebook.problems("const wrong: string = same; list = [odd(1), even(2)];"),
    ).toEqual([
      expect.stringContaining("TS2322 1:7-1:12"),
      expect.stringContaining("TS2322 1:37-1:43"),
      expect.stringContaining("TS2322 1:45-1:52"),
    ]);
    expect(notebook.checker.programLoads).toBe(1);
  });
});
