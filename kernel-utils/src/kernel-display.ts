import { createRequire } from "node:module";
import type { MimeBundle } from "./mime-bundle";

/** A bundle as it is sent, with the name by which later updates find it. */
export interface DisplayedBundle extends MimeBundle {
  readonly transient?: { readonly display_id: string };
}

/**
 * What a kernel offers at `globalThis[Symbol.for("headroom.kernel")]` so that code can display.
 * It sends `display_data`, or `update_display_data` if `update` is true, with the bundle as its
 * content; values of JSON types are objects, not texts.
 */
export interface KernelDisplay {
  display(bundle: DisplayedBundle, update: boolean): void;
}

/** Where a kernel puts its `KernelDisplay`. */
export const kernelSymbol: unique symbol = Symbol.for("headroom.kernel");

type Send = KernelDisplay["display"];

/** Returns how to display where this code runs: in our kernel, in a bare tslab, or in a console. */
export function findDisplay(): Send {
  const kernel: unknown = Reflect.get(globalThis, kernelSymbol);
  if (isKernel(kernel)) return (bundle, update) => kernel.display(bundle, update);
  return findTslab() ?? printText;
}

function isKernel(value: unknown): value is KernelDisplay {
  return (
    typeof value === "object" &&
    value !== null &&
    "display" in value &&
    typeof value.display === "function"
  );
}

/**
 * Returns the function by which tslab's own `display` sends, if tslab has loaded. It is read anew
 * each time, since it belongs to the cell that runs.
 */
function findTslab(): Send | undefined {
  const { cache } = createRequire(__filename);
  const file = Object.keys(cache).find((name) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(name));
  const module: unknown = file === undefined ? undefined : cache[file]?.exports;
  if (typeof module !== "object" || module === null) return undefined;
  const write: unknown = Reflect.get(module, "lastWriteDisplayData");
  if (typeof write !== "function") return undefined;
  return (bundle, update) => {
    write({ transient: {}, ...bundle }, update);
  };
}

function printText({ data }: DisplayedBundle): void {
  console.log(String(data["text/plain"] ?? ""));
}
