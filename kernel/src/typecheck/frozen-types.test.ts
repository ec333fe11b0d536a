import { describe, expect, it } from "vitest";
import { writtenType } from "./frozen-types";
import { testNotebook } from "./testing/notebook";

const hover = (code: string, after = "") =>
  `\`\`\`typescript\n(alias) ${code}\nexport a\n\`\`\`${after}`;

describe("a type that is written out", () => {
  it.each([
    ["const a: number", ": number"],
    [
      'let a: {\n    b: string[];\n    "c"?: "x" | null;\n}',
      ': { b: string[]; "c"?: "x" | null; }',
    ],
    ["function a(x: number, ...rest: string[]): void", "(x: number, ...rest: string[]): void"],
    ["const a: (x: unknown) => true", ": (x: unknown) => true"],
  ])("%s", (code, type) => {
    expect(writtenType(hover(code), "a")).toBe(type);
  });

  it.each([
    ["needs another name", hover("const a: Tensor")],
    ["needs a type parameter", hover("function a<T>(x: T): T")],
    ["is cut short", hover("const a: { b: 1; ... 12 more ...; }")],
    ["has overloads", hover("function a(x: 1): 1 (+1 overload)")],
    ["has a doc comment", hover("function a(): void", "\nSays what it does.")],
    ["is not known", ""],
  ])("does not stand alone where it %s", (_, text) => {
    expect(writtenType(text, "a")).toBeUndefined();
  });

  it("changes nothing for later cells", async () => {
    const notebook = testNotebook();
    await notebook.run(
      "const c0 = 0; let l0 = 'x';\n/** Doc. */ function d0() { return { c0 } } class K0 {}",
    );
    for (let n = 1; n <= 30; n++) {
      await notebook.run(
        `const c${n} = c${n - 1} + 1; let l${n} = [l${n - 1}, c${n}];\n/** Doc. */ function d${n}(k = K0) { return [d${n - 1}(), k] }`,
      );
    }
    for (const n of [11, 12, 13, 24, 30]) {
      await notebook.run(`c${n} satisfies number; l${n} = []; d${n}(K0);`);
      expect(await notebook.problems(`c${n} = 1`)).toEqual([
        `TS2588 1:1-1:${n.toString().length + 2} Cannot assign to 'c${n}' because it is a constant.`,
      ]);
      expect(await notebook.inspect(`d${n}|`)).toContain("Doc.");
    }
  });
});
