import { describe, expect, it } from "vitest";
import { makeBoolean, makeChoice, makeFloat, makeInt } from "../search-space/make-parameter";
import type { Parameter, Values } from "../search-space/parameter";
import { SearchSpace } from "../search-space/search-space";
import { Study } from "../study/study";
import { ArrayStorage } from "../testing/array-storage";
import { runStudy } from "../testing/run-study";
import { gridSearch } from "./grid-search";

const objectives = { name: "score", direction: "max" } as const;

function search(parameters: readonly Parameter[], storage = new ArrayStorage()): Study {
  const space = new SearchSpace(parameters);
  return new Study({ oracle: gridSearch({ seed: 1 }), objectives, space, storage, clock: () => 0 });
}

function valuesOf({ trials }: Study): readonly Values[] {
  return trials.map(({ values }) => values);
}

const small = [makeChoice("a", [1, 2, 3], {}, []), makeBoolean("b", {}, [])];
const wholeGrid = [1, 2, 3].flatMap((a) => [false, true].map((b) => ({ a, b })));

describe("grid search", () => {
  it("tries the defaults first, and changes the last parameter fastest", () => {
    const study = search([makeInt("n", { min: 1, max: 3, default: 2 }, []), small[1]]);
    runStudy(study, { score: () => 1 });
    expect(valuesOf(study).map(({ n, b }) => `${n} ${b}`)).toEqual([
      "2 false",
      "2 true",
      "1 false",
      "1 true",
      "3 false",
      "3 true",
    ]);
  });

  it.each([1, 2, 3, 5])("tries every combination once with %i workers", (workers) => {
    const study = search(small);
    runStudy(study, { workers, next: (running) => running - 1, score: () => 1 });
    expect(valuesOf(study)).toHaveLength(6);
    expect(valuesOf(study)).toEqual(expect.arrayContaining(wholeGrid));
  });

  it("goes on after a crash, where Keras Tuner stops early", () => {
    for (let ends = 0; ends <= 6; ends++) {
      const storage = new ArrayStorage();
      runStudy(search(small, storage), { ends, score: () => 1 });
      const after = search(small, storage);
      after.interrupted();
      runStudy(after, { score: () => 1 });
      expect(valuesOf(after)).toEqual(wholeGrid);
    }
  });

  it("goes on where only some trials have a parameter, where Keras Tuner raises an error", () => {
    const study = search([small[0]]);
    const leave = study.on((event) => {
      const trial = "trial" in event ? study.trials[event.trial] : undefined;
      if (event.type === "report" && trial?.values.a === 2) {
        study.hyperparameters(trial.id).boolean("b");
      }
    });
    runStudy(study, { score: () => 1 });
    leave();
    const known = valuesOf(study).map(({ a, b }) => `${a} ${b}`);
    expect(known).toEqual(["1 undefined", "2 false", "2 true", "3 false", "3 true"]);
  });

  it("gives parameters of one name under conditions that exclude each other their own values", () => {
    const study = search([
      makeChoice("kind", ["x", "y"], {}, []),
      makeInt("size", { min: 1, max: 2 }, [{ parent: "kind", values: ["x"] }]),
      makeInt("size", { min: 10, max: 11 }, [{ parent: "kind", values: ["y"] }]),
    ]);
    runStudy(study, { score: () => 1 });
    expect(valuesOf(study)).toEqual([
      { kind: "x", size: 1 },
      { kind: "x", size: 2 },
      { kind: "y", size: 10 },
      { kind: "y", size: 11 },
    ]);
  });

  it("does not repeat what was enqueued, and starts nothing from values beside the grid", () => {
    const study = search([makeFloat("rate", { min: 0, max: 1, step: 0.5 }, []), small[1]]);
    study.enqueue({ rate: 0.5, b: true });
    runStudy(study, { score: () => 1 });
    expect(valuesOf(study)).toHaveLength(6);
    const free = search([makeFloat("rate", { min: 0, max: 1 }, [])]);
    free.enqueue({ rate: 0.123 });
    runStudy(free, { score: () => 1 });
    expect(valuesOf(free)).toHaveLength(12);
  });
});
