import { InputError } from "../errors";
import type { ColorScale, HeatmapTrace } from "../figure";
import { toCoordinates } from "./coordinates";
import { sizes } from "./look";
import { type Mark, mark } from "./mark";
import { plotText } from "./plot-text";

/** Viridis, evenly readable in colour and in grey; the default of `heatmap`. */
export const viridis: ColorScale = [
  [0, "#440154"],
  [0.125, "#472d7b"],
  [0.25, "#3b528b"],
  [0.375, "#2c728e"],
  [0.5, "#21918c"],
  [0.625, "#28ae80"],
  [0.75, "#5ec962"],
  [0.875, "#addc30"],
  [1, "#fde725"],
];

/** White to dark blue, for shares and counts where 0 is nothing. */
export const blues: ColorScale = [
  [0, "#ffffff"],
  [0.25, "#cfe3f2"],
  [0.5, "#8fbfe0"],
  [0.75, "#3f8fc6"],
  [1, "#00568a"],
];

/** Ink on paper: 0 is white, the greatest value black. For images of handwriting. */
export const ink: ColorScale = [
  [0, "#ffffff"],
  [1, "#000000"],
];

/** What `heatmap` draws and how; everything but `z` may be left out. */
export interface HeatmapOptions {
  /** Rows of equal length, the first on top; null leaves a cell empty. */
  z: readonly (readonly (number | null)[])[];
  /** Names or numbers of the columns and rows; 0, 1, 2 ... unless given. */
  x?: readonly (string | number)[];
  y?: readonly (string | number)[];
  /** Texts within the cells, in rows as `z`. */
  text?: readonly (readonly string[])[];
  /** Texts for the pointer, in rows as `z`. */
  hover?: readonly (readonly string[])[];
  colors?: ColorScale;
  /** Values of the first and the last colour; the smallest and the greatest unless given. */
  range?: readonly [number, number];
  /** Pixels between cells. */
  gap?: number;
  /** Size of the texts in pixels. */
  textSize?: number;
}

/**
 * Returns a grid of coloured cells.
 *
 * @throws InputError `empty-input` for a grid without numbers, `length-mismatch` where rows, names
 *   or texts don't fit the grid, `not-finite` for NaN and infinities
 */
export function heatmap(options: HeatmapOptions): Mark {
  const z = options.z.map((row, i) => {
    return toCoordinates(`z[${i}]`, row).map((value) => (typeof value === "string" ? null : value));
  });
  const columns = z[0]?.length ?? 0;
  for (const [i, row] of z.entries()) requireLength(`z[${i}]`, row.length, columns);
  const range = options.range ?? extent(z);
  const x = options.x ?? Array.from({ length: columns }, (_, i) => i);
  const y = options.y ?? z.map((_, i) => i);
  requireLength("x", x.length, columns);
  requireLength("y", y.length, z.length);
  for (const name of ["text", "hover"] as const) {
    const rows = options[name];
    if (rows) requireLength(name, rows.length, z.length);
    for (const [i, row] of (rows ?? []).entries()) {
      requireLength(`${name}[${i}]`, row.length, columns);
    }
  }
  const trace: HeatmapTrace = {
    type: "heatmap",
    z,
    x: [...x],
    y: [...y],
    ...(options.text && {
      text: options.text.map((row) => row.map(plotText)),
      texttemplate: "%{text}" as const,
      textfont: { size: options.textSize ?? sizes.text },
    }),
    ...(options.hover
      ? {
          customdata: options.hover.map((row) => row.map(plotText)),
          hovertemplate: "%{customdata}<extra></extra>",
        }
      : { hoverinfo: "skip" as const }),
    colorscale: (options.colors ?? viridis).map(([position, color]) => [position, color]),
    zmin: range[0],
    zmax: range[1],
    showscale: false,
    ...(options.gap !== undefined && { xgap: options.gap, ygap: options.gap }),
    hoverongaps: false,
    showlegend: false,
  };
  return mark({ traces: [trace] });
}

function requireLength(name: string, actual: number, expected: number): void {
  if (actual === expected) return;
  throw new InputError(
    "length-mismatch",
    `${name} has ${actual} values, expected ${expected}: one for each row or column of z.`,
    { name, actual, expected },
  );
}

function extent(z: readonly (readonly (number | null)[])[]): [number, number] {
  const values = z.flat().filter((value): value is number => value !== null);
  if (values.length === 0) {
    throw new InputError("empty-input", "z holds no number: expected at least one.", { name: "z" });
  }
  const [low, high] = values.reduce(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return low === high ? [low, low + 1] : [low, high];
}
