import type { MimeBundle } from "../bridge/contract";
import { readMetadata } from "./bundle-content";
import { connection } from "./connection";
import { resultBundle } from "./mime-bundle";
import { newId } from "./new-id";

/** How `display` shows a value. */
export interface DisplayOptions {
  /** Names the output, so that a later call with the same id and `update` can replace it. */
  readonly id?: string;
  /** Replaces what was displayed under `id`, wherever it stands. */
  readonly update?: boolean;
  /** Facts for the front end, by MIME type; added to those that the value brings. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Shows all of a long value. */
  readonly all?: boolean;
}

/** An output below a cell. */
export interface DisplayHandle {
  readonly id: string;
  /** Shows another value in its place. */
  update(value: unknown, options?: Pick<DisplayOptions, "metadata" | "all">): void;
  /** Resolves when it has been sent: at once, unless the value's display method is asynchronous. */
  readonly shown: Promise<void>;
}

const underWay = new Set<Promise<void>>();

/**
 * Displays a value below the cell, and returns a handle by which it can be replaced. Objects with a
 * method `Symbol.for("Jupyter.display")` show themselves; tensors, data frames, Plotly and Vega
 * figures and lists of records are recognised; everything else is shown as text. Outside a kernel
 * its text is printed.
 *
 * @throws TypeError for `update` without `id`
 * @example
 * const status = display("training ...");
 * status.update(html("<b>done</b>"));
 */
export function display(value: unknown, options: DisplayOptions = {}): DisplayHandle {
  if (options.update && options.id === undefined) {
    throw new TypeError("update needs an id: give the one with which the output was displayed.");
  }
  const id = options.id ?? newId();
  let shown = show(value, id, options);
  return {
    id,
    update(next, nextOptions = {}) {
      const send = () => show(next, id, { ...nextOptions, update: true });
      shown = underWay.has(shown) ? track(shown.then(send)) : send();
    },
    get shown() {
      return shown;
    },
  };
}

/** Resolves when the asynchronous displays that have begun are sent. */
export async function displaysSettled(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}

function show(value: unknown, id: string, options: DisplayOptions): Promise<void> {
  const send = ({ data, metadata }: MimeBundle) => {
    const more = options.metadata === undefined ? {} : readMetadata(options.metadata);
    sendBundle({ data, metadata: { ...metadata, ...more } }, id, options.update ?? false);
  };
  const bundle = resultBundle(value, options.all);
  if (bundle instanceof Promise) return track(bundle.then(send));
  send(bundle);
  return Promise.resolve();
}

function track(promise: Promise<void>): Promise<void> {
  underWay.add(promise);
  const forget = () => underWay.delete(promise);
  promise.then(forget, forget);
  return promise;
}

/** Sends a bundle as it is; prints its text outside a kernel. */
export function sendBundle(bundle: MimeBundle, id: string | undefined, update: boolean): void {
  const live = connection();
  if (live === undefined) console.log(String(bundle.data["text/plain"] ?? ""));
  else live.outbox.display(bundle, id, update);
}
