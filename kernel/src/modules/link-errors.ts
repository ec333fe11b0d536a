import { placeError, placeOf } from "./module-errors";
import type { ModuleInstance } from "./module-instance";
import { missingExport } from "./namespaces";

const MISSING_EXPORT = /requested module '(.*)' does not provide an export named '(.*)'/s;

/**
 * Returns V8's error about a name that a package does not export in terms of the local file that
 * asked for it, or the error itself if it is another. `namesOf` lists what the module exports.
 */
export async function explainLinkError(
  error: unknown,
  instances: readonly ModuleInstance[],
  namesOf: (url: string) => Promise<readonly string[]>,
): Promise<unknown> {
  const match = error instanceof SyntaxError ? MISSING_EXPORT.exec(error.message) : null;
  if (!match) return error;
  const [, url = "", name = ""] = match;
  for (const { source, links } of instances) {
    const request = source.requests.find(
      ({ names }, index) => links[index] === url && names.has(name),
    );
    if (!request) continue;
    const explained = missingExport(request.specifier, name, await namesOf(url));
    placeError(
      explained,
      source.file,
      placeOf(source.js, request.names.get(name) ?? request.start),
    );
    return explained;
  }
  return error;
}
