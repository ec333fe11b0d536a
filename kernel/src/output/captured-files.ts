import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { replaceMethod } from "./replace-method";
import type { StandardStreams } from "./standard-stream";

type Callback = (error: Error | null, written?: number, what?: unknown) => void;

/**
 * Makes what is written to file descriptors 1 and 2 by the functions of `fs` go to the streams: the
 * kernel's own descriptors lead to the server's terminal, where nobody looks.
 */
export function captureFiles(streams: StandardStreams): void {
  const redirect = (name: keyof typeof fs, write: Write) => {
    replaceMethod(fs, name, (original, _self, target, ...rest) => {
      if (target === 1) return write(streams.stdout, rest);
      if (target === 2) return write(streams.stderr, rest);
      return original(target, ...rest);
    });
  };
  redirect("writeSync", (stream, rest) => send(stream, writtenPart(rest)));
  redirect("write", (stream, rest) => callBack(rest, send(stream, writtenPart(rest)), rest[0]));
  redirect("writevSync", (stream, rest) => sendAll(stream, rest[0]));
  redirect("writev", (stream, rest) => callBack(rest, sendAll(stream, rest[0]), rest[0]));
  // These take a descriptor in the place of a file's name, and don't go through `fs.write`.
  for (const name of ["writeFileSync", "appendFileSync", "writeFile", "appendFile"] as const) {
    redirect(name, (stream, rest) => {
      send(stream, [rest[0], encodingOf(rest[1])]);
      callBack(rest);
    });
  }
  syncBuiltinESMExports();
}

/** Writes the parameters that come after the descriptor; returns what the caller gets. */
type Write = (stream: NodeJS.WritableStream, rest: readonly unknown[]) => unknown;

type Written = readonly [content: unknown, encoding: unknown];

/** `write(fd, text, position?, encoding?)` or `write(fd, bytes, offset?, length?)` or `{ ... }`. */
function writtenPart([content, second, third]: readonly unknown[]): Written {
  if (!ArrayBuffer.isView(content)) return [content, third];
  const range = typeof second === "object" && second !== null ? second : undefined;
  const offset = numberOr(range ? Reflect.get(range, "offset") : second, 0);
  const length = numberOr(
    range ? Reflect.get(range, "length") : third,
    content.byteLength - offset,
  );
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return [bytes.subarray(offset, offset + length), undefined];
}

function numberOr(value: unknown, byDefault: number): number {
  return typeof value === "number" ? value : byDefault;
}

function encodingOf(options: unknown): unknown {
  return typeof options === "object" && options !== null
    ? Reflect.get(options, "encoding")
    : options;
}

function send(stream: NodeJS.WritableStream, [content, encoding]: Written): number {
  const isEncoding = typeof encoding === "string" && Buffer.isEncoding(encoding);
  if (typeof content === "string") {
    const bytes = Buffer.from(content, isEncoding ? encoding : "utf8");
    stream.write(bytes);
    return bytes.byteLength;
  }
  stream.write(content as Uint8Array);
  return (content as Uint8Array).byteLength;
}

function sendAll(stream: NodeJS.WritableStream, buffers: unknown): number {
  if (!Array.isArray(buffers)) throw new TypeError("writev expects an array of buffers.");
  return buffers.reduce((sum: number, part) => sum + send(stream, [part, undefined]), 0);
}

function callBack(parameters: readonly unknown[], ...results: readonly [number?, unknown?]): void {
  const callback = parameters.findLast((part) => typeof part === "function");
  if (callback !== undefined) process.nextTick(callback as Callback, null, ...results);
}
