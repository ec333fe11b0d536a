import type { MimeBundle, MimeData } from "../bridge/contract";

/**
 * The name of the method by which an object says how it is displayed. Deno's kernel asks the same
 * one, so classes need no import: write `[Symbol.for("Jupyter.display")]() { ... }`.
 */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/** What a display method may return: formats by MIME type, or a bundle. */
export type DisplayFormats = MimeData | { data: MimeData; metadata?: Record<string, unknown> };

/**
 * An object that knows how it is displayed.
 *
 * @example
 * class Point implements Displayable {
 *   constructor(readonly x: number, readonly y: number) {}
 *   [displaySymbol]() {
 *     return { "text/html": `<b>${this.x}, ${this.y}</b>`, "text/plain": `${this.x}, ${this.y}` };
 *   }
 * }
 */
export interface Displayable {
  [displaySymbol](): DisplayFormats | MimeBundle | Promise<DisplayFormats | MimeBundle>;
}

/** Returns whether a value says how it is displayed. May throw what a getter or proxy throws. */
export function isDisplayable(value: unknown): value is Displayable {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    displaySymbol in value &&
    typeof value[displaySymbol] === "function"
  );
}
