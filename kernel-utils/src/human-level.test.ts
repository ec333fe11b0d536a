import { describe, expect, it } from "vitest";
import { bootstrapRows } from "./bootstrap";
import { InputError } from "./errors";
import { humanLevel } from "./human-level";
import { wilsonInterval, wilsonOfShare } from "./intervals";
import { SeededRandom } from "./random";

/** Five people label 80 items with 2 classes; some items are hard for all of them. */
function labelled() {
  const random = new SeededRandom(3);
  const truth = Array.from({ length: 80 }, () => random.integer(0, 2));
  const annotations = truth.map((label) => {
    const accuracy = random.random() < 0.3 ? 0.55 : 0.97;
    return Array.from({ length: 5 }, () => (random.random() < accuracy ? label : 1 - label));
  });
  return { truth, annotations };
}

describe("humanLevel against a truth", () => {
  it("of one annotator is Wilson's interval", () => {
    const annotations = [["a"], ["b"], ["a"], ["a"]];
    const level = humanLevel({ annotations, truth: ["a", "b", "b", "a"] });
    const expected = wilsonInterval(3, 4);
    expect(level).toMatchObject({ kind: "accuracy", items: 4, annotations: 4 });
    expect(level.byAnnotator).toEqual([expected]);
    expect(level.low).toBeCloseTo(expected.low, 12);
    expect(level.high).toBeCloseTo(expected.high, 12);
  });

  it("divides the number of labels by the design effect, worked out by hand", () => {
    const truth = ["a", "a", "a"];
    const annotations = [
      ["a", "a"],
      ["a", "b"],
      ["b", "b"],
    ];
    // Share 1/2; variance by items 3/2 * 2/36 = 1/12, of 6 independent labels 1/4 / 5 = 1/20.
    const { low, high } = humanLevel({ annotations, truth });
    const expected = wilsonOfShare(1 / 2, 6 * (1 / 20 / (1 / 12)));
    expect([low, high]).toEqual([expected.low, expected.high].map((x) => expect.closeTo(x, 12)));
  });

  it("never counts more labels than there are", () => {
    const annotations = [
      ["a", "b"],
      ["b", "a"],
      ["a", "b"],
      ["a", "a"],
    ];
    const { low, high } = humanLevel({ annotations, truth: ["a", "a", "a", "a"] });
    const expected = wilsonInterval(5, 8);
    expect([low, high]).toEqual([expected.low, expected.high].map((x) => expect.closeTo(x, 12)));
  });

  it("comes close to a bootstrap over items, and is wider than independent labels would be", () => {
    const { truth, annotations } = labelled();
    const level = humanLevel({ annotations, truth });
    const right = annotations.map((row, i) => row.filter((label) => label === truth[i]).length);
    const resampled = bootstrapRows(80, (rows) => {
      let sum = 0;
      for (const row of rows) sum += right[row] as number;
      return sum / (5 * rows.length);
    });
    expect(level.estimate).toBeCloseTo(resampled.estimate, 12);
    expect(Math.abs(level.low - resampled.low)).toBeLessThan(0.015);
    expect(Math.abs(level.high - resampled.high)).toBeLessThan(0.015);
    const total = right.reduce((a, b) => a + b);
    const independent = wilsonInterval(total, 400);
    expect(level.high - level.low).toBeGreaterThan(1.2 * (independent.high - independent.low));
  });

  it("pools labels, so that items with more labels weigh more", () => {
    const annotations = [
      ["a", "a", "a"],
      ["a", null, null],
    ];
    const level = humanLevel({ annotations, truth: ["a", "b"] });
    expect(level).toMatchObject({ estimate: 0.75, items: 2, annotations: 4 });
    expect(level.byAnnotator.map((one) => one?.estimate)).toEqual([0.5, 1, 1]);
  });

  it("gives null for an annotator who has labelled nothing, and leaves unseen items out", () => {
    const level = humanLevel({
      annotations: [
        ["a", null],
        [null, null],
      ],
      truth: ["a", "b"],
    });
    expect(level.byAnnotator[1]).toBeNull();
    expect(level).toMatchObject({ estimate: 1, items: 1, annotations: 1, high: 1 });
  });

  it("rates the majority vote, a tie by the chance of drawing right", () => {
    const annotations = [
      ["a", "a", "b"],
      ["a", "b", null],
      ["b", "b", "a"],
      ["a", "b", "c"],
    ];
    const { majorityVote } = humanLevel({ annotations, truth: ["a", "a", "a", "c"] });
    expect(majorityVote.estimate).toBeCloseTo((1 + 1 / 2 + 0 + 1 / 3) / 4, 14);
  });

  it("has a width even where everybody is always right", () => {
    const { low, high } = humanLevel({
      annotations: [
        ["a", "a"],
        ["b", "b"],
      ],
      truth: ["a", "b"],
    });
    expect(high).toBe(1);
    // Two items, not four independent labels.
    expect(low).toBeCloseTo(wilsonInterval(2, 2).low, 12);
  });

  it.each([
    [
      "a truth of another length",
      () => humanLevel({ annotations: [["a"]], truth: ["a", "b"] }),
      "same samples",
    ],
    [
      "a truth of another kind",
      () => humanLevel({ annotations: [["1"]], truth: [1] }),
      "never match",
    ],
    [
      "no labels",
      () => humanLevel({ annotations: [[null]], truth: ["a"] }),
      "annotations is empty",
    ],
    ["no items", () => humanLevel({ annotations: [], truth: [] }), "annotations is empty"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("humanLevel without a truth", () => {
  it("is how often two people agree: less than the most frequent answer's share", () => {
    const annotations = Array.from({ length: 50 }, () => [1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
    const level = humanLevel({ annotations });
    expect(level).toMatchObject({ kind: "agreement", items: 50, pairs: 50 * 45 });
    expect(level.estimate).toBeCloseTo(24 / 45, 14);
  });

  it("takes a level of confidence", () => {
    const { annotations } = labelled();
    const [wide, narrow] = [
      humanLevel({ annotations, level: 0.99 }),
      humanLevel({ annotations, level: 0.5 }),
    ];
    expect(wide.high - wide.low).toBeGreaterThan(2 * (narrow.high - narrow.low));
  });
});
