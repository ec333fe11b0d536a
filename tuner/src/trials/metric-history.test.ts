import { describe, expect, it } from "vitest";
import { bestReport, meanOf, withoutFrom, withReport } from "./metric-history";
import type { MetricHistory } from "./trial";

const none: MetricHistory = new Map();

function history(...reports: readonly (readonly [number, number])[]): MetricHistory {
  return reports.reduce((known, [step, loss]) => withReport(known, step, { loss }), none);
}

describe("a history", () => {
  it("keeps the reports of a step together, in the order of the steps", () => {
    expect(history([3, 0.3], [1, 0.1], [3, 0.5], [2, 0.2]).get("loss")).toEqual([
      { step: 1, values: [0.1] },
      { step: 2, values: [0.2] },
      { step: 3, values: [0.3, 0.5] },
    ]);
  });

  it("leaves the one before as it was", () => {
    const before = history([0, 1]);
    withReport(before, 0, { loss: 2 });
    expect(before).toEqual(history([0, 1]));
  });

  it("can go back to what it was from a step on", () => {
    const earlier = history([0, 1], [1, 2]);
    const later = withReport(withReport(earlier, 0, { loss: 10 }), 2, { loss: 30, other: 1 });
    expect(withoutFrom(later, 1, earlier)).toEqual(
      new Map([
        [
          "loss",
          [
            { step: 0, values: [1, 10] },
            { step: 1, values: [2] },
          ],
        ],
      ]),
    );
  });
});

describe("the best report", () => {
  it("is the best mean, at its earliest step", () => {
    const reports = history([0, 4], [1, 1], [1, 3], [2, 2], [3, 9]).get("loss");
    expect(bestReport(reports, "min")).toEqual({ score: 2, step: 1 });
    expect(bestReport(reports, "max")).toEqual({ score: 9, step: 3 });
  });

  it("leaves NaN out unless there is nothing else", () => {
    const some = history([0, Number.NaN], [1, 5], [2, 1], [2, Number.NaN]).get("loss");
    expect(bestReport(some, "min")).toEqual({ score: 5, step: 1 });
    expect(bestReport(history([0, Number.NaN]).get("loss"), "max")).toEqual({
      score: Number.NaN,
      step: undefined,
    });
  });

  it("may be infinite", () => {
    const reports = history([0, Number.NEGATIVE_INFINITY], [1, Number.NEGATIVE_INFINITY]).get(
      "loss",
    );
    expect(bestReport(reports, "max")).toEqual({ score: Number.NEGATIVE_INFINITY, step: 0 });
  });

  it("does not exist without reports", () => {
    expect(bestReport(undefined, "min")).toBeUndefined();
    expect(bestReport([], "min")).toBeUndefined();
  });
});

// numpy 2.4: [float(np.mean([1 / (k + 3) for k in range(n)])) for n in (1, 3, 7, 8, 9, 16, 100, 129, 300)]
it.each([
  [1, 0.3333333333333333],
  [3, 0.26111111111111107],
  [7, 0.18985260770975057],
  [8, 0.17862103174603172],
  [9, 0.16887526054192717],
  [16, 0.1246942548872696],
  [100, 0.03707082429307257],
  [129, 0.030668410279474697],
  [300, 0.01596432465904621],
])("the mean of %i values is NumPy's to the last bit", (count, mean) => {
  expect(meanOf({ step: 0, values: Array.from({ length: count }, (_, k) => 1 / (k + 3)) })).toBe(
    mean,
  );
});
