/** What a cell's code must say so that the kernel can wait, import and find modules for it. */
import { RUNTIME } from "../bridge/contract";
import { lowerTypeScript } from "./lowering/lower-typescript";
import { lowerUsingLoop } from "./lowering/lower-using";
import type { Prelude } from "./lowering/prelude";
import type { Handlers, Node, NodeOf, Rewriter, Surroundings } from "./syntax/rewriter";
import { shadowedRanges } from "./syntax/shadowing";

/** Names that Node's CommonJS modules have, and what stands for them in cells. */
const MODULE_NAMES: ReadonlyMap<string, string> = new Map([
  ["require", `${RUNTIME}.require`],
  ["__dirname", `${RUNTIME}.dirname`],
  ["__filename", `${RUNTIME}.filename`],
]);

const MENTIONS_MODULE_NAMES = /\b(?:require|__dirname|__filename)\b/;

/** The surroundings of code whose awaits go through the kernel. */
export function cellSurroundings(
  prelude: Prelude,
  place: (offset: number) => string,
): Surroundings {
  const wait = (expression: string, at: number): string =>
    `await ${RUNTIME}.wait(${expression},${JSON.stringify(place(at))})`;
  return { prelude, place, wait };
}

/** Handlers for a cell's code, TypeScript or JavaScript. */
export function cellHandlers(program: Node, code: string): Handlers {
  return MENTIONS_MODULE_NAMES.test(code) ? { ...CELL, ...moduleNames(program) } : CELL;
}

const CELL: Handlers = {
  ...lowerTypeScript,
  AwaitExpression: (node, rewriter) => call(node.argument, "wait", node.start, rewriter),
  ForOfStatement: (node, rewriter) => {
    if (!node.await) {
      lowerTypeScript.ForOfStatement?.(node, rewriter);
      return;
    }
    const visitRight = (): void => call(node.right, "iterate", node.start, rewriter);
    if (lowerUsingLoop(node, rewriter, visitRight)) return;
    if (node.left.type === "VariableDeclaration") rewriter.visitAll(node.left.declarations);
    else rewriter.visit(node.left);
    visitRight();
    rewriter.visit(node.body);
  },
  ImportExpression: importExpression,
  MetaProperty: (node, rewriter) => {
    if (node.meta.name !== "import") return;
    rewriter.edits.replace(node.start, node.end, `${RUNTIME}.meta`);
  },
};

/** Puts an expression into a call of the kernel. */
function call(expression: Node, method: string, at: number, rewriter: Rewriter): void {
  const space = /[\w$]/.test(rewriter.code[expression.start - 1] ?? "") ? " " : "";
  rewriter.edits.insert(expression.start, `${space}${RUNTIME}.${method}(`);
  rewriter.visit(expression);
  rewriter.edits.insert(expression.end, `,${JSON.stringify(rewriter.surroundings.place(at))})`);
}

function importExpression(node: NodeOf<"ImportExpression">, rewriter: Rewriter): void {
  let end = node.start + "import".length;
  if (node.phase !== null) end = rewriter.skipToken(rewriter.skipToken(end, "."), node.phase);
  rewriter.edits.replace(node.start, end, `${RUNTIME}.import`);
  rewriter.visit(node.source);
  rewriter.visit(node.options);
}

/**
 * `require` and its like are not globals, which would mislead packages: each mention that is no
 * variable of the cell's own goes to the kernel, unless an earlier cell has made it a global.
 */
function moduleNames(program: Node): Handlers {
  const shadowed = shadowedRanges(program, new Set(MODULE_NAMES.keys()));
  const replacement = (node: NodeOf<"Identifier">): string | undefined => {
    const value = MODULE_NAMES.get(node.name);
    const ranges = shadowed.get(node.name) ?? [];
    const isOwn = ranges.some((range) => range.start <= node.start && node.end <= range.end);
    if (value === undefined || isOwn) return undefined;
    return `(globalThis.${node.name}??${value})`;
  };
  return {
    Identifier: (node, rewriter) => {
      const text = replacement(node);
      if (text === undefined) lowerTypeScript.Identifier?.(node, rewriter);
      else rewriter.edits.replace(node.start, node.end, text);
    },
    Property: (node, rewriter) => {
      const text = node.shorthand && node.value.type === "Identifier" && replacement(node.value);
      if (typeof text === "string") rewriter.edits.insert(node.end, `:${text}`);
      else lowerTypeScript.Property?.(node, rewriter);
    },
  };
}
