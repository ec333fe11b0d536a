/** Takes the checker's own project out of what TypeScript says. */
import { unmask } from "./module-specifiers";

/** Where the text came from. */
export interface WordingContext {
  /** Before each path of a cell's file. */
  readonly mirrorFolder: string;
  /** The file that holds the cell, without its folder: `cell_3.ts`. */
  readonly fileName: string;
  /** All words of the cell: they stay as they are. */
  readonly words: ReadonlySet<string>;
}

/** What the scope calls an earlier cell, and a name in it that follows. */
const SPACE =
  /(?<![\p{ID_Continue}$])(cell\$\d+)\.(?=([\p{ID_Start}_][\p{ID_Continue}$]*?)(?:\$\d+)?(?![\p{ID_Continue}$]))/gu;

/** Returns `text` in the terms of who knows only cells. */
export function userWording(text: string, context: WordingContext): string {
  const ownFile = context.fileName.replace(/\.tsx?$/, "");
  return unmask(text)
    .replaceAll(/import\("([^"]*)"\)\.?/g, (written, file: string) => {
      const slot = /[\\/](cell_\d+)$/.exec(file)?.[1];
      if (slot === undefined || !file.includes(context.mirrorFolder)) return written;
      return slot === ownFile ? "" : "(earlier cell).";
    })
    .replaceAll(SPACE, (written, space: string, name: string) => {
      if (context.words.has(space)) return written;
      return context.words.has(name) ? "(earlier cell)." : "";
    })
    .replaceAll(/([\p{ID_Start}$_][\p{ID_Continue}$]*)\$\d+\b/gu, (alias, name: string) =>
      context.words.has(alias) ? alias : name,
    )
    .replaceAll(context.mirrorFolder, ".");
}
