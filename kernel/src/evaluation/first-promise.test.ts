import { expect, test } from "vitest";
import { firstPromise } from "./first-promise";

test("the promise of an async function is found, others after it are not", async () => {
  let returned: Promise<number> | undefined;
  const begin = async () => {
    await Promise.resolve();
    return 7;
  };
  const found = firstPromise(() => {
    returned = begin();
    void Promise.resolve();
  });
  expect(found).toBe(returned);
  expect(await found).toBe(7);
});

test("nothing is found where no promise comes into being, or after the work", () => {
  expect(firstPromise(() => {})).toBeUndefined();
  void Promise.resolve();
  expect(firstPromise(() => {})).toBeUndefined();
});

test("an error of the work comes through", () => {
  const fail = () => {
    throw new Error("no");
  };
  expect(() => firstPromise(fail)).toThrow("no");
});
