import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { formatTags, parseTags } from "./tag-list";

describe("tags in one cell", () => {
  it("are written with semicolons between them", () => {
    expect(formatTags(["car noise", "people"])).toBe("car noise; people");
    expect(formatTags([])).toBe("");
  });

  it("read back as they were: any text with semicolons, backslashes, spaces at its ends", () => {
    const special = fc.constantFrom(";", "\\", " ", "\n", "a", '"', ",", "\u00a0", "\ufeff");
    const tag = fc
      .oneof(
        fc.string({ unit: "binary" }),
        fc.array(special).map((signs) => signs.join("")),
      )
      .filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.array(tag), (tags) => {
        expect(parseTags(formatTags(tags))).toEqual(tags);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["  car ;people;low  bandwidth ", ["car", "people", "low  bandwidth"]],
    ["C:\\clips", ["C:\\clips"]],
    ["a\\;b", ["a;b"]],
    ["\\ a", [" a"]],
    [" ", []],
    ["ends in \\", ["ends in \\"]],
  ])("written by hand, %j, are %j", (text, tags) => {
    expect(parseTags(text)).toEqual(tags);
  });

  it("are not understood where one is blank", () => {
    for (const text of ["a;;b", "a;", ";", "; a", "a; \\ ; b"])
      expect(parseTags(text)).toBeUndefined();
  });

  it("must not be blank", () => {
    expect(() => formatTags(["a", " "])).toThrow(InputError);
    expect(() => formatTags([""])).toThrow("isn't blank");
  });
});
