/** What a student handed in, taken apart: their text in it is still theirs, and not to be trusted. */

/** A cell of code that runs. */
export interface SubmittedCell {
  /** Its nbgrader id; undefined for a cell that the student added. Copies of a cell share it. */
  readonly id: string | undefined;
  readonly source: string;
}

/** A cell that the assignment does not have: the student's own, or an older copy of an answer. */
export interface AddedCell {
  /** The id of the assignment's cell that it follows; undefined at the top. */
  readonly after: string | undefined;
  readonly source: string;
  /** Its place in `cells`; undefined for text. */
  readonly ran: number | undefined;
}

/** A submission that could be read. */
export interface Submission {
  /** In running order: the given cells are ours, test cells are not among them. */
  readonly cells: readonly SubmittedCell[];
  /** The answers to reflections, Markdown, by id; one whose cell was deleted is missing. */
  readonly reflections: ReadonlyMap<string, string>;
  /** In the student's order. */
  readonly added: readonly AddedCell[];
  /** What was odd, for the instructor, in plain words. */
  readonly notes: readonly string[];
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
}
