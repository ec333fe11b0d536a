import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { toFeatureMatrix } from "./feature-rows";

const tensor = (shape: number[], values: number[]) => ({
  shape,
  dataSync: () => Float32Array.from(values),
});

describe("toFeatureMatrix", () => {
  const expected = { rows: 2, columns: 2, values: Float64Array.of(1, 2, 3, 4) };

  it("takes plain rows, typed rows, tensors and data frames alike", () => {
    expect(
      toFeatureMatrix("rows", [
        [1, 2],
        [3, 4],
      ]),
    ).toEqual(expected);
    expect(toFeatureMatrix("rows", [Float32Array.of(1, 2), Float32Array.of(3, 4)])).toEqual(
      expected,
    );
    expect(toFeatureMatrix("rows", tensor([2, 2], [1, 2, 3, 4]))).toEqual(expected);
    expect(
      toFeatureMatrix("rows", {
        values: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toEqual(expected);
  });

  it("flattens images", () => {
    const images = toFeatureMatrix("rows", tensor([1, 2, 2, 1], [1, 2, 3, 4]));
    expect(images).toMatchObject({ rows: 1, columns: 4 });
  });

  it.each([
    ["no rows", [], "x has 0 rows"],
    ["rows of nothing", [[], []], "x has 2 rows of 0 features"],
    ["rows of unequal length", [[1, 2], [3]], "x[1] has 1 features, x[0] has 2"],
    [
      "infinities",
      [
        [1, 2],
        [3, Infinity],
      ],
      "x[1][1] is Infinity",
    ],
    ["a flat tensor", tensor([3], [1, 2, 3]), "reshape it to [samples, 1]"],
    ["an empty tensor", tensor([0, 4], []), "x has 0 rows of 4 features"],
    ["text", { values: [[1], ["2"]] }, 'x[1][0]: expected a number, got "2"'],
    ["a missing value", { values: [[1], [undefined]] }, "got nothing"],
    ["a flat array", { values: [1, 2] }, "x[0]: expected a row of numbers, got number"],
    ["an object", { values: 3 }, "expected an array of rows"],
  ])("refuses %s", (_, input, message) => {
    const call = () => toFeatureMatrix("x", input);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
