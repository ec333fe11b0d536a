// Checked by the compiler alone: tests are typed against the student's function.
import {
  call,
  callback,
  closeTo,
  equals,
  freshCallback,
  mistake,
  property,
  satisfies,
  test,
  throws,
} from "./index";

interface Share {
  value: number;
  defined: boolean;
}

declare function f1Score(tp: number, fp: number, fn?: number): number;
declare function prf(counts: { tp: number }): Share;
declare function nextStep(model: number): "bias" | "variance";
declare function find(name: string): string | undefined;
declare function best(
  cs: number[],
  score: (c: number) => number | Promise<number>,
): Promise<number>;
declare function first<T>(list: readonly T[]): T;

const holds = property(async () => true);
const long = satisfies("long", (got: number) => got > 1);
const length = callback((text: string) => text.length);

export const right = [
  test("a", call(f1Score, 1, 2), closeTo(0.5)),
  test("b", call(f1Score, 1, 2, 3), equals(1), { mistakes: [mistake(closeTo(0.5), "half")] }),
  test("c", call(prf, { tp: 1 }), equals({ value: 1, defined: true })),
  test("d", call(nextStep, 1), equals("bias")),
  test("e", call(find, "a"), equals(undefined)),
  test("f", call(find, "a"), equals("b")),
  test(
    "g",
    call(
      best,
      [1],
      callback((c) => -c),
    ),
    equals(1),
    { keepsArguments: true },
  ),
  test(
    "h",
    call(
      best,
      [1],
      callback(async (c) => c.toFixed(1).length),
    ),
    throws(/no/),
  ),
  test(
    "i",
    call(prf, { tp: 1 }),
    satisfies("a share", (got) => got.value >= 0 && got.value <= 1),
  ),
  test("j", call(prf, { tp: 1 }), throws(/tp/), { points: 2, hint: "h" }),
  test("k", call(first, [1, 2]), equals<unknown>(1)),
  test(
    "l",
    property(async ({ call, random }) => (await call(f1Score, random(), 1)) > 0 || "no"),
    {
      points: 2,
    },
  ),
  test(
    "m",
    property(async ({ call }) =>
      (
        await call(
          best,
          [1],
          callback(() => 1),
        )
      ).toFixed(1),
    ),
  ),
];

export const fresh = test(
  "n",
  call(
    best,
    [1],
    freshCallback(() => (c) => -c),
  ),
  equals(1),
);

export const wrong = [
  // @ts-expect-error a text for a number
  test("a", call(f1Score, "1", 2), closeTo(0.5)),
  // @ts-expect-error an argument too few
  test("b", call(f1Score, 1), closeTo(0.5)),
  // @ts-expect-error an argument too many
  test("c", call(f1Score, 1, 2, 3, 4), closeTo(0.5)),
  // @ts-expect-error the function returns a number
  test("d", call(f1Score, 1, 2), equals("1")),
  // @ts-expect-error a property is missing
  test("e", call(prf, { tp: 1 }), equals({ value: 1 })),
  // @ts-expect-error no such answer
  test("f", call(nextStep, 1), equals("data")),
  // @ts-expect-error a mistake of another type
  test("g", call(find, "a"), equals("b"), { mistakes: [mistake(equals(1), "n")] }),
  // @ts-expect-error a predicate on another type
  test("h", call(nextStep, 1), long),
  // @ts-expect-error a call without a matcher
  test("i", call(f1Score, 1, 2)),
  // @ts-expect-error a property needs no matcher
  test("j", holds, equals(1)),
  // @ts-expect-error a callback of another type
  test("k", call(best, [1], length), equals(1)),
  // @ts-expect-error the result, not the function
  test("l", call(f1Score(1, 2)), equals(1)),
];

// @ts-expect-error the body must say what does not hold
export const mute = property(async () => false);
