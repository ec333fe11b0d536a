/** Makes the kernel known to Jupyter, and takes it away again. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { kernelspec } from "../kernelspec";
import { CliError } from "./cli-error";
import type { InstallCommand } from "./command";
import { kernelFolder, readKernelspec } from "./installed-kernelspec";
import { LOGO_SVG } from "./logo";
import { copyPackage, isTemporary } from "./package-copy";

/** The program that is installed. */
export interface Program {
  /** The program `node`, an absolute path. */
  readonly node: string;
  /** This package's folder. */
  readonly packageFolder: string;
  readonly version: string;
}

/** What came of an installation. */
export interface Installation {
  /** The folder with the new `kernel.json`. */
  readonly folder: string;
  /** True where the package was copied into it, since its own folder is a temporary one. */
  readonly copied: boolean;
  /** True where it took the place of an earlier one. */
  readonly replaced: boolean;
}

/**
 * Writes the kernelspec below a data folder of Jupyter's, in one step: whoever looks sees the old
 * one or the new one, whole.
 *
 * @throws CliError where a file to be loaded is missing, a kernel of someone else has the name, or
 *   the folder can't be written
 */
export function install(
  command: Omit<InstallCommand, "kind" | "place">,
  dataFolder: string,
  program: Program,
): Installation {
  const folder = kernelFolder(dataFolder, command.name);
  requireOurs(folder);
  const preloads = command.require.map(existingFile);
  return writing(dataFolder, () => {
    mkdirSync(path.dirname(folder), { recursive: true });
    const fresh = mkdtempSync(path.join(dataFolder, ".headroom-"));
    try {
      const copied = isTemporary(program.packageFolder);
      if (copied) copyPackage(program.packageFolder, fresh);
      const spec = kernelspec({
        ...program,
        ...(copied
          ? { packageFolder: path.join(folder, "node_modules", "@headroom", "kernel") }
          : {}),
        ...(command.displayName === undefined ? {} : { displayName: command.displayName }),
        ...(command.check === undefined ? {} : { check: command.check }),
        require: preloads,
        env: command.env,
      });
      writeFileSync(path.join(fresh, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
      writeFileSync(path.join(fresh, "logo-svg.svg"), LOGO_SVG);
      return { folder, copied, replaced: putInPlace(fresh, folder) };
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}

/**
 * Removes the kernelspec, and returns its folder.
 * @throws CliError where there is none, it is someone else's, or it can't be removed
 */
export function uninstall(name: string, dataFolder: string): string {
  const folder = kernelFolder(dataFolder, name);
  if (readKernelspec(folder) === undefined) {
    throw new CliError(
      `expected a kernel in ${folder}, there is none`,
      "say where it is (--user, --sys-prefix or --prefix DIR) and its --name; doctor lists them",
    );
  }
  requireOurs(folder);
  writing(dataFolder, () => {
    // Moved away first, so that no half of it is ever seen.
    const gone = mkdtempSync(path.join(dataFolder, ".headroom-"));
    try {
      renameSync(folder, path.join(gone, name));
    } finally {
      rmSync(gone, { recursive: true, force: true });
    }
  });
  return folder;
}

/** @throws CliError where the folder holds a kernel that this package did not write */
function requireOurs(folder: string): void {
  const found = readKernelspec(folder);
  const isForeign = found ? found.ours === undefined : existsSync(folder);
  if (!isForeign) return;
  const what = found ? `the kernel "${found.displayName}"` : "something else";
  throw new CliError(
    `${folder} holds ${what}, which this package did not write`,
    `choose another --name, or remove it: jupyter kernelspec remove ${path.basename(folder)}`,
  );
}

/** @throws CliError where there is no such file */
function existingFile(file: string): string {
  const absolute = path.resolve(file);
  if (existsSync(absolute)) return absolute;
  throw new CliError(`--require: expected a file, ${absolute} does not exist`, "mend the path");
}

/** Puts a finished folder where it belongs; true if it took the place of another. */
function putInPlace(fresh: string, folder: string): boolean {
  const old = `${fresh}-old`;
  const replaces = existsSync(folder);
  if (replaces) renameSync(folder, old);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (replaces) renameSync(old, folder);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
  return replaces;
}

/** Runs `work`, and says in words what keeps it from writing. */
function writing<T>(dataFolder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
      throw new CliError(
        `${dataFolder} can't be written (${code})`,
        "install for yourself (--user), into an environment of your own (--sys-prefix with it " +
          "activated), or with the rights that the folder asks for; on Windows end running kernels",
      );
    }
    if (code === "ENOTDIR" || code === "EEXIST") {
      throw new CliError(`${dataFolder} can't be a folder: ${message}`, "name another --prefix");
    }
    if (code === "ENOSPC") throw new CliError("the disk is full", "free some space");
    if (code === undefined) throw error;
    throw new CliError(`${dataFolder} can't be written: ${message}`, "name another place");
  }
}
