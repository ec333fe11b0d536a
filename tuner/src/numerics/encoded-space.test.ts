import { expect, test } from "vitest";
import { makeChoice, makeFixed, makeFloat, makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import { EncodedSpace } from "./encoded-space";

const onlyFor = (value: string) => [{ parent: "optimizer", values: [value] }];
const space = new EncodedSpace(
  new SearchSpace([
    makeChoice("optimizer", ["sgd", "adam"], {}, []),
    makeFloat("rate", { min: 0, max: 1, default: 0.5 }, onlyFor("sgd")),
    makeFloat("rate", { min: 0, max: 10, default: 2 }, onlyFor("adam")),
    makeFixed("epochs", 3, []),
    makeInt("one", { min: 4, max: 4 }, []),
  ]),
);

test("one name in two branches has a coordinate for each, of which one is missing", () => {
  expect(Array.from(space.encode({ optimizer: "sgd", rate: 0.25 }))).toEqual([0, 0.25, Number.NaN]);
  expect(Array.from(space.encode({ optimizer: "adam", rate: 2.5 }))).toEqual([1, Number.NaN, 0.25]);
});

test("a missing coordinate is the default's where one is needed", () => {
  const point = space.withDefaults(space.encode({ optimizer: "sgd", rate: 0.25 }));
  expect(Array.from(point)).toEqual([0, 0.25, 0.2]);
});

test("a point's values name what is active, also what there is no choice about", () => {
  expect(space.decode(Float64Array.from([1, 0.1, 0.7]))).toEqual({
    optimizer: "adam",
    rate: 7,
    epochs: 3,
    one: 4,
  });
});

test("coordinates that a point's own values make inactive can be left out", () => {
  expect(Array.from(space.withoutInactive(Float64Array.from([0, 0.1, 0.7])))).toEqual([
    0,
    0.1,
    Number.NaN,
  ]);
});

test("values that came before a parameter have no coordinate for it", () => {
  expect(Array.from(space.encode({ optimizer: "sgd" }))).toEqual([0, Number.NaN, Number.NaN]);
});
