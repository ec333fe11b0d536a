import { expect, test } from "vitest";
import { createSigner } from "./signature";

// Computed by Python:
//   h = hmac.new(b"5ecret-key", digestmod=hashlib.sha256)
//   for frame in frames: h.update(frame)
//   h.hexdigest()
const FRAMES = ['{"msg_id":"a"}', "{}", "{}", '{"code":"1"}'];
const DIGESTS = [
  ["hmac-sha256", "676e76eb73a12764574262790d39f1e47aa1718f95e1a3d5dd00fcc5b2e3aa80"],
  [
    "hmac-sha512",
    "bdb8699123867cc0d69515e51b3863b04025e53a4d77b3efd9136530896adb9ad57865ffa5698378ddb443f8aefeef3b1ae008f21023e7a39e8f1273a395fa72",
  ],
  ["hmac-md5", "c5470dbc9f5854a2bc14d989448096c5"],
] as const;

test.each(DIGESTS)("%s signs as Python's hmac does", (scheme, digest) => {
  expect(createSigner("5ecret-key", scheme).sign(FRAMES)).toBe(digest);
});

test("text is signed as its UTF-8 bytes", () => {
  const frames = ['{"msg_id":"ä😀"}', "{}", "{}", "{}"];
  expect(createSigner("5ecret-key").sign(frames)).toBe(
    "51258e9b3d6285964a324ebec034b4dbc0764fc67813a267b18c62927805e1cb",
  );
});

test("verify takes the right signature and refuses any other", () => {
  const signer = createSigner("5ecret-key");
  const frames = FRAMES.map((frame) => Buffer.from(frame));
  const right = DIGESTS[0][1];
  expect(signer.verify(Buffer.from(right), frames)).toBe(true);
  expect(signer.verify(Buffer.from(right.toUpperCase()), frames)).toBe(false);
  expect(signer.verify(Buffer.from(right.slice(1)), frames)).toBe(false);
  expect(signer.verify(Buffer.alloc(0), frames)).toBe(false);
  expect(signer.verify(Buffer.from(right), [...frames].reverse())).toBe(false);
});

test("an empty key signs nothing and accepts everything", () => {
  const signer = createSigner("", "hmac-sha256");
  expect(signer.sign(FRAMES)).toBe("");
  expect(signer.verify(Buffer.from("anything"), [])).toBe(true);
});

test.each(["sha256", "hmac-", "hmac-sha257", "none"])("the scheme %j is refused", (scheme) => {
  expect(() => createSigner("key", scheme)).toThrow(/signature_scheme is .* expected "hmac-"/);
});
