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
  readonly result?: RemoteObject;
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}

const GROUP = "cell";

/**
 * Node 22's V8 ends the process when it collects the promise of an evaluation that has not settled, as
 * that of terminated code never does.
 */
const KEEPS_PROMISES = process.versions.v8.startsWith("12.");

/** Evaluates, one text after the other. */
export interface Repl {
  /** Runs `js` now, as far as its first `await`; `done` hears of the end. */
  evaluate(js: string, done: (end: Evaluated) => void): void;
  /** Forgets evaluations that never end, and what they hold. */
  reset(): void;
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
  let session = connect();
  const terminator = connect();
  /** The promises of evaluations that go on. */
  const kept = new Set<Promise<unknown>>();
  const keeping = (start: (ended: () => void) => void) => {
    if (!KEEPS_PROMISES) return start(() => {});
    let promise: Promise<unknown> | undefined;
    let isOver = false;
    promise = firstPromise(() =>
      start(() => {
        isOver = true;
        if (promise !== undefined) kept.delete(promise);
      }),
    );
    if (promise !== undefined && !isOver) kept.add(promise);
  };
  return {
    evaluate(js, done) {
      const used = session;
      const parameters = {
        expression: js,
        replMode: true,
        awaitPromise: true,
        silent: true,
        objectGroup: GROUP,
      };
      keeping((ended) => {
        used.post("Runtime.evaluate", parameters, (problem, answer: EvaluateResult | undefined) => {
          ended();
          if (problem !== null) return done({ kind: "aborted", message: problem.message });
          const details = answer?.exceptionDetails;
          const end: Evaluated =
            details === undefined
              ? { kind: "done" }
              : { kind: "thrown", thrown: thrownValue(used, details.exception, details.text) };
          used.post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
          done(end);
        });
      });
    },
    reset() {
      const old = session;
      session = connect();
      old.disconnect();
      kept.clear();
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
