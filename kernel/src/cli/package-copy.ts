/** A copy of the package with all that it depends on, for places that the original won't outlive. */
import { cpSync, existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { CliError } from "./cli-error";

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Folders of caches that npx, pnpm dlx and bunx fill for one run and empty when they please. */
const TEMPORARY = /[\\/](_npx|pnpm[\\/]dlx|dlx-[^\\/]*|bunx-[^\\/]*)[\\/]/;

/** True where a package manager keeps the package for one run only. */
export function isTemporary(packageFolder: string): boolean {
  return TEMPORARY.test(`${packageFolder}${path.sep}`);
}

/**
 * Copies a package and its dependencies into `target/node_modules`.
 *
 * @returns the copied package's folder
 * @throws CliError where a dependency is not installed
 */
export function copyPackage(packageFolder: string, target: string): string {
  const copy = new Copy(target);
  const { name } = readManifest(packageFolder);
  const placed = path.join(target, "node_modules", name);
  copy.place(realpathSync(packageFolder), placed);
  return placed;
}

class Copy {
  /** Where each package has been put, and where it came from. */
  readonly #sources = new Map<string, string>();

  constructor(readonly target: string) {}

  place(source: string, destination: string): void {
    this.#sources.set(destination, source);
    const manifest = readManifest(source);
    copyFiles(source, destination);
    const wanted = dependenciesOf(manifest, source);
    const placed = wanted.flatMap(({ name, folder }) => {
      const { found, free } = this.#lookUp(destination, name);
      if (found === folder) return [];
      // Beside the others, unless another version is there already.
      const place = found === undefined ? free : path.join(destination, "node_modules", name);
      this.#sources.set(place, folder);
      return [{ folder, place }];
    });
    for (const { folder, place } of placed) this.place(folder, place);
  }

  /** The source of the package that Node would find from a place, and the topmost place for one. */
  #lookUp(from: string, name: string) {
    let found: string | undefined;
    let folder = from;
    while (found === undefined && folder.startsWith(this.target)) {
      found = this.#sources.get(path.join(folder, "node_modules", name));
      folder = path.dirname(folder);
    }
    return { found, free: path.join(this.target, "node_modules", name) };
  }
}

/** The dependencies that are installed, each with its folder. */
function dependenciesOf(manifest: Manifest, source: string) {
  const optional = { ...manifest.optionalDependencies, ...manifest.peerDependencies };
  const names = new Set([...Object.keys(manifest.dependencies ?? {}), ...Object.keys(optional)]);
  return [...names].flatMap((name) => {
    const folder = findPackage(source, name);
    if (folder !== undefined) return [{ name, folder }];
    if (name in optional) return [];
    throw new CliError(
      `${manifest.name} needs the package ${name}, which is not installed`,
      "install the kernel again: npm install -g @headroom/kernel",
    );
  });
}

function findPackage(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "node_modules", name);
    if (existsSync(path.join(candidate, "package.json"))) return realpathSync(candidate);
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** Copies a package without those nested in it. */
function copyFiles(source: string, destination: string): void {
  cpSync(source, destination, {
    recursive: true,
    filter: (file) => !path.relative(source, file).split(path.sep).includes("node_modules"),
  });
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}
