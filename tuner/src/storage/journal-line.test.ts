import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, parseLine, parseTime, printJson, printTime } from "./journal-line";

describe("printJson and parseJson", () => {
  it("keep every value, numbers that are none and minus zero, too", () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0));
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        number,
        fc.string({ unit: "binary" }),
        fc.constantFrom(null, true, "NaN", "-Infinity", '"NaN', "\\", "#number NaN"),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie("any"), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (given) => {
        expect(parseJson(printJson(given))).toStrictEqual(given);
      }),
    );
  });

  it("write what Python writes and leave out what is undefined", () => {
    const given = { a: [Number.NaN, Infinity, -Infinity, -0, 1e-7], b: undefined, c: "NaN" };
    expect(printJson(given)).toBe('{"a":[NaN,Infinity,-Infinity,-0.0,1e-7],"c":"NaN"}');
  });

  it("refuse what is no JSON", () => {
    expect(() => parseJson("[NaN")).toThrow(SyntaxError);
    expect(() => parseJson("aNaN")).toThrow(SyntaxError);
  });
});

describe("parseLine", () => {
  it("reads spaces and a carriage return as Python does", () => {
    const line = '{"op_code": 1, "worker_id": "w", "study_id": 0}\r';
    expect(parseLine(line)).toEqual({ op_code: 1, worker_id: "w", study_id: 0 });
  });

  it.each([
    ["[]", "no JSON object"],
    ["{}", "op_code is null"],
    ['{"op_code":1,"study_id":0}', "worker_id is null"],
    ['{"op_code":1,"worker_id":"w","study_id":-1}', "study_id is -1"],
    ['{"op_code":6,"worker_id":"w","trial_id":0,"state":5,"values":null}', "state is 5"],
    ['{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":["1"]}', 'values is ["1"]'],
  ])("says what is wrong with %s", (text, reason) => {
    expect(() => parseLine(text)).toThrow(reason);
  });
});

describe("printTime and parseTime", () => {
  it("write Optuna's form of a time and read it", () => {
    expect(printTime(1_795_353_250_234)).toBe("2026-11-22T13:14:10.234000+00:00");
    expect(parseTime("2026-11-22T14:14:10.234642+01:00")).toBe(1_795_353_250_234);
    expect(parseTime(null)).toBeUndefined();
  });
});
