import { Writable } from "node:stream";
import { StreamTextDecoder } from "./text-decoder";

/** The two streams that stand in for the process's own. */
export interface StandardStreams {
  readonly stdout: StandardStream;
  readonly stderr: StandardStream;
}

type Callback = (error?: Error | null) => void;

/**
 * Stands in for `process.stdout` and `process.stderr`. Like theirs on files and terminals, its
 * writes are synchronous: nothing is ever buffered here, so an interrupt in the middle of a write
 * cannot leave it stuck, and `write` always returns true. It never closes: `end()` of one cell must
 * not silence the next.
 */
export class StandardStream extends Writable {
  readonly _isStdio = true;
  readonly isTTY = false;
  /** Programs that lay out text ask for these. */
  readonly columns = 80;
  readonly rows = 24;
  private readonly decoder = new StreamTextDecoder();

  constructor(
    readonly fd: 1 | 2,
    private readonly send: (text: string) => void,
  ) {
    super({ decodeStrings: false, emitClose: false, autoDestroy: false });
  }

  override write(
    chunk: unknown,
    encoding?: BufferEncoding | null | Callback,
    callback?: Callback,
  ): boolean {
    const done = typeof encoding === "function" ? encoding : callback;
    const text = this.decoder.write(toBytesOrText(chunk, encoding));
    if (text !== "") this.send(text);
    if (typeof done === "function") process.nextTick(done, null);
    return true;
  }

  override end(
    chunk?: unknown,
    encoding?: BufferEncoding | null | Callback,
    callback?: Callback,
  ): this {
    const done = [chunk, encoding, callback].find((part) => typeof part === "function");
    if (chunk !== undefined && chunk !== null && typeof chunk !== "function") {
      this.write(chunk, typeof encoding === "string" ? encoding : undefined);
    }
    process.nextTick(() => {
      this.emit("finish");
      if (typeof done === "function") done();
    });
    return this;
  }

  override destroy(): this {
    return this;
  }

  destroySoon(): this {
    return this;
  }

  getWindowSize(): [columns: number, rows: number] {
    return [this.columns, this.rows];
  }

  getColorDepth(): number {
    return 1;
  }

  hasColors(): boolean {
    return false;
  }
}

function toBytesOrText(
  chunk: unknown,
  encoding: BufferEncoding | null | undefined | Callback,
): string | Uint8Array {
  if (typeof chunk === "string") {
    const isText =
      typeof encoding !== "string" || /^(utf-?8|buffer|(utf-?16|ucs-?2)(le)?)$/i.test(encoding);
    if (isText) return chunk;
    if (Buffer.isEncoding(encoding)) return Buffer.from(chunk, encoding);
    throw unknownEncoding(encoding);
  }
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  throw wrongChunk(chunk);
}

function unknownEncoding(encoding: string): TypeError {
  return Object.assign(new TypeError(`Unknown encoding: ${encoding}`), {
    code: "ERR_UNKNOWN_ENCODING",
  });
}

function wrongChunk(chunk: unknown): TypeError {
  const got = chunk === null ? "null" : typeof chunk;
  return Object.assign(
    new TypeError(
      `write() expects a string, a Buffer, a TypedArray or a DataView, but got ${got}. ` +
        "Turn it into a string first: String(value), or JSON.stringify(value).",
    ),
    { code: chunk === null ? "ERR_STREAM_NULL_VALUES" : "ERR_INVALID_ARG_TYPE" },
  );
}
