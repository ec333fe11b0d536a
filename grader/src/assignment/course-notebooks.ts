/** The notebooks of a course that come from its text sources, and which of them are out of date. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Assignment } from "./assignment";
import { buildSolution, buildSource, releasedTexts } from "./build-notebooks";
import { formatNotebook, type Notebook } from "./notebook";
import { listAssignments } from "./read-assignment";

/** nbgrader's source, the students' release, the instructor's solution: folders of the course. */
export type NotebookKind = "source" | "release" | "solution";

const KINDS: readonly NotebookKind[] = ["source", "release", "solution"];

/** Returns where an assignment's notebook lies. */
export function notebookFile(course: string, kind: NotebookKind, name: string): string {
  return path.join(course, kind, name, `${name}.ipynb`);
}

/** Writes nbgrader's source and the solution, where they differ. Returns the files that were written. */
export function writeNotebooks(course: string, assignment: Assignment): readonly string[] {
  return wanted(course, assignment).flatMap(([file, text]) => {
    if (existsSync(file) && readFileSync(file, "utf8") === text) return [];
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return [file];
  });
}

/**
 * Returns the generated notebooks of an assignment that are missing or differ from its text source, in
 * words. Of the release, which nbgrader makes, cells and their texts are compared.
 */
export function findStale(course: string, assignment: Assignment): readonly string[] {
  const stale = wanted(course, assignment).flatMap(([file, text]) =>
    existsSync(file) && readFileSync(file, "utf8") === text ? [] : [file],
  );
  const release = notebookFile(course, "release", assignment.name);
  const differs = !sameTexts(readTexts(release), releasedTexts(assignment));
  return [...stale, ...(differs ? [release] : [])].map((file) =>
    existsSync(file) ? `${file} is out of date` : `${file} is missing`,
  );
}

/** Returns the generated notebooks whose text source is gone, in words. */
export function findOrphans(course: string): readonly string[] {
  const names = new Set(listAssignments(course).map(({ name }) => name));
  return KINDS.flatMap((kind) => {
    const folder = path.join(course, kind);
    const found = existsSync(folder) ? readdirSync(folder) : [];
    return found
      .filter((name) => !names.has(name) && !name.startsWith("."))
      .map((name) => `${path.join(folder, name)} has no text source src/${name}.ts: delete it`);
  });
}

/** Returns the text of each cell of the stored release by its id; undefined where there is none. */
export function readRelease(course: string, name: string): ReadonlyMap<string, string> | undefined {
  return readTexts(notebookFile(course, "release", name));
}

function wanted(course: string, assignment: Assignment): readonly [string, string][] {
  const built: readonly [NotebookKind, Notebook][] = [
    ["source", buildSource(assignment)],
    ["solution", buildSolution(assignment)],
  ];
  return built.map(([kind, notebook]) => [
    notebookFile(course, kind, assignment.name),
    formatNotebook(notebook),
  ]);
}

function readTexts(file: string): ReadonlyMap<string, string> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const notebook = JSON.parse(readFileSync(file, "utf8")) as {
      readonly cells: readonly { readonly id: string; readonly source: string | string[] }[];
    };
    return new Map(notebook.cells.map(({ id, source }) => [id, [source].flat().join("")]));
  } catch {
    // A file that can't be read is as good as none: it is made anew.
    return undefined;
  }
}

function sameTexts(
  a: ReadonlyMap<string, string> | undefined,
  b: ReadonlyMap<string, string>,
): boolean {
  return JSON.stringify([...(a ?? [])]) === JSON.stringify([...b]);
}
