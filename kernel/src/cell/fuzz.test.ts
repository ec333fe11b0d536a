/**
 * Whatever the text, the compiler compiles it or says that it is no TypeScript. Node's assertions
 * are used where thousands of texts are compared: those of vitest take longer than the compiler.
 */
import { deepStrictEqual, notStrictEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { parseSync } from "oxc-parser";
import { describe, test } from "vitest";
import { compileCell } from "./compile-cell";
import { compileExpression } from "./compile-expression";
import { compileModule } from "./compile-module";
import { CellSyntaxError, type CompiledCell } from "./compiled-cell";
import { completeness } from "./completeness";
import { readDirectives } from "./directives";
import { parseObjectLiteral } from "./parse-cell";
import { LOWERED, SNIPPETS } from "./testing/snippets";

/** The result, or undefined for a syntax error; any other error fails the test. */
function orSyntaxError<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    ok(error.place.line > 0 && error.place.column > 0, error.message);
    notStrictEqual(error.message, "");
    return undefined;
  }
}

function lineCount(code: string): number {
  return code.split(/\r\n|[\n\r\u2028\u2029]/).length;
}

function syntaxErrors(js: string): string[] {
  return parseSync("a.js", js, { lang: "js", sourceType: "module" })
    .errors.map((it) => it.message)
    .filter((message) => !/Duplicated export|multiple default exports/.test(message));
}

function checkCell(code: string, cell: CompiledCell): void {
  deepStrictEqual([code, syntaxErrors(cell.js)], [code, []]);
  const lineEnd = code.includes("//") && parseObjectLiteral(code) ? "\n\n" : "\n";
  deepStrictEqual([code, lineCount(cell.js)], [code, lineCount(code + lineEnd)]);
  const lines = cell.js.split(/\r\n|[\n\r\u2028\u2029]/).slice(0, -1);
  const last = lineCount(code);
  const outside = lines.flatMap((line, index) =>
    [1, Math.ceil(line.length / 2), line.length + 1]
      .map((column) => cell.toSource({ line: index + 1, column }))
      .filter((place) => !(place.line >= 1 && place.line <= last && place.column >= 1)),
  );
  deepStrictEqual([code, outside], [code, []]);
}

/** Runs the whole compiler over a text. */
function check(code: string): void {
  const cell = orSyntaxError(() => compileCell(code, { id: 1, label: "In[1]" }));
  if (cell !== undefined) checkCell(code, cell);
  for (const file of ["a.ts", "a.tsx"]) {
    const js = orSyntaxError(() => compileModule(code, file));
    if (js !== undefined) deepStrictEqual([code, syntaxErrors(js)], [code, []]);
  }
  const { status } = completeness(code);
  if (cell !== undefined) notStrictEqual(status, "invalid", code);
  orSyntaxError(() => compileExpression(code));
  readDirectives(code);
}

const ALL = [...SNIPPETS, ...LOWERED];
const WORDS = [
  ..."(){}[]<>;:,.?!=+-*/%&|^~@#`'\"\\ \n\r\t",
  ..."a b await async using enum namespace class abstract extends implements declare type interface import export from default as satisfies const let var function* yield return throw new this super static accessor get set readonly private ...x => ?. ?? ${ <T> <div> </div> // /* */ 1 'use strict' 😀 \u2028 #p @d".split(
    " ",
  ),
];

const snippet = fc.constantFrom(...ALL);
const position = fc.double({ min: 0, max: 1, noNaN: true });

/** A snippet with a stretch of it missing, doubled, or replaced by a word. */
const mutated = fc
  .tuple(snippet, position, fc.nat(12), fc.constantFrom(...WORDS), fc.nat(3))
  .map(([code, at, length, word, kind]) => {
    const start = Math.floor(at * code.length);
    const cut = code.slice(start, start + length);
    const middle = [``, cut + cut, word, `${word}${cut}`][kind] ?? "";
    return code.slice(0, start) + middle + code.slice(start + length);
  });

const OPTIONS = { numRuns: 1500, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true };

describe("nothing but a CellSyntaxError is thrown, what is compiled is JavaScript of as many lines", () => {
  test("for any text", { timeout: 90_000 }, () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), check), OPTIONS);
  });

  test("for any words", { timeout: 90_000 }, () => {
    const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 25 });
    fc.assert(
      fc.property(words, (list) => check(list.join(" "))),
      OPTIONS,
    );
  });

  test("for two snippets side by side", { timeout: 90_000 }, () => {
    fc.assert(
      fc.property(snippet, snippet, (a, b) => check(`${a}\n${b}`)),
      OPTIONS,
    );
  });

  test("for mutated snippets", { timeout: 90_000 }, () => {
    fc.assert(fc.property(mutated, check), OPTIONS);
  });
});

test("long and deep texts do not hang", { timeout: 30_000 }, () => {
  check(`${"/**/".repeat(20_000)}{`);
  check("(".repeat(2_000));
  check(`${"[".repeat(500)}${"]".repeat(500)}`);
  check(`x = ${"a + ".repeat(2_000)}b as any`);
  check(`const s = \`${"\n".repeat(20_000)}\``);
  check(`${" ".repeat(100_000)}x`);
});
