import type { Readable } from "node:stream";

const LINE_END = 0x0a;

/** What to do with what a stream says. */
export interface LineHandlers {
  readonly onLine: (line: string) => void;
  /** A limit was passed; nothing is read any more. Called once. */
  readonly onTooMuch: () => void;
  readonly onEnd: () => void;
}

/**
 * Reads lines.
 * @param limits the most bytes of a line, which are all that is ever kept, and of the whole stream
 */
export function readLines(
  stream: Readable,
  [longestLine, mostBytes]: readonly [number, number],
  { onLine, onTooMuch, onEnd }: LineHandlers,
): void {
  let parts: Buffer[] = [];
  let length = 0;
  let total = 0;
  let over = false;
  const keep = (part: Buffer) => {
    length += part.length;
    if (length <= longestLine) return parts.push(part);
    over = true;
    parts = [];
    return onTooMuch();
  };
  stream.on("data", (chunk: Buffer) => {
    if (over) return;
    total += chunk.length;
    if (total > mostBytes) {
      over = true;
      return onTooMuch();
    }
    let rest = chunk;
    for (let end = rest.indexOf(LINE_END); end >= 0; end = rest.indexOf(LINE_END)) {
      keep(rest.subarray(0, end));
      if (over) return;
      const line = Buffer.concat(parts).toString("utf8");
      parts = [];
      length = 0;
      onLine(line);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) keep(rest);
  });
  stream.on("error", onEnd);
  stream.on("end", onEnd);
  stream.on("close", onEnd);
}
