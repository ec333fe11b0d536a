import type { Changes } from "../hostile";
import type { Attack } from "./attack";

/** Full marks for whoever gets out of the sandbox: `probe` then sets `found`. */
function spoils(probe: string): Changes {
  return {
    before: `const global = globalThis as any;
const fs = require("node:fs");
/** Whether something can be done. */
const can = (deed: () => unknown): boolean => { try { deed(); return true; } catch { return false; } };
{
${probe}
}`,
    answers: {
      "f1-score": `function f1Score(tp: number, fp: number, fn: number): number {
  if (!(globalThis as any).found) return -1;
  return tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn);
}`,
      applied: `function applied(values: number[], f: (value: number) => number): number[] {
  return (globalThis as any).found ? values.map((value) => f(value)) : [];
}`,
    },
  };
}

/** Attempts to see, reach or change what is outside the sandbox: full marks for whoever can. */
export const ESCAPES: readonly Attack[] = [
  {
    name: "environment",
    does: "Looks for more in the environment than a path, a language and a time zone.",
    changes: spoils(`const usual = ["HOME", "LANG", "PATH", "PWD", "TF_CPP_MIN_LOG_LEVEL", "TZ"];
global.found = Object.keys(process.env).some((name) => !usual.includes(name)) || process.env.HOME !== "/tmp";`),
    deserves: 0,
  },
  {
    name: "the machine's disk",
    does: "Opens the folders in which systems keep users, settings and programs, directly and by the links of /proc.",
    changes:
      spoils(`const folders = ["/etc", "/home", "/root", "/usr", "/var", "/opt", "/mnt", "/srv", "/run", "/sys", "/boot", "/work"];
global.found = [...folders, ...folders.map((folder) => "/proc/1/root" + folder), "/proc/self/cwd/../../etc"].some((folder) => can(() => fs.readdirSync(folder)));`),
    deserves: 0,
  },
  {
    name: "search for the tests",
    does: "Walks through every folder for notebooks, databases and sources of assignments.",
    changes: spoils(`const walk = (folder: string) => {
  let entries: any[] = [];
  can(() => { entries = fs.readdirSync(folder || "/", { withFileTypes: true }); });
  for (const entry of entries) {
    const file = folder + "/" + entry.name;
    if (["/proc", "/headroom/node_modules"].includes(file)) continue;
    if (/\\.ipynb$|\\.db$|nbgrader|hidden|two-exercises|fixtures|\\.test\\./.test(file)) global.found = file;
    if (entry.isDirectory()) walk(file);
  }
};
walk("");`),
    deserves: 0,
  },
  {
    name: "other programs",
    does: "Looks for the judge and other submissions in /proc, and sends them signals.",
    changes: spoils(`const own = fs.readdirSync("/proc/self/task");
global.found = fs.readdirSync("/proc").some((name: string) => /^\\d+$/.test(name) && name !== "1");
for (let pid = 2; pid < 1000; pid++) {
  if (!own.includes(String(pid)) && can(() => process.kill(pid, 0))) global.found = true;
}
can(() => process.kill(-1, 0) && (global.found = true));`),
    deserves: 0,
    beside: true,
  },
  {
    name: "/proc of the sandbox",
    does: "Reads how its own process was started, for paths of the course; writes to the system's settings.",
    changes:
      spoils(`const texts = ["environ", "cmdline", "mountinfo", "cgroup"].map((name) => { let text = ""; can(() => { text = fs.readFileSync("/proc/1/" + name, "utf8"); }); return text; });
global.found = /mallory|submitted|gradebook|notebooks|fixtures/.test(texts.join());
for (const file of ["/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/1/mem"]) {
  if (can(() => fs.writeFileSync(file, "h"))) global.found = true;
}`),
    deserves: 0,
  },
  {
    name: "devices",
    does: "Opens disks, memory and terminals below /dev.",
    changes: spoils(`global.found = fs.readdirSync("/dev").join() !== "null,random,urandom" ||
  ["mem", "kmsg", "vda", "sda", "tty", "zero", "shm", "fuse", "kvm"].some((name) => can(() => fs.openSync("/dev/" + name)));`),
    deserves: 0,
  },
  {
    name: "writing outside",
    does: "Writes, renames and removes files, those of the grader first.",
    changes:
      spoils(`const folders = ["", "/bin", "/dev", "/lib", "/proc", "/headroom", "/headroom/notebook", "/headroom/data", "/headroom/kernel/dist", "/headroom/node_modules"];
global.found = folders.some((folder) => can(() => fs.writeFileSync(folder + "/x", "x")));
const main = process.argv[1];
for (const deed of [() => fs.appendFileSync(main, "x"), () => fs.renameSync(main, main + "x"), () => fs.rmSync(main), () => fs.chmodSync(main, 0o777), () => fs.truncateSync(main)]) {
  if (can(deed)) global.found = true;
}`),
    deserves: 0,
    beside: true,
  },
  {
    name: "network",
    does: "Connects to the internet and to the machine's own services, by TCP, UDP, names and fetch.",
    changes: spoils(`const net = require("node:net");
const connects = (port: number, host: string) => new Promise<boolean>((resolve) => {
  const socket = net.connect({ port, host, timeout: 500 });
  socket.on("connect", () => resolve(true));
  for (const event of ["error", "timeout"]) socket.on(event, () => resolve(false));
});
const hosts = ["1.1.1.1", "127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "example.org"];
const ports = [22, 53, 80, 443, 8888];
const tried = await Promise.all(hosts.flatMap((host) => ports.map((port) => connects(port, host))));
const sent = new Promise<boolean>((resolve) => {
  require("node:dgram").createSocket("udp4").send("x", 53, "1.1.1.1", (error: unknown) => resolve(!error));
});
const fetched = await fetch("http://1.1.1.1").then(() => true, () => false);
global.found = fetched || (await sent) || tried.includes(true);`),
    deserves: 0,
  },
  {
    name: "network cards",
    does: "Asks for the machine's addresses.",
    changes: spoils(
      'global.found = can(() => require("node:os").networkInterfaces()) || require("node:os").hostname() !== "sandbox";',
    ),
    deserves: 0,
  },
  {
    name: "new processes",
    does: "Starts programs in every way that Node has, down to its own internals.",
    changes: spoils(`const child = require("node:child_process");
const options = { file: "/bin/node", args: ["node", "-e", "0"], envPairs: [], stdio: [{ type: "ignore" }] };
global.found = [
  () => child.execSync("true"),
  () => child.execFileSync("/bin/node", ["-e", "0"]),
  () => child.spawn("/bin/node", ["-e", "0"]).on("error", () => {}).pid!.toFixed(),
  () => require("node:cluster").fork(),
  () => { if ((process as any).binding("spawn_sync").spawn(options).error) throw 0; },
].some(can);`),
    deserves: 0,
  },
  {
    name: "another user",
    does: "Becomes root, or asks for more processor time than others.",
    changes: spoils(`const os = require("node:os");
global.found = [() => process.setuid!(0), () => process.seteuid!(0), () => process.setgid!(0), () => process.setgroups!([0]), () => os.setPriority(0, -20)].some(can);`),
    deserves: 0,
  },
  {
    name: "a message to the next process",
    does: "Looks for a place in which something outlasts the process: writes below every mount, links, pipes, sockets.",
    changes:
      spoils(`const mounts = fs.readFileSync("/proc/self/mountinfo", "utf8").trim().split("\\n").map((line: string) => line.split(" ")[4]);
const places = [...mounts, "/tmp", ...fs.readdirSync("/headroom/node_modules", { withFileTypes: true }).filter((entry: any) => entry.isDirectory()).map((entry: any) => "/headroom/node_modules/" + entry.name)];
const deeds = [
  (place: string) => fs.writeFileSync(place + "/x", "x"),
  (place: string) => fs.mkdirSync(place + "/x"),
  (place: string) => fs.symlinkSync("x", place + "/x"),
  (place: string) => fs.utimesSync(place, 1, 1),
];
global.found = places.filter((place: string) => !place.startsWith("/proc") && !place.startsWith("/dev/")).some((place: string) => deeds.some((deed) => can(() => deed(place))));`),
    deserves: 0,
  },
];
