import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DefinitionError } from "../errors";
import { fabricatedTrial } from "../report/testing/fabricated-trial";
import type { Report, Trial, TrialStatus } from "../trials/trial";
import { patientPruner } from "./patient-pruner";
import { medianPruner, percentilePruner } from "./percentile-pruner";
import type { Pruner } from "./pruner";
import { successiveHalvingPruner } from "./successive-halving-pruner";
import { thresholdPruner } from "./threshold-pruner";

type Made = { kind: string; pruner?: Made } & Record<string, unknown>;
type Reported = [trial: number, step: number, value: number | string, prune: 0 | 1];
type Ended = [trial: number, status: TrialStatus];
interface RecordedStudy {
  pruner: Made;
  direction: "min" | "max";
  events: (Reported | Ended)[];
}
const recording = new URL("../../fixtures/optuna/prunings.json", import.meta.url);
const { studies }: { studies: RecordedStudy[] } = JSON.parse(readFileSync(recording, "utf8"));

function make({ kind, pruner, ...options }: Made): Pruner {
  const given = options as never;
  switch (kind) {
    case "median":
      return medianPruner(given);
    case "percentile":
      return percentilePruner(given);
    case "threshold":
      return thresholdPruner(given);
    case "patient":
      return patientPruner({ ...options, ...(pruner && { pruner: make(pruner) }) } as never);
    default:
      return successiveHalvingPruner(given);
  }
}

/** What our pruner decides of each report, and what Optuna's decided. */
function replay({ pruner, direction, events }: RecordedStudy): {
  ours: number[];
  theirs: number[];
} {
  const judge = make(pruner);
  const trials = new Map<number, Trial>();
  const ours: number[] = [];
  const theirs: number[] = [];
  events.forEach((event, at) => {
    const before =
      trials.get(event[0]) ??
      fabricatedTrial(event[0], { status: "RUNNING", startedAt: at, endedAt: undefined });
    if (event.length === 2) {
      trials.set(event[0], { ...before, status: event[1], endedAt: at });
      return;
    }
    const [number, step, value, decision] = event;
    const reports: Report[] = [
      ...(before.metrics.get("m") ?? []),
      { step, values: [Number(String(value).replace("inf", "Infinity"))] },
    ];
    const trial = { ...before, metrics: new Map([["m", reports]]) };
    trials.set(number, trial);
    const others = [...trials.values()].filter((other) => other !== trial);
    ours.push(judge.judge(trial, others, { name: "m", direction }) === undefined ? 0 : 1);
    theirs.push(decision);
  });
  return { ours, theirs };
}

describe.each(["median", "percentile", "threshold", "patient", "successive-halving"])(
  "the %s pruner",
  (kind) => {
    test("decides as Optuna's, report for report, in random studies", () => {
      const recorded = studies.filter(({ pruner }) => pruner.kind === kind);
      const wrong = recorded.flatMap((study, index) => {
        const { ours, theirs } = replay(study);
        return ours.join("") === theirs.join("") ? [] : [{ index, ...study, ours, theirs }];
      });
      expect(recorded.length).toBeGreaterThanOrEqual(20);
      expect(
        wrong.map(({ pruner, ours, theirs }) => ({
          pruner,
          ours: ours.join(""),
          theirs: theirs.join(""),
        })),
      ).toEqual([]);
    });
  },
);

describe("any pruner", () => {
  const metric = { name: "m", direction: "max" } as const;
  const curves = fc.array(
    fc.array(fc.oneof(fc.double({ min: -1, max: 1 }), fc.constant(Number.NaN)), { maxLength: 8 }),
    { minLength: 1, maxLength: 12 },
  );
  const pruners = [
    medianPruner({ startupTrials: 0 }),
    percentilePruner({ percentile: 25, startupTrials: 1 }),
    patientPruner({ patience: 1 }),
    thresholdPruner({ lower: -0.5, upper: 0.5 }),
    successiveHalvingPruner({ minResource: 1, reductionFactor: 2 }),
  ];

  test.each(pruners)("$name: changes nothing, and answers the same twice", (pruner) => {
    fc.assert(
      fc.property(curves, (values) => {
        const trials = values.map((m, number) => fabricatedTrial(number, { metrics: { m } }));
        const [trial, ...others] = trials as [Trial, ...Trial[]];
        const before = structuredClone(trials);
        const first = pruner.judge(trial, others, metric);
        expect(pruner.judge(trial, others, metric)).toBe(first);
        expect(trials).toEqual(before);
      }),
    );
  });

  test.each(pruners)("$name: min and max mirror each other", (pruner) => {
    if (pruner.name === "threshold") return;
    fc.assert(
      fc.property(curves, (values) => {
        const judge = (sign: 1 | -1) => {
          const trials = values.map((m, number) =>
            fabricatedTrial(number, { metrics: { m: m.map((value) => sign * value) } }),
          );
          const direction = sign === 1 ? "max" : "min";
          const [trial, ...others] = trials as [Trial, ...Trial[]];
          return pruner.judge(trial, others, { name: "m", direction }) !== undefined;
        };
        expect(judge(1)).toBe(judge(-1));
      }),
    );
  });

  test.each(pruners)("$name: lets a trial without reports go on", (pruner) => {
    const others = [fabricatedTrial(1, { metrics: { m: [0.5, 0.6] } })];
    expect(pruner.judge(fabricatedTrial(0), others, metric)).toBeUndefined();
    const elsewhere = fabricatedTrial(0, { metrics: { loss: [9] } });
    expect(pruner.judge(elsewhere, others, metric)).toBeUndefined();
  });

  test("several executions count by their mean", () => {
    const pruner = thresholdPruner({ upper: 0.5 });
    const judged = (values: number[]) =>
      pruner.judge(fabricatedTrial(0, { metrics: { m: [values] } }), [], metric);
    expect(judged([0.9, 0.2])).toBe("m at step 0 is 0.55, above 0.5");
    expect(judged([0.9, 0.1])).toBeUndefined();
  });

  test("says why, with the numbers", () => {
    const others = [0.6, 0.8, 0.7].map((last, number) =>
      fabricatedTrial(number + 1, { metrics: { m: [0.1, last] } }),
    );
    const trial = fabricatedTrial(0, { metrics: { m: [0.5, 0.4] } });
    expect(medianPruner({ startupTrials: 1 }).judge(trial, others, metric)).toBe(
      "the best m until step 1, 0.5, is worse than the median of 3 completed trials there, 0.7",
    );
    const halving = successiveHalvingPruner({ minResource: 1, reductionFactor: 2 });
    expect(halving.judge(trial, others, metric)).toBe(
      "rung 0: m 0.4 at step 1 is not among the best 2 of 4",
    );
    expect(patientPruner({ patience: 0 }).judge(trial, others, metric)).toBe(
      "the last 1 values of m reached 0.4, after 0.5",
    );
  });
});

describe("options that can't be", () => {
  test.each<[string, () => Pruner, RegExp]>([
    [
      "a percentile over 100",
      () => percentilePruner({ percentile: 101 }),
      /percentile.*101.*0 to 100/,
    ],
    ["a percentile that is NaN", () => percentilePruner({ percentile: Number.NaN }), /percentile/],
    ["negative start-up", () => medianPruner({ startupTrials: -1 }), /startupTrials.*-1.*from 0/],
    ["half a warm-up step", () => medianPruner({ warmupSteps: 0.5 }), /warmupSteps.*0\.5.*whole/],
    [
      "an interval of 0",
      () => thresholdPruner({ upper: 1, intervalSteps: 0 }),
      /intervalSteps.*1 up/,
    ],
    ["no trial to compare with", () => medianPruner({ minTrials: 0 }), /minTrials/],
    ["no bounds", () => thresholdPruner({}), /give lower, upper, or both/],
    ["crossing bounds", () => thresholdPruner({ lower: 1, upper: 0 }), /upper.*0.*lower \(1\)/],
    ["a bound that is NaN", () => thresholdPruner({ lower: Number.NaN }), /lower.*NaN/],
    ["negative patience", () => patientPruner({ patience: -1 }), /patience.*-1/],
    [
      "negative tolerance",
      () => patientPruner({ patience: 1, minDelta: -1 }),
      /minDelta.*0 or more/,
    ],
    ["a resource of 0", () => successiveHalvingPruner({ minResource: 0 }), /minResource.*"auto"/],
    [
      "a factor of 1",
      () => successiveHalvingPruner({ reductionFactor: 1 }),
      /reductionFactor.*2 up/,
    ],
    [
      "a negative rate",
      () => successiveHalvingPruner({ minEarlyStoppingRate: -1 }),
      /EarlyStopping/,
    ],
    [
      "bootstrap with auto",
      () => successiveHalvingPruner({ bootstrapCount: 1 }),
      /bootstrapCount.*auto/,
    ],
  ])("%s is a DefinitionError that names the option", (_what, build, text) => {
    expect(build).toThrow(text);
    expect(build).toThrow(DefinitionError);
  });
});
