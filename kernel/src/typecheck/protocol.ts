/** The parts of the Language Server Protocol that the kernel uses. Lines and characters count from 0. */

export interface LspPosition {
  readonly line: number;
  /** In UTF-16 units. */
  readonly character: number;
}

export interface LspRange {
  readonly start: LspPosition;
  readonly end: LspPosition;
}

/** 1 is an error; 2 a warning, 3 and 4 are suggestions. */
export interface LspDiagnostic {
  readonly range: LspRange;
  readonly severity?: number;
  readonly code?: number | string;
  readonly message: string;
}

export interface LspMarkup {
  readonly kind: string;
  readonly value: string;
}

export interface LspCompletionItem {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly filterText?: string;
  readonly detail?: string;
  readonly documentation?: string | LspMarkup;
  readonly textEdit?: { readonly range?: LspRange; readonly newText: string };
}

/** What `textDocument/completion` answers. */
export interface LspCompletionList {
  readonly items?: readonly LspCompletionItem[];
}

export interface LspHover {
  readonly contents?: string | LspMarkup | readonly (string | LspMarkup)[];
}

export interface LspSignatureHelp {
  readonly signatures?: readonly {
    readonly label: string;
    readonly documentation?: string | LspMarkup;
    readonly activeParameter?: number;
    readonly parameters?: readonly {
      readonly label: string | readonly [number, number];
      readonly documentation?: string | LspMarkup;
    }[];
  }[];
  readonly activeSignature?: number;
  readonly activeParameter?: number;
}

/** What became of a file on disk. */
export const FileChange = { created: 1, changed: 2, deleted: 3 } as const;
