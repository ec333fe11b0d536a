// @ts-check
// Native TensorFlow from the package registries alone: the C library out of TensorFlow's Python
// wheel, and tfjs-node's add-on compiled against it.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { program, ROOT, TFJS_NODE } from "../../project.mjs";
import { SetupError } from "../failure.mjs";
import { runCommand } from "../run-command.mjs";
import { ADDON, WHEEL_PYTHON, WHEEL_VERSION, wheelForThisSystem } from "./versions.mjs";

const WHAT = "native TensorFlow";
const BINDING_SOURCES = ["tfjs_backend.cc", "tfjs_binding.cc"];

/**
 * Downloads the wheel and unpacks its C library into `folder/deps`, unless it is there already.
 * Needs Python, not Node's packages, so it can run beside their installation.
 * @param {string} folder
 * @param {(line: string) => void} say
 */
export async function fetchLibrary(folder, say) {
  const deps = path.join(folder, "deps");
  if (existsSync(deps)) return;
  const wheel = wheelForThisSystem();
  if (!wheel) {
    throw new SetupError(
      WHAT,
      `no TensorFlow wheel is known for ${process.platform} on ${process.arch}`,
      "The workbook runs without it, more slowly.",
    );
  }
  const downloads = path.join(folder, "download");
  const part = `${deps}.part`;
  for (const leftover of [downloads, part]) rmSync(leftover, { recursive: true, force: true });
  mkdirSync(downloads, { recursive: true });
  say(`downloading the C library (${wheel.project} ${WHEEL_VERSION}, about 210 MB)`);
  await runCommand(WHAT, program("python"), [
    ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"],
    ...["--no-cache-dir", "--only-binary=:all:", "--implementation", "cp"],
    ...["--python-version", WHEEL_PYTHON, "--platform", wheel.platform],
    ...["--dest", downloads, `${wheel.project}==${WHEEL_VERSION}`],
  ]);
  const [file] = readdirSync(downloads);
  say("unpacking it");
  const script = path.join(ROOT, "scripts", "setup", "tensorflow", "extract_wheel.py");
  await runCommand(WHAT, program("python"), [script, path.join(downloads, file), part]);
  rmSync(downloads, { recursive: true });
  await stripSymbols(path.join(part, "lib"));
  renameSync(part, deps);
}

/**
 * Drops the libraries' debugging symbols, a quarter of their size; without the tool they stay.
 * @param {string} libraries
 */
async function stripSymbols(libraries) {
  for (const file of readdirSync(libraries).filter((name) => name.endsWith(".so.2"))) {
    await runCommand(WHAT, "strip", ["--strip-unneeded", path.join(libraries, file)]).catch(
      () => undefined,
    );
  }
}

/**
 * Compiles the add-on against the library in `folder/deps`. One compiler call does it: the Node-API
 * headers come from a package, so neither node-gyp nor Node's own headers are needed.
 * @param {string} folder
 * @param {(line: string) => void} say
 */
export async function compileAddon(folder, say) {
  say("compiling the add-on");
  const deps = path.join(folder, "deps");
  const compiler = process.env.CXX ?? "g++";
  await runCommand(
    WHAT,
    compiler,
    [
      ...["-std=gnu++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8"],
      `-I${path.join(ROOT, "node_modules", "node-api-headers", "include")}`,
      ...[`-I${path.join(deps, "include")}`, "-I.."],
      ...BINDING_SOURCES.map((file) => path.join("binding", file)),
      ...[`-L${path.join(deps, "lib")}`, "-ltensorflow", "-ltensorflow_framework"],
      ...["-Wl,-rpath,$ORIGIN/../../deps/lib", "-o", path.join(folder, `${ADDON}.part`)],
    ],
    { cwd: TFJS_NODE },
  ).catch((error) => {
    if (!/can't be started/.test(error.message)) throw error;
    throw new SetupError(
      WHAT,
      `the C++ compiler ${compiler} is missing`,
      "Install one (Debian, Ubuntu: sudo apt install g++), then run npm run setup -- --retry.",
    );
  });
  renameSync(path.join(folder, `${ADDON}.part`), path.join(folder, ADDON));
}
