import { describe, expect, it } from "vitest";
import { looksLikeJsx, wordAt, writtenDeclarations, writtenWords } from "./written-names";

describe("unfinished code", () => {
  it("names what it declares", () => {
    const code =
      "const a = 1, x; let {b, c: d} = e; function* f( { class G {} import h, { i as j } from 'k'; type L =";
    expect([...writtenDeclarations(code)]).toEqual(
      expect.arrayContaining(["a", "b", "d", "f", "G", "h", "j", "L"]),
    );
    expect(writtenDeclarations(code)).not.toContain("e");
  });

  it("has words, also with letters of other scripts", () => {
    expect([...writtenWords("größe + $x.y_1 + 名")]).toEqual(["größe", "$x", "y_1", "名"]);
  });

  it.each([
    ["const x = <div>a</div>", true],
    ["<App n={1}/>", true],
    ["return (\n<>a</>\n)", true],
    ["const f = <T>(x: T) => x", false],
    ["a < b && c > d", false],
    ["const m = new Map<string, number>()", false],
    ["for (let i = 0; i < n; i++) {} // </a>", false],
    ["x = <number>y / 2", false],
  ])("%s has JSX: %s", (code, expected) => {
    expect(looksLikeJsx(code)).toBe(expected);
  });

  it("has a word around the cursor, or none", () => {
    expect(wordAt("ab.cde", 4)).toEqual({ start: 3, end: 6 });
    expect(wordAt("ab.", 3)).toEqual({ start: 3, end: 3 });
    expect(wordAt("größe", 2)).toEqual({ start: 0, end: 5 });
  });
});
