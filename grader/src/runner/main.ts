/**
 * The program inside the sandbox: runs the cells of a submission, then calls the student's functions.
 * It knows names and arguments, never what should come or what it is worth; and what it says is only
 * data to the judge, since the student's code can do anything in here.
 *
 *     node main.js FOLDER OUTPUT_LIMIT
 */
import { AbortedError, createCellSession } from "@headroom/kernel/session";
import type { Request } from "../protocol/messages";
import { callFunction } from "./call-function";
import { captureOutput } from "./capture-output";
import { receive, send } from "./channel";
import { INERT_CHECKS } from "./inert-checks";
import { thrownText } from "./thrown-text";

const { stringify } = JSON;
const { get } = Reflect;
const { exit } = process;
const OwnPromise = Promise;
const { setImmediate } = globalThis;

/** The exit code of a process in which cells can run no more. */
const ABORTED = 70;

const [, , folder = process.cwd(), limit = "65536"] = process.argv;
const session = createCellSession({ folder, builtins: { "@headroom/checks": INERT_CHECKS } });
const output = captureOutput(Number(limit));

/** Ends the work at hand: it waits for something, and nothing is left that could come. */
let giveUp: ((error: Error) => void) | undefined;

const complain = (error: unknown) => output.add(`\nUncaught ${thrownText(error)}\n`);
process.on("uncaughtException", complain);
process.on("unhandledRejection", complain);
process.on("beforeExit", () => {
  giveUp?.(new Error("it waits for a promise that never settles: nothing is left to settle it"));
});

/** Resolves to the fields of the answer. */
async function answer(request: Exclude<Request, { reply: unknown }>): Promise<string> {
  output.take();
  if ("cell" in request) {
    const end = await untilStuck(session.run(request.cell));
    const threw = end.ok ? "" : `,"threw":${thrownText(end.thrown)}`;
    return `"text":${stringify(output.take())}${threw}`;
  }
  const { call, args } = request;
  // What cells declare are globals, however they declare it.
  const fn: unknown = get(globalThis, call);
  if (typeof fn !== "function") return '"missing":true';
  return await untilStuck(callFunction({ fn: fn as () => unknown, args }));
}

/** As `work`, but rejects once the event loop has nothing more to do. */
function untilStuck<T>(work: Promise<T>): Promise<T> {
  return new OwnPromise<T>((resolve, reject) => {
    giveUp = reject;
    const follow = async () => {
      try {
        resolve(await work);
      } catch (error) {
        reject(error);
      }
    };
    void follow();
  });
}

async function serve(): Promise<never> {
  send('{"ready":true}');
  for (;;) {
    const request = receive();
    if ("reply" in request) continue;
    let fields: string;
    try {
      fields = await answer(request);
    } catch (error) {
      // A fresh process is needed: the judge starts one, and leaves the guilty cell out.
      if (error instanceof AbortedError) exit(ABORTED);
      fields = `${"cell" in request ? `"text":${stringify(output.take())},` : ""}"threw":${thrownText(error)}`;
    }
    giveUp = undefined;
    send(`{"id":${request.id},${fields}}`);
    // Timers that are due have their turn, though only between two requests.
    await new OwnPromise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

void serve();
