import { describe, expect, it } from "vitest";
import { suggest } from "./suggestion";

describe("suggest", () => {
  it.each([
    ["readfileSync", ["readFile", "readFileSync"], "readFileSync"],
    ["lodahs", ["lodash", "zod"], "lodash"],
    ["histogramm", ["histogram", "histograms"], "histogram"],
    ["x", ["y"], "y"],
    ["alpha", ["omega", "beta"], undefined],
    ["", [], undefined],
  ])("takes %j for one of %j: %j", (wanted, names, expected) => {
    expect(suggest(wanted, names)).toBe(expected);
  });
});
