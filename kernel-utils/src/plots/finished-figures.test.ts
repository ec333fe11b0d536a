import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { HeatmapTrace, ScatterTrace } from "../figure";
import { confusionMatrixFigure, percent } from "./confusion-matrix-figure";
import { precisionRecallFigure } from "./precision-recall-figure";
import { rocFigure } from "./roc-figure";

describe("confusionMatrixFigure", () => {
  // The lecture's model: 1,000 people, 86 of them ill, 18 of these missed.
  const matrix = {
    labels: ["well", "ill"],
    counts: [
      [905, 9],
      [18, 68],
    ],
  };
  const fig = confusionMatrixFigure(matrix, { title: "18 of 86 are missed" });
  const cells = fig.data[0] as HeatmapTrace;

  it("writes counts and shares of the actual class into the cells", () => {
    expect(cells.text).toEqual([
      ["905<br>99.0 %", "9<br>1.0 %"],
      ["18<br>20.9 %", "68<br>79.1 %"],
    ]);
    expect(cells.z[1][0]).toBeCloseTo(18 / 86, 12);
  });

  it("tells the pointer the sum behind the share", () => {
    expect(cells.customdata?.[1][0]).toBe(
      "actual ill, predicted well<br>18 of 86 = 20.9 % of the actual ill",
    );
  });

  it("says all counts in words", () => {
    expect(fig.alt).toContain("of 86 ill, 18 as well, 68 as ill");
  });

  it("keeps a class that never occurs at 0", () => {
    const empty = {
      labels: [0, 1],
      counts: [
        [3, 1],
        [0, 0],
      ],
    };
    const { z, text } = confusionMatrixFigure(empty, { title: "No ones" }).data[0] as HeatmapTrace;
    expect(z[1]).toEqual([0, 0]);
    expect(text?.[1]).toEqual(["0<br>0 %", "0<br>0 %"]);
  });

  it("leaves shares out where ten classes leave no room, and all text where thirty do", () => {
    const square = (size: number) => ({
      labels: Array.from({ length: size }, (_, i) => i),
      counts: Array.from({ length: size }, () => Array<number>(size).fill(2)),
    });
    const text = (size: number) =>
      (confusionMatrixFigure(square(size), { title: "t" }).data[0] as HeatmapTrace).text?.[0][0];
    expect([text(10), text(30)]).toEqual(["2", ""]);
  });

  it("refuses matrices that are none", () => {
    const wrong = { labels: ["a"], counts: [[1, 2]] };
    expect(() => confusionMatrixFigure(wrong, { title: "t" })).toThrow(InputError);
    expect(() => confusionMatrixFigure({ labels: [], counts: [] }, { title: "t" })).toThrow(
      /labels is empty/,
    );
  });
});

describe("percent", () => {
  it("writes 0 and 1 without decimals, and nothing else", () => {
    expect([0, 1, 0.5, 0.9999, 0.209].map(percent)).toEqual([
      "0 %",
      "100 %",
      "50.0 %",
      "100.0 %",
      "20.9 %",
    ]);
  });
});

describe("rocFigure", () => {
  // scikit-learn's roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).
  const curve = {
    thresholds: [Number.POSITIVE_INFINITY, 0.8, 0.4, 0.35, 0.1],
    falsePositiveRate: [0, 0, 0.5, 0.5, 1],
    truePositiveRate: [0, 0.5, 0.5, 1, 1],
    positives: 2,
    negatives: 4,
  };

  it("draws the rates and the diagonal", () => {
    const { data, layout } = rocFigure(curve, { title: "t" });
    expect((data[0] as ScatterTrace).x).toEqual([0, 0, 0.5, 0.5, 1]);
    expect(layout.shapes).toMatchObject([{ x0: 0, y0: 0, x1: 1, y1: 1 }]);
    expect(layout.yaxis?.scaleanchor).toBe("x");
  });

  it("tells the pointer the threshold and the counts", () => {
    const [trace] = rocFigure(curve, { title: "t" }).data as ScatterTrace[];
    expect(trace.customdata?.[0]).toMatch(/^above every score<br>recall 0 of 2 = 0.000/);
    expect(trace.customdata?.[2]).toBe(
      "score ≥ 0.4<br>recall 1 of 2 = 0.500<br>false positive rate 2 of 4 = 0.500",
    );
  });

  it("names each of several curves, with lines of different kind", () => {
    const fig = rocFigure(
      [
        { ...curve, label: "a" },
        { ...curve, label: "b" },
      ],
      { title: "t" },
    );
    const names = fig.layout.annotations.map((one) => one.text);
    expect(names).toEqual(expect.arrayContaining(["a", "b"]));
    const dashes = (fig.data as ScatterTrace[]).map((trace) => trace.line?.dash);
    expect(new Set(dashes).size).toBe(2);
  });

  it("refuses what is no rate, and columns of different length", () => {
    const wrong = { ...curve, falsePositiveRate: [0, 0, 50, 50, 100] };
    expect(() => rocFigure(wrong, { title: "t" })).toThrow(/from 0 to 1/);
    expect(() => rocFigure({ ...curve, thresholds: [1] }, { title: "t" })).toThrow(InputError);
  });
});

describe("precisionRecallFigure", () => {
  // scikit-learn's precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).
  const curve = {
    thresholds: [0.1, 0.35, 0.4, 0.8],
    precision: [0.5, 2 / 3, 0.5, 1, 1],
    recall: [1, 1, 0.5, 0.5, 0],
  };

  it("goes in steps, as average precision counts it", () => {
    const [trace] = precisionRecallFigure(curve, { title: "t" }).data as ScatterTrace[];
    expect(trace.line?.shape).toBe("hv");
    expect(trace.y).toEqual(curve.precision);
  });

  it("shows the share of positives where it is told the counts", () => {
    const counted = { ...curve, positives: 2, negatives: 6 };
    const { layout, data } = precisionRecallFigure(counted, { title: "t" });
    expect(layout.shapes).toMatchObject([{ y0: 0.25, y1: 0.25 }]);
    expect((data as ScatterTrace[])[0].customdata?.[1]).toBe(
      "score ≥ 0.35<br>precision 2 of 3 = 0.667<br>recall 2 of 2 = 1.000",
    );
    expect(precisionRecallFigure(curve, { title: "t" }).layout.shapes).toEqual([]);
  });
});
