import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { Figure } from "../figure";
import { stoppingHistory } from "../stopping-history";
import { stoppingEpochsFigure } from "./stopping-epochs-figure";

const losses = [5, 4, 3, 3, 3, 3, 3, 2];
const rows = stoppingHistory(losses, { patience: 4 });
const options = { title: "The counter begins again", patience: 4 };

/** What is drawn in a panel while the slider stands at a step. */
function drawnAt({ data, layout }: Figure, step: number, panel: string) {
  const visible = layout.sliders?.[0].steps[step]?.args[0].visible ?? [];
  return data.filter((trace, i) => visible[i] && (trace.xaxis ?? "x") === panel);
}

describe("stoppingEpochsFigure", () => {
  it("has a step for each epoch, counted from 1, and begins at the last", () => {
    const [slider] = stoppingEpochsFigure(rows, options).layout.sliders ?? [];
    expect(slider?.steps.map((step) => step.label)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(slider?.active).toBe(6);
  });

  it("draws the losses up to the epoch, and nothing of those to come", () => {
    const figure = stoppingEpochsFigure(rows, { ...options, training: losses });
    const lines = drawnAt(figure, 3, "x").filter((trace) => trace.name !== undefined);
    expect(lines.map((trace) => trace.name)).toEqual(["training", "validation"]);
    for (const line of lines) {
      expect(line).toMatchObject({ x: [1, 2, 3, 4], y: [5, 4, 3, 3] });
    }
  });

  it("marks the best epoch so far", () => {
    const figure = stoppingEpochsFigure(rows, options);
    const best = (step: number) => drawnAt(figure, step, "x").at(-1);
    expect(best(1)).toMatchObject({ x: [2], y: [4] });
    expect(best(6)).toMatchObject({ x: [3], y: [3] });
  });

  it("shows the counter as a bar under the line of patience, and where it stops", () => {
    const figure = stoppingEpochsFigure(rows, options);
    const counters = rows.map((_, step) => drawnAt(figure, step, "x2").at(-1));
    expect(counters.map((bar) => bar?.y)).toEqual([[0], [0], [0], [1], [2], [3], [4]]);
    expect(counters.at(-1)).toMatchObject({ text: ["4<br>stop"] });
    expect(counters.at(-2)).toMatchObject({ text: ["3"] });
    expect(figure.layout.shapes).toContainEqual(expect.objectContaining({ y0: 4, y1: 4 }));
  });

  it("says in words how it ended", () => {
    expect(stoppingEpochsFigure(rows, options).alt).toContain(
      "After epoch 7 the best loss is 3 in epoch 3, the counter is 4 and training stops.",
    );
    const going = stoppingHistory([2, 1], { patience: 4 });
    expect(stoppingEpochsFigure(going, options).alt).toContain("the counter is 0. The counter");
  });

  it("shows the epochs asked for on paper", () => {
    expect(stoppingEpochsFigure(rows, { ...options, pictureEpochs: [2, 6] }).pictureSteps).toEqual([
      2, 6,
    ]);
  });

  it("refuses one epoch, more than 40, unequal losses, NaN, and epochs that aren't there", () => {
    const refuse = (values: number[], more: object = {}) => {
      const decided = stoppingHistory(values, { patience: 100 });
      expect(() => stoppingEpochsFigure(decided, { ...options, ...more })).toThrow(InputError);
    };
    refuse([1]);
    refuse(Array.from({ length: 41 }, (_, i) => i));
    refuse([1, 2, 3], { training: [1, 2] });
    refuse([1, Number.NaN]);
    refuse([1, 2], { pictureEpochs: [2] });
    refuse([1, 2], { patience: 0 });
  });
});
