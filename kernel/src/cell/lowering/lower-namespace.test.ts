/** Namespaces, run. */
import { describe, expect, test } from "vitest";
import { cellResults } from "../testing/run-cells";

describe("namespaces", () => {
  test.each<[string, string, unknown]>([
    ["dotted", "namespace A.B.C { export const x = 1 }\nA", { B: { C: { x: 1 } } }],
    [
      "nested, exported or not",
      "namespace A { export namespace B { export const x = 1 } namespace C { export const y = 2 } export const z = B.x + C.y }\nA",
      { B: { x: 1 }, z: 3 },
    ],
    [
      "variables stay live",
      "namespace A { export let n = 0; export function inc() { n++ } }\nA.inc(); A.n += 10; A.inc(); A.n",
      12,
    ],
    [
      "destructured",
      "namespace A { export const { a, b: [c] } = { a: 1, b: [2] } }\nA",
      { a: 1, c: 2 },
    ],
    [
      "functions and classes without semicolons",
      "namespace A { export function f() { return 1 }\nexport class C { x = 2 }\nexport const v = f()\nexport abstract class D {} }\n[A.f(), new A.C().x, A.v, typeof A.D]",
      [1, 2, 1, "function"],
    ],
    [
      "enums and aliases",
      "namespace A { export enum E { X = 3 } import Y = E.X; export import Z = E.X; export const y = Y }\n[A.y, A.Z]",
      [3, 3],
    ],
    [
      "types only leave nothing",
      "namespace A { export type T = 1; export interface I {} namespace B { type U = 2 } }\ntypeof A",
      "undefined",
    ],
    ["a class of its own name", "namespace A { export class A { x = A.name } }\nnew A.A().x", "A"],
    [
      "earlier exports are seen in later blocks",
      "namespace A { export const a = 1; export function f() { return 2 } }\nnamespace A { export const b = a + f() + A.a }\nA.b",
      4,
    ],
    [
      "declared ones leave nothing",
      "declare namespace A { const x: number }\ndeclare module 'm' { export const y: 1 }\ntypeof A",
      "undefined",
    ],
  ])("%s", async (_title, code, expected) => {
    expect(await cellResults(code)).toEqual([expected]);
  });
});
