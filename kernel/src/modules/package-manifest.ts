import { readFileSync } from "node:fs";
import path from "node:path";

/** What a package.json says, as far as finding modules needs it. */
export interface PackageManifest {
  /** The folder that it stands in. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly main: string | undefined;
  readonly type: "module" | "commonjs" | undefined;
  /** Undefined when the package has none, or `null`. */
  readonly exports: unknown;
  readonly imports: Readonly<Record<string, unknown>> | undefined;
}

interface CachedManifest {
  readonly text: string;
  readonly manifest: PackageManifest;
}

const cache = new Map<string, CachedManifest>();

/**
 * Returns the folder's package.json, as it is on disk now (a package may have been installed since
 * the kernel started); undefined if there is none. Throws a SyntaxError that names the file when it
 * is no JSON.
 */
export function readManifest(folder: string): PackageManifest | undefined {
  const file = path.join(folder, "package.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const cached = cache.get(file);
  if (cached?.text === text) return cached.manifest;
  const manifest = parseManifest(text, folder, file);
  cache.set(file, { text, manifest });
  return manifest;
}

/** Returns the package.json that governs files in `folder`: its own or its nearest ancestor's. */
export function nearestManifest(folder: string): PackageManifest | undefined {
  for (const ancestor of ancestors(folder)) {
    // A file in node_modules belongs to a package; what lies above it does not govern it.
    if (path.basename(ancestor) === "node_modules") return undefined;
    const manifest = readManifest(ancestor);
    if (manifest) return manifest;
  }
  return undefined;
}

/** Lists `folder` and the folders above it, nearest first. */
export function* ancestors(folder: string): Generator<string> {
  for (let current = folder; ; current = path.dirname(current)) {
    yield current;
    if (path.dirname(current) === current) return;
  }
}

function parseManifest(text: string, folder: string, file: string): PackageManifest {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new SyntaxError(`${file} is no valid JSON: ${(error as Error).message}`);
  }
  const fields = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const { name, main, type, exports, imports } = fields;
  return {
    folder,
    name: typeof name === "string" ? name : undefined,
    main: typeof main === "string" ? main : undefined,
    type: type === "module" || type === "commonjs" ? type : undefined,
    exports: exports ?? undefined,
    imports:
      typeof imports === "object" && imports !== null
        ? (imports as Record<string, unknown>)
        : undefined,
  };
}
