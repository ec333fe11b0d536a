import { describe, expect, test } from "vitest";
import { compileCell } from "../compile-cell";
import { CellSyntaxError } from "../compiled-cell";

function errorOf(code: string): CellSyntaxError {
  try {
    compileCell(code, { id: 1, label: "In[1]" });
  } catch (error) {
    if (error instanceof CellSyntaxError) return error;
    throw error;
  }
  throw new Error(`expected ${JSON.stringify(code)} to be refused`);
}

describe("a syntax error says what is wrong and where", () => {
  test.each<[string, string, string]>([
    ["foo(1 2)", "Expected `,` or `)` but found `2`", "1:7"],
    ["x = {a b}", "Expected `,` or `}` but found `b`", "1:8"],
    ["if (a", "Expected `)` but the code ends here", "1:6"],
    ["const x = {\n  a: 1,\n", "Expected `}` but the code ends here", "3:1"],
    ["a b", "Expected a semicolon or a new line but found `b`", "1:3"],
    [
      "const a = 1\nconst 𝒳 = '😀' wrong",
      "Expected a semicolon or a new line but found `wrong`",
      "2:17",
    ],
    ["let x: number = ;", "Unexpected token `;`", "1:17"],
    ["const f = () =>", "Unexpected end of the code", "1:16"],
    ["const a = 1\nlet a", "Identifier `a` has already been declared", "2:5"],
    ["`abc", "Unterminated template", "1:1"],
    ["1\n'abc", "Unterminated string", "2:1"],
    ["// é\r\n\r\nfoo)", "Expected a semicolon or a new line but found `)`", "3:4"],
    [
      "function f() { await 1 }",
      "`await` is only allowed within async functions and at the top levels of modules. Either remove this `await` or add the `async` keyword to the enclosing function",
      "1:16",
    ],
    [
      "yield 1",
      "A 'yield' expression is only allowed in a generator body. Either remove this `yield` or change the enclosing function to a generator function (`function*`)",
      "1:1",
    ],
    [
      "1\n  function <T>() {}",
      "Expected a name for the function; as a value it stands in brackets",
      "2:3",
    ],
    ["<div></span>", "Expected corresponding JSX closing tag for 'div'", "1:8"],
  ])("%j", (code, message, place) => {
    const error = errorOf(code);
    expect(error.message).toBe(message);
    expect(`${error.place.line}:${error.place.column}`).toBe(place);
    expect(error.name).toBe("SyntaxError");
  });
});
