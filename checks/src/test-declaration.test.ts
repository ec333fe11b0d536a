import { expect, test } from "vitest";
import * as language from "./index";
import { requireTests } from "./test-declaration";

const { call, closeTo, equals, mistake, property, satisfies, throws } = language;
const half = (x: number) => x / 2;
const half4 = call(half, 4);
const holds = property(async () => true);
/** Declarations as JavaScript, or a cell with checking off, may have them. */
const declare = language.test as (...args: unknown[]) => language.Test;

test("a test is worth 1 point and keeps its hint", () => {
  expect(declare("a", half4, equals(2), { hint: "h" })).toMatchObject({ points: 1, hint: "h" });
  expect(declare("a", holds, { points: 2 })).toMatchObject({ points: 2 });
});

test.each<[string, () => unknown, RegExp]>([
  ["no title", () => declare(" ", half4, equals(2)), /title " ".*few words/],
  ["no call", () => declare("a", 2, equals(2)), /"a" tries 2.*call\(f, \.\.\.\)/],
  ["no matcher", () => declare("a", half4), /"a" wants undefined.*matcher after the call/],
  ["a bare value as matcher", () => declare("a", half4, 2), /wants 2.*equals/],
  ["no points", () => declare("a", half4, equals(2), { points: 0 }), /worth 0 points.*above 0/],
  ["points NaN", () => declare("a", half4, equals(2), { points: Number.NaN }), /NaN points/],
  ["a hint that is no text", () => declare("a", half4, equals(2), { hint: 5 }), /hint 5.*words/],
  [
    "mistakes of another kind",
    () => declare("a", half4, equals(2), { mistakes: ["x"] }),
    /mistake\(matcher, words\)/,
  ],
  [
    "a property with mistakes",
    () => declare("a", holds, { keepsArguments: true }),
    /body of a property/,
  ],
  [
    "a call of a result",
    () => Reflect.apply(call, null, [2]),
    /call\(\.\.\.\) got 2.*function itself/,
  ],
  ["a tolerance below 0", () => closeTo(1, -1), /tolerance of closeTo is -1/],
  [
    "a pattern that is text",
    () => throws("x" as never),
    /throws\(\.\.\.\) got "x".*regular expression/,
  ],
  ["a predicate without words", () => satisfies("", () => true), /words and a predicate/],
  ["a mistake without words", () => mistake(equals(1), ""), /matcher and words/],
  ["a property without a body", () => property(1 as never), /expected a function/],
  ["a check without tests", () => requireTests("F1", []), /"F1" has no tests/],
  ["a check without a name", () => requireTests("", [declare("a", holds)]), /name ""/],
  [
    "a check of something else",
    () => requireTests("F1", [half4 as unknown as language.Test]),
    /expected test/,
  ],
  [
    "two tests of one title",
    () => requireTests("F1", [declare("a", holds), declare("a", holds)]),
    /two tests called "a"/,
  ],
])("%s is an error that names the cure", (_title, run, text) => {
  expect(run).toThrow(language.DeclarationError);
  expect(run).toThrow(text);
});
