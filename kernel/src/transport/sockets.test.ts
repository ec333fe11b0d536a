import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import * as zeromq from "zeromq";
import { createCodec } from "../messages/codec";
import type { Message } from "../messages/message";
import { createSigner } from "../messages/signature";
import type { Connection } from "./connection-file";
import { createPatientPublisher } from "./iopub";
import type { Sockets } from "./sockets";
import { createSockets } from "./sockets";

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Of Node's sockets, since those of ZeroMQ leave their port only a while after they are closed. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await once(server.listen(0, "127.0.0.1"), "listening");
    ports.push((server.address() as AddressInfo).port);
  }
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

async function connection(): Promise<Connection> {
  const [shell = 0, control = 0, stdin = 0, iopub = 0, hb = 0] = await freePorts(5);
  const ports = { shell, control, stdin, iopub, hb };
  return { transport: "tcp", ip: "127.0.0.1", key: "k", signatureScheme: "hmac-sha256", ports };
}

function open(where: Connection) {
  const received: [string, Message][] = [];
  const logged: string[] = [];
  const sockets = createSockets(where, createCodec(createSigner(where.key)), {
    message: (channel, message) => received.push([channel, message]),
    log: (text) => logged.push(text),
  });
  closing.push(() => sockets.close(100));
  return { sockets, received, logged };
}

const client = createCodec(createSigner("k"));
const address = ({ ports }: Connection, channel: keyof Connection["ports"]) =>
  `tcp://127.0.0.1:${ports[channel]}`;

function connect<T extends zeromq.Dealer | zeromq.Subscriber | zeromq.Request>(
  socket: T,
  where: string,
): T {
  socket.connect(where);
  closing.push(() => socket.close());
  return socket;
}

function decode(frames: Buffer[]): Message {
  const message = client.decode(frames);
  if ("refused" in message) throw new Error(message.refused);
  return message;
}

const REQUEST = { type: "x_request", parent: undefined, content: { n: 1 } };

async function until(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !check(); turn++) await pause(4);
}

test("a request is received on its channel, and the reply goes to who sent it", async () => {
  const where = await connection();
  const { sockets, received } = open(where);
  await sockets.bind();
  const dealer = connect(new zeromq.Dealer(), address(where, "control"));
  await dealer.send(client.encode(REQUEST, []));
  await until(() => received.length > 0);
  const [channel, message] = received[0] ?? [];
  expect(channel).toBe("control");
  expect(message?.content).toEqual({ n: 1 });
  sockets.reply("control", message?.identities ?? [], {
    type: "x_reply",
    parent: message?.header,
    content: { ok: true },
    buffers: [Uint8Array.of(1, 2)],
  });
  const reply = decode(await dealer.receive());
  expect(reply.content).toEqual({ ok: true });
  expect(reply.parentHeader).toMatchObject({ msg_type: "x_request" });
  expect(reply.buffers).toEqual([Buffer.from([1, 2])]);
});

test("garbage is logged, and what comes after it is received", async () => {
  const where = await connection();
  const { sockets, received, logged } = open(where);
  await sockets.bind();
  const dealer = connect(new zeromq.Dealer(), address(where, "shell"));
  await dealer.send(["garbage"]);
  await dealer.send(createCodec(createSigner("other key")).encode(REQUEST, []));
  await dealer.send(client.encode(REQUEST, []));
  await until(() => received.length > 0);
  expect(received).toHaveLength(1);
  expect(logged.join("\n")).toMatch(/no delimiter.*\n.*wrong signature/);
});

test("the heartbeat sends back what comes", async () => {
  const where = await connection();
  const { sockets } = open(where);
  await sockets.bind();
  const request = connect(new zeromq.Request(), address(where, "hb"));
  await request.send("ping");
  expect(String(await request.receive())).toBe("ping");
});

test("every subscriber is welcomed first and then receives everything in order", async () => {
  const where = await connection();
  const { sockets } = open(where);
  await sockets.bind();
  for (const round of [1, 2]) {
    const subscriber = connect(new zeromq.Subscriber(), address(where, "iopub"));
    subscriber.subscribe("");
    const welcome = decode(await subscriber.receive());
    expect([round, welcome.header.msg_type, welcome.content]).toEqual([
      round,
      "iopub_welcome",
      { subscription: "" },
    ]);
    for (let n = 0; n < 500; n++) {
      sockets.publish({ type: "stream", parent: undefined, content: { n } });
    }
    for (let n = 0; n < 500; n++) {
      expect(decode(await subscriber.receive()).content).toEqual({ n });
    }
  }
});

test("a slow subscriber loses nothing, and little is kept for it", async () => {
  const where = await connection();
  const { sockets } = open(where);
  await sockets.bind();
  const options = { receiveHighWaterMark: 10 };
  const subscriber = connect(new zeromq.Subscriber(options), address(where, "iopub"));
  subscriber.subscribe("");
  await subscriber.receive();
  const text = "x".repeat(50_000);
  for (let n = 0; n < 1500; n++) {
    sockets.publish({ type: "stream", parent: undefined, content: { n, text } });
  }
  const drained = await Promise.race([sockets.published(), pause(200, "not yet")]);
  expect(drained).toBe("not yet");
  for (let n = 0; n < 1500; n++) expect(decode(await subscriber.receive()).content.n).toBe(n);
  await sockets.published();
});

test("a subscriber that never reads does not hold up the others for ever", async () => {
  const publisher = new zeromq.XPublisher({
    sendHighWaterMark: 2,
    noDrop: true,
    verbosity: "allSubs",
  });
  closing.push(() => publisher.close());
  await publisher.bind("tcp://127.0.0.1:*");
  const where = publisher.lastEndpoint ?? "";
  const deaf = connect(new zeromq.Subscriber({ receiveHighWaterMark: 1 }), where);
  const reader = connect(new zeromq.Subscriber(), where);
  for (const subscriber of [deaf, reader]) subscriber.subscribe("");
  for (const _ of [1, 2]) await publisher.receive();
  const logged: string[] = [];
  const sender = createPatientPublisher(publisher, (text) => logged.push(text), 50);
  const received: number[] = [];
  void (async () => {
    for await (const [frame] of reader) received.push(frame?.readUInt16BE() ?? -1);
  })();
  for (let n = 0; n < 60; n++) {
    const frame = Buffer.alloc(1 << 20);
    frame.writeUInt16BE(n);
    await sender.send([frame]);
    await pause(2);
  }
  await until(() => received.length >= 60);
  expect(received).toEqual(Array.from({ length: 60 }, (_, n) => n));
  expect(logged).toHaveLength(1);
});

test.each(["shell", "control", "stdin", "iopub", "hb"] as const)(
  "a port that is taken is named: %s",
  async (channel) => {
    const where = await connection();
    const { sockets } = open(where);
    await sockets.bind();
    const other = await connection();
    const ports = { ...other.ports, [channel]: where.ports[channel] };
    const second: Sockets = open({ ...other, ports }).sockets;
    await expect(second.bind()).rejects.toThrow(
      `Cannot listen on ${address(where, channel)} (${channel}): Address already in use`,
    );
  },
);

test("messages that wait are sent before the sockets close", async () => {
  const where = await connection();
  const { sockets } = open(where);
  await sockets.bind();
  const subscriber = connect(new zeromq.Subscriber(), address(where, "iopub"));
  subscriber.subscribe("");
  await subscriber.receive();
  for (let n = 0; n < 50; n++) {
    sockets.publish({ type: "stream", parent: undefined, content: { n } });
  }
  await sockets.close(1000);
  for (let n = 0; n < 50; n++) expect(decode(await subscriber.receive()).content).toEqual({ n });
});

test("once closed, nothing is handed to ZeroMQ any more", async () => {
  const { sockets, logged } = open(await connection());
  await sockets.bind();
  await sockets.close(100);
  const sends = [zeromq.Router, zeromq.XPublisher].map((kind) => vi.spyOn(kind.prototype, "send"));
  closing.push(() => void vi.restoreAllMocks());
  sockets.publish(REQUEST);
  for (const channel of ["shell", "control", "stdin"] as const) {
    sockets.reply(channel, [Buffer.from("who")], REQUEST);
  }
  await until(() => logged.length === 4);
  expect(logged).toContain("iopub: not sent: Error: the sockets are closed");
  for (const send of sends) expect(send).not.toHaveBeenCalled();
});

test.runIf(process.platform !== "win32")("ipc works, and leaves no files behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sockets-"));
  closing.push(() => rmSync(folder, { recursive: true }));
  const where: Connection = { ...(await connection()), transport: "ipc", ip: join(folder, "k") };
  const { sockets, received } = open(where);
  await sockets.bind();
  expect(readdirSync(folder)).toHaveLength(5);
  const dealer = connect(new zeromq.Dealer(), `ipc://${folder}/k-${where.ports.shell}`);
  await dealer.send(client.encode(REQUEST, []));
  await until(() => received.length > 0);
  expect(received).toHaveLength(1);
  await sockets.close(100);
  expect(readdirSync(folder)).toEqual([]);
});
