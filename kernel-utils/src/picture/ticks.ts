import type { Axis, LinearAxis } from "../figure";
import { textLines } from "./text-lines";

/** Where an axis has a label, in its own units (values on logarithmic axes), and its lines. */
export interface Tick {
  value: number;
  lines: string[];
}

/** Writes a number after a d3-format. */
export type FormatNumber = (format: string, value: number) => string;

/** Pixels between ticks that Plotly aims at. */
const SPACING = { x: 80, y: 40 };

/**
 * Returns the ticks that Plotly chooses on an axis of `length` pixels.
 *
 * Source: `autoTicks` and `roundDTick` in plotly.js `plots/cartesian/axes.js`.
 */
export function axisTicks(
  axis: Axis,
  direction: "x" | "y",
  length: number,
  format: FormatNumber,
): Tick[] {
  const lines = (text: string) => textLines(text).map((line) => line.text);
  if (axis.type === "category") {
    return axis.categoryarray
      .map((name, value) => ({ value, lines: lines(name) }))
      .filter(({ value }) => isWithin(value, axis.range));
  }
  const values = axis.tickvals ?? linearTicks(axis.range, direction, length);
  const scaled = (value: number) => (axis.type === "log" ? Math.log10(value) : value);
  return values
    .map((value, i) => ({
      value,
      lines: lines(
        axis.ticktext?.[i] ??
          (axis.type === "log" ? String(value) : numberText(axis, value, format)),
      ),
    }))
    .filter(({ value }) => isWithin(scaled(value), axis.range));
}

function isWithin(value: number, [from, to]: readonly [number, number]): boolean {
  const tolerance = Math.abs(to - from) * 1e-9;
  return value >= Math.min(from, to) - tolerance && value <= Math.max(from, to) + tolerance;
}

function linearTicks(
  range: readonly [number, number],
  direction: "x" | "y",
  length: number,
): number[] {
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const count = Math.min(9, Math.max(4, length / SPACING[direction])) + 1;
  const step = roundUp((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step, step));
}

/** The next greater of 2, 5 and 10 times a power of ten. */
function roundUp(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-12);
  const digit = [2, 5, 10].find((candidate) => step < candidate * power * (1 - 1e-9)) ?? 10;
  return digit * power;
}

/** Takes the rounding errors of repeated steps away: 0.30000000000000004 is 0.3. */
function round(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-12));
  return Number(value.toFixed(Math.min(20, digits)));
}

function numberText(axis: LinearAxis, value: number, format: FormatNumber): string {
  const text =
    axis.tickformat === undefined
      ? String(value).replace("-", "−")
      : format(axis.tickformat, value);
  return text + (axis.ticksuffix ?? "");
}
