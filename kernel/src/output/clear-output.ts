import { connection } from "./connection";

/**
 * Removes what the cell has shown so far.
 *
 * @param options `wait` leaves it until the next output comes, so that nothing flickers
 * @example
 * clearOutput({ wait: true });
 * display(chart);
 */
export function clearOutput(options: { readonly wait?: boolean } | boolean = {}): void {
  const wait = typeof options === "boolean" ? options : (options.wait ?? false);
  connection()?.outbox.clear(wait);
}
