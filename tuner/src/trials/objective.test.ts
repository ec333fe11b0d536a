import { describe, expect, it } from "vitest";
import { DefinitionError } from "../errors";
import { byScore, parseObjectives, rankingObjective, withCombinedObjective } from "./objective";

describe("objectives", () => {
  it("have the direction of their name, or the one that is given", () => {
    expect(parseObjectives("val_accuracy")).toEqual([{ name: "val_accuracy", direction: "max" }]);
    expect(parseObjectives(["loss", { name: "score", direction: "max" }])).toEqual([
      { name: "loss", direction: "min" },
      { name: "score", direction: "max" },
    ]);
  });

  it("are what the trial returns, to be minimised, where none is named", () => {
    expect(parseObjectives(undefined)).toEqual([{ name: "default_objective", direction: "min" }]);
  });

  it.each([
    ["an unknown metric", "score"],
    ["a score for which the reference infers min", "val_f1_score"],
    ["another one", "R2Score"],
    ["an empty list", []],
    ["one twice", ["loss", "loss"]],
    ["a direction that is none", { name: "loss", direction: "up" as "min" }],
  ])("can't be %s", (_, given) => {
    expect(() => parseObjectives(given)).toThrow(DefinitionError);
  });
});

describe("several objectives", () => {
  const objectives = parseObjectives(["val_loss", "val_accuracy"]);

  it("are ranked by one sum, those to be maximised subtracted", () => {
    expect(rankingObjective(objectives)).toEqual({ name: "multi_objective", direction: "min" });
    expect(
      withCombinedObjective(objectives, { val_accuracy: 0.75, other: 9, val_loss: 0.5 }),
    ).toEqual({
      val_accuracy: 0.75,
      other: 9,
      val_loss: 0.5,
      multi_objective: -0.25,
    });
  });

  it("are added up in the order of the report, as in Keras Tuner", () => {
    const three = parseObjectives(["a", "b", "c"].map((name) => ({ name, direction: "min" })));
    const sum = (metrics: Record<string, number>) =>
      withCombinedObjective(three, metrics).multi_objective;
    expect(sum({ a: 0.1, b: 0.2, c: 0.3 })).toBe(0.6000000000000001);
    expect(sum({ c: 0.3, b: 0.2, a: 0.1 })).toBe(0.6);
  });

  it("must all be reported", () => {
    expect(() => withCombinedObjective(objectives, { val_loss: 1 })).toThrow(/"val_accuracy"/);
  });
});

it("the best score comes first, equal ones and missing ones in their order", () => {
  const trials = [
    { id: "a", score: 1 },
    { id: "b", score: Number.POSITIVE_INFINITY },
    { id: "c", score: 2 },
    { id: "d", score: 1 },
    { id: "e", score: Number.NEGATIVE_INFINITY },
    { id: "f", score: Number.POSITIVE_INFINITY },
  ];
  const order = (direction: "min" | "max") =>
    trials
      .toSorted(byScore(direction))
      .map(({ id }) => id)
      .join("");
  expect(order("min")).toBe("eadcbf");
  expect(order("max")).toBe("bfcade");
});
