/**
 * What `import * as tslab from "tslab"` gives in this kernel: the same names, types and effects as
 * the package tslab 1.0.22, so that notebooks written for it run unchanged.
 */

import { readBundle } from "./output/bundle-content";
import { sendBundle } from "./output/display";
import { typescriptVersion } from "./output/kernel-info";
import { newId } from "./output/new-id";

interface Versions {
  tslab: string;
  typescript: string;
  node: string;
}

/** The version of tslab whose functions these are, and those of TypeScript and Node.js. */
export const versions: Versions = {
  tslab: "1.0.22",
  get typescript() {
    return typescriptVersion();
  },
  node: process.version,
};

/** Displays content below the cell. */
export interface Display {
  javascript(s: string): void;
  html(s: string): void;
  markdown(s: string): void;
  latex(s: string): void;
  svg(s: string): void;
  png(b: Uint8Array): void;
  jpeg(b: Uint8Array): void;
  gif(b: Uint8Array): void;
  pdf(b: Uint8Array): void;
  text(s: string): void;
  /** Displays content of any MIME type. */
  raw(contentType: string, b: string | Uint8Array): void;
}

/**
 * Returns a new `Display` with an output of its own: each call replaces what the last one showed.
 *
 * @example
 * const status = tslab.newDisplay();
 * for (const epoch of epochs) status.text(`epoch ${epoch}`);
 */
export function newDisplay(): Display {
  return createDisplay(newId());
}

/**
 * Displays content below the cell.
 *
 * @example
 * tslab.display.html("<b>bold</b>");
 */
export const display: Display = createDisplay();

function createDisplay(id?: string): Display {
  let isUpdate = false;
  const raw = (contentType: string, content: string | Uint8Array) => {
    sendBundle(readBundle({ [contentType]: content }), id, isUpdate);
    isUpdate = id !== undefined;
  };
  return {
    javascript: (s) => raw("text/javascript", s),
    html: (s) => raw("text/html", s),
    markdown: (s) => raw("text/markdown", s),
    latex: (s) => raw("text/latex", s),
    svg: (s) => raw("image/svg+xml", s),
    png: (b) => raw("image/png", b),
    jpeg: (b) => raw("image/jpeg", b),
    gif: (b) => raw("image/gif", b),
    pdf: (b) => raw("application/pdf", b),
    text: (s) => raw("text/plain", s),
    raw,
  };
}
