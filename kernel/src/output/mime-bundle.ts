import { types } from "node:util";
import type { MimeBundle } from "../bridge/contract";
import { readBundle } from "./bundle-content";
import { displaySymbol, isDisplayable } from "./displayable";
import { reason, toText } from "./text-view";
import { elementView } from "./views/element-view";
import { figureView } from "./views/figure-view";
import { frameView } from "./views/frame-view";
import { rowsView } from "./views/rows-view";
import { tensorView } from "./views/tensor-view";
import { vegaView } from "./views/vega-view";

/** Recognises a kind of value by its shape; undefined: another kind. May throw. */
type View = (value: object) => MimeBundle | undefined;

const VIEWS: readonly View[] = [tensorView, frameView, figureView, vegaView, elementView, rowsView];

/**
 * Returns what is shown of a value, as a result or by `display`: by its own method
 * `Symbol.for("Jupyter.display")`; tensors, data frames, figures, HTML elements and lists of records
 * by their shape; everything else as text. There is always a `text/plain`. Never throws. A display
 * method that returns a promise needs `resultBundle`.
 */
export function toMimeBundle(value: unknown, all = false): MimeBundle {
  const bundle = resultBundle(value, all);
  if (!(bundle instanceof Promise)) return bundle;
  bundle.catch(() => {});
  return textBundle(value, all);
}

/** Like `toMimeBundle`; a promise for objects whose display method is asynchronous. Never rejects. */
export function resultBundle(value: unknown, all = false): MimeBundle | Promise<MimeBundle> {
  try {
    const own = ownBundle(value, all);
    if (own !== undefined) return own;
    return (isRecognisable(value) && recognise(value, all)) || textBundle(value, all);
  } catch {
    return textBundle(value, all);
  }
}

/** What the value's own display method says. */
function ownBundle(value: unknown, all: boolean): MimeBundle | Promise<MimeBundle> | undefined {
  if (!isDisplayable(value)) return undefined;
  const read = (returned: unknown) => withText(readBundle(returned), value, all);
  const failed = (error: unknown) => failedBundle(value, error, all);
  try {
    const returned: unknown = value[displaySymbol]();
    return types.isPromise(returned) ? returned.then(read).catch(failed) : read(returned);
  } catch (error) {
    return failed(error);
  }
}

/** Proxies answer whatever they are asked, so their shape says nothing. */
function isRecognisable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !types.isProxy(value);
}

function recognise(value: object, all: boolean): MimeBundle | undefined {
  for (const view of VIEWS) {
    const bundle = view(value);
    if (bundle !== undefined) return withText(bundle, value, all);
  }
  return undefined;
}

function withText(bundle: MimeBundle, value: unknown, all: boolean): MimeBundle {
  if (typeof bundle.data["text/plain"] === "string") return bundle;
  return { ...bundle, data: { ...bundle.data, "text/plain": toText(value, all) } };
}

function textBundle(value: unknown, all: boolean): MimeBundle {
  return { data: { "text/plain": toText(value, all) }, metadata: {} };
}

function failedBundle(value: unknown, error: unknown, all: boolean): MimeBundle {
  const note = `// its method Symbol.for("Jupyter.display") failed: ${reason(error)}`;
  return { data: { "text/plain": `${toText(value, all)}\n${note}` }, metadata: {} };
}
