/**
 * The notebook's folder as the checker sees it: inside the scratch folder stands the same chain of
 * folders, and wherever the real one has `node_modules`, so has its image. Packages are then found
 * as from the notebook's folder, without a file of ours in it.
 */
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";

const PACKAGES = "node_modules";

export class NotebookMirror {
  /** Where the image of the notebook's folder is. */
  readonly folder: string;
  /** Real folders without packages yet, with their images. */
  readonly #bare = new Map<string, string>();

  constructor(
    private readonly root: string,
    notebookFolder: string,
  ) {
    this.folder = this.#imageOf(notebookFolder);
    mkdirSync(this.folder, { recursive: true });
    for (const folder of ancestors(notebookFolder)) this.#bare.set(folder, this.#imageOf(folder));
    this.linkPackages();
  }

  /** Links what has been installed since the last call; returns whether there was anything. */
  linkPackages(): boolean {
    let linked = false;
    for (const [folder, image] of this.#bare) {
      const packages = path.join(folder, PACKAGES);
      if (!existsSync(packages)) continue;
      symlinkSync(packages, path.join(image, PACKAGES), "junction");
      this.#bare.delete(folder);
      linked = true;
    }
    return linked;
  }

  #imageOf(folder: string): string {
    return path.join(this.root, "at", folder.replace(":", ""));
  }
}

/** Returns `folder` and all folders around it, innermost first. */
export function ancestors(folder: string): string[] {
  const found: string[] = [];
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    found.push(at);
    if (path.dirname(at) === at) return found;
  }
}
