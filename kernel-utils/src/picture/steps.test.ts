import { expect, it } from "vitest";
import { InputError } from "../errors";
import { dots } from "../plots/dots";
import { line } from "../plots/line";
import { figure } from "../plots/panels";
import { withSlider } from "../plots/steps";
import { atStep } from "./steps";

const base = figure({ title: "t", alt: "a" }, line({ x: [0, 1], y: [0, 1] }));
const slid = withSlider(base, {
  label: "x",
  start: 1,
  steps: [0, 1].map((x) => ({ label: String(x), marks: [dots({ x: [x], y: [x] })] })),
});
const visible = (step?: number) => atStep(slid, step).data.map((trace) => trace.visible);

it("shows the active step, or the one it is told", () => {
  expect(visible()).toEqual([true, false, true]);
  expect(visible(0)).toEqual([true, true, false]);
  expect(atStep(slid, 0).layout.sliders?.[0].active).toBe(0);
});

it("leaves a figure without steps as it is, and refuses a step that it has not", () => {
  expect(atStep(base)).toBe(base);
  expect(() => atStep(base, 0)).toThrow(InputError);
  expect(() => atStep(slid, 2)).toThrow(/no step 2/);
});
