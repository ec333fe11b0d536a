import { describe, expect, it } from "vitest";
import reference from "../fixtures/tag_measures.json";
import { InputError } from "./errors";
import { tagAgreement } from "./tag-agreement";

const first = reference.rows.map(({ id, tags }) => ({ id, tags }));
const second = reference.rows.map(({ id, secondTags }) => ({ id, tags: secondTags }));

describe("tagAgreement", () => {
  it("gives each tag scikit-learn's kappa, the least agreed on first", () => {
    const { tags, meanKappa } = tagAgreement(first, second);
    const kappas = Object.values(reference.kappas);
    expect(tags.map((row) => row.kappa.value)).toEqual(
      [...tags.map((row) => row.kappa.value)].sort((a, b) => a - b),
    );
    for (const row of tags) {
      expect(row.kappa.value).toBeCloseTo(
        reference.kappas[row.tag as keyof typeof reference.kappas],
        12,
      );
      expect(row.both + row.onlyFirst + row.onlySecond + row.neither).toBe(240);
      expect(row.agreement).toBe((row.both + row.neither) / 240);
    }
    expect(meanKappa.value).toBeCloseTo(kappas.reduce((a, b) => a + b) / 3, 12);
  });

  it("compares sets of tags, whatever their order, and rows, whatever theirs", () => {
    const { sameTags } = tagAgreement(first, second);
    expect(sameTags.estimate).toBeCloseTo(reference.sameTags, 12);
    expect(tagAgreement(first, [...second].reverse()).sameTags).toEqual(sameTags);
    expect(
      tagAgreement([{ id: "1", tags: ["a", "b"] }], [{ id: "1", tags: ["b", "a", "a"] }]).sameTags
        .estimate,
    ).toBe(1);
  });

  it("of two sheets without tags, or with the same tag everywhere, has no kappa", () => {
    const none = [
      { id: "1", tags: [] },
      { id: "2", tags: [] },
    ];
    expect(tagAgreement(none, none)).toMatchObject({ tags: [], meanKappa: { defined: false } });
    const all = none.map((row) => ({ ...row, tags: ["a"] }));
    const found = tagAgreement(all, all);
    expect(found.tags[0]?.kappa.defined).toBe(false);
    expect(found.meanKappa.defined).toBe(false);
    expect(found.sameTags.estimate).toBe(1);
  });

  it("tells who used a tag", () => {
    const [row] = tagAgreement(
      [
        { id: "1", tags: ["a"] },
        { id: "2", tags: [] },
        { id: "3", tags: [] },
      ],
      [
        { id: "1", tags: [] },
        { id: "2", tags: ["a"] },
        { id: "3", tags: ["a"] },
      ],
    ).tags;
    expect(row).toMatchObject({ both: 0, onlyFirst: 1, onlySecond: 2, neither: 0, agreement: 0 });
    expect(row?.kappa.value).toBeLessThan(0);
  });

  it.each([
    ["no rows", () => tagAgreement([], []), "first is empty"],
    [
      "a row in one sheet only",
      () => tagAgreement(first, second.slice(1)),
      "in one of them only: 0.",
    ],
    ["many of them", () => tagAgreement(first, second.slice(9)), "and 4 more"],
    ["ids that repeat", () => tagAgreement([...first, ...first], second), "occurs twice"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
