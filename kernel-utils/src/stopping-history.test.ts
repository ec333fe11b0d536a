import { describe, expect, it } from "vitest";
import keras from "../fixtures/early_stopping.json";
import { InputError } from "./errors";
import { stoppingHistory } from "./stopping-history";
import type { StoppingOptions } from "./stopping-rule";

/** JSON has no NaN and no infinities. */
const read = (value: number | string | null): number => Number(value);
const numbersOf = (values: readonly (number | string)[]): number[] => values.map(read);

const nameOf = ({ name, options }: { name: string; options: object }): string =>
  `${name} ${JSON.stringify(options)}`;

describe("stoppingHistory", () => {
  it.each(keras.cases.map((one) => [nameOf(one), one] as const))(
    "decides each epoch as Keras does: %s",
    (_, one) => {
      const rows = stoppingHistory(numbersOf(one.values), one.options as StoppingOptions);
      const found = rows.map(({ best, bestEpoch, counter, stopped }) => {
        return { best, counter, bestEpoch, stopped };
      });
      const expected = one.rows.map(({ best, bestEpoch, ...row }) => ({
        ...row,
        best: best === null ? undefined : read(best),
        bestEpoch: bestEpoch ?? undefined,
      }));
      expect(found).toEqual(expected);
      const restored = rows.at(-1)?.bestEpoch ?? null;
      expect(restored).toBe(one.restored);
    },
  );

  it("never takes NaN for the best, as Keras does for a first one", () => {
    const [first, only] = keras.nanFirst;
    expect(first?.rows.at(-1)).toMatchObject({ best: "NaN", stopped: true });
    const rows = stoppingHistory(numbersOf(first?.values ?? []), { patience: 2 });
    expect(rows.map((row) => row.counter)).toEqual([1, 0, 0, 0, 1, 2]);
    expect(rows.at(-1)).toMatchObject({ best: 1, bestEpoch: 3, stopped: true });
    const none = stoppingHistory(numbersOf(only?.values ?? []), { patience: 2 });
    expect(none.at(-1)).toMatchObject({ epoch: 1, best: undefined, stopped: true });
  });

  it("begins anew with each call and leaves its input alone", () => {
    const values = Object.freeze([2, 1, 3, 3]);
    const once = stoppingHistory(values, { patience: 2 });
    expect(stoppingHistory(values, { patience: 2 })).toEqual(once);
  });

  it("tells for each epoch whether it improved, and what its value was", () => {
    const rows = stoppingHistory([3, 3, 2, 2.5], { patience: 5 });
    expect(rows.map((row) => row.improved)).toEqual([true, false, true, false]);
    expect(rows.map((row) => row.value)).toEqual([3, 3, 2, 2.5]);
    expect(rows.map((row) => row.epoch)).toEqual([0, 1, 2, 3]);
  });

  it("never stops with endless patience", () => {
    const rows = stoppingHistory(
      Array.from({ length: 500 }, () => 1),
      { patience: Infinity },
    );
    expect(rows.length).toBe(500);
    expect(rows.at(-1)).toMatchObject({ counter: 499, stopped: false, bestEpoch: 0 });
  });

  it("takes typed arrays, tensors and columns of data frames", () => {
    const expected = stoppingHistory([3, 1, 2], { patience: 1 });
    expect(stoppingHistory(Float32Array.of(3, 1, 2), { patience: 1 })).toEqual(expected);
    const tensor = { shape: [3], dataSync: () => Float32Array.of(3, 1, 2) };
    expect(stoppingHistory(tensor, { patience: 1 })).toEqual(expected);
    expect(stoppingHistory({ values: [3, 1, 2] }, { patience: 1 })).toEqual(expected);
  });

  it.each([
    "loss",
    "val_loss",
    "val_left_loss",
    "val_mse",
    "MAE",
    "val_meanSquaredError",
    "categoricalCrossentropy",
  ])("knows that a lower %s is better", (monitor) => {
    expect(stoppingHistory([1, 2], { monitor, patience: 5 }).at(-1)?.improved).toBe(false);
    expect(stoppingHistory([2, 1], { monitor, patience: 5 }).at(-1)?.improved).toBe(true);
  });

  it.each(["acc", "val_acc", "val_accuracy", "right_acc", "val_binaryAccuracy", "val_precision"])(
    "knows that a higher %s is better",
    (monitor) => {
      expect(stoppingHistory([1, 2], { monitor, patience: 5 }).at(-1)?.improved).toBe(true);
      expect(stoppingHistory([2, 1], { monitor, patience: 5 }).at(-1)?.improved).toBe(false);
    },
  );

  it.each(["val_f1", "auc", "val_cosine", "glossary", "accident", ""])(
    "refuses to guess for %j, and takes it with a mode",
    (monitor) => {
      expect(() => stoppingHistory([1], { monitor })).toThrow(InputError);
      expect(() => stoppingHistory([1], { monitor })).toThrow(/Pass mode: "max" where higher/);
      expect(stoppingHistory([1, 2], { monitor, mode: "max" }).at(-1)?.best).toBe(2);
    },
  );

  it.each<[string, () => unknown, string]>([
    ["no epochs", () => stoppingHistory([]), "values is empty"],
    ["text", () => stoppingHistory(["1"] as unknown as number[]), "values[0]: expected a number"],
    ["a gap", () => stoppingHistory([1, undefined as unknown as number]), "values[1]"],
    ["a whole history", () => stoppingHistory({ loss: [1] } as never), "values: expected an array"],
    [
      "half a patience",
      () => stoppingHistory([1], { patience: 1.5 }),
      "patience: expected a whole",
    ],
    [
      "negative patience",
      () => stoppingHistory([1], { patience: -1 }),
      "patience: expected a whole",
    ],
    ["a negative minDelta", () => stoppingHistory([1], { minDelta: -0.1 }), "minDelta: expected"],
    ["NaN as minDelta", () => stoppingHistory([1], { minDelta: Number.NaN }), "minDelta: expected"],
    ["NaN as baseline", () => stoppingHistory([1], { baseline: Number.NaN }), "baseline: expected"],
    ["half an epoch", () => stoppingHistory([1], { startFromEpoch: 0.5 }), "startFromEpoch"],
    // @ts-expect-error: there is no such mode
    ["another mode", () => stoppingHistory([1], { mode: "down" }), 'mode: expected "min"'],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
