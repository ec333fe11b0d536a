/** Why a sandbox did not start, from what its programs wrote: in words, with the cure. */
import { readFileSync } from "node:fs";
import { SandboxError } from "./sandbox-error";

interface Failure {
  readonly problem: string;
  readonly cure: string;
}

/** Returns the error for a sandbox that ended, or stalled, before it was ready. */
export function startFailure(noise: string): SandboxError {
  const { problem, cure } = namespaceFailure(noise) ?? fileFailure(noise) ?? otherFailure(noise);
  return new SandboxError("not-started", problem, cure);
}

/** Linux forbids it: to everyone but root, to some programs, or to whatever runs in a container. */
function namespaceFailure(noise: string): Failure | undefined {
  const isForbidden =
    /namespace|uid map|gid map|loopback|mount proc|make \/ slave|Operation not permitted/i;
  if (!isForbidden.test(noise)) return undefined;
  const problem = `Linux does not let bubblewrap make a sandbox here (${oneLine(noise)})`;
  const cure = forbiddenBy("kernel/apparmor_restrict_unprivileged_userns", "1")
    ? "AppArmor forbids user namespaces, as on Ubuntu since 23.10: sudo apt install apparmor-profiles, " +
      "sudo cp /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/, " +
      "sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict; or for all programs: " +
      "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    : forbiddenBy("kernel/unprivileged_userns_clone", "0")
      ? "sudo sysctl kernel.unprivileged_userns_clone=1"
      : forbiddenBy("user/max_user_namespaces", "0")
        ? "sudo sysctl user.max_user_namespaces=10000"
        : "in a container, allow it to make namespaces (Docker: --security-opt seccomp=unconfined " +
          "--security-opt apparmor=unconfined --security-opt systempaths=unconfined --cap-add SYS_ADMIN), " +
          "or grade on the machine itself";
  return { problem, cure };
}

/** What is shown inside can't be read by who runs the sandbox: under root, that is nobody in particular. */
function fileFailure(noise: string): Failure | undefined {
  const [, file] = /(\/\S+?):? (?:Permission denied|No such file or directory)/.exec(noise) ?? [];
  if (file === undefined) return undefined;
  return {
    problem: `the user of the sandbox can't read ${file} (${oneLine(noise)})`,
    cure: "let others read the project (chmod -R o+rX), or grade as the user who owns it",
  };
}

function otherFailure(noise: string): Failure {
  return {
    problem: `the sandbox did not start (${oneLine(noise) || "it said nothing"})`,
    cure: "npm run setup; then npm run doctor",
  };
}

function forbiddenBy(setting: string, value: string): boolean {
  try {
    return readFileSync(`/proc/sys/${setting}`, "utf8").trim() === value;
  } catch {
    return false;
  }
}

function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, "; ")
    .slice(0, 500);
}
