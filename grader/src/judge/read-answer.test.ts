import fc from "fast-check";
import { expect, test } from "vitest";
import { readAnswer } from "./read-answer";

const read = (data: unknown) => readAnswer(JSON.stringify(data));

test("every message of an honest runner is understood", () => {
  expect(read({ ready: true })).toEqual({ kind: "ready" });
  expect(read({ id: 1, text: "out" })).toEqual({ kind: "ran", id: 1, text: "out" });
  const threw = { name: "TypeError", message: "no" };
  expect(read({ id: 2, text: "out", threw })).toEqual({ kind: "threw", id: 2, text: "out", threw });
  expect(read({ id: 3, threw })).toEqual({ kind: "threw", id: 3, text: "", threw });
  expect(read({ id: 4, missing: true })).toEqual({ kind: "missing", id: 4 });
  expect(read({ id: 5, value: null, argumentsAfter: [1] })).toEqual({
    kind: "returned",
    id: 5,
    value: null,
    argumentsAfter: [1],
  });
  expect(read({ callback: 0, args: [1] })).toEqual({ kind: "callback", number: 0, args: [1] });
});

test("names and messages of errors are cut", () => {
  const got = read({ id: 1, threw: { name: "x".repeat(1e5), message: "y".repeat(1e5) } });
  expect(got).toMatchObject({ threw: { name: "x".repeat(100), message: "y".repeat(2000) } });
});

test.each([
  "",
  "null",
  "7",
  "[]",
  "{}",
  "{",
  '{"ready":1}',
  '{"ready":true,"id":1}',
  '{"id":-1,"text":""}',
  '{"id":1.5,"text":""}',
  '{"id":1e300,"text":""}',
  '{"id":"1","text":""}',
  '{"id":1,"text":{}}',
  '{"id":1,"value":1}',
  '{"id":1,"value":1,"argumentsAfter":{"length":1}}',
  '{"id":1,"threw":"no"}',
  '{"id":1,"threw":{"name":1,"message":"x"}}',
  '{"__proto__":{"ready":true}}',
  '{"__proto__":{"id":1,"text":""}}',
  '{"callback":0}',
  '{"callback":0,"args":[],"id":1}',
  `{"id":1,"text":${"[".repeat(1e6)}`,
])("%.40s is no answer", (line) => {
  expect(readAnswer(line)).toBeUndefined();
});

test("no line makes it throw", () => {
  const key = fc.constantFrom("id", "text", "threw", "value", "argumentsAfter", "callback", "args");
  const message = fc.dictionary(key, fc.jsonValue());
  fc.assert(fc.property(message, (data) => void read(data)));
  fc.assert(fc.property(fc.string(), (line) => void readAnswer(line)));
});
