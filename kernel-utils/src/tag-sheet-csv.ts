import { type CsvCell, csvError, formatCsv, parseCsv } from "./csv";
import { InputError } from "./errors";
import type { Label } from "./inputs";
import {
  askedKind,
  type CellKind,
  type ExtraColumns,
  fixedKinds,
  headerOf,
  type LoadedTagRow,
  readHeader,
  requiredColumns,
  type TagColumn,
} from "./tag-columns";
import { formatTags, parseTags } from "./tag-list";
import { requireUniqueIds, type TagRow } from "./tag-sheet";

/**
 * Returns the sheet as CSV text that `parseTagSheet` reads back without loss.
 *
 * RFC 4180 with a header. Columns: id, label, prediction, correct, tags, note, then all others.
 * Columns of numbers and booleans say so in the header ("width:number"), so that the text "007"
 * stays text. Tags are separated by semicolons.
 *
 * @throws InputError for ids that repeat, blank tags, a column that mixes text and numbers, values
 *   that are no text, number or boolean, and text that UTF-8 can't hold (half a surrogate pair)
 *
 * @example
 * import { formatTagSheet } from "@headroom/kernel-utils";
 * const row = { id: "007", label: "Sail away", prediction: "Sell away", correct: false };
 * const text = formatTagSheet([{ ...row, tags: ["car noise", "people"], seconds: 2.5 }]);
 * text.split("\n")[0]; // => "id,label,prediction,correct,tags,note,seconds:number"
 * text.split("\n")[1]; // => "007,Sail away,Sell away,false,car noise; people,,2.5"
 */
export function formatTagSheet<Row extends TagRow>(rows: readonly Row[]): string {
  requireUniqueIds(rows);
  const extras = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = [...requiredColumns, "note"];
  for (const name of columns) extras.delete(name);
  columns.push(...extras);
  const header = columns.map((name) => headerOf(name, kindOf(name, rows)));
  const cells = rows.map((row, r) =>
    columns.map((name) => {
      if (name === "tags") return row.tags.length === 0 ? undefined : formatTags(row.tags);
      const value = cellValue(row, name);
      if (value !== undefined || !requiredColumns.includes(name)) {
        return formatValue(`rows[${r}].${name}`, value);
      }
      throw new InputError("missing-column", `rows[${r}] has no ${name}: every row needs one.`, {
        row: r,
        column: name,
      });
    }),
  );
  const text = formatCsv([header, ...cells]);
  if (!/\p{Surrogate}/u.test(text)) return text;
  throw new InputError(
    "wrong-type",
    "A cell holds half a surrogate pair, which no file in UTF-8 can hold. It comes from cutting " +
      "a text in the middle of a character: cut it with Array.from(text).",
  );
}

/**
 * Returns the rows of a sheet's CSV text; see `loadTagSheet`.
 *
 * @param options.file how errors call the text, default "tag sheet"
 *
 * @example
 * import { parseTagSheet } from "@headroom/kernel-utils";
 * const header = "id,label,prediction,correct,tags,width:number";
 * const text = `${header}\n1,three,five,false,thin; open top,4\n`;
 * const [row] = parseTagSheet(text, { columns: { width: "number" } });
 * row?.tags; // => ["thin", "open top"]
 * row?.width; // => 4
 */
export function parseTagSheet<Columns extends ExtraColumns = Record<never, never>>(
  text: string,
  { file = "tag sheet", columns }: { readonly file?: string; readonly columns?: Columns } = {},
): LoadedTagRow<Columns>[] {
  const [header, ...records] = parseCsv(text, file);
  const names = readHeader(file, header ?? [], columns ?? {});
  const lines = new Map<string, number>();
  return records.map((record) => {
    requireWidth(file, record, names.length);
    const row = readRow(file, record, names, columns ?? {});
    const earlier = lines.get(row.id);
    const place = record[0] as CsvCell;
    if (earlier !== undefined) {
      const problem = `the id ${JSON.stringify(row.id)} stands in line ${earlier} already.`;
      throw csvError(file, place, problem);
    }
    lines.set(row.id, place.line);
    // The header and every row have been checked for the columns asked for.
    return row as LoadedTagRow<Columns>;
  });
}

function requireWidth(file: string, record: readonly CsvCell[], width: number): void {
  if (record.length === width) return;
  const place = record[Math.min(width, record.length - 1)] as CsvCell;
  throw csvError(
    file,
    place,
    `expected ${width} cells as in the header, got ${record.length}. ` +
      "A cell that holds a comma needs quotes around it.",
  );
}

function readRow(
  file: string,
  record: readonly CsvCell[],
  columns: readonly TagColumn[],
  asked: ExtraColumns,
): TagRow {
  const entries = record.flatMap((cell, c): [string, Label | string[]][] => {
    const { name, kind } = columns[c] as TagColumn;
    if (name === "tags") return [[name, readTags(file, cell)]];
    const value = readValue(file, cell, columns[c] as TagColumn);
    if (value !== undefined) return [[name, value]];
    if (name === "id") throw csvError(file, cell, "the id is empty.");
    const needed = requiredColumns.includes(name) || askedKind(asked, name) !== undefined;
    if (!needed) return [];
    // A spreadsheet program doesn't tell an empty text from no value.
    if (kind === "text") return [[name, ""]];
    throw csvError(file, cell, `${name} is empty: expected a ${kind}.`);
  });
  // The header has been checked for all columns of a TagRow, and each cell for its kind.
  return Object.fromEntries(entries) as unknown as TagRow;
}

function readTags(file: string, cell: CsvCell): string[] {
  const tags = parseTags(cell.text);
  if (tags !== undefined) return tags;
  throw csvError(
    file,
    cell,
    `a tag is blank in ${JSON.stringify(cell.text)}: a semicolon too many.`,
  );
}

function readValue(file: string, cell: CsvCell, { name, kind }: TagColumn): Label | undefined {
  if (kind === "text") return cell.text === "" && !cell.quoted ? undefined : cell.text;
  const text = cell.text.trim();
  if (text === "") return undefined;
  if (kind === "number") {
    if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^-?Infinity$|^NaN$/.test(text))
      return Number(text);
    throw csvError(
      file,
      cell,
      `${name}: expected a number such as 0.5, got ${JSON.stringify(text)}.`,
    );
  }
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw csvError(file, cell, `${name}: expected true or false, got ${JSON.stringify(text)}.`);
}

function cellValue(row: TagRow, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name as keyof TagRow] : undefined;
}

function kindOf(name: string, rows: readonly TagRow[]): CellKind {
  const fixed = fixedKinds.get(name);
  if (name === "tags") return "text";
  const values = rows.map((row) => cellValue(row, name)).filter((value) => value !== undefined);
  const types = [...new Set(values.map((value) => typeof value))];
  if (types.length > 1) {
    throw new InputError(
      "wrong-type",
      `The column ${JSON.stringify(name)} mixes ${types.join(" and ")}: expected one kind, so ` +
        "that it reads back as it was. Convert it first.",
      { column: name, types },
    );
  }
  const kind = types[0] === "number" || types[0] === "boolean" ? types[0] : "text";
  if (fixed === undefined || fixed === kind || values.length === 0) return fixed ?? kind;
  throw new InputError(
    "wrong-type",
    `The column ${name} holds ${fixed}, got ${types[0]}: it would not read back as it was.`,
    { column: name, types },
  );
}

function formatValue(where: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  throw new InputError(
    "wrong-type",
    `${where}: expected text, a number, a boolean or nothing, got ${JSON.stringify(value)}. ` +
      "Put lists and objects into columns of their own.",
    { where },
  );
}
