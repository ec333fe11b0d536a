import { inspect } from "node:util";
import { InputError } from "./errors";
import type { Figure } from "./figure";
import { frameTable, isFrame } from "./frame-table";
import { findDisplay } from "./kernel-display";
import { type Displayable, displaySymbol, isDisplayable, type MimeBundle } from "./mime-bundle";
import { figureToPng, PICTURE_SCALE, PICTURE_WIDTH } from "./static-picture";

/** How `display` shows a value. */
export interface DisplayOptions {
  /** Names the output, so that a later call can replace it. */
  id?: string;
  /** Replaces the output that was displayed with the same id, wherever it stands. */
  update?: boolean;
}

/**
 * Displays a value below the cell: a figure (interactive where the front end can, else as a
 * picture), a table, a danfojs frame or column, Markdown and the like, whatever has a method
 * `Symbol.for("Jupyter.display")`, or any other value as text. Outside a kernel its text is printed.
 *
 * @throws InputError `wrong-type` for `update` without an id, or a display method that returns no
 *   formats
 */
export async function display(value: unknown, options: DisplayOptions = {}): Promise<void> {
  const { id, update = false } = options;
  if (update && id === undefined) {
    throw new InputError(
      "wrong-type",
      "update needs an id: give the one with which the output was displayed.",
    );
  }
  const formats = await toMimeBundle(value);
  findDisplay()({ ...formats, ...(id !== undefined && { transient: { display_id: id } }) }, update);
}

/** Returns what `display` sends for a value: its formats by MIME type, and facts about them. */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  if (isDisplayable(value)) return readBundle(await value[displaySymbol]());
  if (isFigure(value)) return figureBundle(value);
  if (isFrame(value)) return toMimeBundle(frameTable(value) satisfies Displayable);
  return { data: { "text/plain": toText(value) }, metadata: {} };
}

/** Deno's objects return the formats themselves, others a bundle. */
function readBundle(returned: unknown): MimeBundle {
  if (typeof returned !== "object" || returned === null) {
    throw new InputError(
      "wrong-type",
      `A method Symbol.for("Jupyter.display") returned ${String(returned)}: ` +
        'expected formats such as { "text/plain": "..." }.',
    );
  }
  const { data, metadata } = returned as { data?: unknown; metadata?: unknown };
  return typeof data === "object" && data !== null
    ? { data: { ...data }, metadata: typeof metadata === "object" ? { ...metadata } : {} }
    : { data: { ...returned }, metadata: {} };
}

function isFigure(value: unknown): value is Figure {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    Array.isArray(value.data) &&
    "layout" in value &&
    "alt" in value &&
    typeof value.alt === "string"
  );
}

/** The picture is for where Plotly can't run: GitHub, HTML exports, PDF. */
async function figureBundle(figure: Figure): Promise<MimeBundle> {
  const { data, layout, alt } = figure;
  const picture = await figureToPng(figure);
  const height = new DataView(picture.buffer, picture.byteOffset).getUint32(20) / PICTURE_SCALE;
  return {
    data: {
      "application/vnd.plotly.v1+json": {
        data,
        layout,
        config: { responsive: true, displaylogo: false },
      },
      "image/png": Buffer.from(picture).toString("base64"),
      "text/plain": alt,
    },
    metadata: { "image/png": { alt, width: PICTURE_WIDTH, height } },
  };
}

/** Objects with a text of their own show that, everything else as Node prints it. */
function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && hasOwnText(value)) return String(value);
  return inspect(value, { colors: false, depth: 4, breakLength: 88, sorted: false });
}

const BUILT_IN = [Object, Array, Date, Error, RegExp, Function].map(
  (builtIn) => builtIn.prototype.toString,
);

function hasOwnText(value: object): boolean {
  const { toString: ownText } = value;
  return typeof ownText === "function" && !ArrayBuffer.isView(value) && !BUILT_IN.includes(ownText);
}
