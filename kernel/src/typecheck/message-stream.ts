/** The frames of the Language Server Protocol: a header with the length, then JSON in UTF-8. */

const HEADER_END = Buffer.from("\r\n\r\n");

/** Returns the frame that carries `message`. */
export function encodeMessage(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message), "utf8");
  const header = Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, "latin1");
  return Buffer.concat([header, body]);
}

/** Puts messages together from chunks that are cut anywhere. */
export class MessageReader {
  readonly #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes needed before it is worth looking again. */
  #wanted = 0;

  /**
   * Returns the messages that `chunk` completes, in order.
   * @throws SyntaxError for a frame without a length or with broken JSON: the stream is lost then.
   */
  read(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: unknown[] = [];
    while (this.#size > 0 && this.#size >= this.#wanted) {
      const data = this.#joined();
      const headerEnd = data.indexOf(HEADER_END);
      if (headerEnd < 0) break;
      const start = headerEnd + HEADER_END.length;
      const end = start + bodyLength(data.toString("latin1", 0, headerEnd));
      if (data.length < end) {
        this.#wanted = end;
        break;
      }
      messages.push(JSON.parse(data.toString("utf8", start, end)));
      this.#keep(data.subarray(end));
    }
    return messages;
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first) return first;
    const data = Buffer.concat(this.#chunks);
    this.#keep(data);
    return data;
  }

  #keep(rest: Buffer): void {
    this.#chunks.length = 0;
    if (rest.length > 0) this.#chunks.push(rest);
    this.#size = rest.length;
    this.#wanted = 0;
  }
}

function bodyLength(header: string): number {
  const length = /^content-length: *(\d+)/im.exec(header)?.[1];
  if (length === undefined) {
    throw new SyntaxError(`Expected a Content-Length header, got ${JSON.stringify(header)}`);
  }
  return Number(length);
}
