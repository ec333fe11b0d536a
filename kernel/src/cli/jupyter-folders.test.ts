import { describe, expect, it } from "vitest";
import { dataFolder, type System, searchedDataFolders } from "./jupyter-folders";

const USER = { kind: "user" } as const;
const ENVIRONMENT = { kind: "environment" } as const;

function system(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  ask = (_: string) => "",
): System {
  const home = platform === "win32" ? "C:\\Users\\ada" : "/home/ada";
  return { platform, env, home, ask: (program) => ask(program) || undefined };
}

// The expected values are jupyter_core's (paths.py, jupyter_data_dir).
describe("the user's folder", () => {
  it.each([
    ["linux", {}, "/home/ada/.local/share/jupyter"],
    ["linux", { XDG_DATA_HOME: "/data" }, "/data/jupyter"],
    ["linux", { JUPYTER_PLATFORM_DIRS: "1" }, "/home/ada/.local/share/jupyter"],
    ["darwin", {}, "/home/ada/Library/Jupyter"],
    ["darwin", { JUPYTER_PLATFORM_DIRS: "off" }, "/home/ada/Library/Jupyter"],
    ["darwin", { JUPYTER_PLATFORM_DIRS: "1" }, "/home/ada/Library/Application Support/jupyter"],
    ["win32", { APPDATA: "C:\\Users\\ada\\Roaming" }, "C:\\Users\\ada\\Roaming\\jupyter"],
    ["win32", {}, "C:\\Users\\ada\\.jupyter\\data"],
    ["win32", { JUPYTER_CONFIG_DIR: "D:\\j" }, "D:\\j\\data"],
    [
      "win32",
      { JUPYTER_PLATFORM_DIRS: "1", LOCALAPPDATA: "C:\\Users\\ada\\Local" },
      "C:\\Users\\ada\\Local\\jupyter",
    ],
    ["linux", { JUPYTER_DATA_DIR: "/mine" }, "/mine"],
    ["darwin", { JUPYTER_DATA_DIR: "/mine" }, "/mine"],
    ["win32", { JUPYTER_DATA_DIR: "C:\\mine" }, "C:\\mine"],
  ] as const)("on %s with %j is %s", (platform, env, folder) => {
    expect(dataFolder(USER, system(platform, env))).toBe(folder);
  });
});

describe("the environment's folder", () => {
  it("is that of the active environment", () => {
    const venv = system("linux", { VIRTUAL_ENV: "/venv", CONDA_PREFIX: "/conda" });
    expect(dataFolder(ENVIRONMENT, venv)).toBe("/venv/share/jupyter");
    const conda = system("win32", { CONDA_PREFIX: "C:\\conda" });
    expect(dataFolder(ENVIRONMENT, conda)).toBe("C:\\conda\\share\\jupyter");
  });

  it("is that of python3, or python, where none is active", () => {
    const python3 = system("linux", {}, (program) => (program === "python3" ? "/usr" : ""));
    expect(dataFolder(ENVIRONMENT, python3)).toBe("/usr/share/jupyter");
    const python = system("win32", {}, (program) => (program === "python" ? "C:\\Py" : ""));
    expect(dataFolder(ENVIRONMENT, python)).toBe("C:\\Py\\share\\jupyter");
  });

  it("is asked for where there is no Python", () => {
    expect(() => dataFolder(ENVIRONMENT, system("linux", {}))).toThrow(/there is neither/);
  });
});

it("a prefix may be relative", () => {
  const place = { kind: "prefix", prefix: "there" } as const;
  expect(dataFolder(place, system("linux", {}))).toBe(`${process.cwd()}/there/share/jupyter`);
});

describe("the searched folders", () => {
  it("are those that Jupyter tells", () => {
    const told = JSON.stringify({ config: ["/c"], data: ["/a", "/b"], runtime: ["/r"] });
    const asked = system("linux", {}, (program) => (program === "jupyter" ? told : ""));
    expect(searchedDataFolders(asked)).toEqual(["/a", "/b"]);
  });

  it("follow its rules where there is no Jupyter, or it tells something else", () => {
    const env = { JUPYTER_PATH: "/x:/y", VIRTUAL_ENV: "/venv" };
    const folders = [
      "/x",
      "/y",
      "/home/ada/.local/share/jupyter",
      "/venv/share/jupyter",
      "/usr/local/share/jupyter",
      "/usr/share/jupyter",
    ];
    expect(searchedDataFolders(system("linux", env))).toEqual(folders);
    expect(searchedDataFolders(system("linux", env, () => "no JSON"))).toEqual(folders);
    const windows = searchedDataFolders(
      system("win32", { APPDATA: "C:\\a", JUPYTER_PATH: "C:\\x" }),
    );
    expect(windows).toEqual(["C:\\x", "C:\\a\\jupyter", "C:\\ProgramData\\jupyter"]);
  });
});
