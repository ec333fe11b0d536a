/** The tsconfig.json of the cells' project. */
import { existsSync } from "node:fs";
import path from "node:path";
import { MASK } from "./module-specifiers";
import { ancestors } from "./notebook-mirror";
import { ownTypesFolder } from "./server-binary";
import type { CompilerOptions } from "./user-config";

/** What a cell gets where the user's own tsconfig.json says nothing. */
const DEFAULTS: CompilerOptions = {
  strict: true,
  jsx: "react-jsx",
  lib: ["esnext"],
  customConditions: ["node"],
};

/** What the cells' project needs to work at all. */
const REQUIRED: CompilerOptions = {
  target: "esnext",
  // Imports as bundlers resolve them, `import x = require()`, and top-level await.
  module: "preserve",
  moduleDetection: "force",
  noEmit: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
  // Without it `let list = []` is never[]; the messages it brings are left out elsewhere.
  noImplicitAny: true,
};

/** Returns the options of the cells' project: the user's, over the defaults, under what it needs. */
export function projectOptions(
  notebookFolder: string,
  user: CompilerOptions,
  kernelFolder: string = path.dirname(__dirname),
): CompilerOptions {
  const { types, typeRoots, paths, ...rest } = user;
  const packages = ancestors(notebookFolder).map((at) => path.join(at, "node_modules", "@types"));
  return {
    ...DEFAULTS,
    ...rest,
    ...REQUIRED,
    types: [...new Set(["node", ...listed(types)])],
    typeRoots: [...listed(typeRoots), ...packages.filter(existsSync), ownTypesFolder()],
    paths: {
      ...(paths as Record<string, string[]> | undefined),
      "@headroom/kernel": [path.join(kernelFolder, "index")],
      tslab: [path.join(kernelFolder, "tslab-api")],
      [MASK]: [notebookFolder],
      [`${MASK}.`]: [path.dirname(notebookFolder)],
      [`${MASK}/*`]: [path.join(notebookFolder, "*")],
      [`${MASK}./*`]: [path.join(path.dirname(notebookFolder), "*")],
    },
  };
}

function listed(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
