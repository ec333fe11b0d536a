import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Refusal } from "./codec";
import { createCodec } from "./codec";
import type { Message } from "./message";
import { createSigner } from "./signature";

const KEY = "5ecret-key";
const HEADER = { msg_id: "1", msg_type: "kernel_info_request", session: "s" };

function codec(key = KEY) {
  return createCodec(createSigner(key));
}

function signed(json: readonly string[], identities: readonly string[] = ["client"]): Buffer[] {
  const hmac = createHmac("sha256", KEY);
  for (const frame of json) hmac.update(frame);
  return [...identities, "<IDS|MSG>", hmac.digest("hex"), ...json].map((frame) =>
    Buffer.from(frame),
  );
}

function accepted(result: Message | Refusal): Message {
  if ("refused" in result) throw new Error(`refused: ${result.refused}`);
  return result;
}

function refusal(result: Message | Refusal): string {
  return "refused" in result ? result.refused : "accepted";
}

test("a signed message is taken apart", () => {
  const frames = signed([JSON.stringify(HEADER), '{"msg_id":"0"}', '{"m":1}', '{"code":"1"}']);
  const message = accepted(codec().decode([...frames, Buffer.from([0, 255])]));
  expect(message.identities).toEqual([Buffer.from("client")]);
  expect(message.header).toEqual(HEADER);
  expect(message.parentHeader).toEqual({ msg_id: "0" });
  expect(message.metadata).toEqual({ m: 1 });
  expect(message.content).toEqual({ code: "1" });
  expect(message.buffers).toEqual([Buffer.from([0, 255])]);
});

test("what one codec encodes another one decodes", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
      fc.array(fc.uint8Array()),
      fc.array(fc.uint8Array()),
      (content, identities, buffers) => {
        const sent = codec().encode(
          { type: "stream", parent: HEADER, content, buffers },
          identities,
        );
        const message = accepted(codec().decode(sent.map((frame) => Buffer.from(frame))));
        expect(message.content).toEqual(JSON.parse(JSON.stringify(content)));
        expect(message.identities).toEqual(identities.map((identity) => Buffer.from(identity)));
        expect(message.buffers).toEqual(buffers.map((buffer) => Buffer.from(buffer)));
        expect(message.parentHeader).toEqual(HEADER);
      },
    ),
  );
});

test("headers name the session, a date with its zone, and an id that is never used twice", () => {
  const { encode } = codec("");
  const headers = [1, 2].map(() => {
    const frames = encode({ type: "status", parent: undefined, content: {} }, ["topic"]);
    return JSON.parse(String(frames[3]));
  });
  expect(headers[0]).toMatchObject({ msg_type: "status", version: "5.4", username: "kernel" });
  expect(headers[0].date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(headers[0].session).toBe(headers[1].session);
  expect(headers[0].msg_id).not.toBe(headers[1].msg_id);
});

const OK = [JSON.stringify(HEADER), "{}", "{}", "{}"];

test("a wrong signature is refused", () => {
  const frames = signed(OK);
  frames[2] = Buffer.from("0".repeat(64));
  expect(refusal(codec().decode(frames))).toMatch(/wrong signature/);
  frames[2] = Buffer.alloc(0);
  expect(refusal(codec().decode(frames))).toMatch(/wrong signature/);
});

test("a message that is sent again is refused, another with the same msg_id is not", () => {
  const { decode } = codec();
  const other = [OK[0] ?? "", "{}", "{}", '{"n":1}'];
  expect(refusal(decode(signed(OK)))).toBe("accepted");
  expect(refusal(decode(signed(OK)))).toMatch(/again/);
  expect(refusal(decode(signed(other)))).toBe("accepted");
});

test("without a key nothing can be told to be sent again", () => {
  const { decode } = codec("");
  const frames = signed(OK);
  frames[2] = Buffer.alloc(0);
  expect(refusal(decode(frames))).toBe("accepted");
  expect(refusal(decode(frames))).toBe("accepted");
});

test.each([
  ["no frames", [], /delimiter/],
  ["no delimiter", [Buffer.from("a"), Buffer.from("b")], /delimiter/],
  ["too few frames", signed(["{}", "{}", "{}"]), /too few/],
  ["no JSON", signed(["{", "{}", "{}", "{}"]), /no JSON/],
  ["content an array", signed([JSON.stringify(HEADER), "{}", "{}", "[]"]), /content/],
  ["content null", signed([JSON.stringify(HEADER), "{}", "{}", "null"]), /content/],
  ["header a text", signed(['"h"', "{}", "{}", "{}"]), /header/],
  ["no msg_type", signed(['{"msg_id":"1"}', "{}", "{}", "{}"]), /header/],
  ["msg_id a number", signed(['{"msg_id":1,"msg_type":"a"}', "{}", "{}", "{}"]), /header/],
])("%s: refused", (_, frames, reason) => {
  expect(refusal(codec().decode(frames))).toMatch(reason);
});

test("whatever comes, decode does not throw", () => {
  const frame = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom("<IDS|MSG>", "{}", "null", "[]", '{"msg_id":"1","msg_type":"x"}')
      .map(Buffer.from),
  );
  const { decode } = codec("");
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 9 }), (frames) => {
      decode(frames);
    }),
    { numRuns: 2000 },
  );
});
