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

/** Levenshtein's distance: insertions, deletions and replacements of one letter each. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const removed = (previous[column] ?? 0) + 1;
      const inserted = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, removed, inserted));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
