/** What of the file system the sandbox shows, all of it read-only. */
import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import path from "node:path";
import { SandboxError } from "./sandbox-error";
import { sharedLibraries } from "./shared-libraries";

/** A file or folder outside, and where it is seen inside. */
export interface VisibleFile {
  readonly outside: string;
  readonly inside: string;
}

/** Where the project is, inside. */
export const INSIDE = "/headroom";

/** The folder of the notebook, inside: empty. */
export const NOTEBOOK_FOLDER = `${INSIDE}/notebook`;

const SCOPE = "@headroom";

/** Add-ons that cells may load, below `node_modules`; a name that ends with `*` is a beginning. */
const ADDONS = [
  ["@oxc-parser", "binding-linux-*"],
  ["@oxc-transform", "binding-linux-*"],
  ["@resvg", "resvg-js-linux-*"],
  ["@tensorflow", "tfjs-node", "lib", "napi-v8"],
  ["@tensorflow", "tfjs-node", "deps", "lib"],
];

/** Native TensorFlow's libraries, which set-up keeps elsewhere. */
const TENSORFLOW_LIBRARIES = "@tensorflow/tfjs-node/deps";

/** Folders of tools below `node_modules`, which may hold anything. */
const HIDDEN = [".vite", ".vite-temp", ".vitest", ".cache"];

/** The project as the grader finds it: in its repository, or installed. */
export interface Project {
  readonly nodeModules: string;
  /** This package. */
  readonly grader: string;
}

/** Returns where this package and the others lie. Throws a SandboxError where they are not set up. */
export function findProject(): Project {
  const grader = path.resolve(__dirname, "../..");
  for (let folder = grader; ; folder = path.dirname(folder)) {
    const nodeModules = path.join(folder, "node_modules");
    if (existsSync(path.join(nodeModules, SCOPE, "kernel"))) return { nodeModules, grader };
    if (folder === path.dirname(folder)) break;
  }
  throw new SandboxError(
    "not-set-up",
    `${SCOPE}/kernel is installed in no folder above ${grader}`,
    "npm run setup",
  );
}

/** Returns the runner's file. Throws a SandboxError where it has not been compiled. */
export function runnerFile({ grader }: Project): string {
  const file = path.join(grader, "dist/runner/main.js");
  if (existsSync(file)) return file;
  throw new SandboxError(
    "not-set-up",
    `${file} is not there: the grader is not compiled`,
    "npm run setup",
  );
}

/** Returns what cells may load: packages, the project's own among them, and the course's data. */
export function visibleFiles({ nodeModules }: Project): VisibleFile[] {
  const modules = path.join(INSIDE, "node_modules");
  const data = path.join(path.dirname(nodeModules), "data");
  return [
    { outside: nodeModules, inside: modules },
    ...linkedPackages(nodeModules, modules),
    ...linked(nodeModules, modules, TENSORFLOW_LIBRARIES),
    ...(existsSync(data) ? [{ outside: data, inside: path.join(INSIDE, "data") }] : []),
  ];
}

/** Returns what Node loads before the runner: in this repository, what lets tfjs-node load on every Node. */
export function preloads({ nodeModules }: Project): VisibleFile[] {
  const outside = path.join(path.dirname(nodeModules), "scripts/preload/tensorflow.cjs");
  return existsSync(outside) ? [{ outside, inside: path.join(INSIDE, "preload.cjs") }] : [];
}

/** Returns the folders inside that are to be seen empty. */
export function hiddenFolders({ nodeModules }: Project): string[] {
  return HIDDEN.filter((name) => existsSync(path.join(nodeModules, name))).map((name) =>
    path.join(INSIDE, "node_modules", name),
  );
}

/** Of the packages in this repository, what is compiled: never their sources, tests or fixtures. */
function linkedPackages(nodeModules: string, inside: string): VisibleFile[] {
  return readdirSync(path.join(nodeModules, SCOPE)).flatMap((name) => {
    const link = path.join(SCOPE, name);
    return ["package.json", "dist"].flatMap((part) => linked(nodeModules, inside, link, part));
  });
}

/** Returns what a link below `node_modules` leads to, or a part of it, for the link to lead there inside. */
function linked(nodeModules: string, inside: string, link: string, part = ""): VisibleFile[] {
  const file = path.join(nodeModules, link);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return [];
  if (!existsSync(file)) return [];
  const outside = path.join(realpathSync(file), part);
  const target = path.resolve(inside, path.dirname(link), readlinkSync(file), part);
  return existsSync(outside) ? [{ outside, inside: target }] : [];
}

/** Returns the libraries that Node, the shell and the add-ons load from the system. */
export function visibleLibraries(
  { nodeModules }: Project,
  programs: readonly string[],
  ldd: string,
): VisibleFile[] {
  const files = [...programs, ...addonFiles(nodeModules)];
  return sharedLibraries(files, ldd)
    .filter((library) => !library.startsWith(nodeModules))
    .map((library) => ({ outside: realpathSync(library), inside: library }));
}

function addonFiles(nodeModules: string): string[] {
  return ADDONS.flatMap((parts) =>
    parts
      .reduce<string[]>(
        (folders, part) => folders.flatMap((folder) => below(folder, part)),
        [nodeModules],
      )
      .flatMap((folder) => below(folder, "*"))
      .filter((file) => /\.node$|\.so[.\d]*$/.test(file)),
  );
}

function below(folder: string, name: string): string[] {
  if (!existsSync(folder)) return [];
  if (!name.endsWith("*")) return [path.join(folder, name)];
  return readdirSync(folder)
    .filter((each) => each.startsWith(name.slice(0, -1)))
    .map((each) => path.join(folder, each));
}
