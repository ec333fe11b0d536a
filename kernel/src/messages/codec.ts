/** Messages to frames and back: `[identities..., <IDS|MSG>, signature, 4 x JSON, buffers...]`. */
import { randomUUID } from "node:crypto";
import { toJsonFrame } from "./json-frame";
import type { Content, Header, Message, Outgoing } from "./message";
import type { Signer } from "./signature";

/** The protocol that the kernel speaks. */
export const PROTOCOL_VERSION = "5.4";

const DELIMITER = Buffer.from("<IDS|MSG>");

/** How many signatures are remembered to tell a message that is sent again. */
const REMEMBERED = 20_000;

/** A message that was refused, and why. */
export interface Refusal {
  readonly refused: string;
}

/** Translates between messages and frames for one kernel session. */
export interface Codec {
  /** Frames that start with `prefix`: the identities of the receiver, or iopub's topic. */
  encode(message: Outgoing, prefix: readonly (Uint8Array | string)[]): (Uint8Array | string)[];
  /** Never throws: whatever anyone sends is a message or is refused. */
  decode(frames: readonly Buffer[]): Message | Refusal;
}

/** Returns the codec of a new session, which signs and verifies by `signer`. */
export function createCodec(signer: Signer): Codec {
  const session = randomUUID();
  const seen = createMemory(REMEMBERED);
  let sent = 0;
  return {
    encode(message, prefix) {
      const header = {
        msg_id: `${session}_${++sent}`,
        msg_type: message.type,
        username: "kernel",
        session,
        date: new Date().toISOString(),
        version: PROTOCOL_VERSION,
      };
      const parts = [header, message.parent ?? {}, message.metadata ?? {}, message.content];
      const json = parts.map(toJsonFrame);
      return [...prefix, DELIMITER, signer.sign(json), ...json, ...(message.buffers ?? [])];
    },
    decode(frames) {
      const delimiter = frames.findIndex((frame) => DELIMITER.equals(frame));
      if (delimiter < 0) return { refused: "no delimiter <IDS|MSG>" };
      const signature = frames[delimiter + 1];
      const json = frames.slice(delimiter + 2, delimiter + 6);
      if (signature === undefined || json.length < 4) return { refused: "too few frames" };
      if (!signer.verify(signature, json)) return { refused: "wrong signature" };
      if (signature.length > 0 && seen(signature.toString("latin1"))) {
        return { refused: "sent again: its signature was used before" };
      }
      return parse(frames.slice(0, delimiter), json, frames.slice(delimiter + 6));
    },
  };
}

function parse(
  identities: readonly Buffer[],
  json: readonly Buffer[],
  buffers: readonly Buffer[],
): Message | Refusal {
  let parts: unknown[];
  try {
    parts = json.map((frame) => JSON.parse(frame.toString("utf8")));
  } catch (error) {
    return { refused: `no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const [header, parentHeader, metadata, content] = parts;
  if (!isObject(content)) return { refused: "its content is no object" };
  if (!isHeader(header)) return { refused: "its header lacks msg_id or msg_type" };
  return {
    identities,
    header,
    parentHeader: isObject(parentHeader) ? parentHeader : {},
    metadata: isObject(metadata) ? metadata : {},
    content,
    buffers,
  };
}

function isObject(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isHeader(value: unknown): value is Header {
  if (!isObject(value)) return false;
  const { msg_id: id, msg_type: type } = value;
  return typeof id === "string" && id !== "" && typeof type === "string" && type !== "";
}

/** Returns a function that tells whether it was given this text among its last `size` ones. */
function createMemory(size: number): (text: string) => boolean {
  const texts = new Set<string>();
  return (text) => {
    if (texts.has(text)) return true;
    texts.add(text);
    if (texts.size > size) {
      for (const oldest of texts) {
        texts.delete(oldest);
        break;
      }
    }
    return false;
  };
}
