import { type CsvCell, csvError } from "./csv";
import { DataFileError } from "./errors";
import type { TagRow } from "./tag-sheet";

/** What the cells of a column hold. */
export type CellKind = "text" | "number" | "boolean";

/** The further columns that a caller of `loadTagSheet` relies on, with their kinds. */
export type ExtraColumns = Readonly<Record<string, CellKind>>;

/** A row with the further columns asked for. */
export type LoadedTagRow<Columns extends ExtraColumns> = TagRow & {
  readonly [Name in keyof Columns]: CellOf<Columns[Name]>;
};

/** The type of a cell's value. */
export type CellOf<Kind extends CellKind> = Kind extends "number"
  ? number
  : Kind extends "boolean"
    ? boolean
    : string;

/** A column of a sheet's file. */
export interface TagColumn {
  readonly name: string;
  readonly kind: CellKind;
}

/** Columns that every sheet has. */
export const requiredColumns: readonly string[] = ["id", "label", "prediction", "correct", "tags"];

/** Columns whose kind is fixed, so that their header needs not say it. */
export const fixedKinds: ReadonlyMap<string, CellKind> = new Map([
  ["id", "text"],
  ["correct", "boolean"],
  ["tags", "text"],
  ["note", "text"],
]);

/** Returns the kind that a caller asked for, if any. */
export function askedKind(asked: ExtraColumns, name: string): CellKind | undefined {
  return Object.hasOwn(asked, name) ? asked[name] : undefined;
}

/** Returns the header of a column: its name, and its kind where that isn't text. */
export function headerOf(name: string, kind: CellKind): string {
  if (fixedKinds.has(name)) return name;
  if (kind !== "text") return `${name}:${kind}`;
  return /:(text|number|boolean)$/.test(name) ? `${name}:text` : name;
}

/**
 * Returns the columns that a header names.
 *
 * @throws DataFileError `corrupt-file` for columns without a name, twice, or of another kind than
 *   fixed or asked for; `missing-column`
 */
export function readHeader(
  file: string,
  header: readonly CsvCell[],
  asked: ExtraColumns,
): TagColumn[] {
  const columns = header.map((cell): TagColumn => {
    const text = cell.quoted ? cell.text : cell.text.trim();
    if (text === "" && !cell.quoted) throw csvError(file, cell, "the column has no name.");
    const [, name, suffix] = /^(.*):(text|number|boolean)$/s.exec(text) ?? [];
    const column: TagColumn =
      name === undefined
        ? { name: text, kind: fixedKinds.get(text) ?? "text" }
        : { name, kind: suffix as CellKind };
    const fixed = fixedKinds.get(column.name);
    if (fixed === undefined || fixed === column.kind) return column;
    throw csvError(file, cell, `the column ${column.name} holds ${fixed}, not ${column.kind}.`);
  });
  for (const [i, { name }] of columns.entries()) {
    if (columns.findIndex((column) => column.name === name) === i) continue;
    throw csvError(file, header[i] as CsvCell, `there are two columns ${JSON.stringify(name)}.`);
  }
  requireColumns(file, columns, asked);
  return columns;
}

function requireColumns(file: string, columns: readonly TagColumn[], asked: ExtraColumns): void {
  const names = columns.map(({ name }) => name);
  const missing = [...requiredColumns, ...Object.keys(asked)].filter(
    (name) => !names.includes(name),
  );
  if (missing.length > 0) {
    const cure = /[;\t]/.test(names.join())
      ? "It seems to be separated by semicolons or tabs: save it with commas."
      : "Add them to the header in line 1.";
    throw new DataFileError(
      "missing-column",
      `${file} lacks the columns ${missing.join(", ")}; it has ` +
        `${names.join(", ") || "none"}. ${cure}`,
      { file, missing },
    );
  }
  const other = columns.find(({ name, kind }) => (askedKind(asked, name) ?? kind) !== kind);
  if (other === undefined) return;
  const kind = askedKind(asked, other.name) as CellKind;
  throw new DataFileError(
    "corrupt-file",
    `${file}, line 1: the column ${other.name} was asked for as ${kind}, but holds ` +
      `${other.kind}. Write its header as "${headerOf(other.name, kind)}".`,
    { file, column: other.name },
  );
}
