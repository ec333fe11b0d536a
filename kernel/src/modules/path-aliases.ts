import { readFileSync } from "node:fs";
import path from "node:path";
import { findLocalFile } from "./local-file";

/** tsconfig's `paths`, and the folder that they count from. */
interface PathAliases {
  readonly folder: string;
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

let cached: { file: string; text: string; aliases: PathAliases | undefined } | undefined;

/**
 * Returns the file that the `paths` of `folder`'s tsconfig.json have for `specifier`; undefined if
 * they have none, or none that exists.
 */
export function findAliased(specifier: string, folder: string): string | undefined {
  const aliases = readAliases(folder);
  if (!aliases) return undefined;
  for (const [pattern, targets] of Object.entries(aliases.paths).sort(byPrefix)) {
    const middle = matchPattern(pattern, specifier);
    if (middle === undefined) continue;
    for (const target of targets) {
      const file = findLocalFile(
        path.resolve(
          aliases.folder,
          target.replace("*", () => middle),
        ),
      );
      if (file !== undefined && !file.endsWith(".d.ts")) return file;
    }
  }
  return undefined;
}

/** The exact ones first, then those with the longest text before the star. */
function byPrefix([a]: [string, unknown], [b]: [string, unknown]): number {
  const prefix = (pattern: string) => (pattern.includes("*") ? pattern.indexOf("*") : 1e9);
  return prefix(b) - prefix(a);
}

function matchPattern(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === specifier ? "" : undefined;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  const fits =
    specifier.length >= head.length + tail.length &&
    specifier.startsWith(head) &&
    specifier.endsWith(tail);
  return fits ? specifier.slice(head.length, specifier.length - tail.length) : undefined;
}

function readAliases(folder: string): PathAliases | undefined {
  const file = path.join(folder, "tsconfig.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  if (cached?.file === file && cached.text === text) return cached.aliases;
  const aliases = text.includes('"paths"') ? parseAliases(text, folder) : undefined;
  cached = { file, text, aliases };
  return aliases;
}

/** A tsconfig that is no JSON is the type checker's to complain about. */
function parseAliases(text: string, folder: string): PathAliases | undefined {
  try {
    const { compilerOptions } = JSON.parse(withoutComments(text)) as {
      compilerOptions?: { paths?: Record<string, string[]>; baseUrl?: string };
    };
    const paths = compilerOptions?.paths;
    return paths && { folder: path.resolve(folder, compilerOptions.baseUrl ?? "."), paths };
  } catch {
    return undefined;
  }
}

/** JSON from JSON with comments and trailing commas; texts in quotes stay as they are. */
function withoutComments(text: string): string {
  const bare = text.replace(
    /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, quoted: string | undefined) => quoted ?? "",
  );
  return bare.replace(
    /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g,
    (_, quoted: string | undefined) => quoted ?? "",
  );
}
