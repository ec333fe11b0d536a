import { describe, expect, test } from "vitest";
import * as language from "./index";
import { localCaller } from "./local-caller";
import { NOT_ANSWERED } from "./outcome";
import { runTest, type TestVerdict } from "./run-test";

const { call, callback, closeTo, freshCallback, equals, mistake, property, satisfies, throws } =
  language;
const declare = language.test;
const run = (test: language.Test): Promise<TestVerdict> => runTest(test, localCaller(1), "F1");
const said = async (test: language.Test) => (await run(test)).message;

function f1Score(tp: number, fp: number, fn: number): number {
  if (tp < 0) throw new RangeError("tp must be positive");
  return (2 * tp) / (2 * tp + fp + fn);
}
/** A function that returns what it is given as its result, whatever its type says. */
const give = <T>(value: unknown) =>
  function given(): T {
    return value as T;
  };

describe("what is said", () => {
  test("of a passed test its title", async () => {
    const verdict = await run(declare("one", call(f1Score, 1, 0, 0), equals(1)));
    expect(verdict).toEqual({ passed: true, message: "one", unanswered: false });
  });

  test("of a wrong value: the call, what should come, what came, the likely cause, the hint", async () => {
    const wrong = declare("half", call(f1Score, 0, 0, 0), closeTo(0.5, 1e-4), {
      mistakes: [mistake(equals(7), "seven"), mistake(equals(Number.NaN), "0/0 was divided")],
      hint: "Look at the empty case",
    });
    expect(await said(wrong)).toBe(
      "half: f1Score(0, 0, 0) should be 0.5 (within 0.0001), but came NaN. Likely: 0/0 was divided. Hint: Look at the empty case.",
    );
  });

  test("of a near miss that it came close", async () => {
    const near = declare("near", call(f1Score, 68, 9, 18), closeTo(0.8345, 1e-5));
    expect(await said(near)).toBe(
      "near: f1Score(68, 9, 18) should be 0.8345 (within 0.00001), and came close, but not close enough: 0.834356.",
    );
  });

  test("of numbers that look alike all digits", async () => {
    const sum = declare(
      "sum",
      call((a: number, b: number) => a + b, 0.1, 0.2),
      equals(0.3),
    );
    expect(await said(sum)).toContain("should be 0.3, but came 0.30000000000000004");
  });

  test("of a wrong part where it is, and of a wrong length both lengths", async () => {
    const rows = call(give<{ rate: number }[]>([{ rate: 1 }, { rate: 2 }]));
    expect(await said(declare("rows", rows, equals([{ rate: 1 }, { rate: 3 }])))).toContain(
      "(at [1].rate: 2 instead of 3)",
    );
    expect(await said(declare("rows", rows, equals([{ rate: 1 }])))).toContain(
      "(2 items instead of 1)",
    );
  });

  test("of nothing that a return may be missing", async () => {
    expect(await said(declare("none", call(give<number>(undefined)), equals(1)))).toContain(
      "nothing came (undefined): is a return missing?",
    );
  });

  test("of an error its name and text", async () => {
    expect(await said(declare("minus", call(f1Score, -1, 0, 0), equals(1)))).toBe(
      "minus: f1Score(-1, 0, 0) stopped with: RangeError: tp must be positive.",
    );
  });

  test("of an error that should have come: none, or with another text", async () => {
    const minus = (tp: number, pattern: RegExp) =>
      declare("m", call(f1Score, tp, 0, 0), throws(pattern));
    expect((await run(minus(-1, /positive|above 0/))).passed).toBe(true);
    expect(await said(minus(1, /positive|above 0/))).toContain(
      'should stop with an error that names "positive" or "above 0", but came 1',
    );
    expect(await said(minus(-1, /integer/))).toContain(
      'an error that names "integer": an error came, but it says "tp must be positive"',
    );
    expect(await said(minus(-1, /^fp/))).toContain("an error whose text matches /^fp/");
  });

  test("of a predicate its words and its complaint", async () => {
    const share = (value: unknown) =>
      declare(
        "s",
        call(give<number>(value)),
        satisfies("a share", (got) => (got > 1 ? "above 1" : got >= 0)),
      );
    expect((await run(share(0.5))).passed).toBe(true);
    expect(await said(share(2))).toContain("should be a share, but came 2 (above 1).");
    expect(await said(share(-1))).toContain("should be a share, but came -1.");
  });

  test("never more than about 400 characters of it", async () => {
    const long = "word ".repeat(2000);
    const echo = (text: string, rows: number[][]) => text + rows.length;
    const rows = Array.from({ length: 100 }, (_, at) => [at, at, at, at, at, at, at, at]);
    const message = await said(declare("long", call(echo, long, rows), equals(long)));
    expect(message.length).toBeLessThan(450);
  });
});

describe("arguments", () => {
  const push = (list: number[]) => list.push(9);

  test("are fresh for each call", async () => {
    const list = [1];
    const pushes = declare("p", call(push, list), equals(2));
    expect([(await run(pushes)).passed, (await run(pushes)).passed, list]).toEqual([
      true,
      true,
      [1],
    ]);
  });

  test("that are changed fail a test that forbids it", async () => {
    expect(
      await said(declare("p", call(push, [1]), equals(2), { keepsArguments: true })),
    ).toContain("push([1]) changed its argument 1: [1] became [1, 9].");
    const sum = (list: number[], f: (x: number) => number) => f(list.length);
    const kept = call(
      sum,
      [1],
      callback((x) => x + 1),
    );
    expect((await run(declare("s", kept, equals(2), { keepsArguments: true }))).passed).toBe(true);
  });

  test("hold functions that another process names otherwise", async () => {
    const fit = (model: { train: (x: number) => number; rows: number[] }) => model.rows.length;
    const model = { train: (x: number) => x, rows: [1] };
    const declared = declare("f", call(fit, model), equals(1), { keepsArguments: true });
    const elsewhere = (rows: number[]) => async () => ({
      value: 1,
      argumentsAfter: [{ train: { opaque: "function", name: "the test's own" }, rows }],
    });
    expect((await runTest(declared, elsewhere([1]), "seed")).passed).toBe(true);
    expect((await runTest(declared, elsewhere([2]), "seed")).message).toContain(
      "changed its argument",
    );
  });
});

describe("a fresh callback", () => {
  const takeTwo = (next: () => number) => [next(), next()];
  const countFrom = (start: number) => () => start++;

  test("begins again whenever the test runs", async () => {
    const counts = call(
      takeTwo,
      freshCallback(() => countFrom(5)),
    );
    const declared = declare("c", counts, equals([5, 6]), { keepsArguments: true });
    expect([(await run(declared)).passed, (await run(declared)).passed]).toEqual([true, true]);
  });

  test("is made in a property, too", async () => {
    const counts = property(async ({ call }) =>
      (
        await call(
          takeTwo,
          freshCallback(() => countFrom(1)),
        )
      ).join(),
    );
    expect(await said(declare("c", counts))).toBe("c: 1,2.");
  });

  test("is not called by the declaration itself", () => {
    expect(freshCallback(() => countFrom(1))).toThrow(/hand it to call/);
    expect(() => freshCallback(1 as never)).toThrow(/freshCallback\(\.\.\.\) got 1/);
  });
});

describe("a property", () => {
  test("passes by true and fails by its words", async () => {
    expect(
      (
        await run(
          declare(
            "p",
            property(async () => true),
          ),
        )
      ).passed,
    ).toBe(true);
    expect(
      await said(
        declare(
          "p",
          property(async () => "f(1) came out as 3"),
        ),
      ),
    ).toBe("p: f(1) came out as 3.");
    const mute = declare(
      "p",
      property(async () => false as true),
    );
    expect(await said(mute)).toBe("p: this does not hold.");
  });

  test("tells which call of the student's stopped", async () => {
    const stops = property(async ({ call }) => (await call(f1Score, -1, 0, 0)) > 0 || "no");
    expect(await said(declare("p", stops))).toBe(
      "p: f1Score(-1, 0, 0) stopped with: RangeError: tp must be positive.",
    );
  });

  test("that meets a value of another type says so", async () => {
    const sorted = property(
      async ({ call }) => (await call(give<number[]>(undefined))).length > 0 || "no",
    );
    expect(await said(declare("p", sorted))).toMatch(/can't be used by the test.*promised type/);
  });

  test("draws the same numbers in each run, others for another title", async () => {
    const drawn: number[] = [];
    const draws = property(async ({ random }) => drawn.push(random(), random()) > 0 || "none");
    for (const title of ["a", "a", "b"]) await run(declare(title, draws));
    const [a, b, again, once, other] = drawn;
    expect([again, once]).toEqual([a, b]);
    expect(other).not.toBe(a);
    expect(a).not.toBe(b);
    for (const number of drawn) expect(number >= 0 && number < 1).toBe(true);
  });
});

describe("the untouched stub", () => {
  const stub = (_x: number): number => {
    throw new Error(NOT_ANSWERED);
  };
  const unanswered = { passed: false, unanswered: true, message: `s: ${NOT_ANSWERED}` };

  test("fails every test, also one that wants an error", async () => {
    expect(await run(declare("s", call(stub, 1), equals(1)))).toEqual(unanswered);
    expect(await run(declare("s", call(stub, 1), throws(/./)))).toEqual(unanswered);
  });

  test("fails a property that swallows its error", async () => {
    const lenient = property(async ({ call }) => {
      await call(stub, 1).catch(() => 0);
      return true;
    });
    expect(await run(declare("s", lenient))).toEqual(unanswered);
  });
});

describe("a caller that can't answer", () => {
  const gone = new Error("the process is gone");
  const broken = () => Promise.reject(gone);

  test("rejects the whole test with its own error", async () => {
    const one = declare("a", call(f1Score, 1, 0, 0), equals(1));
    await expect(runTest(one, broken, "F1")).rejects.toBe(gone);
    const wrong = declare("a", call(f1Score, 1, 0, 0), throws(/gone/));
    await expect(runTest(wrong, broken, "F1")).rejects.toBe(gone);
  });

  test("also from a property that swallows it", async () => {
    const swallows = property(async ({ call }) => {
      await call(f1Score, 1, 0, 0).catch(() => 0);
      return true;
    });
    await expect(runTest(declare("a", swallows), broken, "F1")).rejects.toBe(gone);
  });
});
