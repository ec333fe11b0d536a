import { describe, expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

const notebook = testNotebook();

describe("inspection", () => {
  it("shows the signature and the doc comment of the symbol at the cursor as Markdown", async () => {
    await notebook.run(
      "/**\n * Doubles a number.\n * @param n what to double\n */\nfunction double(n: number): number { return 2 * n; }",
    );
    const text =
      "```typescript\nfunction double(n: number): number\n```\nDoubles a number.\n\n*@param* `n` — what to double";
    expect(await notebook.inspect("dou|ble(2)")).toBe(text);
    expect(await notebook.inspect("double|(2)")).toBe(text);
    expect(await notebook.inspect("1 + |double(2)")).toBe(text);
  });

  it("shows what an earlier cell's name is, without the checker's own", async () => {
    await notebook.run(
      "let counter = 1; class Thing<T> { value?: T } const things = [new Thing<string>()];",
    );
    expect(await notebook.inspect("counter|")).toBe("```typescript\nvar counter: number\n```");
    expect(await notebook.inspect("things|")).toBe(
      "```typescript\nconst things: Thing<string>[]\n```",
    );
    expect(await notebook.inspect("const later = things; later|")).toBe(
      "```typescript\nconst later: Thing<string>[]\n```",
    );
    expect(await notebook.inspect("Thing|")).toBe("```typescript\nclass Thing<T>\n```");
    await notebook.run("class Thing<T> { other?: T }");
    expect(await notebook.inspect("things|")).toBe(
      "```typescript\nconst things: Thing<string>[]\n```",
    );
    expect(await notebook.inspect("things|; new Thing()")).toBe(
      "```typescript\nconst things: (earlier cell).Thing<string>[]\n```",
    );
  });

  it("shows the called function where the cursor is among its arguments", async () => {
    expect(await notebook.inspect("double(|")).toContain("double(n: number): number");
    expect(await notebook.inspect("Math.max(1, |)")).toContain("max(...values: number[]): number");
  });

  it("shows members, types in unfinished code, and names of modules", async () => {
    expect(await notebook.inspect("const x = Math.flo|or(")).toContain(
      "(method) Math.floor(x: number): number",
    );
    expect(
      await notebook.inspect("import { readFileSync } from 'node:fs'; readFile|Sync"),
    ).toContain("readFileSync(");
  });

  it("knows nothing of white space, comments and unknown names", async () => {
    expect(await notebook.inspect("  |  ")).toBeUndefined();
    expect(await notebook.inspect("// double| ")).toBeUndefined();
    expect(await notebook.inspect("|")).toBeUndefined();
  });

  it("takes offsets after line ends and emoji right", async () => {
    expect(await notebook.inspect("const s = '😀';\r\n// é\ndoub|le")).toContain("function double");
  });
});
