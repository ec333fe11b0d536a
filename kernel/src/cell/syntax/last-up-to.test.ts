import { expect, test } from "vitest";
import { lastUpTo } from "./last-up-to";

test.each([1, 2, 3, 8, 9])("of %d items, the last that begins at or before an offset", (count) => {
  const items = Array.from({ length: count }, (_, index) => ({ start: 10 * index + 5 }));
  for (let offset = 0; offset < 10 * count + 10; offset++) {
    const last = items.findLastIndex(({ start }) => start <= offset);
    expect(lastUpTo(items, offset, ({ start }) => start)).toBe(Math.max(last, 0));
  }
});

test("of none, 0", () => {
  expect(lastUpTo([], 3, Number)).toBe(0);
});
