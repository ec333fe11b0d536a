import type { KnownCell } from "./known-cells";
import type { RawCell } from "./notebook-cells";

const KEYS = ["points", "grade", "solution", "locked", "task"] as const;

/** Returns what nbgrader's metadata of a submitted cell say differently from ours, in plain words. */
export function oddMetadata({ called, cell }: KnownCell, raw: RawCell): string[] {
  const ours = cell.metadata.nbgrader;
  const theirs = (raw.nbgrader ?? {}) as Record<string, unknown>;
  const odd = KEYS.flatMap((key) => {
    const [want, got] = [ours?.[key], Object.hasOwn(theirs, key) ? theirs[key] : undefined];
    return want === got ? [] : `${called}: "${key}" was changed to ${brief(got)} (ignored)`;
  });
  if (raw.type !== cell.cell_type)
    odd.push(`${called}: the cell was turned from ${cell.cell_type} into ${raw.type}`);
  return odd;
}

/** A value of any JSON, in a few characters. */
function brief(value: unknown): string {
  if (typeof value === "object" && value !== null) return "something else";
  return String(value).slice(0, 30);
}

/** True when two texts differ by more than space at the ends of lines and empty lines. */
export function differs(a: string, b: string): boolean {
  return essence(a) !== essence(b);
}

function essence(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}
