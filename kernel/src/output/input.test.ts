import fs from "node:fs";
import readline from "node:readline";
import readlinePromises from "node:readline/promises";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import type { CellContext } from "../evaluation/cell-context";
import { captureInput } from "./input";
import { promptSecret } from "./question";
import { FakePort, inCell } from "./testing/fake-port";

declare function prompt(message?: string, byDefault?: string): string;
declare function confirm(message?: string): boolean;
declare function alert(message?: string): void;

const port = new FakePort();
const input = captureInput(port);
let cellId = 0;

beforeEach(() => {
  port.sent.length = 0;
  port.answers.length = 0;
  cellId++;
});

const cell = <T>(work: () => T, facts?: Partial<CellContext>) => inCell(cellId, work, facts);
const blocking = (prompt: string | undefined, password = false) => ({
  type: "input",
  id: cellId,
  prompt,
  password,
  blocking: true,
});

describe("prompt, confirm, alert and promptSecret", () => {
  test.each<[string, () => unknown, string, string, unknown]>([
    ["prompt", () => prompt("Name?"), "Name? ", "Ada", "Ada"],
    ["prompt without a message", () => prompt(), "", "x", "x"],
    ["prompt with a default, taken", () => prompt("N", "5"), "N [5] ", "", "5"],
    ["prompt with a default, not taken", () => prompt("N", "5"), "N [5] ", "6", "6"],
    ["confirm: y", () => confirm("Sure?"), "Sure? [y/N] ", "y", true],
    ["confirm: Yes", () => confirm("Sure?"), "Sure? [y/N] ", " Yes ", true],
    ["confirm: anything else", () => confirm("Sure?"), "Sure? [y/N] ", "yesterday", false],
    ["confirm: nothing", () => confirm(), "[y/N] ", "", false],
    ["alert", () => alert("Done"), "Done [Enter] ", "", undefined],
  ])("%s", (_name, ask, shown, answer, result) => {
    port.answers.push({ value: answer });
    expect(cell(ask)).toBe(result);
    expect(port.sent).toEqual([blocking(shown)]);
  });

  test("a secret is hidden", () => {
    port.answers.push({ value: "s3" });
    expect(cell(() => promptSecret("Token: "))).toBe("s3");
    expect(port.sent).toEqual([blocking("Token: ", true)]);
  });

  test("an interrupt ends the question with an InterruptedError", () => {
    port.answers.push({ interrupted: true });
    expect(() => cell(() => prompt("?"))).toThrow(
      expect.objectContaining({ name: "InterruptedError" }),
    );
  });

  test("where nobody can answer, they say so at once", () => {
    const error = expect.objectContaining({
      name: "StdinNotImplementedError",
      message: expect.stringContaining("Run the cell in JupyterLab"),
    });
    for (const ask of [prompt, confirm, alert, promptSecret]) {
      expect(() => cell(() => ask("?"), { allowStdin: false })).toThrow(error);
    }
    expect(() => prompt("?")).toThrow(error);
    expect(port.sent).toEqual([]);
  });

  test("fs.readFileSync(0) and fs.readSync(0) ask for a line", () => {
    port.answers.push({ value: "grün" }, { value: "b" }, { value: "cde" });
    cell(() => {
      expect(fs.readFileSync(0, "utf8")).toBe("grün\n");
      expect(fs.readFileSync("/dev/stdin")).toEqual(Buffer.from("b\n"));
      const buffer = Buffer.alloc(5);
      expect(fs.readSync(0, buffer, 1, 2, null)).toBe(2);
      expect(fs.readSync(0, buffer, { offset: 3 })).toBe(2);
      expect(buffer.toString()).toBe("\0cde\n");
    });
    expect(port.of("input")).toHaveLength(3);
  });
});

describe("process.stdin", () => {
  /** Answers each request as soon as it comes, as a front end does. */
  async function answerAll(lines: readonly string[]): Promise<void> {
    for (const [i, line] of lines.entries()) {
      await expect.poll(() => port.of("input").length, { interval: 2 }).toBe(i + 1);
      input.answer({ value: line });
    }
  }
  const rest = () => new Promise((resolve) => setTimeout(resolve, 60));
  const streams = () => ({ input: process.stdin, output: process.stdout });

  test("readline/promises asks once per question, not for more", async () => {
    const reader = cell(async () => {
      const rl = readlinePromises.createInterface(streams());
      const name = await rl.question("Name? ");
      await rest();
      const age = await rl.question("Age? ");
      await rest();
      rl.close();
      return [name, age];
    });
    await answerAll(["Ada", "36"]);
    expect(await reader).toEqual(["Ada", "36"]);
    await rest();
    expect(port.of("input")).toHaveLength(2);
    expect(port.of("input")[0]).toMatchObject({ id: cellId, prompt: undefined, blocking: false });
  });

  test("readline asks with callbacks, and promisified", async () => {
    const reader = cell(async () => {
      const rl = readline.createInterface(streams());
      const first = await new Promise((resolve) => rl.question("1? ", resolve));
      const question = promisify(rl.question).bind(rl) as (query: string) => Promise<unknown>;
      const second = await question("2? ");
      rl.close();
      return [first, second];
    });
    await answerAll(["a", "b"]);
    expect(await reader).toEqual(["a", "b"]);
  });

  test("for await reads line by line, only when it wants the next", async () => {
    const reader = cell(async () => {
      const lines: string[] = [];
      const rl = readline.createInterface({ input: process.stdin });
      for await (const line of rl) {
        lines.push(line);
        await rest();
        if (line === "end") break;
      }
      return lines;
    });
    await answerAll(["one", "two", "end"]);
    expect(await reader).toEqual(["one", "two", "end"]);
    await rest();
    expect(port.of("input")).toHaveLength(3);
  });

  test("line events ask until the interface closes", async () => {
    const lines: string[] = [];
    const closed = cell(
      () =>
        new Promise<void>((resolve) => {
          const rl = readline.createInterface({ input: process.stdin });
          rl.on("close", resolve).on("line", (line) => {
            lines.push(line);
            if (lines.length === 2) rl.close();
          });
        }),
    );
    await answerAll(["x", "y"]);
    await closed;
    await rest();
    expect(lines).toEqual(["x", "y"]);
    expect(port.of("input")).toHaveLength(2);
  });

  test("the stream itself can be read, and read again", async () => {
    const read = async () => {
      for await (const chunk of process.stdin) return String(chunk);
      return undefined;
    };
    const first = cell(read);
    await answerAll(["first"]);
    expect(await first).toBe("first\n");
    port.sent.length = 0;
    cellId++;
    const second = cell(read);
    await answerAll(["second"]);
    expect(await second).toBe("second\n");
    port.sent.length = 0;
    const third = cell(() => new Promise((resolve) => process.stdin.once("data", resolve)));
    await answerAll(["third"]);
    expect(String(await third)).toBe("third\n");
  });

  test("an interface that asks nothing puts up no question", async () => {
    const rl = cell(() => readline.createInterface(streams()));
    await rest();
    expect(port.of("input")).toEqual([]);
    rl.close();
  });

  test("answers run as code of the cell that asked", async () => {
    const { currentCell } = await import("../evaluation/cell-context");
    const asker = cellId;
    const seen = cell(
      () =>
        new Promise((resolve) => {
          const rl = readline.createInterface({ input: process.stdin });
          rl.question("?", () => {
            rl.close();
            resolve(currentCell().id);
          });
        }),
    );
    await answerAll(["x"]);
    expect(await seen).toBe(asker);
  });

  test("after an interrupt the next cell reads afresh", async () => {
    const late: string[] = [];
    const context = { id: cellId, dead: false };
    const { runInCell } = await import("../evaluation/cell-context");
    const cellContext = { label: "", allowStdin: true, pending: new Set<() => void>(), ...context };
    runInCell(cellContext, () => {
      readline.createInterface({ input: process.stdin }).question("?", (line) => late.push(line));
    });
    await expect.poll(() => port.of("input").length).toBe(1);
    cellContext.dead = true;
    input.answer({ interrupted: true });
    await rest();
    expect(port.of("input")).toHaveLength(1);
    port.sent.length = 0;
    cellId++;
    const next = cell(async () => {
      const rl = readlinePromises.createInterface(streams());
      const answer = await rl.question("?");
      rl.close();
      return answer;
    });
    await answerAll(["fresh"]);
    expect(await next).toBe("fresh");
    expect(late).toEqual([]);
  });

  test("a question that an ended cell left open does not block the next", async () => {
    cell(() => readline.createInterface({ input: process.stdin }).on("line", () => {}));
    await expect.poll(() => port.of("input").length).toBe(1);
    cellId++;
    const next = cell(() => readlinePromises.createInterface(streams()).question("?"));
    await expect.poll(() => port.of("input").length).toBe(2);
    expect(port.of("input")[1]?.id).toBe(cellId);
    input.answer({ value: "now" });
    expect(await next).toBe("now");
    input.answer({ interrupted: true });
  });

  test("where nobody can answer, asking fails at once", async () => {
    const no = { allowStdin: false };
    const error = expect.objectContaining({ name: "StdinNotImplementedError" });
    const rl = cell(() => readline.createInterface(streams()), no);
    expect(() => cell(() => rl.question("?", () => {}), no)).toThrow(error);
    expect(() => cell(() => rl.on("line", () => {}), no)).toThrow(error);
    rl.close();
    const promised = cell(() => readlinePromises.createInterface(streams()), no);
    await expect(cell(() => promised.question("?"), no)).rejects.toEqual(error);
    await expect(cell(() => promised[Symbol.asyncIterator]().next(), no)).rejects.toEqual(error);
    promised.close();
    expect(() => cell(() => process.stdin.on("data", () => {}), no)).toThrow(error);
    await rest();
    expect(port.of("input")).toEqual([]);
  });
});
