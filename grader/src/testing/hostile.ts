/** Submissions of an assignment with two exercises: honest ones, and such as attack the grader. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildSource, releasedTexts } from "../assignment/build-notebooks";
import type { Exam } from "../assignment/exam";
import { loadExam } from "../assignment/load-exam";
import { readAssignment } from "../assignment/read-assignment";
import { readSubmission } from "../intake/read-submission";
import type { Submission } from "../intake/submission";
import { UnreadableError } from "../intake/unreadable-error";
import { judgeSubmission } from "../judge/judge-submission";
import { type Judgement, scoreOf } from "../judge/judgement";
import type { Limits } from "../sandbox/limits";

const FILE = fileURLToPath(new URL("../../fixtures/90-two-exercises.ts", import.meta.url));

/** Two exercises, `f1-score` with 4 points and `applied` with 3; a reflection `why-f1`. */
export const ASSIGNMENT = readAssignment(FILE);

/** The points of an honest submission: 4 for `f1-score`, 3 for `applied`. */
export const FULL = 7;

let exam: Promise<Exam> | undefined;

/** Resolves to the exam of `ASSIGNMENT`. */
export function hostileExam(): Promise<Exam> {
  exam ??= loadExam(ASSIGNMENT, FILE);
  return exam;
}

/** Answers that are right. */
export const RIGHT = {
  "f1-score": `function f1Score(tp: number, fp: number, fn: number): number {
  return tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn);
}`,
  applied: `function applied(values: number[], f: (value: number) => number): number[] {
  return values.map((value) => f(value));
}`,
  "why-f1": "When one class is rare.",
} as const;

/** Answers that deserve nothing. */
export const WRONG = {
  "f1-score": "function f1Score(): number { return -1; }",
  applied: "function applied(): number[] { return []; }",
  "why-f1": "",
} as const;

/** A cell of a submitted notebook, which a test may change as it likes. */
export interface LooseCell {
  cell_type: string;
  id?: unknown;
  metadata: { nbgrader?: Record<string, unknown> } & Record<string, unknown>;
  source: unknown;
  outputs?: unknown[];
  execution_count?: number | null;
}

/** A submitted notebook, which a test may change as it likes. */
export interface LooseNotebook {
  nbformat: unknown;
  nbformat_minor: number;
  metadata: Record<string, unknown>;
  cells: LooseCell[];
}

/** What a submission has in place of the honest one's. */
export interface Changes {
  /** Answers by id; the others are right. */
  readonly answers?: Readonly<Partial<Record<keyof typeof RIGHT, string>>>;
  /** A cell of the student's own at the top. */
  readonly before?: string;
  /** A cell of the student's own at the end. */
  readonly after?: string;
  /** Changes the notebook. */
  readonly edit?: (notebook: LooseNotebook) => void;
  /** The bytes of the file in place of the notebook's. */
  readonly bytes?: string | Uint8Array;
  /** Changes what lies on the disk; is told where the notebook is. */
  readonly place?: (file: string) => void;
}

/** Returns the honest notebook with changes. */
export function hostileNotebook({ answers, before, after, edit }: Changes = {}): LooseNotebook {
  const texts = new Map([
    ...releasedTexts(ASSIGNMENT),
    ...Object.entries({ ...RIGHT, ...answers }),
  ]);
  const { cells, ...rest } = structuredClone(buildSource(ASSIGNMENT)) as unknown as LooseNotebook;
  const notebook: LooseNotebook = {
    ...rest,
    cells: cells.map((cell) => ({ ...cell, source: texts.get(String(cell.id)) ?? cell.source })),
  };
  if (before !== undefined) notebook.cells.unshift(ownCell(before));
  if (after !== undefined) notebook.cells.push(ownCell(after));
  edit?.(notebook);
  return notebook;
}

/** Returns a cell of code as a student adds one. */
export function ownCell(source: string): LooseCell {
  return { cell_type: "code", metadata: {}, source, outputs: [], execution_count: null };
}

/** Returns the assignment's cell of an id; throws where it is no more. */
export function cellOf({ cells }: LooseNotebook, id: string): LooseCell {
  const cell = cells.find(({ metadata }) => metadata.nbgrader?.grade_id === id);
  if (cell === undefined) throw new Error(`there is no cell ${id}`);
  return cell;
}

/** Calls `use` with the file of a submission, and takes everything away afterwards. */
export async function withSubmission<T>(
  changes: Changes,
  use: (file: string) => T | Promise<T>,
): Promise<T> {
  const root = mkdtempSync(path.join(tmpdir(), "headroom-hostile-"));
  const { name } = ASSIGNMENT;
  const file = path.join(root, "submitted", "mallory", name, `${name}.ipynb`);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, changes.bytes ?? JSON.stringify(hostileNotebook(changes)));
    changes.place?.(file);
    return await use(file);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Short enough for a test, long enough for an honest program on a busy machine. */
export const SHORT: Partial<Limits> = { cellSeconds: 2, callSeconds: 1, totalSeconds: 15 };

/** How a submission ended. */
export interface Outcome {
  /** undefined for a file that could not be read. */
  readonly submission?: Submission;
  readonly judgement?: Judgement;
  /** Points of the tests that passed; 0 for a file that could not be read. */
  readonly score: number;
  /** Everything that the instructor is told. */
  readonly notes: readonly string[];
}

/** Reads and judges a submission with changes. */
export function judgeHostile(
  changes: Changes = {},
  slot = 0,
  limits: Partial<Limits> = SHORT,
): Promise<Outcome> {
  return withSubmission(changes, async (file) => {
    let submission: Submission;
    try {
      submission = readSubmission(file, ASSIGNMENT);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      return { score: 0, notes: [`unreadable: ${error.message}`] };
    }
    const judgement = await judgeSubmission(await hostileExam(), submission.cells, {
      slot,
      limits,
    });
    const score = scoreOf(judgement);
    return { submission, judgement, score, notes: [...submission.notes, ...judgement.notes] };
  });
}
