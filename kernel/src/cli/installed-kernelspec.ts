/** Kernelspecs as they lie in Jupyter's folders. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { asOurs, type Kernelspec } from "../kernelspec";

/** A kernelspec in a folder. */
export interface InstalledKernelspec {
  readonly name: string;
  /** The folder that holds its `kernel.json`. */
  readonly folder: string;
  /** Its content if this package wrote it; undefined for someone else's, or one that is no JSON. */
  readonly ours: Kernelspec | undefined;
  /** What front ends call it; its name where it does not say. */
  readonly displayName: string;
}

/** Returns the folder of a kernel below a data folder, whether it is there or not. */
export function kernelFolder(dataFolder: string, name: string): string {
  return path.join(dataFolder, "kernels", name);
}

/** Returns the kernelspec in a folder, or undefined where there is none. */
export function readKernelspec(folder: string): InstalledKernelspec | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(folder, "kernel.json"), "utf8");
  } catch {
    return undefined;
  }
  const content = parsed(text);
  const name = path.basename(folder);
  return { name, folder, ours: asOurs(content), displayName: displayNameOf(content) ?? name };
}

/** Returns all kernelspecs below a data folder, by name. */
export function listKernelspecs(dataFolder: string): InstalledKernelspec[] {
  const folder = path.join(dataFolder, "kernels");
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => readKernelspec(path.join(folder, name)) ?? []);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function displayNameOf(content: unknown): string | undefined {
  if (typeof content !== "object" || content === null || !("display_name" in content)) return;
  return typeof content.display_name === "string" ? content.display_name : undefined;
}
