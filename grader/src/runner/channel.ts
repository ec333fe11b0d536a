/**
 * The runner's two pipes. Both block, so that a function of the judge's can be asked in the middle of
 * the student's synchronous code. What is used is kept from before any of that code runs.
 */
import { readSync, writeSync } from "node:fs";
import type { Request } from "../protocol/messages";

const REQUESTS = 3;
const ANSWERS = 4;
const NEWLINE = 10;
const CHUNK = 1 << 16;

const { parse } = JSON;
const { apply } = Reflect;
const { alloc, from } = Buffer;
const { exit } = process;
const { set, subarray } = Uint8Array.prototype;
const { utf8Slice } = Buffer.prototype as unknown as {
  utf8Slice(this: Buffer, from: number, to: number): string;
};

let received = alloc(CHUNK);
/** What has been received and not been read lies from `start` to `end`. */
let start = 0;
let end = 0;

/** Waits for the next request. Ends the process where the judge has gone. */
export function receive(): Request {
  let looked = start;
  for (;;) {
    for (; looked < end; looked++) {
      if (received[looked] !== NEWLINE) continue;
      const line = apply(utf8Slice, received, [start, looked]) as string;
      start = looked + 1;
      return parse(line) as Request;
    }
    makeRoom();
    looked = end;
    const count = readSync(REQUESTS, received, end, received.length - end, null);
    if (count === 0) exit(0);
    end += count;
  }
}

/** Room for a chunk behind `end`; moves what is there to the beginning. */
function makeRoom(): void {
  const size = end - start;
  const roomy = size + CHUNK > received.length ? alloc(2 * (size + CHUNK)) : received;
  apply(set, roomy, [apply(subarray, received, [start, end]), 0]);
  received = roomy;
  start = 0;
  end = size;
}

/** Sends one line of JSON. */
export function send(json: string): void {
  const bytes = from(`${json}\n`, "utf8");
  for (let sent = 0; sent < bytes.length; ) {
    sent += writeSync(ANSWERS, bytes, sent, bytes.length - sent);
  }
}
