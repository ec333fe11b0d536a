/** The command line: what it may say, and what it means. */
import { parseArgs } from "node:util";
import type { CheckMode } from "../cell/compiled-cell";
import { KERNEL_NAME } from "../kernelspec";
import { UsageError } from "./cli-error";

/** Whose kernels: the user's, those of the active Python environment, or those below a folder. */
export type Place =
  | { readonly kind: "user" }
  | { readonly kind: "environment" }
  | { readonly kind: "prefix"; readonly prefix: string };

/** What is to be done. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | InstallCommand
  | { readonly kind: "uninstall"; readonly place: Place; readonly name: string }
  /** Without a place, all places where Jupyter looks. */
  | { readonly kind: "doctor"; readonly place: Place | undefined };

/** What `install` was asked for; paths as they were typed. */
export interface InstallCommand {
  readonly kind: "install";
  readonly place: Place;
  readonly name: string;
  readonly displayName: string | undefined;
  readonly check: CheckMode | undefined;
  readonly require: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What `--help` prints. */
export const HELP = `TypeScript for Jupyter.

  npx @headroom/kernel install     make the kernel known to Jupyter
  npx @headroom/kernel uninstall   remove it
  npx @headroom/kernel doctor      start it, run a cell, and say what is missing

Where (install, uninstall, doctor):
  --user               for this user (the default); doctor looks everywhere by default
  --sys-prefix         into the active virtual or conda environment, else that of python3
  --prefix DIR         into DIR/share/jupyter/kernels

Which (install, uninstall):
  --name NAME          the kernel's name in Jupyter (default: ${KERNEL_NAME})

How (install):
  --display-name TEXT  what JupyterLab shows
  --check MODE         type errors: check (stop the cell, the default), warn or off
  --require FILE       a file that Node loads before the kernel; may be repeated
  --env KEY=VALUE      a variable for the kernel's process; may be repeated

  --help, --version`;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  user: { type: "boolean" },
  "sys-prefix": { type: "boolean" },
  prefix: { type: "string" },
  name: { type: "string" },
  "display-name": { type: "string" },
  check: { type: "string" },
  require: { type: "string", multiple: true },
  env: { type: "string", multiple: true },
} as const;

type Values = ReturnType<typeof parse>["values"];
type Option = keyof typeof OPTIONS;

const PLACES: readonly Option[] = ["user", "sys-prefix", "prefix"];

/** What each command takes. */
const TAKES: Readonly<Record<string, readonly Option[]>> = {
  install: [...PLACES, "name", "display-name", "check", "require", "env"],
  uninstall: [...PLACES, "name"],
  doctor: PLACES,
};

/**
 * Returns what a command line asks for.
 * @throws UsageError for one that is not understood
 */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [name, ...more] = positionals;
  if (values.help || (name === undefined && !values.version)) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const takes = TAKES[name ?? ""];
  if (takes === undefined || more.length > 0) {
    throw new UsageError(
      `expected one of ${Object.keys(TAKES).join(", ")}, got ${JSON.stringify(positionals.join(" "))}`,
    );
  }
  const foreign = (Object.keys(values) as Option[]).find((option) => !takes.includes(option));
  if (foreign) throw new UsageError(`${name} does not take --${foreign}`);
  const place = placeOf(values);
  if (name === "doctor") return { kind: "doctor", place };
  const common = { place: place ?? { kind: "user" }, name: kernelName(values.name) } as const;
  if (name === "uninstall") return { kind: "uninstall", ...common };
  return {
    kind: "install",
    ...common,
    displayName: values["display-name"],
    check: checkMode(values.check),
    require: values.require ?? [],
    env: variables(values.env ?? []),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function placeOf(values: Values): Place | undefined {
  const given = PLACES.filter((option) => values[option] !== undefined);
  if (given.length > 1) {
    throw new UsageError(`expected one place, got ${given.map((name) => `--${name}`).join(", ")}`);
  }
  if (values.prefix === "") throw new UsageError("--prefix: expected a folder, got nothing");
  if (values.prefix !== undefined) return { kind: "prefix", prefix: values.prefix };
  if (values["sys-prefix"]) return { kind: "environment" };
  return values.user ? { kind: "user" } : undefined;
}

/** Jupyter's rule for names; it compares them in lower case. */
function kernelName(name = KERNEL_NAME): string {
  if (/^[a-z0-9_-][a-z0-9._-]*$/i.test(name)) return name.toLowerCase();
  throw new UsageError(
    `--name: expected letters, digits, ".", "_" or "-", got ${JSON.stringify(name)}`,
  );
}

function checkMode(text: string | undefined): CheckMode | undefined {
  if (text === undefined || text === "check" || text === "warn" || text === "off") return text;
  throw new UsageError(`--check: expected check, warn or off, got ${JSON.stringify(text)}`);
}

function variables(pairs: readonly string[]): Record<string, string> {
  const entries = pairs.map((pair) => {
    const [, key, value] = /^([^=\s]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined) {
      throw new UsageError(`--env: expected KEY=VALUE, got ${JSON.stringify(pair)}`);
    }
    return [key, value] as const;
  });
  return Object.fromEntries(entries);
}
