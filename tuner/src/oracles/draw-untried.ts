import { drawValues } from "../search-space/draw-values";
import type { Values } from "../search-space/parameter";
import type { Draws, StudyView } from "./oracle";

/** After so many repeats in a row the space counts as exhausted. */
const MAX_COLLISIONS = 20;

/**
 * Returns random values that were not tried before; undefined where 21 draws in a row were repeats. Those
 * draws count, as in Keras Tuner.
 */
export function drawUntried(view: StudyView, draws: Draws): Values | undefined {
  for (let collisions = 0; collisions <= MAX_COLLISIONS; collisions++) {
    const values = drawValues(view.space, draws);
    if (!view.hasTried(values)) {
      return values;
    }
  }
  return undefined;
}
