/** What the transform prints anew, run. */
import { describe, expect, test } from "vitest";
import { cellResults } from "../testing/run-cells";

describe("decorators, JSX, accessors", () => {
  test.each<[string, string, unknown]>([
    [
      "decorators of classes and members",
      "const seen: string[] = []; const d = (n: string) => (...a: any[]): any => { seen.push(n + (a[1] ?? '') + (typeof a[2] === 'number' ? a[2] : '')) }\n@d('class') class A { @d('field') x = 1; @d('method') m(@d('parameter') p: number) {} @d('get') get g() { return 1 } @d('static') static s = 2 }\nseen",
      ["fieldx", "parameterm0", "methodm", "getg", "statics", "class"],
    ],
    [
      "a decorator that replaces the class",
      "const d = (c: any): any => class extends c { y = 2 }\n@d\nexport class A { x = 1 }\nnew A()",
      { x: 1, y: 2 },
    ],
    [
      "a decorator that replaces a method",
      "const d = (t: any, k: string, p: any) => ({ ...p, value() { return 'new ' + p.value.call(this) } })\nclass A { x = 1; @d m() { return this.x } }\nnew A().m()",
      "new 1",
    ],
    [
      "decorators before export",
      "const d = (c: any) => { c.v = 1 }\n@d export class A {}\nexport @d class B {}\n[(A as any).v, (B as any).v]",
      [1, 1],
    ],
    [
      "decorators with parameter properties",
      "const d = (...a: any[]) => {}\nclass A { constructor(@d private x: number) {} }\nnew A(3)",
      { x: 3 },
    ],
    [
      "accessors",
      "class A { accessor x = 1; static accessor y: number = 2 }\nconst a = new A(); a.x += 5;\n[a.x, A.y]",
      [6, 2],
    ],
    [
      "JSX by React's runtime",
      "const el = <div a='1' {...{ b: 2 }}>hi {1 + 1}</div>\nel",
      { tag: "div", a: "1", b: 2, children: ["hi ", 2] },
    ],
    ["JSX is a result", "<a/>", { tag: "a" }],
    [
      "JSX that starts on a later line",
      "const f = () => {\n  return (\n    <a>\n      {1}\n    </a>\n  )\n}\nf()",
      { tag: "a", children: 1 },
    ],
    ["JSX with a fragment", "<><b/></>", { tag: "fragment", children: { tag: "b" } }],
    [
      "JSX by a pragma",
      "/** @jsx h */\nimport { h } from 'h'\nconst el = <p x={1}>t</p>\nel",
      ["p", { x: 1 }, "t"],
    ],
    [
      "JSX with await and types inside",
      "const f = async (x: number) => <a>{await Promise.resolve(x as any)}</a>\nawait f(2)",
      { tag: "a", children: 2 },
    ],
  ])("%s", async (_title, code, expected) => {
    expect(await cellResults(code)).toEqual([expected]);
  });

  test("no result after a semicolon", async () => {
    expect(await cellResults("<a/>;")).toEqual([]);
  });
});
