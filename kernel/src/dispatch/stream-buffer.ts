export type StreamName = "stdout" | "stderr";

/** Gathers what cells write into few messages; keeps its order. */
export interface StreamBuffer {
  add(id: number, name: StreamName, text: string): void;
  /** Sends all of it now. */
  flush(): void;
  /**
   * Takes back what the cell has written last to stdout without a line's end, and returns it: it is a
   * question, which the front end shows by itself. Empty where there is none or it has been sent.
   */
  takeLastLine(id: number): string;
}

interface Chunk {
  readonly id: number;
  readonly name: StreamName;
  readonly parts: string[];
}

/** How long text waits for more, in milliseconds. */
const DELAY = 50;

/** More text than this, in UTF-16 units, goes out at once, and a message holds no more. */
const MAX_LENGTH = 1 << 20;

/** Returns a buffer that hands texts of one cell and stream each to `send`. */
export function createStreamBuffer(
  send: (id: number, name: StreamName, text: string) => void,
): StreamBuffer {
  let chunks: Chunk[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;

  /** With `all` false half a surrogate pair at the very end waits for its other half. */
  function flush(all: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    const sending = chunks;
    chunks = [];
    length = 0;
    for (const [index, { id, name, parts }] of sending.entries()) {
      let text = parts.join("");
      if (!all && index === sending.length - 1 && isHighSurrogate(text, text.length - 1)) {
        add(id, name, text.slice(-1));
        text = text.slice(0, -1);
      }
      for (const piece of split(text)) send(id, name, piece);
    }
  }

  function add(id: number, name: StreamName, text: string): void {
    if (text === "") return;
    const last = chunks.at(-1);
    if (last?.id === id && last.name === name) last.parts.push(text);
    else chunks.push({ id, name, parts: [text] });
    length += text.length;
    if (length > MAX_LENGTH) flush(false);
    else timer ??= setTimeout(flush, DELAY, false);
  }

  function takeLastLine(id: number): string {
    const last = chunks.at(-1);
    if (last?.id !== id || last.name !== "stdout") return "";
    const text = last.parts.join("");
    const start = text.lastIndexOf("\n") + 1;
    last.parts.splice(0, Number.POSITIVE_INFINITY, text.slice(0, start));
    return text.slice(start);
  }

  return { add, flush: () => flush(true), takeLastLine };
}

function* split(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + MAX_LENGTH, text.length);
    if (end < text.length && isHighSurrogate(text, end - 1)) end--;
    yield text.slice(start, end);
    start = end;
  }
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit < 0xdc00;
}
