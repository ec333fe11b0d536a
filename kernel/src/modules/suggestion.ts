/**
 * Returns the one of `names` that `wanted` most likely was meant to be: equal but for case, or at
 * most a third of its letters apart; undefined if none is near.
 */
export function suggest(wanted: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    if (name.toLowerCase() === wanted.toLowerCase()) return name;
    if (Math.abs(name.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase());
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** How many letters must be added, left out or replaced to come from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const added = (current[column - 1] ?? 0) + 1;
      const left = (previous[column] ?? 0) + 1;
      current.push(Math.min(replaced, added, left));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
