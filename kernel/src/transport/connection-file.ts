import { chmodSync, readFileSync, statSync } from "node:fs";

/** Where the kernel listens, and the key by which messages are signed. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly key: string;
  readonly signatureScheme: string;
  readonly ports: Readonly<Record<ChannelName, number>>;
}

export type ChannelName = "shell" | "control" | "stdin" | "iopub" | "hb";

const CHANNELS: readonly ChannelName[] = ["shell", "control", "stdin", "iopub", "hb"];

/** A connection file that cannot be used; the text says why and what to do. */
export class ConnectionFileError extends Error {
  override readonly name = "ConnectionFileError";
}

/**
 * Returns what a connection file says; takes other users' access to the file away, since the key
 * lies in it. Throws ConnectionFileError where the file is missing, no JSON, or incomplete.
 */
export function readConnectionFile(file: string): Connection {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConnectionFileError(
      `Cannot read the connection file ${file}: ${messageOf(error)}. Jupyter writes this file and passes its path; start the kernel through Jupyter.`,
    );
  }
  closeToOthers(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConnectionFileError(
      `The connection file ${file} is no JSON: ${messageOf(error)}. Start the kernel again through Jupyter.`,
    );
  }
  return toConnection(json, file);
}

function toConnection(json: unknown, file: string): Connection {
  const refuse = (what: string): never => {
    throw new ConnectionFileError(
      `The connection file ${file}: ${what}. Start the kernel again through Jupyter.`,
    );
  };
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return refuse("expected an object");
  }
  const fields = json as Record<string, unknown>;
  const {
    transport = "tcp",
    ip,
    key = "",
    signature_scheme: signatureScheme = "hmac-sha256",
  } = fields;
  if (transport !== "tcp" && transport !== "ipc") {
    return refuse(`transport is ${JSON.stringify(transport)}; expected "tcp" or "ipc"`);
  }
  if (typeof ip !== "string" || ip === "") return refuse("ip is missing; expected an address");
  if (typeof key !== "string") return refuse("key is no text");
  if (typeof signatureScheme !== "string") return refuse("signature_scheme is no text");
  const port = (name: ChannelName) => {
    const value = fields[`${name}_port`];
    const highest = transport === "tcp" ? 65_535 : Number.MAX_SAFE_INTEGER;
    if (typeof value === "number" && Number.isInteger(value) && value > 0 && value <= highest) {
      return value;
    }
    return refuse(`${name}_port is ${JSON.stringify(value)}; expected a port number`);
  };
  const ports = Object.fromEntries(CHANNELS.map((name) => [name, port(name)]));
  return { transport, ip, key, signatureScheme, ports: ports as Record<ChannelName, number> };
}

/** Returns ZeroMQ's address of a channel: `tcp://127.0.0.1:5000`, `ipc:///tmp/kernel-1`. */
export function channelAddress(connection: Connection, channel: ChannelName): string {
  const { transport, ip, ports } = connection;
  if (transport === "ipc") return `ipc://${ip}-${ports[channel]}`;
  return `tcp://${ip.includes(":") && !ip.startsWith("[") ? `[${ip}]` : ip}:${ports[channel]}`;
}

/** Windows has no such permissions; a file of somebody else cannot be changed. */
function closeToOthers(file: string): void {
  try {
    if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  } catch {
    // It was readable: the kernel can work, and whoever owns the file answers for it.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
