import { DataFileError } from "../errors";

const BYTES = 0x08; // the IDX code for unsigned bytes

/** The contents of an IDX file of unsigned bytes. */
export interface IdxArray {
  shape: number[];
  /** In row order: the last axis changes fastest. */
  values: Uint8Array;
}

/**
 * Returns the shape and the values of an IDX file: two zero bytes, the type, the number of axes,
 * the extent of each as a 32-bit big-endian number, then the values.
 *
 * @param name what errors call the file
 * @throws DataFileError `corrupt-file` for another type, or fewer or more values than the header
 *   says
 */
export function parseIdx(name: string, bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= 4 ? view.getUint32(0) : 0;
  const axes = magic & 0xff;
  if (magic >>> 8 !== BYTES || axes === 0) {
    throw new DataFileError(
      "corrupt-file",
      `${name}: expected an IDX file of unsigned bytes (first bytes 0, 0, 8, number of axes), ` +
        `got ${[...bytes.subarray(0, 4)].join(", ") || "an empty file"}.`,
      { name },
    );
  }
  const start = 4 + 4 * axes;
  const isHeaderWhole = bytes.length >= start;
  const shape = Array.from({ length: isHeaderWhole ? axes : 0 }, (_, axis) =>
    view.getUint32(4 + 4 * axis),
  );
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (!isHeaderWhole || bytes.length - start !== size) {
    const expected = isHeaderWhole ? `${size} values (${shape.join(" x ")})` : "a whole header";
    throw new DataFileError(
      "corrupt-file",
      `${name}: expected ${expected}, got ${Math.max(0, bytes.length - start)} bytes after it. ` +
        "The file was cut or joined.",
      { name, shape },
    );
  }
  // A view as plain Uint8Array even where `bytes` is a Buffer, whose slice() shares its memory.
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + start, size) };
}
