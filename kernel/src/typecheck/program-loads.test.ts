import { expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

/** How often the server's own log says that it resolved imports, which it does only to load a program. */
function tracedLoads(log: readonly string[]): number {
  return log.filter(
    (text) => text.includes("Cloning snapshot") && text.includes("======== Resolving"),
  ).length;
}

it("the program is loaded once for many plain cells, and again only for new imports", async () => {
  const notebook = testNotebook({ trace: true, files: { "lib.ts": "export const x = 1" } });
  const { checker, log } = notebook;
  const loads = async () => {
    // The log comes after the answers.
    await expect.poll(() => tracedLoads(log)).toBe(checker.programLoads);
    return checker.programLoads;
  };
  await checker.warm();
  expect(await loads()).toBe(1);
  for (let cell = 1; cell <= 40; cell++) {
    await notebook.run(`const c${cell} = ${cell}; let l${cell} = c${Math.max(1, cell - 1)};`);
    await notebook.problems(`l${cell} = 'wrong'; undeclared${cell};`);
    await notebook.complete(`c${cell}.toF|`);
    await notebook.inspect(`l${cell}|`);
  }
  await notebook.run("class K {} type T = K; enum E { A } c1; namespace N { export const k = 1 }");
  expect(await loads()).toBe(1);
  await notebook.run("import fs from 'node:fs';");
  expect(await loads()).toBe(2);
  await notebook.run("fs.existsSync('x'); const plain = 1;");
  expect(await loads()).toBe(2);
  await notebook.complete("import { x } from './lib'; x.|");
  await notebook.run("import { x } from './lib'; x.toFixed();");
  expect(await loads()).toBe(3);
  await notebook.problems("import { y } from './missing'");
  await notebook.problems("c1");
  expect(await loads()).toBe(5);
  await notebook.problems("const jsx = <div/>;");
  expect(await loads()).toBe(6);
});

it("the program is loaded once more when the cells have taken all files, long before the next is needed", async () => {
  const notebook = testNotebook({ trace: true });
  for (let cell = 1; cell <= 70; cell++) await notebook.run(`const c${cell} = ${cell};`);
  await notebook.run("c1 + c63 + c64 + c65 + c70");
  expect(notebook.checker.programLoads).toBe(2);
  await expect.poll(() => tracedLoads(notebook.log)).toBe(2);
});

it("the program is loaded no more for cells that are run again and again, but once for what they import", async () => {
  const notebook = testNotebook({ trace: true });
  for (let n = 1; n <= 80; n++) await notebook.run(`const same = ${n}; class Same { n = same }`);
  expect(notebook.checker.programLoads).toBe(1);
  for (let n = 1; n <= 6; n++) {
    await notebook.run("import fs from 'node:fs'; const here = fs.existsSync('.');");
    await notebook.run("const plain = here; let more: typeof fs;");
    await notebook.run(`const other${n} = same;`);
    // The first one's file is in use while the second one is checked.
    expect(notebook.checker.programLoads).toBe(Math.min(n + 1, 3));
  }
  await expect.poll(() => tracedLoads(notebook.log)).toBe(3);
});
