/**
 * A facade is a small ES module, held in a `data:` URL, that stands between a local ES module and
 * what it imports, where what is imported is no ES module or lacks names that it should have.
 */

/** The global by which compiled local modules reach the kernel; it is not enumerable. */
export const REGISTRY = "__kernelModules";

/** What a facade shows. */
export interface FacadeOptions {
  /** Its number: `__kernelModules.facades[number]` returns the namespace that it shows. */
  readonly number: number;
  /** An ES module whose namespace that function is given. */
  readonly native?: string | undefined;
  readonly names: readonly string[];
  /** True if it is asked for as a whole, `* as x`: it then exports the namespace as `*`. */
  readonly hasStar: boolean;
}

/** Returns the URL of a module that exports the given names of a namespace. */
export function facadeUrl({ number, native, names, hasStar }: FacadeOptions): string {
  const lines = [
    native === undefined ? "" : `import * as native from ${JSON.stringify(native)};`,
    `const all = ${REGISTRY}.facades[${number}](${native === undefined ? "" : "native"});`,
    ...names.map((name, index) => exportLine(`all[${JSON.stringify(name)}]`, name, index)),
    hasStar ? exportLine("all", "*", names.length) : "",
  ];
  return dataUrl(lines);
}

/** Returns the URL of a module that exports what `native` does, and the given names as undefined. */
export function absentNamesUrl(native: string, names: readonly string[], hasDefault: boolean) {
  const from = `from ${JSON.stringify(native)};`;
  return dataUrl([
    `export * ${from}`,
    hasDefault ? `export { default } ${from}` : "",
    ...names.map((name, index) => exportLine("undefined", name, index)),
  ]);
}

function exportLine(value: string, name: string, index: number): string {
  return `const v${index} = ${value}; export { v${index} as ${JSON.stringify(name)} };`;
}

function dataUrl(lines: readonly string[]): string {
  return `data:text/javascript,${encodeURIComponent(lines.filter((line) => line).join("\n"))}`;
}
