/**
 * The colours of the tuner's figures: those of M. Okabe and K. Ito, "Color Universal Design" (2002), which
 * colour-blind readers can tell apart, with greys; the same values as in the project's other figures.
 * Each role has a shape or a dash of its own as well.
 */

/** By what they stand for. */
export const colors = {
  trial: "#0072B2",
  best: "#D55E00",
  pruned: "#8C8C8C",
  failed: "#000000",
  running: "#E69F00",
  waiting: "#E8E8E8",
  title: "#1F1F1F",
  text: "#333333",
  axis: "#595959",
  grid: "#E8E8E8",
  line: "#A6A6A6",
  background: "#FFFFFF",
} as const;

/**
 * From worse or earlier to better or later: cividis, even in lightness and alike for colour-blind
 * readers (Nuñez, Anderton and Renslow 2018), dark last.
 */
export const SCALE: readonly (readonly [position: number, color: string])[] = [
  [0, "#E9D66B"],
  [0.25, "#B8A971"],
  [0.5, "#7D7C78"],
  [0.75, "#48556D"],
  [1, "#00224E"],
];
