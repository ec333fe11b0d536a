/** One output in several formats, as Jupyter's messages carry it; the front end picks the best. */
export interface MimeBundle {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The method by which an object says how it is displayed: it returns formats by their MIME type, or
 * a bundle, also as a promise. Deno's kernel asks the same method.
 */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/** An object that knows how it is displayed. */
export interface Displayable {
  [displaySymbol](): unknown;
}

/** Returns whether a value has the method `Symbol.for("Jupyter.display")`. */
export function isDisplayable(value: unknown): value is Displayable {
  return (
    typeof value === "object" &&
    value !== null &&
    displaySymbol in value &&
    typeof value[displaySymbol] === "function"
  );
}

/** Returns a bundle of formats by their MIME type, which `display` shows. */
export function bundle(
  data: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, unknown>> = {},
): Displayable {
  return { [displaySymbol]: () => ({ data, metadata }) };
}

/** Returns Markdown for `display`. */
export function markdown(text: string): Displayable {
  return bundle({ "text/markdown": text, "text/plain": text });
}

/**
 * Returns HTML for `display`. Front ends take scripts out of notebooks that they don't trust.
 *
 * @param text what stands for it where HTML is not shown
 */
export function html(markup: string, text: string): Displayable {
  return bundle({ "text/html": markup, "text/plain": text });
}

/** Returns a formula for `display`, without the dollars around it. */
export function latex(formula: string): Displayable {
  return bundle({ "text/latex": `$$${formula}$$`, "text/plain": formula });
}

/**
 * Returns an SVG drawing for `display`.
 *
 * @param alt the drawing in words
 */
export function svg(drawing: string, alt: string): Displayable {
  return bundle({ "image/svg+xml": drawing, "text/plain": alt }, { "image/svg+xml": { alt } });
}
