// @ts-check
// The Jupyter wire format: frames in, a checked message out, and back.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
"use strict";

const { createHmac, randomUUID, timingSafeEqual } = require("node:crypto");

/**
 * @typedef {{ msg_id: string, session: string, username: string, date: string,
 *   msg_type: string, version: string }} Header
 * @typedef {{ [key: string]: unknown }} Content
 * @typedef {{ identities: Buffer[], header: Header, content: Content }} Message
 * @typedef {{ key: string, signature_scheme: string }} Signing
 */

const DELIMITER = Buffer.from("<IDS|MSG>");

/** The version of the messaging protocol that the launcher speaks. */
const PROTOCOL_VERSION = "5.3";

const session = randomUUID();

/**
 * The signature of the four JSON parts; empty when the connection has no key.
 *
 * @param {Signing} signing
 * @param {readonly (Buffer | string)[]} parts
 */
function sign({ key, signature_scheme }, parts) {
  if (key === "") return "";
  const hmac = createHmac(signature_scheme.replace(/^hmac-/, ""), key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/**
 * A message whose signature is right and whose parts are JSON objects.
 *
 * @param {Signing} signing
 * @param {Buffer[]} frames
 * @returns {Message}
 * @throws {Error} when the frames are anything else; such a message is to be ignored
 */
function decode(signing, frames) {
  const delimiter = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (delimiter < 0) throw new Error("a message without the delimiter <IDS|MSG>");
  const [signature, ...parts] = frames.slice(delimiter + 1);
  if (signature === undefined || parts.length < 4) throw new Error("a message with parts missing");
  const expected = Buffer.from(sign(signing, parts.slice(0, 4)));
  if (expected.length !== signature.length || !timingSafeEqual(expected, signature)) {
    throw new Error("a message with a wrong signature");
  }
  const [header, , , content] = parts.slice(0, 4).map((part) => JSON.parse(part.toString("utf8")));
  if (typeof header?.msg_type !== "string" || typeof content !== "object" || content === null) {
    throw new Error("a message whose header or content is no object");
  }
  return { identities: frames.slice(0, delimiter), header, content };
}

/**
 * The frames of a signed message.
 *
 * @param {Signing} signing
 * @param {{ identities: readonly (Buffer | string)[], type: string, parent: Header | null,
 *   content: Content, metadata?: Content }} message `parent` is the header of the request
 */
function encode(signing, { identities, type, parent, content, metadata = {} }) {
  /** @type {Header} */
  const header = {
    msg_id: randomUUID(),
    session,
    username: "kernel",
    date: new Date().toISOString(),
    msg_type: type,
    version: PROTOCOL_VERSION,
  };
  const parts = [header, parent ?? {}, metadata, content].map((part) => JSON.stringify(part));
  return [...identities, DELIMITER, sign(signing, parts), ...parts];
}

module.exports = { PROTOCOL_VERSION, decode, encode };
