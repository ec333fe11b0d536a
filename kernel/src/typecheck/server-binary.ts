import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Returns the path of TypeScript's native compiler for this platform, found from the kernel's own
 * dependencies. Its wrapper script would cost a second Node.js.
 * @throws Error when the platform's package is missing.
 */
export function serverBinary(): string {
  const platformPackage = `@typescript/typescript-${process.platform}-${process.arch}`;
  const ofKernel = createRequire(path.join(__dirname, "from-here.js"));
  const ofTypeScript = createRequire(ofKernel.resolve("typescript/package.json"));
  const folder = path.dirname(ofTypeScript.resolve(`${platformPackage}/package.json`));
  const file = path.join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
  if (!existsSync(file)) {
    throw new Error(`Expected TypeScript's compiler at ${file}: install the kernel again`);
  }
  return file;
}

/** Returns the folder that holds the kernel's own `@types/node`. */
export function ownTypesFolder(): string {
  const ofKernel = createRequire(path.join(__dirname, "from-here.js"));
  return path.dirname(path.dirname(ofKernel.resolve("@types/node/package.json")));
}
