/**
 * A filter of system calls, as the program of classic BPF that Linux takes: seccomp(2). Threads are
 * allowed, processes not; so the limit on threads is a limit on everything that runs.
 */
import { EXAMINED, REFUSED, type SyscallNumbers } from "./syscalls";

/** The architectures for which there is a filter. */
export type FilteredArchitecture = "x64" | "arm64";

/** AUDIT_ARCH_*: the number of an architecture. */
const ARCHITECTURES: Readonly<Record<FilteredArchitecture, number>> = {
  x64: 0xc000003e,
  arm64: 0xc00000b7,
};

/** One step: its operation, where to go on (true, false; steps to skip), its value. */
type Step = readonly [code: number, jumpTrue: number, jumpFalse: number, value: number];

const LOAD = 0x20;
const AND = 0x54;
const EQUAL = 0x15;
const AT_LEAST = 0x35;
const ANY_BIT = 0x45;
const RETURN = 0x06;

/** Offsets in what the filter is shown. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number): number => 16 + 8 * index;

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const refuseWith = (errno: number): number => 0x00050000 | errno;
const EPERM = 1;
const ENOMEM = 12;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Calls with numbers from here on are those of another way to call (x32). */
const X32 = 0x40000000;
const CLONE_THREAD = 0x10000;
/** MAP_SHARED and MAP_ANONYMOUS: memory that RLIMIT_DATA does not count. */
const SHARED_ANONYMOUS = 0x21;
const PR_SET_PDEATHSIG = 1;
/** AF_UNIX, AF_INET, AF_INET6; there is no network, yet a program may ask. */
const FAMILIES = [1, 2, 10];

/** Returns whether there is a filter for this architecture, as Node names it. */
export function isFiltered(architecture: string): architecture is FilteredArchitecture {
  return Object.hasOwn(ARCHITECTURES, architecture);
}

/** Returns the filter's bytes: 8 a step, little-endian. */
export function seccompFilter(architecture: FilteredArchitecture): Buffer {
  const steps = filterSteps(architecture);
  const bytes = Buffer.alloc(steps.length * 8);
  for (const [index, [code, jumpTrue, jumpFalse, value]] of steps.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  }
  return bytes;
}

function filterSteps(architecture: FilteredArchitecture): Step[] {
  const of = (call: SyscallNumbers) => call[architecture];
  const when = (call: SyscallNumbers, then: readonly Step[]): Step[] => {
    const number = of(call);
    return number === undefined ? [] : [[EQUAL, 0, then.length, number], ...then];
  };
  return [
    [LOAD, 0, 0, ARCHITECTURE],
    [EQUAL, 1, 0, ARCHITECTURES[architecture]],
    finish(KILL),
    [LOAD, 0, 0, NUMBER],
    ...(architecture === "x64" ? ([[AT_LEAST, 0, 1, X32], finish(KILL)] as const) : []),
    // Without it the C library takes clone, whose flags a filter can see.
    ...when(EXAMINED.clone3, [finish(refuseWith(ENOSYS))]),
    ...when(EXAMINED.clone, [
      [LOAD, 0, 0, argument(0)],
      [ANY_BIT, 0, 1, CLONE_THREAD],
      finish(ALLOW),
      finish(refuseWith(EPERM)),
    ]),
    ...when(EXAMINED.mmap, [
      [LOAD, 0, 0, argument(3)],
      [AND, 0, 0, SHARED_ANONYMOUS],
      [EQUAL, 0, 1, SHARED_ANONYMOUS],
      finish(refuseWith(ENOMEM)),
      finish(ALLOW),
    ]),
    ...when(EXAMINED.socket, [
      [LOAD, 0, 0, argument(0)],
      ...FAMILIES.flatMap((family): Step[] => [[EQUAL, 0, 1, family], finish(ALLOW)]),
      finish(refuseWith(EAFNOSUPPORT)),
    ]),
    // It is to die with the judge.
    ...when(EXAMINED.prctl, [
      [LOAD, 0, 0, argument(0)],
      [EQUAL, 0, 1, PR_SET_PDEATHSIG],
      finish(refuseWith(EPERM)),
      finish(ALLOW),
    ]),
    ...Object.values(REFUSED).flatMap((call) => when(call, [finish(refuseWith(EPERM))])),
    finish(ALLOW),
  ];
}

function finish(action: number): Step {
  return [RETURN, 0, 0, action];
}
