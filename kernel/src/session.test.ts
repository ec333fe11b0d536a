// In processes of their own: what cells declare are globals for good.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const SESSION = path.resolve(__dirname, "../dist/session.js");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cell-session-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `code`, the body of an async function with `session`, and `say` to return things. */
async function inSession(code: string): Promise<unknown[]> {
  const program = `
    const { createCellSession } = require(${JSON.stringify(SESSION)});
    const said = [];
    const say = (value) => void said.push(value);
    const builtins = { helper: { answer: 42 } };
    const session = createCellSession({ folder: ${JSON.stringify(folder)}, builtins });
    (async () => { ${code} })().then(() => console.log(JSON.stringify(said)));`;
  const file = path.join(folder, "program.cjs");
  writeFileSync(file, program);
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  return JSON.parse(stdout) as unknown[];
}

test("a cell's value is that of its last expression, and later cells see its names", async () => {
  const said = await inSession(`
    say(await session.run("const a: number = 2; enum Size { S = 5 }; a + Size.S"));
    say(await session.run("let a = 'again'; const later = await Promise.resolve(a); later"));
    say(await session.run("a;"));
    say(await session.evaluate("[a, Size.S] as const"));`);
  expect(said).toEqual([
    { ok: true, value: 7 },
    { ok: true, value: "again" },
    { ok: true },
    { ok: true, value: ["again", 5] },
  ]);
});

test("a cell that throws says what it threw, one that is no TypeScript that nothing of it ran", async () => {
  const said = await inSession(`
    const thrown = await session.run("throw { mine: 1 }");
    say([thrown.ok, thrown.thrown, thrown.syntax]);
    const wrong = await session.run("globalThis.ran = true; const = 1");
    say([wrong.ok, wrong.syntax, wrong.thrown.name, typeof globalThis.ran]);
    const absent = await session.evaluate("nowhere");
    say([absent.ok, absent.thrown.message]);
    const many = await session.evaluate("1; 2");
    say([many.ok, many.syntax]);
    say(await session.run("1"));`);
  expect(said).toEqual([
    [false, { mine: 1 }, false],
    [false, true, "SyntaxError", "undefined"],
    [false, "nowhere is not defined"],
    [false, true],
    { ok: true, value: 1 },
  ]);
});

test("cells import from the folder, from packages and what the session serves itself", async () => {
  writeFileSync(
    path.join(folder, "local.ts"),
    "export const twice = (x: number): number => 2 * x;",
  );
  const said = await inSession(`
    say(await session.run('import { answer } from "helper"; import { sep } from "node:path"; answer + sep'));
    say(await session.run('import { twice } from "./local"; twice(4)'));
    say(await session.run('require("helper").answer + __dirname.length - ${folder.length}'));
    const absent = await session.run('import { nothing } from "helper"; nothing');
    say(absent.thrown.message);`);
  expect(said).toEqual([
    { ok: true, value: "42/" },
    { ok: true, value: 8 },
    { ok: true, value: 42 },
    expect.stringContaining("does not provide an export named 'nothing'"),
  ]);
});

test("what a cell uses is disposed at its end, the last first", async () => {
  const said = await inSession(`
    const cell = \`
      const order: string[] = [];
      const thing = (name: string) => ({ [Symbol.dispose]: () => { order.push(name); } });
      using a = thing("a");
      using b = thing("b");\`;
    say((await session.run(cell)).ok);
    say(await session.evaluate("order"));`);
  expect(said).toEqual([true, { ok: true, value: ["b", "a"] }]);
});

test("a session goes on after a cell that spoils Promise", async () => {
  const said = await inSession(`
    await session.run("globalThis.Promise = undefined as never");
    say(await session.run("await 5"));`);
  expect(said).toEqual([{ ok: true, value: 5 }]);
});

test("a session whose process was to end says that it can run nothing more", async () => {
  // Node takes its inspector down before it sends itself a signal, even one that ends nothing.
  const said = await inSession(`
    const killing = session.run("process.kill(process.pid, 'SIGWINCH')");
    say(await killing.catch((error) => error.name));
    say(await session.run("1").catch((error) => error.name));`);
  expect(said).toEqual(["AbortedError", "AbortedError"]);
});

test("a process has one session", async () => {
  const said = await inSession(`
    try { createCellSession({ folder: "/" }); } catch (error) { say(error.message); }`);
  expect(said).toEqual(["this process has a session: start another process for another one"]);
});
