import { nestsDeeper } from "../protocol/nesting";
import { UnreadableError } from "./unreadable-error";

/** A cell as the student's file has it: nothing in it is believed yet. */
export interface RawCell {
  /** nbformat's own id of the cell. */
  readonly cellId: string | undefined;
  /** nbgrader's name for the cell, which copies share. */
  readonly gradeId: string | undefined;
  readonly type: "code" | "markdown" | "raw";
  readonly source: string;
  /** nbgrader's metadata: plain JSON of any shape. */
  readonly nbgrader: unknown;
}

/** A submitted notebook, in parts. */
export interface RawNotebook {
  readonly kernelspec: string | undefined;
  readonly cells: readonly RawCell[];
  /** What was left out, in plain words. */
  readonly notes: readonly string[];
}

/** The most that a submission may have. */
const MOST = { cells: 500, characters: 200_000, depth: 60 } as const;

const NAME_CHARACTERS = 200;

/** A property of a JSON object that is its own: `__proto__` and the like mean nothing. */
function own(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

function shortName(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= NAME_CHARACTERS ? value : undefined;
}

/** The text of a `source`: a string or a list of strings. */
function sourceText(source: unknown): string | undefined {
  if (typeof source === "string") return source;
  if (Array.isArray(source) && source.every((line) => typeof line === "string"))
    return source.join("");
  return undefined;
}

function readCell(cell: unknown, number: number, notes: string[]): RawCell | undefined {
  const type = own(cell, "cell_type");
  const source = sourceText(own(cell, "source"));
  if (source === undefined || (type !== "code" && type !== "markdown" && type !== "raw")) {
    notes.push(`cell ${number} has no readable text or no known type: it was left out`);
    return undefined;
  }
  if (source.length > MOST.characters) {
    notes.push(
      `cell ${number} has ${source.length} characters, and ${MOST.characters} is the limit: it was left out`,
    );
    return undefined;
  }
  return {
    cellId: shortName(own(cell, "id")),
    gradeId: shortName(own(cell, "metadata", "nbgrader", "grade_id")),
    type,
    source,
    nbgrader: own(cell, "metadata", "nbgrader"),
  };
}

function parse(json: string): unknown {
  if (nestsDeeper(json, MOST.depth))
    throw new UnreadableError(
      "not-a-notebook",
      `its JSON nests deeper than ${MOST.depth} levels: no notebook does`,
    );
  try {
    return JSON.parse(json);
  } catch {
    throw new UnreadableError(
      "not-a-notebook",
      "it is not valid JSON: was it edited as text, or only partly uploaded? Ask for it again",
    );
  }
}

/**
 * The cells of a notebook file's bytes.
 * @throws {UnreadableError} When they are not a notebook of format 4, or have too many cells.
 */
export function notebookCells(bytes: Uint8Array): RawNotebook {
  // Without the mark that some editors put before the text; wrong bytes become U+FFFD.
  const notebook = parse(new TextDecoder().decode(bytes));
  const cells = own(notebook, "cells");
  if (own(notebook, "nbformat") !== 4 || !Array.isArray(cells))
    throw new UnreadableError(
      "not-a-notebook",
      "it is not a notebook of format 4: open it in JupyterLab and save it again",
    );
  if (cells.length > MOST.cells)
    throw new UnreadableError(
      "not-a-notebook",
      `it has ${cells.length} cells, and ${MOST.cells} is the limit: ask for it without the superfluous ones`,
    );
  const notes: string[] = [];
  const read = cells.flatMap((cell, index) => readCell(cell, index + 1, notes) ?? []);
  return {
    kernelspec: shortName(own(notebook, "metadata", "kernelspec", "name")),
    cells: read,
    notes,
  };
}
