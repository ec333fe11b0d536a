/** An assignment as its author wrote it. */

/** A cell of the text source; `line` is where its text begins, counted from 1. */
interface Cell {
  readonly source: string;
  readonly line: number;
}

/** Text that is shown and not answered. */
interface TextCell extends Cell {
  readonly kind: "text";
}

/** The course's own code: runs as it is, whatever a submission makes of it. */
export interface GivenCell extends Cell {
  readonly kind: "given";
  /** Its nbgrader id, unique in the assignment. */
  readonly id: string;
}

/** What the student writes; the solution stands between nbgrader's marks. */
export interface ExerciseCell extends Cell {
  readonly kind: "exercise";
  readonly id: string;
}

/** The tests of an exercise; hidden ones stand between nbgrader's marks. */
export interface TestsCell extends Cell {
  readonly kind: "tests";
  /** The exercise's id; the cell's own nbgrader id is `${exercise}-tests`. */
  readonly exercise: string;
  readonly points: number;
}

/** An answer that must lose marks; never leaves the author's side. */
export interface WrongCell extends Cell {
  readonly kind: "wrong";
  readonly exercise: string;
  /** What reports call it: "forgets the 2". */
  readonly name: string;
  /** A part of what the student must be told. */
  readonly message: string;
}

/** A question that is answered in words and marked by hand. */
export interface ReflectionCell extends Cell {
  readonly kind: "reflection";
  readonly id: string;
  readonly points: number;
  /** The mark scheme, Markdown: what earns points. For the instructor only. */
  readonly scheme: string;
}

export type AssignmentCell =
  | TextCell
  | GivenCell
  | ExerciseCell
  | TestsCell
  | WrongCell
  | ReflectionCell;

/** An assignment's text source, read. */
export interface Assignment {
  /** `NN-slug`. */
  readonly name: string;
  /** The first heading of its text. */
  readonly title: string;
  /** In the order of the source. */
  readonly cells: readonly AssignmentCell[];
  /** SHA-256 of the source, hex: verdicts of another source are out of date. */
  readonly hash: string;
}
