/**
 * Returns the index of the last of `items` that begins at or before `offset`; 0 if none does.
 * `items` are in the order of their starts.
 */
export function lastUpTo<Item>(
  items: readonly Item[],
  offset: number,
  startOf: (item: Item) => number,
): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(items[middle] as Item) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
