import { describe, expect, test } from "vitest";
import { compileExpression } from "./compile-expression";
import { CellSyntaxError } from "./compiled-cell";

describe("an expression is handed to the kernel", () => {
  test.each<[string, string]>([
    ["a + 1", "__kernel.expression((a + 1))"],
    ["a as number // c", "__kernel.expression((a           // c\n))"],
    ["{ a: 1 }", "__kernel.expression(({ a: 1 }))"],
    ["await p", '__kernel.expression((await __kernel.wait(p,"expression:1:1")))'],
    ["<any>a", "__kernel.expression(((    a)))"],
    ["import('x')", "__kernel.expression((__kernel.import('x')))"],
  ])("%s", (code, js) => {
    expect(compileExpression(code)).toBe(`"use strict";${js}\n//# sourceURL=expression`);
  });

  test.each(["", "a b", "a; b", "const a = 1", "if (a) b", ")", "a)(b", "<a/>", "// c"])(
    "refuses %j",
    (code) => {
      expect(() => compileExpression(code)).toThrow(CellSyntaxError);
    },
  );
});
