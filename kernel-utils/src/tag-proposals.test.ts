import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { applyProposals, proposeTags, type TagRule } from "./tag-proposals";

const rows = [
  { id: "1", tags: ["thin"], ink: 30, digit: 9 },
  { id: "2", tags: [], ink: 35, digit: 4 },
  { id: "3", tags: ["open"], ink: 80, digit: 9 },
];
type Row = (typeof rows)[number];
const rules: TagRule<Row>[] = [
  { tag: "thin", when: (row) => row.ink < 50, because: "little ink" },
  { tag: "nine", when: (row) => row.digit === 9 },
];

describe("proposeTags", () => {
  it("proposes tags that fit and are not there yet, with the reason", () => {
    expect(proposeTags(rows, rules)).toEqual([
      { id: "1", tag: "nine", because: "rule for nine" },
      { id: "2", tag: "thin", because: "little ink" },
      { id: "3", tag: "nine", because: "rule for nine" },
    ]);
  });

  it("proposes a tag once per row, though two rules agree on it", () => {
    const twice = [...rules, { tag: "thin", when: () => true }];
    const thin = proposeTags(rows, twice).filter((proposal) => proposal.tag === "thin");
    expect(thin.map((proposal) => proposal.id)).toEqual(["2", "3"]);
  });

  it("proposes nothing for no rows and no rules", () => {
    expect(proposeTags([], rules)).toEqual([]);
    expect(proposeTags(rows, [])).toEqual([]);
  });

  it.each([
    ["a blank tag", () => proposeTags(rows, [{ tag: "", when: () => true }]), "isn't blank"],
    ["ids that repeat", () => proposeTags([...rows, ...rows], rules), "occurs twice"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("applyProposals", () => {
  it("adds what was kept after looking, and changes nothing else", () => {
    const kept = proposeTags(rows, rules).filter(({ id }) => id !== "3");
    const before = structuredClone(rows);
    const tagged = applyProposals(rows, kept);
    expect(tagged.map((row) => row.tags)).toEqual([["thin", "nine"], ["thin"], ["open"]]);
    expect(rows).toEqual(before);
    expect(proposeTags(tagged, rules).map(({ id }) => id)).toEqual(["3"]);
  });

  it("refuses an id that the sheet hasn't got", () => {
    expect(() => applyProposals(rows, [{ id: "9", tag: "a" }])).toThrow('the id "9"');
  });
});
