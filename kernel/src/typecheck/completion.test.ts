import { describe, expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

const notebook = testNotebook({
  files: {
    "lib.ts": "export const fromLib = 1;",
    "data.json": "{}",
    "package.json": '{ "dependencies": { "shapes": "1" } }',
    "node_modules/shapes/package.json":
      '{ "name": "shapes", "version": "1.0.0", "types": "i.d.ts" }',
    "node_modules/shapes/i.d.ts":
      "export declare function drawCircle(r: number): void; export * from './more';",
    "node_modules/shapes/more.d.ts":
      "export declare class DrawSquare {} export interface DrawOptions {}",
  },
});
const labels = async (code: string) =>
  (await notebook.complete(code)).items.map(({ label }) => label);
const item = async (code: string, label: string) =>
  (await notebook.complete(code)).items.find((found) => found.label === label);

describe("completion", () => {
  it("offers members with kind, signature and documentation", async () => {
    expect(await notebook.complete("Math.ma|")).toEqual({
      items: [
        {
          label: "max",
          kind: "function",
          signature: "max(...values: number[]): number",
          documentation: expect.stringContaining("larger of a set"),
        },
      ],
      start: 5,
      end: 7,
    });
  });

  it("offers members of what earlier cells declared, in unfinished code", async () => {
    await notebook.run("const settings = { epochs: 1, rate: 0.1, 'a-b': 1 }; let words = ['a'];");
    expect(await labels("const copy = settings.|")).toEqual(["epochs", "rate"]);
    expect(await labels("if (settings.e|")).toEqual(["epochs"]);
    expect(await labels("words.forEach((word) => word.toUpp|")).toEqual(["toUpperCase"]);
    expect(await labels(`console.log(\`$\{settings.ra|} b\`)`)).toEqual(["rate"]);
  });

  it("offers names of earlier cells as what they are", async () => {
    await notebook.run(
      "class Machine {} enum Level { Low } function makeIt() {} type Made = 1; namespace Makers { export const x = 1 }",
    );
    expect(
      (await notebook.complete("M|")).items.map(({ label, kind }) => `${label} ${kind}`),
    ).toEqual(
      expect.arrayContaining([
        "Machine class",
        "Makers module",
        "makeIt function",
        "Math variable",
      ]),
    );
    expect(await item("Lev|", "Level")).toMatchObject({ kind: "enum", signature: "enum Level" });
    expect(await item("const x: Ma|", "Made")).toMatchObject({ kind: "interface" });
    expect(await labels("makeIt(|)")).toEqual(expect.arrayContaining(["settings", "words"]));
  });

  it("shows nothing of the checker's own names and files", async () => {
    for (const code of ["|", "w|", "words|", "words.|", "sco|", "import './|'"]) {
      const { items } = await notebook.complete(code);
      expect(JSON.stringify(items), code).not.toMatch(/\$\d|scope_|cell_\d|headroom-kernel|\uE000/);
    }
  });

  it("offers keywords, locals and parameters", async () => {
    expect(await item("con|", "const")).toMatchObject({ kind: "keyword" });
    expect(await labels("function f(longName: number) { return lon|")).toContain("longName");
  });

  it("replaces the whole word that the cursor is in", async () => {
    expect(await notebook.complete("settings.ep|ochs + 1")).toMatchObject({ start: 9, end: 15 });
    expect(await notebook.complete("sett|ings")).toMatchObject({ start: 0, end: 8 });
    expect(await notebook.complete("a;\nsettings.|")).toMatchObject({ start: 12, end: 12 });
  });

  it("offers the texts that a type allows, and properties of an object to be written", async () => {
    await notebook.run(
      "function mode(m: 'left-hand' | 'right', o?: { speed: number; slow?: 1 }) {}",
    );
    expect(await notebook.complete("mode('le|')")).toMatchObject({
      items: [{ label: "left-hand" }],
      start: 6,
      end: 8,
    });
    expect(await labels("mode('|")).toEqual(["left-hand", "right"]);
    expect(await labels("mode('right', { s|")).toEqual(["speed", "slow"]);
  });

  it("offers modules to import: Node's, packages and the user's files", async () => {
    expect(await labels("import fs from 'node:f|'")).toEqual(["node:fs", "node:fs/promises"]);
    expect(await labels("import {} from 'shap|'")).toEqual(["shapes"]);
    expect(await notebook.complete("import {} from './l|'")).toMatchObject({
      items: [{ label: "lib" }],
      start: 18,
      end: 19,
    });
    expect(await labels("import { fromL| } from './lib'")).toEqual(["fromLib"]);
  });

  it("offers what packages of package.json and Node.js export, with where to import it from", async () => {
    await labels("dra|");
    await expect.poll(() => labels("dra|"), { timeout: 5_000 }).toContain("drawCircle");
    expect(await item("drawC|", "drawCircle")).toEqual({
      label: "drawCircle",
      kind: "function",
      signature: 'import from "shapes"',
      documentation: "",
      importFrom: "shapes",
    });
    expect(await item("DrawS|", "DrawSquare")).toMatchObject({
      importFrom: "shapes",
      kind: "class",
    });
    await expect
      .poll(() => item("readFileS|", "readFileSync"), { timeout: 5_000 })
      .toMatchObject({ importFrom: "node:fs" });
    await notebook.run("function drawCircle() {}");
    expect(await item("drawC|", "drawCircle")).not.toHaveProperty("importFrom");
    expect(await labels("Math.dra|")).toEqual([]);
  });

  it("offers nothing in comments and ordinary texts", async () => {
    expect(await labels("// settings.|")).toEqual([]);
    expect(await labels("/* set| */")).toEqual([]);
    expect(await labels("'set|'")).toEqual([]);
    expect(await labels("`set|`")).toEqual([]);
  });

  it("answers at once while a check runs, and does not disturb it", async () => {
    const slow = Array.from(
      { length: 300 },
      (_, i) => `const v${i} = [${i}].map((x) => ({ x, y: [x] })).filter((o) => o.y.length);`,
    );
    const check = notebook.problems(`${slow.join("\n")}\nconst bad: string = v1;`);
    let checked = false;
    check.then(() => {
      checked = true;
    });
    expect(await labels("settings.ep|")).toEqual(["epochs"]);
    expect(checked).toBe(false);
    expect(await check).toMatchObject([expect.stringMatching(/^TS2322 301:7/)]);
    await notebook.run("settings.epochs.toFixed()");
  });

  it("makes unfinished JSX no worse", async () => {
    expect(await labels("const x = <div>{settings.ep|}</div>")).toEqual(["epochs"]);
  });
});
