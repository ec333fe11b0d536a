import { inspect, types } from "node:util";

/** How Node's async hooks, which tell the kernel whose output it is, mark promises and timers. */
const MARKS = new Set(["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"]);

/**
 * Keeps `util.inspect`, and so the console, from showing the marks that the kernel's own async hooks
 * leave on promises and timers. To be called once.
 */
export function quietInspection(): void {
  hideMarksOf(Promise.prototype);
  const timer = setTimeout(() => {}, 0);
  clearTimeout(timer);
  hideMarksOf(Object.getPrototypeOf(timer));
  const immediate = setImmediate(() => {});
  clearImmediate(immediate);
  hideMarksOf(Object.getPrototypeOf(immediate));
}

type CustomInspect = (this: object, ...parameters: unknown[]) => unknown;

/** A custom inspection that returns the object itself lets Node go on as usual. */
function hideMarksOf(prototype: object): void {
  const original = Reflect.get(prototype, inspect.custom) as CustomInspect | undefined;
  Object.defineProperty(prototype, inspect.custom, {
    configurable: true,
    writable: true,
    enumerable: false,
    value: function (this: object, ...parameters: unknown[]): unknown {
      hideMarks(this);
      return original ? original.apply(this, parameters) : this;
    },
  });
}

function hideMarks(value: object): void {
  if (types.isProxy(value)) return;
  for (const mark of Object.getOwnPropertySymbols(value)) {
    if (!MARKS.has(mark.description ?? "")) continue;
    const descriptor = Object.getOwnPropertyDescriptor(value, mark);
    if (descriptor?.configurable) Object.defineProperty(value, mark, { enumerable: false });
  }
}
