/** Evaluates JavaScript in V8's REPL mode: variables redeclared at will, `await` at the top level. */
import type { Session } from "node:inspector";
import type { Thrown } from "./disposal";
import { firstPromise } from "./first-promise";

/** How an evaluation ended. */
export type Evaluated =
  | { readonly kind: "done" }
  | ({ readonly kind: "thrown" } & Thrown)
  /** V8 gave it up: it was terminated, or the inspector failed. */
  | { readonly kind: "aborted"; readonly message: string };

/** What the inspector says of a value. */
interface RemoteObject {
  readonly type: string;
  readonly objectId?: string;
  readonly value?: unknown;
  readonly unserializableValue?: string;
}

interface EvaluateResult {
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}

/**
 * A hundred years, in ms. With any limit V8 lets go of a termination that comes too late for the code
 * that it was meant for; Node 20 would be ended by it as soon as V8 attends to the promise.
 */
const LONGEST = 100 * 365 * 24 * 3600 * 1000;

// A cell may replace it.
const then = Promise.prototype.then;
const { apply } = Reflect;

/** Evaluates, one text after the other. */
export interface Repl {
  /** Runs `js` now, as far as its first `await`; `done` hears of the end, unless it is terminated. */
  evaluate(js: string, done: (end: Evaluated) => void): void;
  /** Ends the code that now runs, as soon as the caller returns. */
  terminate(): void;
}

/** Returns a REPL on this thread. */
export function createRepl(): Repl {
  // Loaded here: it costs a few milliseconds, which the server thread uses for its own start.
  const inspector = require("node:inspector") as typeof import("node:inspector");
  const connect = (): Session => {
    const fresh = new inspector.Session();
    fresh.connect();
    return fresh;
  };
  const terminator = connect();
  return {
    evaluate(js, done) {
      const session = connect();
      const parameters = { expression: js, replMode: true, silent: true, timeout: LONGEST };
      // An answer that comes at once says that the text could not begin, or was terminated.
      const answers: Evaluated[] = [];
      const promise = firstPromise(() => {
        session.post("Runtime.evaluate", parameters, (problem, answer?: EvaluateResult) => {
          const details = answer?.exceptionDetails;
          if (problem !== null) answers.push({ kind: "aborted", message: problem.message });
          else if (details !== undefined) {
            const thrown = thrownValue(session, details.exception, details.text);
            answers.push({ kind: "thrown", thrown });
          }
        });
      });
      const [atOnce] = answers;
      // V8's own way to follow the promise ends Node 20 when a termination is due as it rejects, and
      // Node 22 when the promise is collected; a session that is gone follows nothing.
      session.disconnect();
      if (atOnce !== undefined) return done(atOnce);
      if (promise === undefined) return done({ kind: "aborted", message: "V8 gave no promise" });
      apply(then, promise, [
        () => done({ kind: "done" }),
        (thrown: unknown) => done({ kind: "thrown", thrown }),
      ]);
    },
    terminate() {
      terminator.post("Runtime.terminateExecution");
    },
  };
}

/** Where the inspector puts a value that only it can reach. */
const CATCHER = Symbol.for("headroom.kernel.caught");

function thrownValue(session: Session, remote: RemoteObject | undefined, text: string): unknown {
  if (remote === undefined) return text;
  if (remote.objectId === undefined) return primitive(remote);
  let caught: unknown;
  const catcher = (value: unknown) => {
    caught = value;
  };
  Object.defineProperty(globalThis, CATCHER, { value: catcher, configurable: true });
  session.post("Runtime.callFunctionOn", {
    objectId: remote.objectId,
    functionDeclaration: `function (value) { globalThis[Symbol.for(${JSON.stringify(CATCHER.description)})](value); }`,
    arguments: [{ objectId: remote.objectId }],
    silent: true,
  });
  Reflect.deleteProperty(globalThis, CATCHER);
  return caught;
}

function primitive({ type, value, unserializableValue }: RemoteObject): unknown {
  if (unserializableValue === undefined) return type === "undefined" ? undefined : value;
  if (type === "bigint") return BigInt(unserializableValue.slice(0, -1));
  return Number(unserializableValue);
}
