import { expect, test } from "vitest";
import * as language from "./index";
import { localCaller } from "./local-caller";
import { runTest } from "./run-test";

const { call, equals } = language;
const declare = language.test;
const run = (test: language.Test) => runTest(test, localCaller(1), "F1");
/** A function that returns what it is given as its result, whatever its type says. */
const give = <T>(value: unknown) =>
  function given(): T {
    return value as T;
  };

const f1Score = (tp: number, fp: number, fn: number) => (2 * tp) / (2 * tp + fp + fn);
const stops = () => {
  throw new Error("then");
};
test.each<[string, unknown, string]>([
  [
    "a Proxy that throws",
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("trap");
        },
      },
    ),
    "an error (trap)",
  ],
  // biome-ignore lint/suspicious/noThenProperty: a thenable is the subject
  ["a thenable that throws", { then: stops }, "stopped with: then"],
  ["an error", new Error("e"), "an error (Error: e)"],
  ["a forged verdict", { passed: true, opaque: 1 }, "{passed: true, opaque: 1}"],
  ["a valueOf", { valueOf: () => 1 }, "{valueOf: a function (valueOf)}"],
])("%s is not 1", async (_title, value, text) => {
  const verdict = await run(declare("v", call(give<number>(value)), equals(1)));
  expect(verdict.passed).toBe(false);
  expect(verdict.message).toContain(text);
});

test("anything may be thrown", async () => {
  for (const thrown of [undefined, null, 5, "text", { message: "m" }, Object.create(null)]) {
    const stops = (): number => {
      throw thrown;
    };
    expect((await run(declare("t", call(stops), equals(1)))).message).toContain("stopped with");
  }
});

test("no timer is left running when an answer has come", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await run(declare("s", call(f1Score, 1, 0, 0), equals(1)));
  expect(timers()).toBe(before);
});

test("a promise is awaited, one that never settles ends with the time limit", async () => {
  const soon = async (x: number) => x;
  expect((await run(declare("s", call(soon, 1), equals(1)))).passed).toBe(true);
  const never = () => new Promise<number>(() => {});
  const verdict = await runTest(declare("n", call(never), equals(1)), localCaller(0.05), "F1");
  expect(verdict.message).toContain("had not finished after 0.05 s: does its promise ever settle?");
});

test("globals that were replaced change nothing", async () => {
  const { is } = Object;
  const { stringify } = JSON;
  const { map, push, join } = Array.prototype;
  try {
    Object.is = () => true;
    JSON.stringify = () => "forged";
    Array.prototype.map = () => [];
    Array.prototype.push = () => 0;
    Array.prototype.join = () => "forged";
    const message = (await run(declare("m", call(f1Score, 0, 0, 1), equals(1)))).message;
    Object.assign(Array.prototype, { map, push, join });
    expect(message).toBe("m: f1Score(0, 0, 1) should be 1, but came 0.");
  } finally {
    Object.is = is;
    JSON.stringify = stringify;
    for (const [name, value] of Object.entries({ map, push, join })) {
      Object.defineProperty(Array.prototype, name, {
        value,
        enumerable: false,
        writable: true,
        configurable: true,
      });
    }
  }
});
