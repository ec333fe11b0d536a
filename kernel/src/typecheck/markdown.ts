import type { LspMarkup } from "./protocol";

/** Returns what a language server sent as Markdown. */
export function plainMarkdown(
  content: string | LspMarkup | readonly (string | LspMarkup)[],
): string {
  const parts = [content].flat() as readonly (string | LspMarkup)[];
  return parts
    .map((part) => (typeof part === "string" ? part : part.value))
    .join("\n\n")
    .trim();
}

/** Returns `code` as a block of TypeScript. */
export function codeBlock(code: string): string {
  return `\`\`\`typescript\n${code}\n\`\`\``;
}
