import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inferDirection } from "./metric-direction";

interface Row {
  readonly metric: string;
  readonly direction: "min" | "max" | null;
}

function rows(file: string): readonly Row[] {
  const url = new URL(`../../fixtures/keras-tuner/${file}`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")).rows;
}

it.each(rows("golden/directions.json"))(
  "$metric: $direction, as recorded",
  ({ metric, direction }) => {
    expect(inferDirection(metric) ?? null).toBe(direction);
  },
);

it("agrees with Keras Tuner on every metric and loss of Keras", () => {
  const all = rows("metric-directions.json");
  expect(all.length).toBeGreaterThan(100);
  expect(all.map(({ metric }) => ({ metric, direction: inferDirection(metric) ?? null }))).toEqual(
    all,
  );
});

it.each(["score", "f1", "VAL_LOSS", "", "my_loss", "val_"])("knows nothing of %j", (metric) => {
  expect(inferDirection(metric)).toBeUndefined();
});
