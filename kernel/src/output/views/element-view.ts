import type { MimeBundle } from "../../bridge/contract";

const ELEMENT_NODE = 1;
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** Shows an element of a document (jsdom, linkedom) or an object with a method `toHTML`. */
export function elementView(value: object): MimeBundle | undefined {
  const markup = elementMarkup(value) ?? ownMarkup(value);
  if (markup === undefined) return undefined;
  const isSvg = "namespaceURI" in value && value.namespaceURI === SVG_NAMESPACE;
  return {
    data: { [isSvg ? "image/svg+xml" : "text/html"]: markup, "text/plain": markup },
    metadata: {},
  };
}

function elementMarkup(value: object): string | undefined {
  if (!("nodeType" in value) || value.nodeType !== ELEMENT_NODE) return undefined;
  return "outerHTML" in value && typeof value.outerHTML === "string" ? value.outerHTML : undefined;
}

function ownMarkup(value: object): string | undefined {
  if (!("toHTML" in value) || typeof value.toHTML !== "function") return undefined;
  const markup: unknown = value.toHTML();
  return typeof markup === "string" ? markup : undefined;
}
