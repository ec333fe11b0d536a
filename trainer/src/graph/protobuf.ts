/** How protocol buffers are written: https://protobuf.dev/programming-guides/encoding/ */

const WIRE = { varint: 0, bytes: 2, fixed32: 5 } as const;
const ENCODER = new TextEncoder();

/** Writes the fields of one message after another. */
export class ProtobufWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** A whole number; negative ones take ten bytes, as the format has it. */
  int(field: number, value: number): this {
    this.#tag(field, WIRE.varint);
    return this.#varint(value);
  }

  float(field: number, value: number): this {
    this.#tag(field, WIRE.fixed32);
    return this.#append(new Uint8Array(Float32Array.of(value).buffer));
  }

  string(field: number, value: string): this {
    return this.bytes(field, ENCODER.encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, WIRE.bytes);
    return this.#varint(value.length).#append(value);
  }

  /** A message inside this one. */
  message(field: number, write: (writer: ProtobufWriter) => void): this {
    const writer = new ProtobufWriter();
    write(writer);
    return this.bytes(field, writer.finish());
  }

  /** Whole numbers without a tag between them. */
  packedInts(field: number, values: readonly number[]): this {
    const writer = new ProtobufWriter();
    for (const value of values) writer.#varint(value);
    return this.bytes(field, writer.finish());
  }

  /** What has been written; a view, valid until more is written. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #tag(field: number, wire: number): void {
    this.#varint(field * 8 + wire);
  }

  #varint(value: number): this {
    if (!Number.isSafeInteger(value)) {
      throw new RangeError(`a protocol buffer takes whole numbers, not ${value}`);
    }
    // Two's complement of 64 bits; numbers of ordinary size need no BigInt.
    if (value < 0) {
      let rest = BigInt.asUintN(64, BigInt(value));
      for (; rest > 127n; rest >>= 7n) this.#byte(Number(rest & 127n) | 128);
      return this.#byte(Number(rest));
    }
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#byte((rest % 128) | 128);
    return this.#byte(rest);
  }

  #byte(value: number): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  #append(value: Uint8Array): this {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
