import { describe, expect, it } from "vitest";
import conversions from "../../fixtures/keras-tuner/golden/hyperparameters.json";
import recorded from "../../fixtures/keras-tuner/parameters.json";
import { gridValues } from "./grid-values";
import { fromKerasSpec, type KerasSpec } from "./keras-config";

describe("grid values", () => {
  for (const row of conversions.rows) {
    if (!("values" in row)) continue;
    it(`of ${row.spec.kind} ${row.spec.name} are Keras Tuner's, in its order`, () => {
      expect(gridValues(fromKerasSpec(row.spec as KerasSpec))).toEqual(row.values);
    });
  }

  it("of 420 random parameters are Keras Tuner's, in its order", () => {
    for (const row of recorded.rows) {
      const values = gridValues(fromKerasSpec(row.spec as KerasSpec));
      const { grid } = "nearest" in row && row.nearest ? row.nearest : row;
      expect(values.slice(0, grid.length), row.spec.name).toEqual(grid);
      expect(values, row.spec.name).toHaveLength(row.count);
    }
  });
});
