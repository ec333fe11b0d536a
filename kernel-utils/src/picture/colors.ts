import type { ColorScale } from "../figure";

type Rgb = [number, number, number];

function parse(color: string): Rgb {
  const digits = color.slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as Rgb;
}

/** Returns the colour at a share (0 to 1) of a scale, blended between its neighbours. */
export function scaleColor(scale: ColorScale, share: number): string {
  const at = Math.min(1, Math.max(0, share));
  const upper = Math.max(
    1,
    scale.findIndex(([position]) => position >= at),
  );
  const [from, fromColor] = scale[upper - 1] ?? [0, "#000000"];
  const [to, toColor] = scale[upper] ?? [1, "#000000"];
  const weight = to > from ? (at - from) / (to - from) : 0;
  const [low, high] = [parse(fromColor), parse(toColor)];
  const parts = low.map((part, i) => Math.round(part + weight * ((high[i] ?? part) - part)));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Returns the colour of texts on a background, as Plotly chooses it. */
export function contrastColor(background: string): string {
  const [red, green, blue] = parse(background);
  const brightness = (red * 299 + green * 587 + blue * 114) / 1000;
  return brightness < 128 ? "#ffffff" : "#444444";
}
