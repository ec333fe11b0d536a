import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { differenceInterval } from "./intervals";
import { SeededRandom } from "./random";
import { proposeTags } from "./tag-proposals";
import { suggestTags } from "./tag-suggestions";

/**
 * 400 rows: errors in 10 %, among left-handed writers in 40 %; the day of the week means nothing.
 */
function sheet(seed = 1) {
  const random = new SeededRandom(seed);
  return Array.from({ length: 400 }, (_, i) => {
    const hand = i % 5 === 0 ? "left" : "right";
    return {
      id: String(i),
      tags: i % 4 === 0 ? ["thin"] : [],
      hand,
      day: i % 7,
      correct: random.random() > (hand === "left" ? 0.4 : 0.1),
    };
  });
}
const attributes = {
  hand: (row: { hand: string }) => row.hand,
  day: (row: { day: number }) => row.day,
};

describe("suggestTags", () => {
  it("puts the group in which the model errs more first, with a rule to propose it by", () => {
    const rows = sheet();
    const suggestions = suggestTags(rows, { attributes });
    const [first, ...others] = suggestions;
    expect(first).toMatchObject({ tag: "hand = left", rows: 80, clear: true });
    expect(first?.errorRate).toBeGreaterThan(0.3);
    expect(suggestions.at(-1)).toMatchObject({ tag: "hand = right", clear: true });
    expect(others.filter((one) => one.clear).map((one) => one.tag)).toEqual(["hand = right"]);
    const rules = first === undefined ? [] : [first.rule];
    expect(proposeTags(rows, rules).map(({ id }) => Number(id) % 5)).toEqual(new Array(80).fill(0));
  });

  it("compares existing tags and every value, with intervals for that many comparisons", () => {
    const rows = sheet();
    const suggestions = suggestTags(rows, { attributes });
    expect(suggestions.map((one) => one.tag).sort()).toEqual(
      [
        "thin",
        "hand = left",
        "hand = right",
        ...[0, 1, 2, 3, 4, 5, 6].map((d) => `day = ${d}`),
      ].sort(),
    );
    const thin = suggestions.find((one) => one.tag === "thin");
    const share = (n: number, errors: number) => ({ share: errors / n, n });
    const errors = rows.filter((row) => !row.correct).length;
    expect(thin?.difference).toEqual(
      differenceInterval(
        share(100, thin?.errors as number),
        share(300, errors - (thin?.errors as number)),
        {
          level: 1 - 0.05 / 10,
          method: "newcombe",
        },
      ),
    );
    expect(suggestTags(rows, { existingTags: false })).toEqual([]);
  });

  it("finds something in at most 5 % of sheets where nothing is to be found", () => {
    let found = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = new SeededRandom(seed).fork("null");
      const rows = Array.from({ length: 300 }, (_, i) => ({
        tags: [],
        day: i % 7,
        correct: random.random() > 0.2,
      }));
      if (suggestTags(rows, { attributes: { day: (row) => row.day } }).some((one) => one.clear))
        found++;
    }
    expect(found / 200).toBeLessThan(0.09);
  });

  it("leaves out groups that are too small, on either side, and rows without a value", () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      tags: i < 4 ? ["rare"] : ["usual"],
      correct: i > 9,
    }));
    expect(suggestTags(rows)).toEqual([]);
    expect(suggestTags(rows, { minimum: 4 }).map((one) => one.tag)).toEqual(
      ["usual", "rare"].reverse(),
    );
    const attribute = { half: (_: unknown) => undefined };
    expect(suggestTags(rows, { attributes: attribute })).toEqual([]);
    expect(suggestTags([])).toEqual([]);
  });

  it("refuses a minimum of 0 and a level in per cent", () => {
    expect(() => suggestTags(sheet(), { minimum: 0 })).toThrow(InputError);
    expect(() => suggestTags(sheet(), { level: 95 })).toThrow("Write 95 % as 0.95");
  });
});
