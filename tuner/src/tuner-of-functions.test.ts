import { describe, expect, test } from "vitest";
import {
  choice,
  defineSpace,
  float,
  int,
  medianPruner,
  randomSearch,
  Tuner,
  type TunerOptions,
} from "./index";

describe("a search over any function", () => {
  const space = defineSpace({
    x: float({ min: -2, max: 2 }),
    kind: choice(["a", "b"]),
    n: int({ min: 1, max: 3 }),
  });
  const parabola = (more: Partial<TunerOptions> = {}) =>
    new Tuner({
      space,
      run: (hp) => (Number(hp.get("x")) - 1) ** 2 + (hp.get("kind") === "a" ? 0 : 1),
      oracle: randomSearch({ maxTrials: 30, seed: 42 }),
      objective: { name: "error", direction: "min" },
      progress: false,
      ...(more as object),
    });

  test("finds values, with the types of the declared space", async () => {
    const tuner = parabola();
    await tuner.search();
    const { values, score } = tuner.results.best;
    const kind: "a" | "b" = values.kind;
    expect(kind).toBe("a");
    expect(score).toBeCloseTo((values.x - 1) ** 2, 12);
    expect(Math.abs(values.x - 1)).toBeLessThan(0.5);
  });

  test("knows values that are there under a condition only", async () => {
    const branches = defineSpace({ kind: choice(["line", "curve"]) }).when("kind", ["curve"], {
      power: int({ min: 2, max: 4 }),
    });
    const tuner = new Tuner({
      space: branches,
      run: (hp) => (hp.has("power") ? Number(hp.get("power")) : 9),
      oracle: randomSearch({ maxTrials: 4, seed: 1 }),
      objective: { name: "error", direction: "min" },
      progress: false,
    });
    await tuner.search();
    const { values } = tuner.results.best;
    // Only there does the compiler know the power as a number.
    const power: number = values.kind === "curve" ? values.power : 0;
    expect(power).toBe(2);
  });

  test("values that were enqueued come first", async () => {
    const tuner = parabola();
    tuner.enqueue({ x: 1 });
    await tuner.search({ maxTrials: 2 });
    expect(tuner.results.best.values).toEqual({ x: 1, kind: "a", n: 1 });
  });

  test("a pruner ends trials that aren't worth going on", async () => {
    const tuner = parabola({
      run: async (hp, { report }) => {
        for (let step = 0; step < 5; step++) await report(Math.abs(Number(hp.get("x"))), step);
      },
      pruner: medianPruner({ startupTrials: 3 }),
    });
    await tuner.search();
    const pruned = tuner.study.trials.filter(({ status }) => status === "PRUNED");
    expect(pruned.length).toBeGreaterThan(3);
    expect(pruned[0]?.message).toMatch(/median/);
  });

  test("a function that throws is tried again, then fails; too many failures end the search", async () => {
    let calls = 0;
    const run = () => {
      calls++;
      throw new Error("out of luck");
    };
    const tuner = parabola({ run, maxRetriesPerTrial: 1 });
    await expect(tuner.search()).rejects.toThrow(/3 trials failed in a row.*out of luck/s);
    expect(calls).toBe(6);
    expect(() => tuner.results.best).toThrow(/none has completed/);
  });

  test("one that returns nothing is told so at once", async () => {
    await expect(parabola({ run: async () => {} }).search()).rejects.toThrow(/reported nothing/);
  });

  test("results are told as text, table, CSV and figures", async () => {
    const tuner = parabola();
    await tuner.search();
    expect(tuner.resultsSummary(2)).toMatch(/Results summary[\s\S]*Trial \d+ summary/);
    expect(tuner.searchSpaceSummary()).toMatch(/x \(Float\)/);
    expect(tuner.results.csv.split("\r\n")).toHaveLength(32);
    expect(JSON.parse(tuner.results.json)).toHaveLength(30);
    expect(
      tuner.results
        .importances()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["kind", "n", "x"]);
    const { results } = tuner;
    const figures = [
      results.historyFigure(),
      results.sliceFigure(),
      results.parallelCoordinatesFigure(),
      results.importanceFigure(),
      results.learningCurvesFigure(),
      results.bracketsFigure(),
      results.timelineFigure(),
    ];
    for (const { data, layout } of figures) expect([data, layout]).toBeTruthy();
  });
});
