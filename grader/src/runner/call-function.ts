/** Calls a function of the student's with arguments that came as data. */

import type { Encoded } from "../protocol/codec";
import { decode, encodeText } from "../protocol/codec";
import { receive, send } from "./channel";

const { apply } = Reflect;
const { get: numberOf, set: remember } = WeakMap.prototype;

/** What is called, and with what. */
export interface StudentCall {
  readonly fn: (...args: unknown[]) => unknown;
  readonly args: readonly Encoded[];
}

/**
 * Resolves to the fields of the answer as JSON text: what the function returned, and what it has made
 * of its arguments. Rejects with what the function throws, and with a RangeError for a value that is
 * too large.
 */
export async function callFunction({ fn, args }: StudentCall): Promise<string> {
  const numbers = new WeakMap<object, number>();
  let isOver = false;
  const callback = (number: number) => {
    const ask = (...given: unknown[]) => {
      if (isOver)
        throw new Error("a function that was an argument was called after the call's end");
      return askJudge(number, given);
    };
    apply(remember, numbers, [ask, number]);
    return ask;
  };
  const options = {
    callback: (value: object) => apply(numberOf, numbers, [value]) as number | undefined,
  };
  try {
    const decoded = decode(args, { trusted: true, callback }) as unknown[];
    const value = encodeText(await apply(fn, undefined, decoded));
    return `"value":${value},"argumentsAfter":${argumentsText(decoded, options)}`;
  } finally {
    isOver = true;
  }
}

/** An empty list where they have become something that can't be told: that is a change, too. */
function argumentsText(
  args: readonly unknown[],
  options: Parameters<typeof encodeText>[1],
): string {
  try {
    return encodeText(args, options);
  } catch {
    return "[]";
  }
}

function askJudge(number: number, given: readonly unknown[]): unknown {
  const args = encodeText(given);
  send(`{"callback":${number},"args":${args}}`);
  const answer = receive();
  if (!("reply" in answer)) throw new Error("the judge asked something else");
  const { reply } = answer;
  if ("threw" in reply) throw new Error(reply.threw);
  return decode(reply.value, { trusted: true });
}
