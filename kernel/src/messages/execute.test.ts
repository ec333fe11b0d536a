import { expect, test } from "vitest";
import { executeReply, readExecuteRequest } from "./execute";

test("only code has no default", () => {
  expect(readExecuteRequest({})).toBeUndefined();
  expect(readExecuteRequest({ code: 1 })).toBeUndefined();
  expect(readExecuteRequest({ code: "1" })).toEqual({
    code: "1",
    silent: false,
    storeHistory: true,
    userExpressions: {},
    allowStdin: false,
    stopOnError: true,
  });
});

test("a silent cell is never stored, even where that is asked for", () => {
  const asked = readExecuteRequest({ code: "1", silent: true, store_history: true });
  expect(asked).toMatchObject({ silent: true, storeHistory: false });
});

test("fields of the wrong type are as good as missing", () => {
  const asked = readExecuteRequest({
    code: "1",
    silent: "yes",
    stop_on_error: 0,
    user_expressions: ["a"],
  });
  expect(asked).toMatchObject({ silent: false, stopOnError: true });
});

test("a reply always has its count, expressions and payload", () => {
  expect(executeReply({ status: "aborted" }, 3)).toEqual({
    status: "aborted",
    execution_count: 3,
    user_expressions: {},
    payload: [],
  });
});
