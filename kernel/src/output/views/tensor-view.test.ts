import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { toMimeBundle } from "../mime-bundle";

const text = (value: unknown) => toMimeBundle(value).data["text/plain"];

test.each<[string, () => unknown, string]>([
  ["a vector", () => tf.tensor1d([1, 2, 3]), "Tensor float32 [3]\n    [1, 2, 3]"],
  ["a scalar", () => tf.scalar(true, "bool"), "Tensor bool []\n    true"],
  [
    "a matrix",
    () =>
      tf.tensor2d(
        [
          [1, 2],
          [3, 4],
        ],
        [2, 2],
        "int32",
      ),
    "Tensor int32 [2, 2]\n    [[1, 2],\n     [3, 4]]",
  ],
  ["texts", () => tf.tensor(["a", "b"]), "Tensor string [2]\n    ['a', 'b']"],
  ["nothing", () => tf.zeros([0, 3]), "Tensor float32 [0, 3]\n     []"],
  ["a variable", () => tf.variable(tf.scalar(2), true, "w"), 'Variable "w" float32 []\n    2'],
])("a tensor is shown by type, shape and values: %s", (_name, make, expected) => {
  expect(text(make())).toBe(expected);
});

test("a large tensor is shown in part", () => {
  expect(String(text(tf.zeros([200, 200]))).length).toBeLessThan(2000);
});

test("a disposed tensor is shown without its values", () => {
  const tensor = tf.zeros([2, 3]);
  tensor.dispose();
  expect(text(tensor)).toBe("Tensor float32 [2, 3] (disposed: its memory is freed)");
});

test("a tensor of millions is not fetched", () => {
  const tensor = {
    dtype: "float32",
    shape: [3000, 3000],
    size: 9_000_000,
    isDisposed: false,
    dataSync: () => expect.fail("fetched"),
    toString: () => expect.fail("printed"),
  };
  expect(text(tensor)).toBe(
    "Tensor float32 [3000, 3000] (9,000,000 values; tensor.slice(...) shows some)",
  );
});
