import type { CompletionItem, TypeProblem } from "../typecheck/type-checker";

/**
 * Remembers what completions offered to import. A front end inserts only the name; where a cell then
 * uses it without importing it, the import can be added.
 */
export interface ImportOffers {
  note(items: readonly CompletionItem[]): void;
  /** The modules that were offered for a name, in order; empty for none. */
  modules(name: string): readonly string[];
  /**
   * Returns the import statements, one a line, that define the names that `problems` miss and that
   * were offered from one module only; empty for none.
   */
  importsFor(problems: readonly TypeProblem[]): string;
  /** Returns the problems; those about names that more than one module has tell the imports. */
  explain(problems: readonly TypeProblem[]): readonly TypeProblem[];
}

/** TypeScript's numbers of "Cannot find name 'x'", without and with a proposal. */
const MISSING_NAME = new Set([2304, 2552]);

/** More names than these are not remembered. */
const MAX_NAMES = 5000;

/** Returns offers of nothing. */
export function createImportOffers(): ImportOffers {
  const offers = new Map<string, Set<string>>();
  const modules = (name: string) => [...(offers.get(name) ?? [])];
  const missing = (problem: TypeProblem) =>
    MISSING_NAME.has(problem.code) ? /'([^']+)'/.exec(problem.message)?.[1] : undefined;

  return {
    note(items) {
      for (const { label, importFrom } of items) {
        if (importFrom === undefined) continue;
        offers.set(label, (offers.get(label) ?? new Set()).add(importFrom));
      }
      for (const oldest of offers.keys()) {
        if (offers.size <= MAX_NAMES) break;
        offers.delete(oldest);
      }
    },
    modules,
    importsFor(problems) {
      const names = new Map<string, Set<string>>();
      for (const name of problems.flatMap((problem) => missing(problem) ?? [])) {
        const [from, ...others] = modules(name);
        if (from === undefined || others.length > 0) continue;
        names.set(from, (names.get(from) ?? new Set()).add(name));
      }
      return [...names].map(([from, all]) => `${importStatement([...all], from)}\n`).join("");
    },
    explain: (problems) =>
      problems.map((problem) => {
        const name = missing(problem);
        const offered = name === undefined ? [] : modules(name);
        if (name === undefined || offered.length < 2) return problem;
        const statements = offered.map((from) => importStatement([name], from));
        return { ...problem, message: `${problem.message} Import it: ${statements.join(" or ")}` };
      }),
  };
}

/** Returns `import { a, b } from "module";`. */
export function importStatement(names: readonly string[], from: string): string {
  return `import { ${names.join(", ")} } from ${JSON.stringify(from)};`;
}
