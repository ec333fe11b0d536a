import { pathToFileURL } from "node:url";

/**
 * The URLs under which packages' files are imported. Node keeps the job of an import that was
 * terminated, and whoever imports the same URL again waits for it for ever; so such a file gets
 * another URL.
 */
export class PackageUrls {
  readonly #cache: NodeJS.Require["cache"];
  readonly #attempts = new Map<string, number>();
  readonly #running = new Map<string, number>();

  /** `cache` is `require.cache`. */
  constructor(cache: NodeJS.Require["cache"]) {
    this.#cache = cache;
  }

  urlOf(file: string): string {
    const attempts = this.#attempts.get(file);
    return pathToFileURL(file).href + (attempts === undefined ? "" : `?attempt=${attempts + 1}`);
  }

  /**
   * Imports the file. Throws an Error that says to restart the kernel for one whose import has been
   * terminated twice: then it is something that it imports which is stuck, and out of reach.
   */
  async import(file: string): Promise<object> {
    if ((this.#attempts.get(file) ?? 0) > 1) {
      throw new Error(
        `The import of ${file} was interrupted before, and Node can't take it up again: restart the kernel`,
      );
    }
    this.#count(file, 1);
    try {
      return (await import(this.urlOf(file))) as object;
    } finally {
      this.#count(file, -1);
    }
  }

  /** To be called when running imports have been terminated: the next ones begin anew. */
  abandon(): void {
    for (const [file, module] of Object.entries(this.#cache)) {
      if (!module || module.loaded || module === require.main) continue;
      delete this.#cache[file]; // half of its exports would be all that others get
      this.#running.set(file, 1);
    }
    for (const file of this.#running.keys()) {
      this.#attempts.set(file, (this.#attempts.get(file) ?? 0) + 1);
    }
    this.#running.clear();
  }

  #count(file: string, change: 1 | -1): void {
    const count = (this.#running.get(file) ?? 0) + change;
    if (count > 0) this.#running.set(file, count);
    else this.#running.delete(file);
  }
}
