import { StringDecoder } from "node:string_decoder";
import { toUSVString } from "node:util";

/**
 * Turns what is written to a stream, in whatever pieces, into text that is whole: bytes of one
 * character that come in two writes are put together, and so are the halves of a surrogate pair.
 */
export class StreamTextDecoder {
  private readonly bytes = new StringDecoder("utf8");
  private half = "";

  /** Returns the text of one write, as far as it is whole. */
  write(chunk: string | Uint8Array): string {
    const text =
      typeof chunk === "string"
        ? this.bytes.end() + chunk
        : this.bytes.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    return this.whole(text);
  }

  /** Returns what is left, with U+FFFD for what stayed incomplete. */
  end(): string {
    const rest = this.half + this.bytes.end();
    this.half = "";
    return toUSVString(rest);
  }

  private whole(text: string): string {
    if (text === "") return "";
    const joined = this.half + text;
    const last = joined.charCodeAt(joined.length - 1);
    const endsInHalf = last >= 0xd800 && last <= 0xdbff;
    this.half = endsInHalf ? joined.slice(-1) : "";
    return toUSVString(endsInHalf ? joined.slice(0, -1) : joined);
  }
}
