/** What the student's code prints becomes text, up to a limit. */
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** What has been printed. */
export interface CapturedOutput {
  /** Adds a text as if it had been printed. */
  add(text: string): void;
  /** Returns what was printed since the last time, and forgets it. */
  take(): string;
}

const { slice } = String.prototype;
const { apply, defineProperty } = Reflect;

/**
 * Puts streams in the place of this process's standard output and error, which keep at most `limit`
 * UTF-16 units between two calls of `take`.
 */
export function captureOutput(limit: number): CapturedOutput {
  let text = "";
  let dropped = false;
  const add = (more: string) => {
    const room = limit - text.length;
    if (more.length > room) dropped = true;
    text += apply(slice, more, [0, room]) as string;
  };
  for (const name of ["stdout", "stderr"]) {
    defineProperty(process, name, { value: writableTo(add), configurable: true, enumerable: true });
  }
  return {
    add,
    take() {
      const taken = dropped ? `${text}\n... more was printed\n` : text;
      text = "";
      dropped = false;
      return taken;
    },
  };
}

function writableTo(add: (text: string) => void): Writable {
  const decoder = new StringDecoder("utf8");
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      add(typeof chunk === "string" ? chunk : decoder.write(chunk));
      done();
    },
  });
}
