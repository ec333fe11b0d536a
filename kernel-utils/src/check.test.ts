import { afterEach, describe, expect, it, vi } from "vitest";
import { check, checkClose } from "./check";
import { CheckError, InputError } from "./errors";

const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
afterEach(() => log.mockClear());

describe("check", () => {
  it("prints what holds", () => {
    check("recall falls first", true);
    expect(log).toHaveBeenCalledExactlyOnceWith("✓ recall falls first");
  });

  it("throws what does not hold, and prints nothing", () => {
    expect(() => check("recall falls first", false)).toThrow(CheckError);
    expect(() => check("recall falls first", false)).toThrow(/recall falls first/);
    expect(log).not.toHaveBeenCalled();
  });
});

describe("checkClose", () => {
  it("holds up to the tolerance", () => {
    checkClose("F1 is 83.4", 83.5, 83.25, 0.25);
    expect(log).toHaveBeenCalledExactlyOnceWith("✓ F1 is 83.4");
  });

  it("names the numbers where it does not hold", () => {
    expect(() => checkClose("F1 is 83.4", 80, 83.4, 0.1)).toThrow(/Expected 83.4 ± 0.1, got 80/);
    expect(() => checkClose("F1 is 83.4", Number.NaN, 83.4, 0.1)).toThrow(CheckError);
  });

  it("refuses a tolerance that is none", () => {
    expect(() => checkClose("x", 1, 1, -1)).toThrow(InputError);
    expect(() => checkClose("x", 1, 1, Number.NaN)).toThrow(InputError);
  });
});
