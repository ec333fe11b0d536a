/** Walks a syntax tree in the order of the source and lets handlers edit the text. */
import { type Node, visitorKeys } from "oxc-parser";
import type { Prelude } from "../lowering/prelude";
import type { SourceEdits } from "./source-edits";
import { skipTrivia } from "./trivia";

export type { Node } from "oxc-parser";

/** A node of one type. */
export type NodeOf<Type extends Node["type"]> = Matching<Node, Type>;

/** Those members of a union whose field `type` can be `Type`; some nodes share an interface. */
type Matching<Union extends Node, Type extends Node["type"]> = Union extends Node
  ? Type extends Union["type"]
    ? Union
    : never
  : never;

/** What is done at nodes of a type; a handler sees to the node's children itself. */
export type Handlers = {
  readonly [Type in Node["type"]]?: (node: NodeOf<Type>, rewriter: Rewriter) => void;
};

type AnyHandler = ((node: Node, rewriter: Rewriter) => void) | undefined;

/** Identifiers that a text uses. */
export interface Mentions {
  readonly values: Set<string>;
  readonly types: Set<string>;
}

/** What the lowering of one node leaves for those inside it or after it. */
class LoweringState {
  /** Enums and namespaces that add to a declaration of the same name and list of statements. */
  readonly merged = new Set<Node>();
  /** Enums and namespaces at the top level. */
  readonly topLevel = new Set<Node>();
  /** By exported enum or namespace: the object that it becomes a property of. */
  readonly exporting = new Map<Node, string>();
  /** What the blocks so far of a namespace export, by its name. */
  readonly namespaceExports = new Map<string, ReadonlySet<string>>();
  /** How many namespaces surround the node. */
  namespaceDepth = 0;
  /** Parameter properties, by the constructor's body. */
  readonly parameterProperties = new Map<Node, readonly string[]>();
  /** By call of `super`: the assignments that follow it. */
  readonly superCalls = new Map<Node, string>();
  /** The declaration that is exported by default, and so needs no name. */
  unnamed: Node | undefined;
  /** What holds the resources of `using` at the top level of a file. */
  fileScope: { readonly name: string; readonly isAsync: boolean } | undefined;
}

/** What a text becomes part of: a cell, a file, an expression. */
export interface Surroundings {
  /** What runs before the text. */
  readonly prelude: Prelude;
  /** Writes an offset as its place in the source: `In[3]:2:7`. */
  place(offset: number): string;
  /** Writes an `await`; `at` is the offset of what it is for. */
  wait(expression: string, at: number): string;
}

/** One pass over one text. */
export class Rewriter {
  readonly mentions: Mentions = { values: new Set(), types: new Set() };
  /** Set when something was met that only a full transform can turn into JavaScript. */
  needsTransform = false;
  /** True once JSX was met. */
  hasJsx = false;
  /** What the lowering of one node leaves for others. */
  readonly lowering = new LoweringState();
  private readonly handlers: Readonly<Record<string, AnyHandler>>;

  constructor(
    readonly code: string,
    readonly edits: SourceEdits,
    readonly surroundings: Surroundings,
    handlers: Handlers,
  ) {
    this.handlers = handlers as Readonly<Record<string, AnyHandler>>;
  }

  visit(node: Node | null | undefined): void {
    if (node === null || node === undefined) return;
    const handler = this.handlers[node.type];
    if (handler === undefined) this.visitChildren(node);
    else handler(node, this);
  }

  visitAll(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) this.visit(node);
  }

  visitChildren(node: Node): void {
    forEachChild(node, (child) => this.visit(child));
  }

  /** Blanks a type; its identifiers count as mentioned. */
  blankType(node: Node | null | undefined): void {
    if (node === null || node === undefined) return;
    this.mentionTypes(node);
    this.edits.blank(node.start, node.end);
  }

  /** Replaces a statement or class member that only speaks of types. */
  erase(node: Node): void {
    this.mentionTypes(node);
    // The semicolon keeps the statements before and after it apart.
    this.edits.overwrite(node.start, node.end, ";");
  }

  /** Ends a statement with a semicolon where an erased type ended it. */
  endStatement(node: Node): void {
    if (this.code[node.end - 1] !== ";") this.edits.endStatement(node.end);
  }

  /** Blanks a `?` or `!` if that is the next token at or after `offset`. */
  blankMark(offset: number, mark: string): void {
    const end = this.skipToken(offset, mark);
    if (end > offset) this.edits.blank(end - 1, end);
  }

  mentionTypes(node: Node): void {
    if (node.type === "Identifier") this.mentions.types.add(node.name);
    forEachChild(node, (child) => this.mentionTypes(child));
  }

  /** The offset of the next token at or after `offset`. */
  skipTrivia(offset: number): number {
    return skipTrivia(this.code, offset);
  }

  /** The offset after `token` if that is the next one at or after `offset`; else `offset`. */
  skipToken(offset: number, token: string): number {
    const start = this.skipTrivia(offset);
    return this.code.startsWith(token, start) ? start + token.length : offset;
  }
}

/** Calls `visit` with the children of a node, in the order of the source. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const keys = visitorKeys[node.type];
  if (keys === undefined) return;
  const fields = node as unknown as Record<string, Node | null | undefined | (Node | null)[]>;
  for (const key of keys) {
    const value = fields[key];
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) {
      for (const child of value) if (child !== null) visit(child);
    } else {
      visit(value);
    }
  }
}
