import { editDistance } from "../edit-distance";

/**
 * Returns the one of `names` that `wrong` was most likely meant to be, as few letters differ;
 * undefined when none is close.
 */
export function closestName(wrong: string, names: readonly string[]): string | undefined {
  const most = Math.floor(wrong.length * 0.4);
  let best: string | undefined;
  let least = most + 1;
  for (const name of names) {
    if (name === wrong || Math.abs(name.length - wrong.length) > most) continue;
    const distance = name.toLowerCase() === wrong.toLowerCase() ? 0.5 : editDistance(wrong, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}
