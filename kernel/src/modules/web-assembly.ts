import { REGISTRY } from "./facade";

/** What a WebAssembly file imports or exports, by name. */
export type WebAssemblyNames = Readonly<Record<string, unknown>>;

/** The part of the global `WebAssembly` that is needed; Node's types lack it. */
interface WebAssemblyApi {
  readonly Module: {
    new (bytes: Uint8Array): object;
    imports(module: object): readonly { readonly module: string }[];
    exports(module: object): readonly { readonly name: string }[];
  };
  readonly Instance: new (
    module: object,
    imports: WebAssemblyNames,
  ) => { readonly exports: WebAssemblyNames };
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/**
 * Returns an ES module that instantiates a WebAssembly file with what it imports and exports what
 * it exports. `text` has its bytes, one character each.
 */
export function webAssemblyModule(file: string, text: string): string {
  const module = compileBytes(file, text);
  const needs = [...new Set(WebAssembly.Module.imports(module).map((need) => need.module))];
  const names = WebAssembly.Module.exports(module).map((given) => JSON.stringify(given.name));
  const given = needs.map((need, index) => `${JSON.stringify(need)}: i${index}`).join(", ");
  const path = JSON.stringify(file);
  return [
    ...needs.map((need, index) => `import * as i${index} from ${JSON.stringify(need)};`),
    `const all = ${REGISTRY}.instantiate(${path}, { ${given} });`,
    ...names.map(
      (name, index) => `const v${index} = all[${name}]; export { v${index} as ${name} };`,
    ),
  ].join("\n");
}

/** Returns the exports of a new instance of the file. */
export function instantiate(
  file: string,
  text: string,
  imports: WebAssemblyNames,
): WebAssemblyNames {
  return new WebAssembly.Instance(compileBytes(file, text), imports).exports;
}

function compileBytes(file: string, text: string): object {
  try {
    return new WebAssembly.Module(Buffer.from(text, "latin1"));
  } catch (error) {
    if (error instanceof Error) error.message += ` (in ${file})`;
    throw error;
  }
}
