import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromKerasSpec, type KerasSpec } from "./keras-config";
import type { Values } from "./parameter";
import { SearchSpace } from "./search-space";
import { valuesText } from "./values-text";

const golden = new URL("../../fixtures/keras-tuner/golden/", import.meta.url);

/** What this test reads of a transcript. */
interface Transcript {
  readonly case: { readonly space: readonly KerasSpec[] };
  readonly final?: {
    readonly trials: readonly { readonly values: Values; readonly values_hash: string }[];
  };
}

/** Budgets do not count in a hash. */
const BUDGET = ["tuner/epochs", "tuner/initial_epoch", "tuner/bracket", "tuner/round"];

describe("the text of values", () => {
  for (const name of ["lecture-random", "random-all-kinds", "lecture-hyperband-10-3"]) {
    it(`has the hash of Keras Tuner in ${name}`, () => {
      const file = readFileSync(new URL(`${name}.json`, golden), "utf8");
      const transcript = JSON.parse(file) as Transcript;
      const space = new SearchSpace(transcript.case.space.map(fromKerasSpec));
      const trials = transcript.final?.trials ?? [];
      for (const { values, values_hash } of trials) {
        const counted = Object.entries(values).filter(([key]) => !BUDGET.includes(key));
        const text = valuesText(Object.fromEntries(counted), space);
        expect(createHash("sha256").update(text).digest("hex").slice(0, 32)).toBe(values_hash);
      }
      expect(trials.length).toBeGreaterThan(5);
    });
  }

  it("is sorted by name, in Python's writing", () => {
    expect(valuesText({ b: true, a: 1e-5, c: "x", d: 3, e: false })).toBe(
      "a=1e-05b=Truec=xd=3e=False",
    );
  });

  it("knows floats from ints by the space", () => {
    const specs: KerasSpec[] = [
      { kind: "Float", name: "float", min: 0, max: 2 },
      { kind: "Choice", name: "floats", values: [1, 0.5] },
      { kind: "Choice", name: "ints", values: [1, 2] },
      { kind: "Int", name: "whole", min: 0, max: 2 },
    ];
    const values = { float: 1, floats: 1, ints: 1, whole: 1 };
    expect(valuesText(values, new SearchSpace(specs.map(fromKerasSpec)))).toBe(
      "float=1.0floats=1.0ints=1whole=1",
    );
    expect(valuesText(values)).toBe("float=1floats=1ints=1whole=1");
  });
});
