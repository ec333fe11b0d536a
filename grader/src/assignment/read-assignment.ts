/** From a text source to an assignment. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Assignment } from "./assignment";
import { AssignmentError, type Problem } from "./assignment-error";
import { readPercent } from "./percent-format";
import { readCell } from "./read-cell";
import { findStructureProblems } from "./structure";

const NAME = /^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/;

/** Where an assignment's text source lies. */
export interface AssignmentFile {
  /** `NN-slug`. */
  readonly name: string;
  readonly file: string;
}

/**
 * Returns the assignments of a course by name, in order.
 * @param course nbgrader's course folder; its text sources lie in `src/`
 */
export function listAssignments(course: string): readonly AssignmentFile[] {
  const folder = path.join(course, "src");
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${course} is no course: it needs a folder src/ with a text source NN-slug.ts for each assignment (${problem})`,
    );
  }
  const sources = names.filter((name) => name.endsWith(".ts"));
  return sources.sort().map((name) => ({ name: name.slice(0, -3), file: path.join(folder, name) }));
}

/** Returns the assignment of a text source. Throws AssignmentError for one that has mistakes. */
export function readAssignment(file: string): Assignment {
  return parseAssignment(readFileSync(file, "utf8"), file);
}

/**
 * Returns the assignment that a text means.
 * @param file where the text is from: its name is the assignment's, and errors tell it
 * @throws AssignmentError with every mistake that was found
 */
export function parseAssignment(text: string, file: string): Assignment {
  const name = path.basename(file, ".ts");
  const { header, cells: found, problems: unread } = readPercent(text);
  const problems: Problem[] = [...unread, ...findHeadProblems(name, header)];
  const cells = found.flatMap((cell) => {
    const read = readCell(cell, problems);
    return read === undefined ? [] : [read];
  });
  const first = cells[0];
  const title = first?.kind === "text" ? /^# +(\S.*)$/m.exec(first.source)?.[1] : undefined;
  if (title === undefined) {
    const message = 'the first cell must be a text cell that begins with the title ("# ...")';
    problems.push({ line: first?.line ?? 1, message });
  }
  problems.push(...findStructureProblems(cells));
  if (problems.length > 0) {
    throw new AssignmentError(
      file,
      problems.sort((a, b) => a.line - b.line),
    );
  }
  const hash = createHash("sha256").update(text).digest("hex");
  return { name, title: title ?? "", cells, hash };
}

function findHeadProblems(name: string, header: string): Problem[] {
  const problems: Problem[] = [];
  if (!NAME.test(name)) {
    const message = `an assignment's file is called NN-slug.ts, such as 02-skewed-data-metrics.ts, not ${name}.ts`;
    problems.push({ line: 1, message });
  }
  if (!/^ +name: headroom$/m.test(header)) {
    const message =
      'the file must begin with a header between two lines "// ---" that names the kernel headroom, as that of the lessons does';
    problems.push({ line: 1, message });
  }
  return problems;
}
