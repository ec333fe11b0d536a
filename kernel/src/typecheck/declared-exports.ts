/** What a package exports, by its declaration files alone. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ancestors } from "./notebook-mirror";

/** A name that can be imported. */
export interface ExportedName {
  readonly name: string;
  /** Jupyter's word for what it is. */
  readonly kind: string;
}

/** Bounds the work for one package. */
const MOST_FILES = 600;

/**
 * Returns the names that the package exports; none when it has no types. Reads the files one by one,
 * so that other work can go on between them.
 */
export async function declaredExports(name: string, folder: string): Promise<ExportedName[]> {
  const names = new Map<string, string>();
  const entry = typesOf(name, folder);
  const queue = entry ? [entry] : [];
  const seen = new Set(queue);
  const { parseSync } = await import("oxc-parser");
  for (const file of queue) {
    await new Promise((resolve) => setImmediate(resolve));
    const { program, module } = parseSync(file, readFileSync(file, "utf8"), { lang: "dts" });
    const statements = program.body as unknown as readonly Node[];
    const kinds = declaredKinds(statements);
    for (const { entries } of module.staticExports) {
      for (const { exportName, localName, moduleRequest } of entries) {
        if (exportName.name && exportName.kind === "Name") {
          names.set(exportName.name, kinds.get(localName.name ?? exportName.name) ?? "variable");
        } else if (moduleRequest && exportName.kind === "None") {
          const target = resolveTypes(moduleRequest.value, path.dirname(file));
          if (!target || seen.has(target) || seen.size >= MOST_FILES) continue;
          seen.add(target);
          queue.push(target);
        }
      }
    }
    for (const [member, kind] of assignedExports(statements)) names.set(member, kind);
  }
  return [...names].map(([exported, kind]) => ({ name: exported, kind }));
}

interface Node {
  readonly type: string;
  readonly id?: { readonly name?: string } | null;
  readonly declaration?: Node | null;
  readonly declarations?: readonly { readonly id: { readonly name?: string } }[];
  readonly expression?: { readonly type: string; readonly name?: string };
  readonly body?: { readonly body?: readonly Node[] } | null;
}

const KINDS: Readonly<Record<string, string>> = {
  FunctionDeclaration: "function",
  TSDeclareFunction: "function",
  ClassDeclaration: "class",
  TSEnumDeclaration: "enum",
  TSInterfaceDeclaration: "interface",
  TSTypeAliasDeclaration: "interface",
  TSModuleDeclaration: "module",
};

function declaredKinds(statements: readonly Node[]): Map<string, string> {
  const kinds = new Map<string, string>();
  for (const statement of statements) {
    const declared = statement.declaration ?? statement;
    const kind = KINDS[declared.type];
    // What stands for a value counts more than a type or a namespace of the same name.
    if (kind && declared.id?.name && !kinds.has(declared.id.name))
      kinds.set(declared.id.name, kind);
    for (const { id } of declared.declarations ?? []) if (id.name) kinds.set(id.name, "variable");
  }
  return kinds;
}

/** What `export = name` exports: the members of the namespace of that name. */
function assignedExports(statements: readonly Node[]): Map<string, string> {
  const assigned = statements.find(({ type }) => type === "TSExportAssignment")?.expression?.name;
  const members = new Map<string, string>();
  if (assigned === undefined) return members;
  for (const { type, id, body } of statements) {
    if (type !== "TSModuleDeclaration" || id?.name !== assigned) continue;
    for (const [name, kind] of declaredKinds(body?.body ?? [])) members.set(name, kind);
  }
  return members;
}

function resolveTypes(specifier: string, folder: string): string | undefined {
  if (!specifier.startsWith(".")) return typesOf(specifier, folder);
  return typesFile(path.resolve(folder, specifier));
}

/** Returns the package's declaration file, its own or that of `@types`. */
function typesOf(name: string, folder: string): string | undefined {
  const [first = "", second = ""] = name.split("/");
  const packageName = name.startsWith("@") ? `${first}/${second}` : first;
  // Parts of packages, such as `rxjs/operators`, are left to those who know them.
  if (packageName !== name) return undefined;
  const community = name.replace(/^@([^/]+)\//, "$1__");
  for (const candidate of [name, `@types/${community}`]) {
    for (const at of ancestors(folder)) {
      const home = path.join(at, "node_modules", candidate);
      const manifest = path.join(home, "package.json");
      if (!existsSync(manifest)) continue;
      const file = entryOf(home, manifest);
      if (file) return file;
      break;
    }
  }
  return undefined;
}

function entryOf(home: string, manifest: string): string | undefined {
  let content: Record<string, unknown>;
  try {
    content = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const declared =
    typesCondition(content.exports) ?? content.types ?? content.typings ?? "index.d.ts";
  return typeof declared === "string" ? typesFile(path.join(home, declared)) : undefined;
}

/** The `types` of the package's main export, under whatever conditions it stands. */
function typesCondition(exports: unknown): string | undefined {
  if (typeof exports !== "object" || exports === null) return undefined;
  const conditions = exports as Record<string, unknown>;
  if ("." in conditions) return typesCondition(conditions["."]);
  if (typeof conditions.types === "string") return conditions.types;
  for (const [name, value] of Object.entries(conditions)) {
    const found = name.startsWith(".") ? undefined : typesCondition(value);
    if (found) return found;
  }
  return undefined;
}

function typesFile(base: string): string | undefined {
  const plain = base.replace(/\.(?:d\.)?([cm]?)[jt]s$/, "");
  const candidates = [
    base,
    `${plain}.d.ts`,
    `${plain}.d.mts`,
    `${plain}.d.cts`,
    path.join(base, "index.d.ts"),
  ];
  return candidates.find((file) => /\.d\.[cm]?ts$/.test(file) && isFile(file));
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
