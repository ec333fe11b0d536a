import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConnectionFileError, channelAddress, readConnectionFile } from "./connection-file";

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "connection-"));
  file = join(folder, "kernel.json");
});
afterAll(() => rmSync(folder, { recursive: true }));

const FIELDS = {
  transport: "tcp",
  ip: "127.0.0.1",
  key: "k",
  signature_scheme: "hmac-sha256",
  shell_port: 1,
  control_port: 2,
  stdin_port: 3,
  iopub_port: 4,
  hb_port: 65535,
};

function read(fields: unknown) {
  writeFileSync(file, typeof fields === "string" ? fields : JSON.stringify(fields));
  return readConnectionFile(file);
}

test("a connection file is read", () => {
  expect(read({ ...FIELDS, kernel_name: "headroom" })).toEqual({
    transport: "tcp",
    ip: "127.0.0.1",
    key: "k",
    signatureScheme: "hmac-sha256",
    ports: { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 65535 },
  });
});

test.runIf(process.platform !== "win32")(
  "other users lose access to it, its owner does not",
  () => {
    read(FIELDS);
    chmodSync(file, 0o644);
    readConnectionFile(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o400);
    readConnectionFile(file);
    expect(statSync(file).mode & 0o777).toBe(0o400);
    chmodSync(file, 0o600);
  },
);

test.each([
  ["{", /no JSON/],
  ["[]", /expected an object/],
  ["null", /expected an object/],
  [{ ...FIELDS, transport: "udp" }, /transport is "udp"; expected "tcp" or "ipc"/],
  [{ ...FIELDS, ip: undefined }, /ip is missing/],
  [{ ...FIELDS, ip: "" }, /ip is missing/],
  [{ ...FIELDS, key: 5 }, /key is no text/],
  [{ ...FIELDS, shell_port: undefined }, /shell_port is undefined; expected a port number/],
  [{ ...FIELDS, hb_port: 65536 }, /hb_port is 65536/],
  [{ ...FIELDS, stdin_port: "3" }, /stdin_port is "3"/],
  [{ ...FIELDS, iopub_port: 0 }, /iopub_port is 0/],
])("%j is refused with its reason", (fields, reason) => {
  expect(() => read(fields)).toThrow(ConnectionFileError);
  expect(() => read(fields)).toThrow(reason);
});

test("a missing file is named", () => {
  const missing = join(folder, "missing.json");
  expect(() => readConnectionFile(missing)).toThrow(/Cannot read the connection file .*missing/);
});

test("addresses: tcp, IPv6 in brackets, ipc", () => {
  expect(channelAddress(read(FIELDS), "hb")).toBe("tcp://127.0.0.1:65535");
  expect(channelAddress(read({ ...FIELDS, ip: "::1" }), "shell")).toBe("tcp://[::1]:1");
  const ipc = read({ ...FIELDS, transport: "ipc", ip: "/tmp/k" });
  expect(channelAddress(ipc, "control")).toBe("ipc:///tmp/k-2");
});
