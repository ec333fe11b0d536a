import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { conditionGapFigure } from "./condition-gap-figure";

const speech = [
  { name: "quiet", share: 0.6, model: 0.94, human: 0.95 },
  { name: "car noise", share: 0.04, model: 0.89, human: 0.93 },
  { name: "people noise", share: 0.3, model: 0.87, human: 0.89 },
  { name: "low bandwidth", share: 0.06, model: 0.7, human: 0.7 },
];
const title = "Worst in low bandwidth, furthest behind people in a car";

/** The names from top to bottom and the visible bars' lengths, at one of the buttons. */
function rowsAt(figure: ReturnType<typeof conditionGapFigure>, button: number) {
  const [{ visible }, change] = figure.layout.updatemenus?.[0].buttons[button]?.args ?? [
    { visible: [] },
    {},
  ];
  const bars = figure.data.filter((trace, i) => trace.type === "bar" && visible[i]);
  return { names: change["yaxis.categoryarray"], shares: bars.map((trace) => trace.x) };
}

describe("conditionGapFigure", () => {
  it("sorts names and bars of share together, by accuracy and by gap", () => {
    const figure = conditionGapFigure(speech, { title });
    expect(rowsAt(figure, 0)).toEqual({
      names: ["low bandwidth", "people noise", "car noise", "quiet"],
      shares: [[6, 30, 4, 60]],
    });
    expect(rowsAt(figure, 1)).toEqual({
      names: ["car noise", "people noise", "quiet", "low bandwidth"],
      shares: [[4, 30, 60, 6]],
    });
  });

  it("begins with the order asked for, and shows both on paper, that one first", () => {
    const figure = conditionGapFigure(speech, { title, sortedBy: "gap" });
    expect(figure.layout.updatemenus?.[0].active).toBe(1);
    expect(figure.pictureSteps).toEqual([1, 0]);
    expect(conditionGapFigure(speech, { title }).pictureSteps).toEqual([0, 1]);
  });

  it("tells the sum behind a gap to the pointer, and everything in the alt text", () => {
    const figure = conditionGapFigure(speech, { title });
    const hovers = figure.data.flatMap((trace) =>
      trace.type === "scatter" ? (trace.customdata ?? []) : [],
    );
    expect(hovers).toContain("car noise, 4 % of the data<br>gap: people 93 − model 89 = 4 points");
    expect(figure.alt).toContain("car noise 89 and 93 (gap +4, 4 % of the data)");
    expect(figure.alt).toContain(title);
  });

  it("keeps the sign of a gap where the model is ahead", () => {
    const rows = [{ name: "digits", share: 1, model: 0.98, human: 0.955 }];
    const figure = conditionGapFigure(rows, { title: "The model is ahead" });
    const texts = figure.data.flatMap((trace) =>
      trace.type === "scatter" ? (trace.text ?? []) : [],
    );
    expect(texts.map((text) => text.trim())).toEqual(["model 98", "people 95.5 (−2.5)"]);
  });

  it("refuses per cents, no rows and an empty title", () => {
    const percent = [{ name: "quiet", share: 60, model: 94, human: 95 }];
    expect(() => conditionGapFigure(percent, { title })).toThrow(InputError);
    expect(() => conditionGapFigure([], { title })).toThrow(InputError);
    expect(() => conditionGapFigure(speech, { title: " " })).toThrow(InputError);
  });
});
