import { createHmac, getHashes, timingSafeEqual } from "node:crypto";

/** Signs a message's four JSON frames, and tells whether a signature is theirs. */
export interface Signer {
  /** Returns lower-case hex digits; an empty text where the connection has no key. */
  sign(frames: readonly (string | Uint8Array)[]): string;
  verify(signature: Uint8Array, frames: readonly Uint8Array[]): boolean;
}

/**
 * Returns a signer for a connection file's `key` and `signature_scheme` (`hmac-sha256`). With an
 * empty key nothing is signed and everything is accepted, as the protocol has it.
 * Throws RangeError for a scheme that is not `hmac-` and a digest that Node knows.
 */
export function createSigner(key: string, scheme = "hmac-sha256"): Signer {
  if (key === "") return { sign: () => "", verify: () => true };
  const digest = scheme.startsWith("hmac-") ? scheme.slice("hmac-".length) : "";
  if (!getHashes().includes(digest)) {
    throw new RangeError(
      `signature_scheme is "${scheme}"; expected "hmac-" and a digest, such as "hmac-sha256"`,
    );
  }
  const sign = (frames: readonly (string | Uint8Array)[]) => {
    const hmac = createHmac(digest, key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  };
  return {
    sign,
    verify(signature, frames) {
      const expected = Buffer.from(sign(frames));
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    },
  };
}
