import { expect, it } from "vitest";
import { offsetAt, positionAt } from "./positions";
import { LINES_BEFORE } from "./slot-files";

const code = "ab\r\n😀c\n\nd\re";

it("offsets and positions in the cell's file tell the same place", () => {
  for (let offset = 0; offset <= code.length; offset++) {
    if (offset === 3) continue; // within CR LF
    expect(offsetAt(code, positionAt(code, offset)), `${offset}`).toBe(offset);
  }
});

it("lines are counted from the cell's first, characters in UTF-16 units", () => {
  expect(positionAt(code, 0)).toEqual({ line: LINES_BEFORE, character: 0 });
  expect(positionAt(code, 6)).toEqual({ line: LINES_BEFORE + 1, character: 2 });
  expect(positionAt(code, code.length)).toEqual({ line: LINES_BEFORE + 4, character: 1 });
});
