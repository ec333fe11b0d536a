// Runs with every test file. Files share a process, so each must leave it as it found it: what it
// changes and does not put back fails the file itself, not another one that comes after it.
import { afterAll, beforeAll, expect } from "vitest";

/** What TensorFlow.js leaves among the globals, whenever it is loaded first. */
const OF_LIBRARIES = new Set(["_tfGlobals", "_tfengine", "proto"]);

/** What a file may change only for as long as it runs. */
function processState() {
  return {
    folder: process.cwd(),
    environment: { ...process.env },
    globals: Object.getOwnPropertyNames(globalThis)
      .filter((name) => !OF_LIBRARIES.has(name))
      .sort(),
    streams: [process.stdout.write, process.stderr.write],
    console: { ...console },
  };
}

let before: ReturnType<typeof processState>;
let listeners: Map<string | symbol, number>;
// After the file and all that it imports have been loaded: what libraries set up for good stays.
beforeAll(() => {
  before = processState();
  listeners = new Map(
    process.eventNames().map((event) => [event, process.listenerCount(event)] as const),
  );
});
// Registered before the file's own hooks, it runs after them.
afterAll(() => {
  expect(processState(), "left behind by this file").toEqual(before);
  const isInNotebook = Reflect.has(globalThis, Symbol.for("headroom.kernel"));
  expect(isInNotebook, "left behind: libraries believe to be in a notebook").toBe(false);
  const more = process
    .eventNames()
    .filter((event) => process.listenerCount(event) > (listeners.get(event) ?? 0));
  expect(more, "events of the process that this file still listens to").toEqual([]);
});
