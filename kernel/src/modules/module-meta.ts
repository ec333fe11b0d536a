/** What an `import.meta` is made of. */
export interface MetaParts {
  readonly folder: string;
  readonly file: string;
  readonly url: string;
  /** As `import.meta.resolve`. */
  resolve(specifier: string): string;
}

/** Returns an `import.meta` as Node makes them. */
export function createMeta(parts: MetaParts): ImportMeta {
  const meta = {
    dirname: parts.folder,
    filename: parts.file,
    resolve: (specifier: string) => parts.resolve(String(specifier)),
    url: parts.url,
  };
  return Object.assign(Object.create(null), meta) as ImportMeta;
}
