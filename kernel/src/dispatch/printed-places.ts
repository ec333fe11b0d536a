import type { MimeBundle } from "../bridge/contract";
import type { CellSource } from "./cell-records";

/** A frame of a printed stack that lies in a cell. */
const FRAME = /^(\s+at .*?)(In\[[^\]\n]+\]):(\d+):(\d+)(?=\)?$)/gm;

/**
 * Returns text that a cell has printed, with the places of its stack frames, which are those of the
 * compiled cell, as they are in the cell's own text.
 */
export function toPrintedPlaces(
  text: string,
  source: (label: string) => CellSource | undefined,
): string {
  if (!text.includes("    at ")) return text;
  return text.replace(
    FRAME,
    (frame, before: string, label: string, line: string, column: string) => {
      const place = source(label)?.toSource({ line: Number(line), column: Number(column) });
      return place ? `${before}${label}:${place.line}:${place.column}` : frame;
    },
  );
}

/** Returns a bundle whose plain text has such places. */
export function withPrintedPlaces(
  bundle: MimeBundle,
  source: (label: string) => CellSource | undefined,
): MimeBundle {
  const text = bundle.data["text/plain"];
  if (typeof text !== "string") return bundle;
  const mapped = toPrintedPlaces(text, source);
  return mapped === text ? bundle : { ...bundle, data: { ...bundle.data, "text/plain": mapped } };
}
