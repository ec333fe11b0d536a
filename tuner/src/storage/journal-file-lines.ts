import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { StorageError } from "../errors";
import { type JournalLine, parseLine, printLines } from "./journal-line";
import { JournalState } from "./journal-state";

/** The lines of a journal's file: read to its end, and appended whole or not at all. */
export class JournalLines {
  readonly state = new JournalState();
  readonly path: string;
  readonly #file: number;
  /** How many bytes, and lines, are read: always whole lines. */
  #length = 0;
  #count = 0;

  /** Opens the file, with "a+" making it where it is missing. */
  constructor(path: string, flags: "r" | "a+") {
    this.path = path;
    this.#file = openSync(path, flags);
  }

  /**
   * Reads what the file has more than was read before. Returns how many bytes follow its last line break: a line
   * that is being written, or that a crash has cut off. Throws StorageError for a line that can't be.
   */
  read(): number {
    const { size, nlink } = fstatSync(this.#file);
    if (size < this.#length || nlink === 0) {
      throw new StorageError(
        "replaced-journal",
        `${this.path} was deleted or replaced since it was opened. Put it back, or open it again.`,
      );
    }
    const bytes = Buffer.alloc(size - this.#length);
    const read = readSync(this.#file, bytes, 0, bytes.length, this.#length);
    const whole = bytes.lastIndexOf(10, read - 1) + 1;
    let start = 0;
    while (start < whole) {
      const end = bytes.indexOf(10, start);
      this.#apply(bytes.subarray(start, end));
      start = end + 1;
    }
    this.#length += whole;
    return read - whole;
  }

  /** Cuts off what follows the last line break that was read. */
  cut(): void {
    ftruncateSync(this.#file, this.#length);
  }

  /**
   * Appends lines in one write. All before must have been read. Throws StorageError where that fails, as on a
   * full disk; then the file is as it was.
   */
  append(lines: readonly JournalLine[]): void {
    const bytes = Buffer.from(printLines(lines));
    try {
      let written = 0;
      // A full disk takes a part and says why it does not take the rest.
      while (written < bytes.length) written += writeSync(this.#file, bytes, written);
    } catch (error) {
      this.cut();
      throw new StorageError(
        "write-failed",
        `${this.path} can't be written: ${(error as Error).message}. Nothing of the event was kept. Make room, then go on.`,
      );
    }
    this.#length += bytes.length;
    this.#count += lines.length;
    for (const line of lines) this.state.apply(line);
  }

  /** Returns when all lines are on the disk. Throws StorageError where that fails. */
  sync(): void {
    try {
      fsyncSync(this.#file);
    } catch (error) {
      throw new StorageError(
        "write-failed",
        `${this.path} can't be brought to the disk: ${(error as Error).message}. What was told last may be lost when the power fails. Look after the disk, then go on.`,
      );
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #apply(bytes: Uint8Array): void {
    this.#count += 1;
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      this.state.apply(parseLine(text));
    } catch (error) {
      throw new StorageError(
        "damaged-journal",
        `${this.path}, line ${this.#count} is damaged: ${(error as Error).message}. Put back a copy of the file, or delete that line if you can do without what it says.`,
        { path: this.path, line: this.#count },
      );
    }
  }
}
