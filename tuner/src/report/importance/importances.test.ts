import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../../numerics/random-stream";
import type { Parameter, Values } from "../../search-space/parameter";
import type { Objective } from "../../trials/objective";
import type { Trial, TrialStatus } from "../../trials/trial";
import { fabricatedTrial } from "../testing/fabricated-trial";
import { type ImportanceOptions, importances } from "./importances";
import { growTree, type RegressionTree } from "./regression-tree";
import { treeVariance } from "./tree-variance";

interface RecordedStudy {
  name: string;
  direction: "min" | "max";
  space: Parameter[];
  trials: [Values, TrialStatus, number | null][];
  pedAnova: {
    options: ImportanceOptions;
    raw: Record<string, number>;
    normalized: Record<string, number>;
  }[];
  /** Mean and standard deviation over seeds. */
  fanova: Record<string, [number, number]>;
}
type RecordedTree = RegressionTree & {
  columns: number;
  variance: number;
  marginals: [number[], number][];
  x?: number[][];
  y?: number[];
};
const recording = new URL("../../../fixtures/optuna/importances.json", import.meta.url);
const { studies, trees }: { studies: RecordedStudy[]; trees: RecordedTree[] } = JSON.parse(
  readFileSync(recording, "utf8"),
);

function measured(study: RecordedStudy, options?: ImportanceOptions): Record<string, number> {
  const parameters = study.space.map((parameter) =>
    "step" in parameter ? { ...parameter, step: parameter.step ?? undefined } : parameter,
  );
  const trials = study.trials.map(([values, status, score], number) =>
    fabricatedTrial(number, { values, status, score: score ?? undefined }),
  );
  const objectives: Objective[] = [{ name: "m", direction: study.direction }];
  return Object.fromEntries(
    importances(trials, { parameters }, objectives, options).map(({ name, importance }) => [
      name,
      importance,
    ]),
  );
}

describe.each(studies)("of the study $name", (study) => {
  test.each(study.pedAnova)("PED-ANOVA equals Optuna's to ten digits: $options", (recorded) => {
    const [raw, normalized] = [false, true].map((normalize) =>
      measured(study, { ...recorded.options, normalize }),
    );
    for (const [ours, theirs] of [
      [raw, recorded.raw],
      [normalized, recorded.normalized],
    ] as const) {
      expect(Object.keys(ours ?? {}).sort()).toEqual(Object.keys(theirs).sort());
      for (const [name, value] of Object.entries(theirs)) {
        expect(Math.abs((ours?.[name] as number) - value)).toBeLessThan(1e-10 * (1 + value));
      }
    }
  });

  test("the default is Optuna's default", () => {
    const theirs = study.pedAnova[0]?.normalized ?? {};
    for (const [name, value] of Object.entries(measured(study))) {
      expect(value).toBeCloseTo(theirs[name] as number, 10);
    }
  });

  test("fANOVA is within five standard deviations of Optuna's, and ranks as it does", () => {
    const ours = measured(study, { measure: "fanova" });
    expect(Object.keys(ours).sort()).toEqual(Object.keys(study.fanova).sort());
    for (const [name, [mean, deviation]] of Object.entries(study.fanova)) {
      expect(Math.abs((ours[name] as number) - mean)).toBeLessThan(5 * deviation + 1e-3);
    }
    const names = Object.keys(ours);
    for (const [i, better] of names.entries()) {
      for (const worse of names.slice(i + 1)) {
        const [[mean, deviation], [otherMean, otherDeviation]] = [
          study.fanova[better] as [number, number],
          study.fanova[worse] as [number, number],
        ];
        expect(mean).toBeGreaterThan(otherMean - 5 * (deviation + otherDeviation) - 1e-9);
      }
    }
  });
});

describe("regression trees", () => {
  test("the first two splits are scikit-learn's", () => {
    const [recorded] = trees as [RecordedTree];
    const { x: rows = [], y: targets = [] } = recorded;
    const weights = targets.map(() => 1);
    const tree = growTree({ rows, targets, weights }, 2, randomStream(0.5));
    expect(tree.feature.map((feature) => Math.max(-1, feature))).toEqual(
      recorded.feature.map((feature) => Math.max(-1, feature)),
    );
    expect([tree.left, tree.right]).toEqual([recorded.left, recorded.right]);
    tree.value.forEach((value, node) => {
      expect(value).toBeCloseTo(recorded.value[node] as number, 12);
      expect(tree.threshold[node]).toBeCloseTo(recorded.threshold[node] as number, 12);
    });
  });

  test.each(trees)("variances over the space are Optuna's ($columns features)", (recorded) => {
    const bounds = Array.from({ length: recorded.columns }, () => [0, 1] as const);
    const variance = treeVariance(recorded, bounds);
    expect(variance.total).toBeCloseTo(recorded.variance, 12);
    for (const [features, theirs] of recorded.marginals) {
      expect(variance.explainedBy(features)).toBeCloseTo(theirs, 12);
    }
  });

  test("what features explain alone never exceeds the total, and all together explain it", () => {
    const row = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 20 }), (rows) => {
        const targets = rows.map(([a, b]) => a * a - b / 2);
        const weights = targets.map(() => 1);
        const tree = growTree({ rows, targets, weights }, 64, randomStream(0.1));
        const variance = treeVariance(tree, [
          [0, 1],
          [0, 1],
        ]);
        expect(variance.explainedBy([0, 1])).toBeCloseTo(variance.total, 12);
        const alone = variance.explainedBy([0]) + variance.explainedBy([1]);
        expect(alone).toBeLessThanOrEqual(variance.total + 1e-12);
      }),
    );
  });
});

describe("where trials can't tell", () => {
  const space: Parameter[] = ["a", "b"].map((name) => ({
    kind: "float",
    name,
    min: 0,
    max: 1,
    step: undefined,
    sampling: "linear",
    default: 0,
    conditions: [],
  }));
  const objectives: Objective[] = [{ name: "m", direction: "max" }];
  const trial = (number: number, score: number | undefined): Trial =>
    fabricatedTrial(number, { values: { a: number / 10, b: 1 - number / 10 }, score });

  test.each<[string, Trial[]]>([
    ["one trial", [trial(1, 3)]],
    ["equal scores", [trial(1, 3), trial(2, 3), trial(3, 3)]],
    ["one finite score", [trial(1, 3), trial(2, Number.NaN), trial(3, Number.POSITIVE_INFINITY)]],
  ])("%s: all are equally important", (_what, trials) => {
    for (const measure of ["ped-anova", "fanova"] as const) {
      const found = importances(trials, { parameters: space }, objectives, { measure });
      expect(found.map(({ importance }) => importance)).toEqual([0.5, 0.5]);
    }
  });

  test("no completed trial: no importances", () => {
    const running = fabricatedTrial(0, { status: "RUNNING", values: { a: 1, b: 1 } });
    expect(importances([running], { parameters: space }, objectives)).toEqual([]);
  });

  test("options that can't be are errors", () => {
    const ask = (options: object) => () =>
      importances([trial(1, 1)], { parameters: space }, objectives, options);
    expect(ask({ targetQuantile: 0 })).toThrow(/0 < targetQuantile/);
    expect(ask({ targetQuantile: 0.5, regionQuantile: 0.5 })).toThrow(/regionQuantile <= 1/);
    expect(ask({ measure: "shap" })).toThrow(/"shap".*"fanova"/);
  });
});
