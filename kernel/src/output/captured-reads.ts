import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { ask } from "./question";
import { replaceMethod } from "./replace-method";

/**
 * Makes `fs.readFileSync(0)` and `fs.readSync(0, ...)` ask the front end's user for a line: the
 * kernel's own standard input is a pipe that nobody writes to, and would block it forever.
 */
export function captureReads(): void {
  replaceMethod(fs, "readFileSync", (original, _self, file, ...rest) => {
    if (file !== 0 && file !== "/dev/stdin") return original(file, ...rest);
    const line = Buffer.from(`${ask(undefined, false)}\n`);
    const [options] = rest;
    const encoding: unknown =
      typeof options === "object" && options !== null ? Reflect.get(options, "encoding") : options;
    return typeof encoding === "string" ? line.toString(encoding as BufferEncoding) : line;
  });
  let rest: Uint8Array = new Uint8Array();
  replaceMethod(fs, "readSync", (original, _self, fd, ...parameters) => {
    if (fd !== 0) return original(fd, ...parameters);
    if (rest.byteLength === 0) rest = Buffer.from(`${ask(undefined, false)}\n`);
    const target = targetOf(parameters);
    const count = Math.min(target.byteLength, rest.byteLength);
    target.set(rest.subarray(0, count));
    rest = rest.subarray(count);
    return count;
  });
  syncBuiltinESMExports();
}

/** `readSync(fd, buffer, offset?, length?)` or `readSync(fd, buffer, { offset, length })`. */
function targetOf([buffer, second, third]: readonly unknown[]): Uint8Array {
  if (!ArrayBuffer.isView(buffer)) {
    throw new TypeError("readSync expects a Buffer, a TypedArray or a DataView to read into.");
  }
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const range = typeof second === "object" && second !== null ? second : undefined;
  const offset = Number((range ? Reflect.get(range, "offset") : second) ?? 0);
  const length = Number(
    (range ? Reflect.get(range, "length") : third) ?? bytes.byteLength - offset,
  );
  return bytes.subarray(offset, offset + length);
}
