/** A local TypeScript file as JavaScript. */
import { blankForeignLines } from "./foreign-lines";
import { keptImports } from "./kept-imports";
import { lowerTypeScript } from "./lowering/lower-typescript";
import { markMerged } from "./lowering/merged-declarations";
import { Prelude } from "./lowering/prelude";
import {
  endModule,
  type ModuleFacts,
  moduleFacts,
  rewriteModuleStatement,
} from "./module-statements";
import { withinStack } from "./syntax/nesting";
import { type Language, parse } from "./syntax/parse";
import { type Node, Rewriter, type Surroundings } from "./syntax/rewriter";
import { SourceEdits } from "./syntax/source-edits";
import { type TransformTarget, transformStatements } from "./transform/transform-statements";

/**
 * Takes the types out of a file, and imports that are only used as types; keeps its lines, and
 * `require` and `module.exports` where it has them. Throws CellSyntaxError.
 */
export function compileModule(code: string, file: string): string {
  return withinStack(() => compile(code, file));
}

function compile(code: string, file: string): string {
  const parsed = parse(code, languages(file));
  const { program, comments } = parsed;
  const isModule = parsed.hasModuleSyntax && !file.endsWith(".cts");
  const facts = moduleFacts(parsed, isModule, keptImports(code, parsed));
  const prelude = new Prelude("");
  const edits = new SourceEdits(code);
  const rewriter = new Rewriter(code, edits, fileSurroundings(prelude), lowerTypeScript);
  blankForeignLines(code, comments, edits);
  markMerged(program.body, rewriter);
  const transform = program.body.filter((statement) => {
    const { count } = edits;
    rewriteModuleStatement(statement, facts, rewriter);
    if (!rewriter.needsTransform) return false;
    rewriter.needsTransform = false;
    edits.undoTo(count);
    return true;
  });
  if (transform.length > 0) {
    transformStatements(code, parsed, transform, transformTarget(facts), rewriter);
  }
  endModule(rewriter);
  const directives = program.body.filter((it) => "directive" in it && it.directive !== null);
  const before = prelude.text();
  if (before !== "") edits.insert(directives.at(-1)?.end ?? 0, `;${before}`);
  return edits.apply().text;
}

function fileSurroundings(prelude: Prelude): Surroundings {
  return { prelude, place: () => "", wait: (expression) => `await ${expression}` };
}

function languages(file: string): readonly Language[] {
  return file.endsWith(".tsx") ? ["tsx"] : ["ts"];
}

function transformTarget(facts: ModuleFacts): TransformTarget {
  return {
    keepsExports: true,
    handlers: () => lowerTypeScript,
    rewrite: (statement: Node, _owner, _isLast, rewriter) =>
      rewriteModuleStatement(statement, facts, rewriter),
    importModule: (local, specifier) =>
      facts.isModule
        ? `import * as ${local} from ${JSON.stringify(specifier)};`
        : `const ${local}=require(${JSON.stringify(specifier)});`,
  };
}
