import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataFileError, InputError } from "./errors";
import type { Label } from "./inputs";
import type { TagRow } from "./tag-sheet";
import { formatTagSheet, parseTagSheet } from "./tag-sheet-csv";

const row: TagRow = { id: "1", label: "a", prediction: "b", correct: false, tags: ["x"] };

/** Sheets whose columns each hold one kind, with anything in their cells that a cell can hold. */
function anySheet(): fc.Arbitrary<TagRow[]> {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "",
      "007",
      "1e3",
      "true",
      " lead",
      "tail ",
      "a,b",
      '"q"',
      "x\r\ny",
      "\ufeff",
      "=1+1",
      "é",
      "e\u0301",
      "🚗",
    ),
  );
  const tag = fc
    .oneof(text, fc.constantFrom(";", "\\", "a;b", " ; ", "a\\"))
    .filter((name) => name.trim() !== "");
  const kinds: Record<string, fc.Arbitrary<Label>> = {
    text,
    number: fc.double(),
    boolean: fc.boolean(),
  };
  const cellOf = (kind: string) => kinds[kind] as fc.Arbitrary<Label>;
  const kind = fc.constantFrom("text", "number", "boolean");
  const name = fc
    .oneof(
      text,
      fc.constantFrom(
        "__proto__",
        "constructor",
        "a:number",
        "b:text",
        "id:number",
        "x:boolean:text",
      ),
    )
    .filter((column) => !["id", "label", "prediction", "correct", "tags", "note"].includes(column));
  return fc
    .record({ label: kind, extras: fc.dictionary(name, kind, { maxKeys: 4 }) })
    .chain(({ label, extras }) => {
      const extraCells = Object.entries(extras).map(([column, of]) =>
        fc.option(cellOf(of), { nil: undefined }).map((value) => [column, value] as const),
      );
      const one = fc.record({
        id: text.filter((id) => id !== ""),
        label: cellOf(label),
        prediction: cellOf(label),
        correct: fc.boolean(),
        tags: fc.array(tag, { maxLength: 4 }),
        note: fc.option(text, { nil: undefined }),
        extras: fc.tuple(...extraCells),
      });
      return fc.uniqueArray(one, { maxLength: 6, selector: ({ id }) => id });
    })
    .map((rows) =>
      rows.map(({ extras, note, ...fixed }) => {
        const given = extras.filter(([, value]) => value !== undefined);
        const all = { ...fixed, ...(note === undefined ? {} : { note }) };
        return Object.fromEntries([...Object.entries(all), ...given]) as unknown as TagRow;
      }),
    );
}

/** The same columns with the same values: NaN is NaN, -0 isn't 0, no value isn't an empty text. */
function expectSame(read: readonly TagRow[], rows: readonly TagRow[]): void {
  expect(read.length).toBe(rows.length);
  for (const [i, row] of rows.entries()) {
    const [found, expected] = [
      new Map(Object.entries(read[i] ?? {})),
      new Map(Object.entries(row)),
    ];
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [column, value] of expected) expect(found.get(column)).toEqual(value);
  }
}

describe("a tag sheet as CSV", () => {
  it("reads back as it was, whatever its cells hold", () => {
    fc.assert(
      fc.property(anySheet(), (rows) => {
        expectSame(parseTagSheet(formatTagSheet(rows)), rows);
      }),
      { numRuns: 200 },
    );
  });

  it("reads back through other line ends and a byte order mark", () => {
    fc.assert(
      fc.property(anySheet(), (rows) => {
        // Line breaks inside cells are part of the text, so only sheets without them can change.
        fc.pre(!JSON.stringify(rows).includes("\\n"));
        const text = `\ufeff${formatTagSheet(rows).replaceAll("\n", "\r\n")}`;
        expectSame(parseTagSheet(text), rows);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps kinds apart in the header: 7, '7' and true", () => {
    const rows = [{ ...row, label: 7, prediction: 1, code: "7", loud: true, ratio: -0 }];
    const text = formatTagSheet(rows);
    expect(text.split("\n")[0]).toBe(
      "id,label:number,prediction:number,correct,tags,note,code,loud:boolean,ratio:number",
    );
    expect(parseTagSheet(text)).toStrictEqual(rows);
  });

  it("tells an empty note from none, and no tags from tags", () => {
    const rows = [
      { ...row, note: "", tags: [] },
      { ...row, id: "2" },
    ];
    expect(parseTagSheet(formatTagSheet(rows))).toStrictEqual(rows);
  });

  it("of no rows is the header alone", () => {
    const text = formatTagSheet([]);
    expect(text).toBe("id,label,prediction,correct,tags,note\n");
    expect(parseTagSheet(text)).toEqual([]);
  });

  it("reads what a spreadsheet program or a hand makes of it", () => {
    const text =
      "tags, id ,correct,label,prediction,extra\r\n car ; people ,1,TRUE,a,,\r\n\r\n,2, false ,b,c,x\r\n";
    expect(parseTagSheet(text)).toEqual([
      { id: "1", label: "a", prediction: "", correct: true, tags: ["car", "people"] },
      { id: "2", label: "b", prediction: "c", correct: false, tags: [], extra: "x" },
    ]);
  });

  it("types the columns asked for", () => {
    const text = formatTagSheet([{ ...row, ink: 0.5, hand: "left", bold: false }]);
    const [read] = parseTagSheet(text, {
      columns: { ink: "number", hand: "text", bold: "boolean" },
    });
    const ink: number | undefined = read?.ink;
    const hand: string | undefined = read?.hand;
    const bold: boolean | undefined = read?.bold;
    expect([ink, hand, bold]).toEqual([0.5, "left", false]);
    // @ts-expect-error: a column that was not asked for
    expect(read?.other).toBeUndefined();
  });

  const header = "id,label,prediction,correct,tags,n:number\n";
  it.each([
    [
      "nothing at all",
      "",
      "s.csv lacks the columns id, label, prediction, correct, tags; it has none",
    ],
    ["a missing column", "id,label,correct,tags\n", "lacks the columns prediction"],
    [
      "semicolons for commas",
      "id;label;prediction;correct;tags\n",
      "separated by semicolons or tabs",
    ],
    [
      "a column twice",
      "id,label,prediction,correct,tags,id\n",
      's.csv, line 1, column 34: there are two columns "id"',
    ],
    [
      "a column without a name",
      "id,label,prediction,correct,tags,\n",
      "s.csv, line 1, column 34: the column has no name",
    ],
    [
      "a fixed column of another kind",
      "id,label,prediction,correct:number,tags\n",
      "the column correct holds boolean, not number",
    ],
    [
      "too few cells",
      `${header}1,a,b,true\n`,
      "s.csv, line 2, column 7: expected 6 cells as in the header, got 4",
    ],
    [
      "too many cells",
      `${header}1,a,b,true,x,1,2\n`,
      "s.csv, line 2, column 16: expected 6 cells as in the header, got 7",
    ],
    ["an empty id", `${header},a,b,true,x,1\n`, "s.csv, line 2, column 1: the id is empty"],
    [
      "an id twice",
      `${header}1,a,b,true,x,1\n1,a,b,true,x,1\n`,
      's.csv, line 3, column 1: the id "1" stands in line 2 already',
    ],
    [
      "no truth value",
      `${header}1,a,b,yes,x,1\n`,
      's.csv, line 2, column 7: correct: expected true or false, got "yes"',
    ],
    [
      "an empty truth value",
      `${header}1,a,b,,x,1\n`,
      "s.csv, line 2, column 7: correct is empty: expected a boolean",
    ],
    [
      "no number",
      `${header}1,a,b,true,x,"0,5"\n`,
      's.csv, line 2, column 14: n: expected a number such as 0.5, got "0,5"',
    ],
    ["an infinity in small letters", `${header}1,a,b,true,x,infinity\n`, 'got "infinity"'],
    [
      "a blank tag",
      `${header}1,a,b,true,x;;y,1\n`,
      's.csv, line 2, column 12: a tag is blank in "x;;y"',
    ],
    ["an open quote", `${header}"1,a,b,true,x,1\n`, "s.csv, line 2, column 1: a quote opens here"],
    [
      "a place after line breaks in quotes",
      `${header}1,"a\nb",b,true,x,z\n`,
      "s.csv, line 3, column 13: n: expected a number",
    ],
  ])("refuses %s, naming the place", (_, text, message) => {
    const call = () => parseTagSheet(text, { file: "s.csv" });
    expect(call).toThrow(DataFileError);
    expect(call).toThrow(message);
  });

  it("refuses a file without the columns asked for, of another kind, or with gaps in them", () => {
    const columns = { n: "number" } as const;
    const call = (text: string) => () => parseTagSheet(text, { columns, file: "s.csv" });
    expect(call("id,label,prediction,correct,tags\n")).toThrow("lacks the columns n");
    expect(call("id,label,prediction,correct,tags,n\n")).toThrow('Write its header as "n:number"');
    expect(call(`${header}1,a,b,true,x,\n`)).toThrow(
      "line 2, column 14: n is empty: expected a number",
    );
  });

  it.each([
    ["ids that repeat", [row, row], "occurs twice"],
    ["a blank tag", [{ ...row, tags: [" "] }], "isn't blank"],
    [
      "a column of mixed kinds",
      [
        { ...row, label: 1 },
        { ...row, id: "2" },
      ],
      'The column "label" mixes number and string',
    ],
    ["a list in a cell", [{ ...row, more: [1] }], "rows[0].more: expected text"],
    ["null in a cell", [{ ...row, more: null }], "got null"],
    ["half a surrogate pair", [{ ...row, note: "\ud83d" }], "half a surrogate pair"],
    ["a note that is no text", [{ ...row, note: 5 }], "The column note holds text, got number"],
    [
      "a truth value that is no boolean",
      [{ ...row, correct: "true" }],
      "The column correct holds boolean, got string",
    ],
    ["a missing label", [{ ...row, label: undefined }], "rows[0] has no label"],
  ])("can't be made of %s", (_, rows, message) => {
    const call = () => formatTagSheet(rows as TagRow[]);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
