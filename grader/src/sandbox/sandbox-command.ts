/** The command line that starts the sandbox: a chain of programs, each of which becomes the next. */
import { realpathSync } from "node:fs";
import type { Limits } from "./limits";
import { findProgram, type Program } from "./programs";
import { SandboxError } from "./sandbox-error";
import { stage } from "./staging";
import {
  findProject,
  hiddenFolders,
  INSIDE,
  NOTEBOOK_FOLDER,
  type Project,
  preloads,
  runnerFile,
  type VisibleFile,
  visibleFiles,
  visibleLibraries,
} from "./visible-files";

const MB = 2 ** 20;

/** The descriptor on which bubblewrap finds the filter of system calls. */
const FILTER_DESCRIPTOR = 5;

/** Started by root, slots have user ids of their own from here on: nobody else's, and never root's. */
const FIRST_USER = 61_000;

/** Inside, everybody is nobody. */
const NOBODY = "65534";

/**
 * Closes the descriptors that our own caller left open, which would be inherited; and where memory
 * runs out, this is the first process to go.
 */
const PREPARE = `echo 1000 > /proc/$$/oom_score_adj
for file in /proc/$$/fd/*; do
  number=\${file##*/}
  case $number in [0-${FILTER_DESCRIPTOR}]|255) ;; *) eval "exec $number>&-" ;; esac
done
exec "$@"`;

/** What the command depends on. */
export interface SandboxCommandOptions {
  readonly slot: number;
  readonly limits: Limits;
  /** The processors that this process may use. */
  readonly processors: readonly number[];
  readonly asRoot: boolean;
}

/** Returns the program and its arguments. Throws a SandboxError where a program is missing. */
export function sandboxCommand(options: SandboxCommandOptions): readonly [string, string[]] {
  const { slot, limits, processors, asRoot } = options;
  const project = findProject();
  const user = String(FIRST_USER + slot);
  const shown = shownFiles(project);
  const { files, prefix } = asRoot
    ? stage(shown, program("unshare"), program("sh"))
    : { files: shown, prefix: [] };
  const chain = [
    "-c",
    PREPARE,
    "sandbox",
    ...prefix,
    // As root: limits count by user, and root has none.
    ...(asRoot
      ? [program("setpriv"), "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"]
      : []),
    ...[program("nice"), "-n", "10"],
    ...[program("taskset"), "-c", String(processors[slot % processors.length] ?? 0)],
    program("prlimit"),
    `--data=${(limits.dataMB + reservedMB()) * MB}`,
    `--cpu=${limits.cpuSeconds}`,
    `--nofile=${limits.files}`,
    ...["--fsize=0", "--core=0", "--memlock=0", "--msgqueue=0"],
    program("bwrap"),
    ...bubblewrapArguments(project, files),
    // The limit on threads is set within the new user namespace: outside it would count all of this
    // user's programs.
    ...["/bin/sh", "-c", `ulimit -p ${limits.threads}; exec "$@"`, "sh"],
    ...["/bin/node", ...runnerArguments(project, limits)],
  ];
  return [program("bash"), chain];
}

/** Node 24 and newer reserve room for code that counts as memory although nothing is in it. */
function reservedMB(): number {
  return Number.parseInt(process.versions.node, 10) >= 24 ? 512 : 0;
}

/** Returns what Node is started with. */
export function nodeFlags({ heapMB }: Limits): string[] {
  return [`--max-old-space-size=${heapMB}`];
}

function runnerArguments(project: Project, limits: Limits): string[] {
  const runner = runnerFile(project).slice(project.grader.length);
  const package_ = `${INSIDE}/node_modules/@headroom/grader`;
  return [
    ...nodeFlags(limits),
    ...preloads(project).flatMap(({ inside }) => ["--require", inside]),
    package_ + runner,
    NOTEBOOK_FOLDER,
    String(limits.outputKB * 1024),
  ];
}

function shownFiles(project: Project): VisibleFile[] {
  const node = process.execPath;
  const shell = program("sh");
  return [
    { outside: node, inside: "/bin/node" },
    { outside: realpathSync(shell), inside: "/bin/sh" },
    ...visibleLibraries(project, [node, shell], program("ldd")),
    ...visibleFiles(project),
    ...preloads(project),
  ];
}

function bubblewrapArguments(project: Project, files: readonly VisibleFile[]): string[] {
  const environment = {
    HOME: "/tmp",
    PATH: "/bin",
    LANG: "C.UTF-8",
    TZ: "UTC",
    TF_CPP_MIN_LOG_LEVEL: "2",
  };
  return [
    "--unshare-all",
    // Its own process 1: /proc/1 of bubblewrap would show our paths.
    "--as-pid-1",
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"],
    ...["--hostname", "sandbox", "--uid", NOBODY, "--gid", NOBODY],
    ...files.flatMap(({ outside, inside }) => ["--ro-bind", outside, inside]),
    ...hiddenFolders(project).flatMap((folder) => ["--tmpfs", folder, "--remount-ro", folder]),
    ...["--proc", "/proc", "--dir", NOTEBOOK_FOLDER, "--dir", "/tmp"],
    // Not bubblewrap's own /dev: that is a folder in memory without a limit, and has /dev/zero, by
    // which memory is had that no limit counts.
    ...["null", "random", "urandom"].flatMap((name) => [
      "--dev-bind",
      `/dev/${name}`,
      `/dev/${name}`,
    ]),
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    // Nothing can be written at all: files in memory are memory, too, and no limit counts empty ones.
    ...["--remount-ro", "/", "--chdir", NOTEBOOK_FOLDER, "--seccomp", String(FILTER_DESCRIPTOR)],
  ];
}

function program(name: Program): string {
  const found = findProgram(name);
  if (found !== undefined) return found;
  throw new SandboxError("no-sandbox", `there is no program ${name}`, `install ${name}`);
}
