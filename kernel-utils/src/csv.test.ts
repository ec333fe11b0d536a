import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCsv, parseCsv } from "./csv";
import { DataFileError } from "./errors";

const texts = (text: string) => parseCsv(text, "x.csv").map((row) => row.map((cell) => cell.text));

describe("parseCsv", () => {
  it.each([
    [
      "plain cells",
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "no line end at the end",
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "CRLF",
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "empty cells",
      ",\n,x\n",
      [
        ["", ""],
        ["", "x"],
      ],
    ],
    ["empty lines", "a\n\n\r\nb\n\n", [["a"], ["b"]]],
    ["a quoted empty cell alone", '""\n', [[""]]],
    [
      "commas, quotes and line breaks in quotes",
      '"a,b","say ""hi""","x\r\ny\nz"\n',
      [["a,b", 'say "hi"', "x\r\ny\nz"]],
    ],
    ["quotes alone", '""""\n', [['"']]],
    ["spaces", " a , b\n", [[" a ", " b"]]],
    ["a byte order mark", "\ufeffa,b\n", [["a", "b"]]],
    ["a byte order mark before a quote", '\ufeff"a"\n', [["a"]]],
    ["nothing", "", []],
    ["a comma at the end of the file", "a,", [["a", ""]]],
  ])("reads %s", (_, text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it("tells an empty text from no value", () => {
    expect(parseCsv('"",\n', "x")[0]?.map((cell) => cell.quoted)).toEqual([true, false]);
  });

  it("knows where each cell begins, across line breaks in quotes", () => {
    const rows = parseCsv('\ufeffa,"b\nc",d\r\ne,f\n', "x");
    expect(rows.flat().map(({ line, column }) => `${line}:${column}`)).toEqual([
      "1:1",
      "1:3",
      "2:4",
      "3:1",
      "3:3",
    ]);
  });

  it.each([
    [
      "a quote that is never closed",
      'a,b\nc,"d\ne\n',
      "x.csv, line 2, column 3: a quote opens here and is never closed",
    ],
    ["a quote inside a plain cell", 'a\nb"c\n', "x.csv, line 2, column 2: a quote inside a cell"],
    [
      "text after a closing quote",
      '"a\nb"c\n',
      'x.csv, line 2, column 3: expected a comma or the end of the line after a closing quote, got "c"',
    ],
    [
      "a lone carriage return",
      "a\rb\n",
      "x.csv, line 1, column 2: a carriage return without a line feed",
    ],
    ["a carriage return at the very end", "a\r", "line 1, column 2"],
  ])("refuses %s", (_, text, message) => {
    expect(() => parseCsv(text, "x.csv")).toThrow(DataFileError);
    expect(() => parseCsv(text, "x.csv")).toThrow(message);
  });
});

describe("formatCsv", () => {
  it("quotes only what needs it", () => {
    expect(formatCsv([["a", undefined, "", "b,c", 'd"e', " f", "g\nh"]])).toBe(
      'a,,"","b,c","d""e"," f","g\nh"\n',
    );
  });

  it("is read back as it was: any text, empty texts and no values", () => {
    const cell = fc.option(fc.string({ unit: "binary" }), { nil: undefined });
    const odd = fc.constantFrom(
      undefined,
      "",
      ",",
      '"',
      "\n",
      "\r",
      "\r\n",
      " ",
      "\ufeff",
      '",\n"',
    );
    const row = fc.array(fc.oneof(cell, odd), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const read = parseCsv(formatCsv(rows), "x").map((cells) =>
          cells.map(({ text, quoted }) => (text === "" && !quoted ? undefined : text)),
        );
        expect(read).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });
});
