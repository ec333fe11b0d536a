/**
 * The method by which an object tells a notebook's kernel how it is displayed: it returns formats by
 * MIME type. Headroom's and Deno's kernels ask it; elsewhere it is an ordinary property.
 */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/** Formats by MIME type. */
export type Formats = Readonly<Record<string, unknown>>;

/** An object that knows how it is displayed. */
export interface Displayable {
  [displaySymbol](): Formats;
}

/** Returns the same object with a display method that neither JSON nor a loop over it shows. */
export function displayable<T extends object>(value: T, formats: () => Formats): T & Displayable {
  return Object.defineProperty(value, displaySymbol, { value: formats }) as T & Displayable;
}
