import { inspect, types } from "node:util";
import type { MimeBundle } from "../bridge/contract";
import { readBundle } from "./bundle-content";
import { type Displayable, displaySymbol } from "./displayable";
import { escapeHtml } from "./escape-html";

/** Content in certain formats, ready for `display` or as a cell's last expression. */
export class RichValue implements Displayable {
  constructor(private readonly content: MimeBundle) {}

  [displaySymbol](): MimeBundle {
    return this.content;
  }

  /** What the console prints. */
  [inspect.custom](): string {
    return String(this.content.data["text/plain"]);
  }
}

/** How an image is shown. */
export interface ImageOptions {
  /** In CSS pixels. */
  readonly width?: number;
  /** In CSS pixels. */
  readonly height?: number;
  /** The image in words: for people who don't see it, and where images are not shown. */
  readonly alt?: string;
}

/**
 * Returns content in formats of your choice, by MIME type; the front end picks the richest that it
 * knows. Bytes become base64. Without `text/plain` a short text is added.
 *
 * @throws TypeError if a key is no MIME type
 * @example
 * display(bundle({ "text/html": "<b>hi</b>", "text/plain": "hi" }));
 */
export function bundle(
  data: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, unknown>> = {},
): RichValue {
  const content = readBundle({ data, metadata });
  const text = content.data["text/plain"] ?? `<${Object.keys(content.data).join(", ")}>`;
  return new RichValue({ ...content, data: { ...content.data, "text/plain": text } });
}

/**
 * Returns HTML for display. As a template it escapes what is put in, unless that is itself made by
 * `html` or `svg`. Front ends take scripts out of notebooks that they don't trust.
 *
 * @example
 * html("<b>bold</b>")
 * html`<li>${"3 < 4"}</li>`
 */
export function html(
  markup: string | TemplateStringsArray,
  ...values: readonly unknown[]
): RichValue {
  const text = markupText(markup, values);
  return bundle({ "text/html": text, "text/plain": text });
}

/**
 * Returns an SVG drawing for display. A template escapes what is put in, as that of `html` does.
 *
 * @example
 * svg`<svg viewBox="0 0 10 10" width="80"><circle cx="5" cy="5" r="${radius}"/></svg>`
 */
export function svg(
  markup: string | TemplateStringsArray,
  ...values: readonly unknown[]
): RichValue {
  const text = markupText(markup, values);
  return bundle({ "image/svg+xml": text, "text/plain": text });
}

/**
 * Returns Markdown for display; formulas stand between dollars.
 *
 * @example
 * markdown("## Result\n\nThe loss is **0.3**, with $n = 20$.")
 */
export function markdown(text: string): RichValue {
  return bundle({ "text/markdown": text, "text/plain": text });
}

/**
 * Returns a formula for display, on a line of its own; without dollars around it.
 *
 * @example
 * latex(String.raw`\hat{y} = \sigma(w^\top x + b)`)
 */
export function latex(formula: string): RichValue {
  const hasDelimiters = /^\s*(\$|\\\(|\\\[|\\begin\{)/.test(formula);
  return bundle({
    "text/latex": hasDelimiters ? formula : `$$${formula}$$`,
    "text/plain": formula,
  });
}

/**
 * Returns a value for display as a tree that can be folded.
 *
 * @param options `expanded` unfolds it; `root` is its name
 * @throws TypeError for what JSON can't hold: an object that contains itself
 * @example
 * json({ epochs: 10, layers: [32, 16] }, { expanded: true })
 */
export function json(
  value: unknown,
  options: { readonly expanded?: boolean; readonly root?: string } = {},
): RichValue {
  const text = inspect(value, { depth: 4, colors: false });
  return bundle({ "application/json": value, "text/plain": text }, { "application/json": options });
}

/**
 * Returns JavaScript that the browser runs; front ends run it only in notebooks that they trust.
 *
 * @example
 * javascript("element.textContent = new Date().toString()")
 */
export function javascript(code: string): RichValue {
  return bundle({ "application/javascript": code, "text/plain": code });
}

/**
 * Returns a PNG image for display.
 *
 * @param bytes the file's content
 * @example
 * png(readFileSync("plot.png"), { width: 400, alt: "Loss by epoch" })
 */
export function png(bytes: Uint8Array, options: ImageOptions = {}): RichValue {
  return image("image/png", bytes, options);
}

/**
 * Returns a JPEG image for display.
 *
 * @param bytes the file's content
 * @example
 * jpeg(readFileSync("cat.jpg"), { alt: "A cat" })
 */
export function jpeg(bytes: Uint8Array, options: ImageOptions = {}): RichValue {
  return image("image/jpeg", bytes, options);
}

/**
 * Returns a GIF image for display.
 *
 * @param bytes the file's content
 * @example
 * gif(readFileSync("training.gif"))
 */
export function gif(bytes: Uint8Array, options: ImageOptions = {}): RichValue {
  return image("image/gif", bytes, options);
}

/**
 * Returns a WebP image for display.
 *
 * @param bytes the file's content
 * @example
 * webp(await (await fetch(address)).bytes())
 */
export function webp(bytes: Uint8Array, options: ImageOptions = {}): RichValue {
  return image("image/webp", bytes, options);
}

/**
 * Returns a PDF document for display.
 *
 * @param bytes the file's content
 * @example
 * pdf(readFileSync("report.pdf"))
 */
export function pdf(bytes: Uint8Array): RichValue {
  return image("application/pdf", bytes, {});
}

function image(type: string, bytes: Uint8Array, options: ImageOptions): RichValue {
  if (!types.isUint8Array(bytes)) {
    const got = typeof bytes === "object" ? Object.prototype.toString.call(bytes) : typeof bytes;
    throw new TypeError(
      `An image (${type}) is made of bytes, a Uint8Array or Buffer, but got ${got}. ` +
        "Read a file with readFileSync(name); decode base64 with Buffer.from(text, 'base64').",
    );
  }
  const { alt, ...size } = options;
  const text = alt ?? `<${type}, ${bytes.byteLength.toLocaleString("en")} bytes>`;
  const facts = alt === undefined ? size : { ...size, alt };
  const metadata = Object.keys(facts).length === 0 ? {} : { [type]: facts };
  return bundle({ [type]: bytes, "text/plain": text }, metadata);
}

function markupText(markup: string | TemplateStringsArray, values: readonly unknown[]): string {
  if (typeof markup === "string") return markup;
  return markup.map((part, i) => part + (i < values.length ? inner(values[i]) : "")).join("");
}

function inner(value: unknown): string {
  if (Array.isArray(value)) return value.map(inner).join("");
  if (!(value instanceof RichValue)) return escapeHtml(String(value));
  const { data } = value[displaySymbol]();
  return String(
    data["text/html"] ?? data["image/svg+xml"] ?? escapeHtml(String(data["text/plain"])),
  );
}
