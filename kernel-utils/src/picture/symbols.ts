import type { MarkerSymbol } from "../palette";

/**
 * The markers' outlines within a circle of radius 1, as SVG paths.
 *
 * Source: plotly.js `components/drawing/symbol_defs.js`.
 */
const OUTLINES: Record<MarkerSymbol, string> = {
  circle: "M1,0A1,1 0 1,1 -1,0A1,1 0 1,1 1,0Z",
  "circle-open": "M1,0A1,1 0 1,1 -1,0A1,1 0 1,1 1,0Z",
  square: "M1,1H-1V-1H1Z",
  diamond: "M1.3,0L0,1.3L-1.3,0L0,-1.3Z",
  cross: "M1.2,0.4H0.4V1.2H-0.4V0.4H-1.2V-0.4H-0.4V-1.2H0.4V-0.4H1.2Z",
  x:
    "M0,.57L.57,1.13L1.13,.57L.57,0L1.13,-.57L.57,-1.13" +
    "L0,-.57L-.57,-1.13L-1.13,-.57L-.57,0L-1.13,.57L-.57,1.13Z",
  "triangle-up": "M-1.15,0.5H1.15L0,-1Z",
  "triangle-down": "M-1.15,-0.5H1.15L0,1Z",
};

/** Returns the outline of a marker, for vega's `shape`. */
export function symbolOutline(symbol: MarkerSymbol): string {
  return OUTLINES[symbol];
}

/** Returns whether only the outline is drawn. */
export function isOpen(symbol: MarkerSymbol): boolean {
  return symbol === "circle-open";
}
