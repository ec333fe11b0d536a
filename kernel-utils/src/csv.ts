import { DataFileError } from "./errors";

/** One cell of a CSV file and where it begins. */
export interface CsvCell {
  readonly text: string;
  /** Whether it stood in quotes: `""` is an empty text, nothing between two commas is no value. */
  readonly quoted: boolean;
  /** Counted from 1, as editors do; line breaks inside quotes count. */
  readonly line: number;
  readonly column: number;
}

/** A position in the text, counted from 1. */
type Place = Pick<CsvCell, "line" | "column">;

/** Returns the error of a damaged file, its message led by file, line and column. */
export function csvError(file: string, { line, column }: Place, problem: string): DataFileError {
  return new DataFileError("corrupt-file", `${file}, line ${line}, column ${column}: ${problem}`, {
    file,
    line,
    column,
  });
}

/**
 * Returns the records of a CSV text as RFC 4180 defines it: commas, cells in double quotes where
 * they hold commas, line breaks or (doubled) quotes. Lines may end in LF or CRLF; empty lines and a
 * byte order mark are skipped. Spaces belong to their cell.
 *
 * @param file how errors call the text
 * @throws DataFileError `corrupt-file`, with file, line and column, for a quote that isn't closed,
 *   a quote inside a cell without quotes, text after a closing quote, and a lone carriage return
 */
export function parseCsv(text: string, file: string): CsvCell[][] {
  return new CsvReader(text, file).records();
}

/**
 * Returns the rows as CSV text, lines ending in LF, which `parseCsv` reads back without loss.
 *
 * @param rows undefined stands for no value, "" for an empty text
 */
export function formatCsv(rows: readonly (readonly (string | undefined)[])[]): string {
  return rows.map((row) => `${row.map(formatCell).join(",")}\n`).join("");
}

function formatCell(text: string | undefined): string {
  if (text === undefined) return "";
  // Spaces at the ends are quoted for programs that would trim them.
  const plain = text !== "" && !/[",\r\n]/.test(text) && text === text.trim();
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** Reads a text from front to back. */
class CsvReader {
  readonly #text: string;
  readonly #file: string;
  #at: number;
  #line = 1;
  #lineStart: number;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#at = text.startsWith("\ufeff") ? 1 : 0;
    this.#lineStart = this.#at;
  }

  records(): CsvCell[][] {
    const records: CsvCell[][] = [];
    while (this.#at < this.#text.length) {
      const record = [this.#cell()];
      while (this.#text[this.#at] === ",") {
        this.#at++;
        record.push(this.#cell());
      }
      this.#endOfLine();
      const [first] = record;
      const isEmptyLine = record.length === 1 && first?.text === "" && !first.quoted;
      if (!isEmptyLine) records.push(record);
    }
    return records;
  }

  #cell(): CsvCell {
    const place = this.#place();
    const quoted = this.#text[this.#at] === '"';
    return { text: quoted ? this.#quotedText(place) : this.#plainText(), quoted, ...place };
  }

  #plainText(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !',\r\n"'.includes(this.#text[this.#at] as string)) {
      this.#at++;
    }
    if (this.#text[this.#at] === '"') {
      throw this.#error(
        "a quote inside a cell that doesn't begin with one. Put the whole cell in quotes and " +
          'double those inside: "say ""hello""".',
      );
    }
    return this.#text.slice(start, this.#at);
  }

  #quotedText(opening: Place): string {
    let text = "";
    for (;;) {
      const end = this.#text.indexOf('"', this.#at + 1);
      if (end < 0) {
        throw csvError(
          this.#file,
          opening,
          "a quote opens here and is never closed. Close it, or double a quote that is part of " +
            "the text.",
        );
      }
      const piece = this.#text.slice(this.#at + 1, end);
      text += piece;
      this.#countLines(this.#at + 1, piece);
      this.#at = end + 1;
      if (this.#text[this.#at] !== '"') break;
      text += '"';
    }
    const next = this.#text[this.#at];
    if (next === undefined || next === "," || next === "\n" || next === "\r") return text;
    throw this.#error(
      "expected a comma or the end of the line after a closing quote, got " +
        `${JSON.stringify(next)}. Double a quote that is part of the text.`,
    );
  }

  #countLines(start: number, piece: string): void {
    for (let i = piece.indexOf("\n"); i >= 0; i = piece.indexOf("\n", i + 1)) {
      this.#line++;
      this.#lineStart = start + i + 1;
    }
  }

  #endOfLine(): void {
    if (this.#at >= this.#text.length) return;
    if (this.#text[this.#at] === "\r") {
      if (this.#text[this.#at + 1] !== "\n") {
        throw this.#error(
          "a carriage return without a line feed. Save the file with line ends LF or CRLF, or " +
            "put a cell that holds one in quotes.",
        );
      }
      this.#at++;
    }
    this.#at++;
    this.#line++;
    this.#lineStart = this.#at;
  }

  #place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  #error(problem: string): DataFileError {
    return csvError(this.#file, this.#place(), problem);
  }
}
