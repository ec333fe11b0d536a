import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CourseLockedError, lockCourse } from "./course-lock";
import { type LockHolder, thisHolder } from "./lock-holder";

let course = "";
let lock = "";
beforeEach(() => {
  course = mkdtempSync(join(tmpdir(), "course-lock-"));
  lock = join(course, "verdicts", ".lock");
});
afterEach(() => rmSync(course, { recursive: true, force: true }));

/** A lock as another process would have left it. */
function leaveLock(holder: Partial<LockHolder>) {
  mkdirSync(join(course, "verdicts"));
  writeFileSync(lock, JSON.stringify({ ...thisHolder("grade 01-a"), ...holder }));
}

test("the second is told who is at work, since when, and what to do", () => {
  const first = lockCourse(course, "grade 02-skewed");
  expect(() => lockCourse(course, "grade 04-baselines")).toThrow(CourseLockedError);
  expect(() => lockCourse(course, "grade 04-baselines")).toThrow(
    new RegExp(`"grade 02-skewed", process ${process.pid} on ${hostname()}, since 20.*delete`),
  );
  first.release();
  lockCourse(course, "grade 04-baselines").release();
  expect(readdirSync(join(course, "verdicts"))).toEqual([]);
});

test("a lock that is released twice leaves another's alone", () => {
  const first = lockCourse(course, "first");
  first.release();
  const second = lockCourse(course, "second");
  first.release();
  expect(existsSync(lock)).toBe(true);
  second.release();
});

test("the lock of a process that has ended is taken over", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  leaveLock({ pid });
  lockCourse(course, "grade").release();
});

test("the lock of a process whose id another one has now is taken over", () => {
  leaveLock({ began: "1" });
  lockCourse(course, "grade").release();
});

test("a lock from before the machine's last start is taken over", () => {
  leaveLock({ boot: "another start" });
  lockCourse(course, "grade").release();
});

test("a lock that is no lock is taken over", () => {
  mkdirSync(join(course, "verdicts"));
  writeFileSync(lock, "{");
  lockCourse(course, "grade").release();
});

test("another machine's lock stays: nothing is known of its process", () => {
  leaveLock({ host: "elsewhere", pid: 1 });
  expect(() => lockCourse(course, "grade")).toThrow(/process 1 on elsewhere/);
});

test("a living process keeps its lock; killed by -9, it loses it", async () => {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  const stat = spawnSync("cat", [`/proc/${child.pid}/stat`], { encoding: "utf8" }).stdout;
  leaveLock({
    pid: child.pid as number,
    began: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "",
  });
  expect(() => lockCourse(course, "grade")).toThrow(CourseLockedError);
  child.kill("SIGKILL");
  await once(child, "exit");
  lockCourse(course, "grade").release();
});
