import { expect, test } from "vitest";
import { snapshot } from "./snapshot";

test("an instance becomes its own properties, without a prototype", () => {
  class Model {
    units = 3;
    predict() {
      return 1;
    }
  }
  const copy = snapshot(new Model()) as object;
  expect(Object.getPrototypeOf(copy)).toBeNull();
  expect({ ...copy }).toEqual({ units: 3 });
});

test("an own __proto__ stays an ordinary property", () => {
  const copy = snapshot(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
  expect(Object.getPrototypeOf(copy)).toBeNull();
  expect(Object.keys(copy)).toEqual(["__proto__"]);
});

test("what can't be data is named", () => {
  const loop: unknown[] = [];
  loop.push(loop, function half() {}, Symbol("s"), Promise.resolve());
  expect(snapshot(loop)).toEqual([
    { opaque: "again", name: "" },
    { opaque: "function", name: "half" },
    { opaque: "symbol", name: "Symbol(s)" },
    { opaque: "promise", name: "" },
  ]);
});

test("the same thing twice is no cycle", () => {
  const shared = [1];
  expect(snapshot([shared, shared])).toEqual([[1], [1]]);
});

test("a getter that throws spoils its own property only", () => {
  const value = {
    fine: 1,
    get broken() {
      throw new Error("no");
    },
  };
  expect({ ...(snapshot(value) as object) }).toEqual({
    fine: 1,
    broken: { opaque: "error", name: "no" },
  });
});

test("a Proxy that throws is an error, not a crash", () => {
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("trap");
      },
    },
  );
  expect(snapshot({ proxy })).toMatchObject({ proxy: { opaque: "error", name: "trap" } });
});

test("a bottomless value ends", () => {
  const endless: object = new Proxy(
    {},
    {
      get: (_, key) => (key === "dataSync" ? undefined : endless),
      ownKeys: () => ["a"],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  );
  expect(JSON.stringify(snapshot(endless)).length).toBeLessThan(1000);
});

test("a tensor is its shape, type and values", () => {
  const tensor = { shape: [2], dtype: "float32", dataSync: () => Float32Array.of(1, 2) };
  expect(snapshot(tensor)).toEqual({
    tensor: true,
    shape: [2],
    dtype: "float32",
    values: Float32Array.of(1, 2),
  });
});
