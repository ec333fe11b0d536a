import { describe, expect, it } from "vitest";
import { toErrorInfo } from "./error-info";

describe("toErrorInfo", () => {
  it("keeps name, message and stack of an error, and lists its other properties", () => {
    const info = toErrorInfo(Object.assign(new RangeError("too far"), { code: "E1" }));
    expect(info).toMatchObject({ name: "RangeError", message: "too far", details: "code: 'E1'" });
    expect(info.stack).toMatch(/^RangeError: too far\n/);
  });

  it("shows causes and the parts of an AggregateError", () => {
    expect(toErrorInfo(new Error("a", { cause: "b" })).details).toBe("cause: 'b'");
    const parts = new AggregateError([new Error("one"), "two"]);
    expect(toErrorInfo(parts).details).toMatch(/Error: one\s+- Thrown: two/);
  });

  it("shows thrown values that are no errors", () => {
    expect(toErrorInfo("text")).toMatchObject({ name: "Thrown", message: "text", stack: "" });
    expect(toErrorInfo(undefined).message).toBe("undefined");
    expect(toErrorInfo(Object.create(null)).message).toBe("[Object: null prototype] {}");
  });

  it("never throws, whatever getters and proxies do", () => {
    const fail = () => {
      throw new Error("no");
    };
    const getters = Object.defineProperty(new Error("x"), "message", { get: fail });
    expect(toErrorInfo(getters)).toMatchObject({ name: "Error", message: "" });
    const proxy = new Proxy({}, { get: fail, ownKeys: fail, getPrototypeOf: fail });
    expect(toErrorInfo(proxy).name).toBe("Thrown");
    expect(toErrorInfo(Object.assign(new Error("y"), { toString: fail })).message).toBe("y");
  });
});
