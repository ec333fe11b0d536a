/** What is kept of a judged submission: a file of its own, `verdicts/ASSIGNMENT/STUDENT.json`. */
import type { Judgement } from "../judge/judgement";

/** An author's wrong answer that a student gave, as the assignment's text source calls it. */
export interface KnownWrongAnswer {
  readonly exercise: string;
  readonly name: string;
}

/** A submission's verdict; what it was given for stands in it. */
export interface Verdict {
  readonly version: 1;
  readonly assignment: string;
  readonly student: string;
  /** The exam's hash: another one means that the tests have changed since. */
  readonly exam: string;
  /** SHA-256 of the notebook that was handed in, hex: another one means that it was handed in anew. */
  readonly submission: string;
  /** When it was handed in, ISO 8601; absent where that is not known. */
  readonly submittedAt?: string | undefined;
  /** Points of the tests that passed; marks by hand come on top, in the gradebook. */
  readonly score: number;
  readonly maximum: number;
  /** null where there was nothing to judge. */
  readonly judgement: Judgement | null;
  /** Why the file could not be read, for the instructor. */
  readonly unreadable?: string;
  readonly wrongAnswers: readonly KnownWrongAnswer[];
  /** What the instructor should know, from reading and from judging. */
  readonly notes: readonly string[];
}

/**
 * Returns the verdict that a file's text holds; undefined for what is none, or one of another version: the
 * submission is then judged again. Verdicts are our own files, so only their frame is looked at.
 */
export function parseVerdict(text: string): Verdict | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isVerdict(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== "object" || value === null) return false;
  const { version, student, exam, submission, score, maximum, wrongAnswers, notes } =
    value as Partial<Verdict>;
  return (
    version === 1 &&
    [student, exam, submission].every((text) => typeof text === "string") &&
    [score, maximum].every((points) => Number.isFinite(points)) &&
    [wrongAnswers, notes].every((list) => Array.isArray(list))
  );
}
