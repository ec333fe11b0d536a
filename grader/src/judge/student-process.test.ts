import { callback } from "@headroom/checks";
import { afterEach, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../sandbox/limits";
import { SandboxError } from "../sandbox/sandbox-error";
import { plainChild } from "../testing/plain-child";
import { GoneError, MissingFunctionError } from "./gone-error";
import { StudentProcess } from "./student-process";
import { TimeBudget } from "./time-budget";

const READY = "say({ ready: true });";

const open: StudentProcess[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((process) => process.close()));
});

async function start(program: string, seconds = 5, total = 60) {
  const odd: string[] = [];
  const process = await StudentProcess.open(plainChild(program), {
    limits: { ...DEFAULT_LIMITS, cellSeconds: seconds, callSeconds: seconds },
    budget: new TimeBudget(total),
    onOdd: (what) => odd.push(what),
  });
  open.push(process);
  return { process, odd };
}

/** A program that answers every request with these fields. */
const answering = (fields: string) => `${READY} heard(({ id }) => say({ id, ${fields} }));`;

describe("a program that does as it should", () => {
  test("its output and its errors come with a cell", async () => {
    const { process, odd } = await start(
      `${READY} heard(({ id, cell }) => say({ id, text: cell, ...(id > 1 && { threw: { name: "E", message: "m" } }) }));`,
    );
    expect(await process.runCell("first")).toEqual({ text: "first" });
    expect(await process.runCell("second")).toEqual({
      text: "second",
      threw: { name: "E", message: "m" },
    });
    expect(odd).toEqual([]);
  });

  test("a call carries its arguments there, and what came and what became of them back", async () => {
    const { process } = await start(
      `${READY} heard(({ id, call, args }) => say({ id, value: [call, ...args], argumentsAfter: args }));`,
    );
    expect(await process.call("f", [1, "two", Number.NaN])).toEqual({
      value: ["f", 1, "two", Number.NaN],
      argumentsAfter: [1, "two", Number.NaN],
    });
  });

  test("a function among the arguments is answered here, also by a promise or an error", async () => {
    const { process } = await start(`${READY}
      let id;
      heard((m) => {
        if (m.call) { id = m.id; say({ callback: m.args[0].v, args: [20] }); }
        else say({ id, value: JSON.stringify(m.reply), argumentsAfter: [] });
      });`);
    const ask = async (fn: (n: number) => unknown) => process.call("f", [callback(fn)]);
    expect(await ask((n) => n + 1)).toMatchObject({ value: '{"value":21}' });
    expect(await ask(async (n) => -n)).toMatchObject({ value: '{"value":-20}' });
    expect(
      await ask(() => {
        throw new Error("too large");
      }),
    ).toMatchObject({ value: '{"threw":"too large"}' });
  });

  test("a function that is not there is told apart from one that throws", async () => {
    const missing = await start(answering("missing: true"));
    await expect(missing.process.call("f", [])).rejects.toThrow(MissingFunctionError);
    const throws = await start(answering('threw: { name: "TypeError", message: "no" }'));
    expect(await throws.process.call("f", [])).toEqual({
      threw: { name: "TypeError", message: "no" },
    });
  });
});

describe("a sandbox that does not start is nobody's fault but ours", () => {
  test.each([
    ["it ends", "console.error('no luck'); setTimeout(() => process.exit(1), 50);"],
    ["it says something else", "say({ id: 1, text: 'no luck' });"],
    ["it can't be read", "console.error('no luck'); say('{');"],
  ])("%s: SandboxError", async (_, program) => {
    await expect(start(program)).rejects.toThrow(SandboxError);
  });

  test("the error quotes what it said", async () => {
    const program = "console.error('no luck'); setTimeout(() => process.exit(1), 50);";
    await expect(start(program)).rejects.toThrow(/no luck[\s\S]*doctor/);
  });
});

describe("a program that does as it likes is ended, and the instructor hears of it", () => {
  test.each([
    ["another number", answering("id: id + 1, text: ''"), "it answered without being asked"],
    [
      "a second greeting",
      `${READY} heard(() => say({ ready: true }));`,
      "it answered without being asked",
    ],
    ["no JSON", `${READY} heard(() => say("]"));`, "it sent something that is no answer"],
    ["a list", `${READY} heard(() => say([1]));`, "it sent something that is no answer"],
    ["a text that is a number", answering("text: 7"), "it sent something that is no answer"],
    [
      "a value for a cell",
      answering("value: 1, argumentsAfter: []"),
      "it answered without being asked",
    ],
    [
      "an endless line",
      `${READY} heard(() => { for (;;) fs.writeSync(4, "x".repeat(65536)); });`,
      "its answers were too long",
    ],
    [
      "noise",
      `${READY} heard(() => { for (;;) fs.writeSync(2, "x".repeat(65536)); });`,
      "it wrote to the terminal without end",
    ],
    [
      "a closed pipe",
      `${READY} heard(() => fs.closeSync(4));`,
      "it closed its connection to the judge",
    ],
  ])("%s", async (_, program, note) => {
    const { process, odd } = await start(program);
    await expect(process.runCell("1")).rejects.toThrow(new GoneError(note));
    expect(odd).toEqual([note]);
    expect(process.ended).toBe(note);
    await expect(process.runCell("2")).rejects.toThrow(GoneError);
  });

  test.each([
    ["a text for a call", answering("text: ''"), "it answered without being asked"],
    [
      "an unknown kind of value",
      answering('value: { $: "score", v: 1 }, argumentsAfter: []'),
      "it sent a value that can't be",
    ],
    [
      "arguments that can't be",
      answering('value: 1, argumentsAfter: [{ $: "callback", v: "x" }]'),
      "it sent a value that can't be",
    ],
    [
      "an unknown callback",
      `${READY} heard(() => say({ callback: 3, args: [] }));`,
      "it called a function that it was not given",
    ],
    [
      "callback's values that can't be",
      `${READY} heard((m) => m.call && say({ callback: 0, args: [{ $: "score" }] }));`,
      "it sent a value that can't be",
    ],
    [
      "two callbacks at once",
      `${READY} heard((m) => { if (m.call) for (let n = 0; n < 2; n++) say({ callback: 0, args: [] }); });`,
      "it answered without being asked",
    ],
  ])("%s", async (_, program, note) => {
    const { process, odd } = await start(program);
    const f = callback(() => new Promise((resolve) => setTimeout(resolve, 300)));
    await expect(process.call("f", [f])).rejects.toThrow(new GoneError(note));
    expect(odd).toEqual([note]);
  });

  test("an answer that nobody waits for ends it before the next question", async () => {
    const { process, odd } = await start(
      `${READY} setTimeout(() => say({ id: 1, text: "" }), 20);`,
    );
    await expect.poll(() => process.ended).toBe("it answered without being asked");
    expect(odd).toEqual(["it answered without being asked"]);
  });
});

describe("a program that ends", () => {
  test.each([
    ["by itself", "process.exit(0)", /ended itself: process.exit/],
    ["with a code", "process.exit(9)", /ended itself \(code 9\)/],
    ["by a signal", 'process.kill(process.pid, "SIGSEGV")', /broke down: most often .* memory/],
  ])("%s: the reason is told, and it is no oddity", async (_, end, words) => {
    const { process, odd } = await start(`${READY} heard(() => ${end});`);
    await expect(process.runCell("1")).rejects.toThrow(words);
    expect(odd).toEqual([]);
  });

  test("what it said last still counts", async () => {
    const { process } = await start(
      `${READY} heard(({ id }) => { say({ id, text: "last" }); process.exit(0); });`,
    );
    expect(await process.runCell("1")).toEqual({ text: "last" });
  });

  test("no answer in time ends it, whether it works or waits", async () => {
    for (const way of ["for (;;);", "{}"]) {
      const { process, odd } = await start(`${READY} heard(() => { ${way} });`, 0.3);
      await expect(process.runCell("1")).rejects.toThrow("no answer within 0.3 s");
      expect(odd).toEqual([]);
    }
  });

  test("the time of all questions together has its limit, too", async () => {
    const slow = `${READY} heard(({ id }) => setTimeout(() => say({ id, text: "" }), id < 3 ? 200 : 4000));`;
    const { process } = await start(slow, 5, 1);
    await process.runCell("1");
    await process.runCell("2");
    await expect(process.runCell("3")).rejects.toThrow("the whole submission took more than 1 s");
  });
});
