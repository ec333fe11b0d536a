/** A cell's top-level names. */
import type { Program } from "oxc-parser";
import type { BindingKind } from "./compiled-cell";
import { namespaceNames } from "./lowering/merged-declarations";
import { boundNames } from "./syntax/bound-names";
import type { Node } from "./syntax/rewriter";

/** Lists a program's top-level names; a name that is a type and a value counts as the value. */
export function findBindings(program: Program): ReadonlyMap<string, BindingKind> {
  const kinds = new Map<string, BindingKind>();
  const bind = (name: string, kind: BindingKind): void => {
    const known = kinds.get(name);
    if (known === undefined || isType(known)) kinds.set(name, kind);
  };
  for (const statement of program.body) bindStatement(statement, bind);
  return kinds;
}

function isType(kind: BindingKind): boolean {
  return kind === "type" || kind === "import type";
}

type Bind = (name: string, kind: BindingKind) => void;

function bindStatement(statement: Node, bind: Bind): void {
  switch (statement.type) {
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      if (statement.declaration !== null) bindStatement(statement.declaration, bind);
      break;
    case "VariableDeclaration": {
      const kind = statement.kind === "let" || statement.kind === "var" ? "let" : "const";
      for (const item of statement.declarations) {
        for (const name of boundNames(item.id)) bind(name, kind);
      }
      break;
    }
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      if (statement.id !== null) bind(statement.id.name, "function");
      break;
    case "ClassDeclaration":
      if (statement.id !== null) bind(statement.id.name, "class");
      break;
    case "TSEnumDeclaration":
      bind(statement.id.name, "enum");
      break;
    case "TSModuleDeclaration":
      if (!statement.global) {
        for (const name of namespaceNames(statement).slice(0, 1)) bind(name, "namespace");
      }
      break;
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      bind(statement.id.name, "type");
      break;
    case "TSImportEqualsDeclaration":
      bind(statement.id.name, statement.importKind === "type" ? "import type" : "import");
      break;
    case "ImportDeclaration":
      for (const item of statement.specifiers) {
        const isTypeOnly =
          statement.importKind === "type" ||
          (item.type === "ImportSpecifier" && item.importKind === "type");
        bind(item.local.name, isTypeOnly ? "import type" : "import");
      }
      break;
    default:
      bindNestedVars(statement, bind);
  }
}

/** `var` inside loops and blocks belongs to the whole cell. */
function bindNestedVars(node: Node | null, bind: Bind): void {
  switch (node?.type) {
    case "VariableDeclaration":
      if (node.kind === "var") bindStatement(node, bind);
      break;
    case "BlockStatement":
      for (const statement of node.body) bindNestedVars(statement, bind);
      break;
    case "IfStatement":
      bindNestedVars(node.consequent, bind);
      bindNestedVars(node.alternate, bind);
      break;
    case "ForStatement":
      bindNestedVars(node.init, bind);
      bindNestedVars(node.body, bind);
      break;
    case "ForInStatement":
    case "ForOfStatement":
      bindNestedVars(node.left, bind);
      bindNestedVars(node.body, bind);
      break;
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      bindNestedVars(node.body, bind);
      break;
    case "TryStatement":
      bindNestedVars(node.block, bind);
      bindNestedVars(node.handler?.body ?? null, bind);
      bindNestedVars(node.finalizer, bind);
      break;
    case "SwitchStatement":
      for (const item of node.cases) {
        for (const statement of item.consequent) bindNestedVars(statement, bind);
      }
      break;
    default:
  }
}
