import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { Figure } from "../figure";
import { bars } from "./bars";
import { dots } from "./dots";
import { line } from "./line";
import { inPanel } from "./mark";
import { note, verticalLine } from "./notes";
import { figure, panels } from "./panels";
import { withButtons, withSlider } from "./steps";

const words = { title: "A finding", alt: "A line." };
const base = figure({ ...words, height: 400 }, line({ x: [0, 1], y: [0, 1] }));
const step = (x: number) => ({ label: String(x), marks: [dots({ x: [x], y: [x] })] });
const steps = [step(0), step(0.5), step(3)];

const visible = (fig: Figure) => fig.data.map((trace) => trace.visible !== false);

describe("withSlider", () => {
  const slid = withSlider(base, { label: "x", steps, start: 1 });

  it("shows what is fixed and the first step, and hides the others", () => {
    expect(visible(slid)).toEqual([true, false, true, false]);
  });

  it("switches between steps as it shows at first", () => {
    const [slider] = slid.layout.sliders ?? [];
    expect(slider?.active).toBe(1);
    expect(slider?.steps.map(({ args }) => args[0].visible)).toEqual([
      [true, true, false, false],
      [true, false, true, false],
      [true, false, false, true],
    ]);
  });

  it("makes axes hold every step, so that they stand still", () => {
    expect(slid.layout.xaxis?.range).toEqual([-0.05, 3.15]);
    const turned = figure({ ...words, y: { range: [1, 0] } }, line({ x: [0, 1], y: [0, 1] }));
    expect(withSlider(turned, { label: "x", steps }).layout.yaxis?.range).toEqual([3.15, 0]);
    const inside = withSlider(base, { label: "x", steps: [step(0), step(0.5)] });
    expect(inside.layout.xaxis?.range).toEqual(base.layout.xaxis?.range);
  });

  it("adds names that only a step has", () => {
    const named = figure(words, bars({ horizontal: true, at: ["a"], values: [1] }));
    const more = (name: string) => ({ label: name, marks: [dots({ x: [1], y: [name] })] });
    const { yaxis } = withSlider(named, { label: "", steps: [more("a"), more("b")] }).layout;
    expect(yaxis).toMatchObject({ categoryarray: ["a", "b"], range: [1.5, -0.5] });
  });

  it("replaces notes and lines with each step, those of the figure staying", () => {
    const noted = figure(words, line({ x: [0, 1], y: [0, 1], label: "fixed" }));
    const [slider] =
      withSlider(noted, {
        label: "x",
        steps: [
          { label: "0", marks: [verticalLine(0), note({ x: 0, y: 0, text: "zero" })] },
          { label: "1", marks: [] },
        ],
      }).layout.sliders ?? [];
    const [first, second] = slider?.steps.map(({ args }) => args[1]) ?? [];
    expect(first.annotations?.map((one) => one.text)).toEqual(["fixed", "zero"]);
    expect(second.annotations?.map((one) => one.text)).toEqual(["fixed"]);
    expect([first.shapes?.length, second.shapes?.length]).toEqual([1, 0]);
  });

  it("places notes of another panel on its axes, by their logarithm where it counts so", () => {
    const two = panels(words, [
      { marks: [line({ x: [1, 2], y: [1, 2] })] },
      { x: { type: "log" }, marks: [line({ x: [1, 100], y: [1, 2], label: "end" })] },
    ]);
    const mark = inPanel(2, note({ x: 10, y: 1, text: "ten" }), dots({ x: [10], y: [1] }));
    const slid = withSlider(two, {
      label: "x",
      steps: [
        { label: "on", marks: [mark] },
        { label: "off", marks: [] },
      ],
    });
    const ten = slid.layout.annotations.find((one) => one.text === "ten");
    expect(ten).toMatchObject({ x: 1, xref: "x2", yref: "y2" });
    expect(slid.layout.xaxis?.range).toEqual(two.layout.xaxis?.range);
  });

  it("grows downwards and keeps the title in its place", () => {
    const top = (fig: Figure) => (1 - fig.layout.title.y) * fig.layout.height;
    expect(slid.layout.height).toBeGreaterThan(base.layout.height);
    expect(top(slid)).toBeCloseTo(top(base), 6);
  });

  it("leaves the figure alone", () => {
    const before = structuredClone(base);
    withSlider(base, { label: "x", steps });
    expect(base).toEqual(before);
  });

  it("refuses one step, more than forty, and a start that is none", () => {
    expect(() => withSlider(base, { label: "x", steps: [step(1)] })).toThrow(InputError);
    const many = Array.from({ length: 41 }, (_, i) => step(i));
    expect(() => withSlider(base, { label: "x", steps: many })).toThrow(/2 to 40 steps, got 41/);
    expect(() => withSlider(base, { label: "x", steps, start: 3 })).toThrow(/no step 3/);
    expect(() => withSlider(base, { label: "x", steps, pictureSteps: [-1] })).toThrow(InputError);
  });
});

describe("withButtons", () => {
  it("sorts names anew", () => {
    const rows = figure(words, bars({ horizontal: true, at: ["a", "b"], values: [1, 2] }));
    const { layout } = withButtons(rows, {
      steps: [
        { label: "by name", marks: [], yCategories: ["a", "b"] },
        { label: "by size", marks: [], yCategories: ["b", "a"] },
      ],
      start: 1,
    });
    expect(layout.yaxis).toMatchObject({ categoryarray: ["b", "a"] });
    expect(layout.updatemenus?.[0].buttons[0].args[1]).toMatchObject({
      "yaxis.categoryarray": ["a", "b"],
    });
  });
});
