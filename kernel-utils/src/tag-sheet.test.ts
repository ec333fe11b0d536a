import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { addTag, newTagSheet, removeTag, renameTag, setTags, tagNames } from "./tag-sheet";

const sheet = () => [
  { id: "1", tags: ["car"] },
  { id: "2", tags: ["people", "low"] },
  { id: "3", tags: [] },
];
const tagsOf = (rows: readonly { tags: readonly string[] }[]) => rows.map((row) => row.tags);

describe("newTagSheet", () => {
  it("marks what is correct and leaves tags empty", () => {
    const rows = newTagSheet({ labels: ["a", "b"], predictions: ["a", "c"] });
    expect(rows).toEqual([
      { id: "1", label: "a", prediction: "a", correct: true, tags: [] },
      { id: "2", label: "b", prediction: "c", correct: false, tags: [] },
    ]);
  });

  it("takes ids, further columns and typed arrays", () => {
    const rows = newTagSheet({
      labels: Int32Array.of(8, 3),
      predictions: [8, 5],
      ids: ["x", "y"],
      extra: (i) => ({ ink: i / 2 }),
    });
    expect(rows[1]).toEqual({
      id: "y",
      label: 3,
      prediction: 5,
      correct: false,
      tags: [],
      ink: 0.5,
    });
    expect(rows[1]?.ink.toFixed(1)).toBe("0.5");
  });

  it.each([
    [
      "unequal lengths",
      () => newTagSheet({ labels: [1], predictions: [1, 2] }),
      "labels has 1 values",
    ],
    [
      "kinds that never match",
      () => newTagSheet({ labels: [1], predictions: ["1"] }),
      "never match",
    ],
    ["too few ids", () => newTagSheet({ labels: [1], predictions: [1], ids: [] }), "ids has 0"],
    [
      "ids that repeat",
      () => newTagSheet({ labels: [1, 1], predictions: [1, 1], ids: ["a", "a"] }),
      '"a" occurs twice',
    ],
    ["an empty id", () => newTagSheet({ labels: [1], predictions: [1], ids: [""] }), "rows[0].id"],
    ["no samples", () => newTagSheet({ labels: [], predictions: [] }), "labels is empty"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("editing a sheet", () => {
  it("adds a tag to chosen rows, once", () => {
    expect(tagsOf(addTag(sheet(), "car", ["1", "3"]))).toEqual([
      ["car"],
      ["people", "low"],
      ["car"],
    ]);
    expect(tagsOf(addTag(sheet(), "new", "2"))).toEqual([["car"], ["people", "low", "new"], []]);
  });

  it("removes a tag from chosen rows or from all", () => {
    const rows = addTag(sheet(), "car", "3");
    expect(tagsOf(removeTag(rows, "car", "3"))).toEqual(tagsOf(sheet()));
    expect(tagsOf(removeTag(rows, "car"))).toEqual([[], ["people", "low"], []]);
  });

  it("renames a tag, merging it with one that exists", () => {
    expect(tagsOf(renameTag(sheet(), "low", "low bandwidth"))[1]).toEqual([
      "people",
      "low bandwidth",
    ]);
    expect(tagsOf(renameTag(sheet(), "low", "people"))[1]).toEqual(["people"]);
  });

  it("sets all tags of chosen rows", () => {
    const rows = setTags(sheet(), { "1": [], "3": ["a", "b", "a"] });
    expect(tagsOf(rows)).toEqual([[], ["people", "low"], ["a", "b"]]);
  });

  it("leaves the sheet passed in, and rows it doesn't touch, as they were", () => {
    const before = sheet();
    const rows = setTags(renameTag(removeTag(addTag(before, "x", "3"), "x"), "car", "bus"), {
      "2": [],
    });
    expect(before).toEqual(sheet());
    expect(rows[2]).not.toBe(before[2]);
    expect(addTag(before, "x", "3")[0]).toBe(before[0]);
  });

  it("lists the tags in use in order of appearance", () => {
    expect(tagNames(addTag(sheet(), "car", "3"))).toEqual(["car", "people", "low"]);
    expect(tagNames([])).toEqual([]);
  });

  it.each([
    ["an unknown id", () => addTag(sheet(), "a", ["1", "9"]), 'no row with the id "9"'],
    ["an unknown id to set", () => setTags(sheet(), { "9": [] }), 'no row with the id "9"'],
    [
      "an unknown tag to remove",
      () => removeTag(sheet(), "bus"),
      'No row has the tag "bus"; the tags are: car, people, low',
    ],
    [
      "an unknown tag to rename",
      () => renameTag(sheet(), "bus", "car"),
      'No row has the tag "bus"',
    ],
    ["a blank tag", () => addTag(sheet(), " ", "1"), "isn't blank"],
    ["a blank new name", () => renameTag(sheet(), "car", ""), "isn't blank"],
    ["a blank tag to set", () => setTags(sheet(), { "1": [""] }), "isn't blank"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
