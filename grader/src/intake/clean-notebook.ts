import type { Assignment } from "../assignment/assignment";
import {
  type CodeCell,
  NOTEBOOK_METADATA,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
} from "../assignment/notebook";
import type { CellResult, Judgement } from "../judge/judgement";
import { type KnownCell, knownCells } from "./known-cells";
import { plainText } from "./plain-text";
import type { AddedCell, Submission } from "./submission";

/**
 * Returns the notebook that nbgrader gets in place of the student's: our cells in our order, the
 * student's text in them and their own cells between; outputs are those of our own run, text only.
 * @param judgement of this submission; without it there are no outputs
 */
export function cleanNotebook(
  assignment: Assignment,
  submission: Submission,
  judgement?: Judgement,
): Notebook {
  const added = submission.added.map((cell, index) => ({
    after: cell.after,
    cell: addedCell(cell, index, judgement),
  }));
  const following = (id: string | undefined): NotebookCell[] =>
    added.filter(({ after }) => after === id).map(({ cell }) => cell);
  const ours = [...knownCells(assignment).values()].flatMap((known) => [
    knownCell(known, submission, judgement),
    ...following(known.id),
  ]);
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: NOTEBOOK_METADATA,
    cells: [...following(undefined), ...ours],
  };
}

function knownCell(
  { id, role, cell, released }: KnownCell,
  { cells, reflections }: Submission,
  judgement: Judgement | undefined,
): NotebookCell {
  // As it was handed out, nbgrader knows by itself that there is nothing to mark.
  if (role === "reflection") return { ...cell, source: plainText(reflections.get(id) ?? released) };
  if (cell.cell_type !== "code" || role === "tests") return cell;
  const ran = cells.findLastIndex((each) => each.id === id);
  const outputs = outputsOf(judgement?.cells[ran]);
  if (role === "given") return { ...cell, outputs };
  return { ...cell, source: plainText(cells[ran]?.source ?? ""), outputs };
}

function addedCell(
  { source, ran }: AddedCell,
  index: number,
  judgement: Judgement | undefined,
): NotebookCell {
  const own = { id: `added-${index + 1}`, metadata: {}, source: plainText(source) } as const;
  if (ran === undefined) return { cell_type: "markdown", ...own };
  const outputs = outputsOf(judgement?.cells[ran]);
  return { cell_type: "code", ...own, execution_count: null, outputs } satisfies CodeCell;
}

function outputsOf(result: CellResult | undefined): NotebookOutput[] {
  if (result === undefined) return [];
  const { text, error, stopped } = result;
  return [
    ...(text === "" ? [] : [{ output_type: "stream", name: "stdout", text }]),
    ...(error === undefined ? [] : [errorOutput(error.name, error.message)]),
    ...(stopped === undefined ? [] : [errorOutput("Stopped", stopped)]),
  ];
}

function errorOutput(ename: string, evalue: string): NotebookOutput {
  return { output_type: "error", ename, evalue, traceback: [`${ename}: ${evalue}`] };
}
