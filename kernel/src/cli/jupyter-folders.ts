/** Where Jupyter looks for kernels, by the rules of its own `jupyter_core`. */
import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import path from "node:path";
import { CliError } from "./cli-error";
import type { Place } from "./command";

/** What the rules depend on. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** What a program prints, trimmed; undefined where it is missing or fails. */
  readonly ask: (program: string, args: readonly string[]) => string | undefined;
}

const ASK_MILLISECONDS = 20_000;

/** Returns the system that this process runs on. */
export function thisSystem(): System {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    ask(program, args) {
      try {
        return execFileSync(program, args, {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
          timeout: ASK_MILLISECONDS,
        }).trim();
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * Returns Jupyter's data folder for a place; the kernels lie in `kernels` beneath it.
 * @throws CliError where no Python environment can be found
 */
export function dataFolder(place: Place, system: System): string {
  switch (place.kind) {
    case "user":
      return userDataFolder(system);
    case "environment":
      return dataFolderBelow(environmentPrefix(system), system);
    case "prefix":
      return dataFolderBelow(path.resolve(place.prefix), system);
  }
}

/**
 * Returns all data folders that Jupyter searches for kernels, the first found winning: as the
 * program `jupyter` tells them, else by the rules.
 */
export function searchedDataFolders(system: System): string[] {
  return toldByJupyter(system) ?? searchedByRule(system);
}

/** Returns the data folder of the user. */
function userDataFolder({ platform, env, home }: System): string {
  const join = joiner(platform);
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  const usesPlatformFolders = isSet(env.JUPYTER_PLATFORM_DIRS);
  if (platform === "darwin") {
    if (usesPlatformFolders) return join(home, "Library", "Application Support", "jupyter");
    return join(home, "Library", "Jupyter");
  }
  if (platform === "win32") {
    if (usesPlatformFolders) {
      return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "jupyter");
    }
    if (env.APPDATA) return join(env.APPDATA, "jupyter");
    return join(env.JUPYTER_CONFIG_DIR || join(home, ".jupyter"), "data");
  }
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}

function dataFolderBelow(prefix: string, { platform }: System): string {
  return joiner(platform)(prefix, "share", "jupyter");
}

/** The folder of the Python environment in use. */
function environmentPrefix({ env, ask }: System): string {
  const active = env.VIRTUAL_ENV || env.CONDA_PREFIX;
  if (active) return active;
  const question = ["-c", "import sys; print(sys.prefix)"];
  const told = ask("python3", question) || ask("python", question);
  if (told) return told;
  throw new CliError(
    "--sys-prefix: expected an active Python environment, or python3 in PATH; there is neither",
    "activate the environment that has Jupyter, or name its folder: --prefix DIR",
  );
}

function toldByJupyter({ ask }: System): string[] | undefined {
  try {
    const told: unknown = JSON.parse(ask("jupyter", ["--paths", "--json"]) ?? "");
    if (typeof told !== "object" || told === null || !("data" in told)) return undefined;
    const { data } = told;
    return Array.isArray(data) ? data.map(String) : undefined;
  } catch {
    return undefined; // no Jupyter in PATH, or one that prints something else
  }
}

function searchedByRule(system: System): string[] {
  const { platform, env } = system;
  const delimiter = platform === "win32" ? ";" : ":";
  const named = (env.JUPYTER_PATH ?? "").split(delimiter).filter(Boolean);
  const environments = [env.VIRTUAL_ENV, env.CONDA_PREFIX].filter((prefix) => prefix !== undefined);
  const shared =
    platform === "win32"
      ? [joiner(platform)(env.PROGRAMDATA || "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  const all = [
    ...named,
    userDataFolder(system),
    ...environments.map((prefix) => dataFolderBelow(prefix, system)),
    ...shared,
  ];
  return [...new Set(all)];
}

function joiner(platform: NodeJS.Platform) {
  return platform === "win32" ? path.win32.join : path.posix.join;
}

/** Jupyter's reading of a switch in the environment. */
function isSet(value: string | undefined): boolean {
  return (
    value !== undefined && !["no", "n", "false", "off", "0", "0.0"].includes(value.toLowerCase())
  );
}
