/** A notebook as nbformat 4.5 has it, and the bytes in which it is stored. */

/** What nbgrader knows of a cell: schema 3. */
export interface GradeMetadata {
  readonly schema_version: 3;
  readonly grade_id: string;
  readonly grade: boolean;
  readonly solution: boolean;
  readonly locked: boolean;
  readonly task: boolean;
  readonly points?: number;
}

/** A cell's metadata; nbgrader's stand under `nbgrader`. */
interface CellMetadata {
  readonly nbgrader?: GradeMetadata;
  readonly [name: string]: unknown;
}

/** What a code cell has put out. */
export interface NotebookOutput {
  readonly output_type: string;
  readonly [name: string]: unknown;
}

/** A cell of Markdown. */
interface MarkdownCell {
  readonly cell_type: "markdown";
  readonly id: string;
  readonly metadata: CellMetadata;
  readonly source: string;
}

/** A cell of code. */
export interface CodeCell {
  readonly cell_type: "code";
  readonly id: string;
  readonly metadata: CellMetadata;
  readonly source: string;
  readonly execution_count: number | null;
  readonly outputs: readonly NotebookOutput[];
}

/** A cell of a notebook that we write. */
export type NotebookCell = MarkdownCell | CodeCell;

/** A notebook that we write. */
export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly cells: readonly NotebookCell[];
}

/** The metadata of every assignment's notebook: which kernel runs it. */
export const NOTEBOOK_METADATA = {
  kernelspec: { display_name: "TypeScript (Headroom)", language: "typescript", name: "headroom" },
  language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
} as const;

/** Returns the notebook as nbformat stores it: lines in lists, sorted keys, one space of indentation. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({ ...cell, source: splitLines(cell.source) }));
  return `${JSON.stringify(sorted({ ...notebook, cells }), null, 1)}\n`;
}

function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
