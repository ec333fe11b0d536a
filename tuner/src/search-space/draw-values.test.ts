import fc from "fast-check";
import { describe, expect, it } from "vitest";
import allKinds from "../../fixtures/keras-tuner/golden/random-all-kinds.json";
import { pythonRandom } from "../numerics/python-random";
import { drawValues } from "./draw-values";
import { fromKerasSpec, type KerasSpec } from "./keras-config";
import { makeChoice } from "./make-parameter";
import type { Condition } from "./parameter";
import { SearchSpace } from "./search-space";
import { parameterArbitrary } from "./testing/parameter-arbitrary";

/** Draws as a study makes them. */
function drawsFrom(seed: number) {
  const draws = { state: seed, next: () => pythonRandom(draws.state++) };
  return draws;
}

describe("random values", () => {
  it("are Keras Tuner's, one draw for every active parameter", () => {
    const space = new SearchSpace((allKinds.case.space as KerasSpec[]).map(fromKerasSpec));
    const draws = drawsFrom(allKinds.case.seed);
    const { trials, seed_state } = allKinds.final;
    for (const { values } of trials) expect(drawValues(space, draws)).toEqual(values);
    // The search asks once more than there are trials, but draws nothing for that.
    expect(draws.state).toBe(seed_state);
  });

  it("name all active parameters, no other, and draw for each of them", () => {
    const parent = makeChoice("parent", ["a", "b", "c"], {}, []);
    const under = (...values: string[]): Condition[] => [{ parent: "parent", values }];
    const spaces = fc
      .tuple(
        parameterArbitrary("always"),
        parameterArbitrary("sometimes", under("a", "b")),
        parameterArbitrary("same", under("a")),
        parameterArbitrary("same", under("b", "c")),
      )
      .map((parameters) => new SearchSpace([parent, ...parameters]));
    fc.assert(
      fc.property(spaces, fc.nat(), (space, seed) => {
        const draws = drawsFrom(seed);
        const values = drawValues(space, draws);
        const active = space.active(values);
        expect(Object.keys(values)).toEqual(active.map(({ name }) => name));
        expect(draws.state - seed).toBe(active.length);
        expect("sometimes" in values).toBe(values.parent !== "c");
        expect("same" in values).toBe(true);
      }),
    );
  });
});
