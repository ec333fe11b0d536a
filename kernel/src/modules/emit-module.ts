import { pathToFileURL } from "node:url";
import { REGISTRY } from "./facade";
import type { ModuleSource, StaticRequest } from "./module-source";
import { applyEdits, type SourceEdit } from "./source-edit";

/** Where a static request leads. */
export interface Link {
  readonly url: string;
  /** True if the URL is a facade's: it exports its namespace as `*`. */
  readonly isFacade: boolean;
  /** False where the URL is no longer what the import's attributes speak of. */
  readonly keepsAttributes: boolean;
}

/** Returns the text of an ES module whose imports lead to the given links, lines as they were. */
export function emitModule(source: ModuleSource, id: number, links: readonly Link[]): string {
  const edits = [...links.flatMap((link, index) => linkEdits(source, index, link))];
  const scope = `${REGISTRY}.scopes[${id}]`;
  const names = source.commonNames.map((name) => `${name}=${scope}.${name}`).join(",");
  const prelude = names === "" ? "" : `var ${names};`;
  const body = applyEdits(source.js, [...edits, ...metaEdits(source, scope)]);
  return `${prelude}${body}\n;${scope}.done();\n//# sourceURL=${sourceUrl(source.file)}\n`;
}

/** Returns the body of a CommonJS module's function. */
export function emitCommonModule(source: ModuleSource, id: number): string {
  return applyEdits(source.js, metaEdits(source, `${REGISTRY}.scopes[${id}]`));
}

/** What stacks call the file: its path, or its URL where a path would end at its first space. */
function sourceUrl(file: string): string {
  return /\s/.test(file) ? pathToFileURL(file).href : file;
}

function linkEdits(source: ModuleSource, index: number, link: Link): SourceEdit[] {
  const request = source.requests[index] as StaticRequest;
  const { start, end, statementEnd } = request;
  const edits = [{ start, end, text: JSON.stringify(link.url) }];
  const attributes = source.js.slice(end, statementEnd);
  if (!link.keepsAttributes && /\S/.test(attributes)) {
    edits.push({ start: end, end: statementEnd, text: `${attributes.replace(/[^\n]/g, "")};` });
  }
  if (link.isFacade) {
    for (const star of request.stars) {
      const sign = source.js.lastIndexOf("*", star);
      edits.push({ start: sign, end: sign + 1, text: '{"*"' });
      edits.push({ start: star, end: star, text: "}" });
    }
  }
  return edits;
}

function metaEdits(source: ModuleSource, scope: string): SourceEdit[] {
  const word = "import".length;
  return [
    ...source.dynamicImports.map(({ start }) => ({
      start,
      end: start + word,
      text: `${scope}.import`,
    })),
    ...source.metas.map(({ start, end }) => ({ start, end, text: `${scope}.meta` })),
  ];
}
