import { describe, expect, test } from "vitest";
import { isFiltered, seccompFilter } from "./seccomp";

const ALLOWED = 0x7fff0000;
const KILLED = 0x80000000;
const EPERM = 0x00050001;
const ENOMEM = 0x0005000c;
const ENOSYS = 0x00050026;
const EAFNOSUPPORT = 0x00050061;

const X64 = 0xc000003e;
const ARM64 = 0xc00000b7;

/** What the filter does with a system call: a small machine for classic BPF, as seccomp(2) has it. */
function verdict(
  filter: Buffer,
  architecture: number,
  number: number,
  args: number[] = [],
): number {
  const data = new Map([
    [0, number],
    [4, architecture],
    ...args.map((value, index) => [16 + 8 * index, value] as const),
  ]);
  let register = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const [code, value] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)];
    const jump = (holds: boolean) => {
      at += 8 * filter.readUInt8(at + (holds ? 2 : 3));
    };
    if (code === 0x20) register = data.get(value) ?? 0;
    else if (code === 0x54) register = (register & value) >>> 0;
    else if (code === 0x15) jump(register === value);
    else if (code === 0x35) jump(register >= value);
    else if (code === 0x45) jump((register & value) !== 0);
    else if (code === 0x06) return value;
    else throw new Error(`an unknown operation ${code}`);
  }
  throw new Error("the filter has no end");
}

describe("on x86-64", () => {
  const filter = seccompFilter("x64");
  const of = (number: number, ...args: number[]) => verdict(filter, X64, number, args);

  test.each([
    ["read", [0], ALLOWED],
    ["execve", [59], ALLOWED],
    ["the first call that is not known", [470], ALLOWED],
    ["fork", [57], EPERM],
    ["vfork", [58], EPERM],
    ["a new process by clone", [56, 0x11], EPERM],
    ["a thread", [56, 0x3d0f00], ALLOWED],
    ["a new namespace by clone", [56, 0x10000000], EPERM],
    ["clone3", [435], ENOSYS],
    ["ptrace", [101], EPERM],
    ["mount", [165], EPERM],
    ["unshare", [272], EPERM],
    ["bpf", [321], EPERM],
    ["io_uring_setup", [425], EPERM],
    ["memfd_create", [319], EPERM],
    ["private memory", [9, 0, 4096, 3, 0x22], ALLOWED],
    ["shared memory of nobody", [9, 0, 4096, 3, 0x21], ENOMEM],
    ["a shared file", [9, 0, 4096, 3, 0x01], ALLOWED],
    ["a socket of the machine", [41, 1], ALLOWED],
    ["a socket of the internet", [41, 2], ALLOWED],
    ["a raw packet socket", [41, 17], EAFNOSUPPORT],
    ["a socket to the host of a virtual machine", [41, 40], EAFNOSUPPORT],
    ["outliving the judge", [157, 1, 0], EPERM],
    ["naming a thread", [157, 15], ALLOWED],
    ["a call of x32", [0x40000000 + 57], KILLED],
  ])("%s", (_name, [number = 0, ...args], expected) => {
    expect(of(number, ...args)).toBe(expected);
  });

  test("calls of another architecture end the process", () => {
    expect(verdict(filter, 0x40000003, 2)).toBe(KILLED);
  });
});

describe("on arm64", () => {
  const filter = seccompFilter("arm64");
  const of = (number: number, ...args: number[]) => verdict(filter, ARM64, number, args);

  test.each([
    ["read", [63], ALLOWED],
    ["execve", [221], ALLOWED],
    // 57 and 58 are close and vhangup there.
    ["close", [57], ALLOWED],
    ["a new process by clone", [220, 0x11], EPERM],
    ["a thread", [220, 0x3d0f00], ALLOWED],
    ["clone3", [435], ENOSYS],
    ["ptrace", [117], EPERM],
    ["mount", [40], EPERM],
    ["unshare", [97], EPERM],
    ["shared memory of nobody", [222, 0, 4096, 3, 0x21], ENOMEM],
    ["private memory", [222, 0, 4096, 3, 0x22], ALLOWED],
    ["a raw packet socket", [198, 17], EAFNOSUPPORT],
    ["outliving the judge", [167, 1, 0], EPERM],
  ])("%s", (_name, [number = 0, ...args], expected) => {
    expect(of(number, ...args)).toBe(expected);
  });

  test("calls of another architecture end the process", () => {
    expect(verdict(filter, X64, 0)).toBe(KILLED);
  });
});

test("other architectures have no filter", () => {
  expect(["x64", "arm64", "riscv64", "constructor"].filter(isFiltered)).toEqual(["x64", "arm64"]);
});
