import { rmSync } from "node:fs";
import type { Router, XPublisher } from "zeromq";
import type { Codec } from "../messages/codec";
import type { Message, Outgoing } from "../messages/message";
import type { ChannelName, Connection } from "./connection-file";
import { channelAddress } from "./connection-file";
import { echo } from "./heartbeat";
import { createPatientPublisher, IOPUB_HIGH_WATER_MARK, receiveSubscriptions } from "./iopub";
import { createOutbox, type Sender } from "./outbox";

/** The channels on which requests come and replies go. */
export type RequestChannel = "shell" | "control" | "stdin";

/** The kernel's five sockets. */
export interface Sockets {
  /**
   * Listens on all channels. Throws an error whose text names the address that is taken.
   */
  bind(): Promise<void>;
  /** Sends to the client whose identities are given. */
  reply(channel: RequestChannel, identities: readonly Buffer[], message: Outgoing): void;
  /** Sends to everybody on iopub. */
  publish(message: Outgoing): void;
  /** Resolves when all that was published so far has been handed over. */
  published(): Promise<void>;
  /**
   * Sends what is left, for at most `patience` milliseconds, and closes: what is sent from then on is
   * dropped. ZeroMQ is not called any more, as an error that its addon throws in a thread which is being
   * stopped aborts the process.
   */
  close(patience: number): Promise<void>;
}

/** What the sockets tell. */
export interface SocketEvents {
  message(channel: RequestChannel, message: Message): void;
  log(text: string): void;
}

/** After `close`, how long ZeroMQ goes on to send what it still has, in milliseconds. */
const LINGER = 1000;

/** Returns the sockets of a connection, not yet bound. */
export function createSockets(connection: Connection, codec: Codec, on: SocketEvents): Sockets {
  const zeromq = require("zeromq") as typeof import("zeromq");
  const options = {
    // Nothing is dropped: what a client has not read yet is kept for it.
    sendHighWaterMark: 0,
    receiveHighWaterMark: 0,
    linger: LINGER,
    ...(connection.ip.includes(":") ? { ipv6: true } : {}),
  };
  const routers = {
    shell: new zeromq.Router(options),
    control: new zeromq.Router(options),
    stdin: new zeromq.Router(options),
    hb: new zeromq.Router({ ...options, linger: 0 }),
  };
  const iopub = new zeromq.XPublisher({
    ...options,
    sendHighWaterMark: IOPUB_HIGH_WATER_MARK,
    noDrop: true,
    verbosity: "allSubs",
  });
  // A front end should have joined iopub by the time that it has its first reply.
  const all: Record<ChannelName, Router | XPublisher> = { iopub, ...routers };
  let isClosed = false;
  const untilClosed = (socket: Sender): Sender => ({
    async send(frames) {
      if (isClosed) throw new Error("the sockets are closed");
      await socket.send(frames);
    },
  });
  const patient = {
    send: untilClosed(iopub).send,
    set noDrop(isPatient: boolean) {
      iopub.noDrop = isPatient;
    },
  };
  const lost = (channel: string) => (error: unknown) => on.log(`${channel}: not sent: ${error}`);
  const outboxes = {
    shell: createOutbox(untilClosed(routers.shell), lost("shell")),
    control: createOutbox(untilClosed(routers.control), lost("control")),
    stdin: createOutbox(untilClosed(routers.stdin), lost("stdin")),
    iopub: createOutbox(createPatientPublisher(patient, on.log), lost("iopub")),
  };
  const publish = (message: Outgoing) => outboxes.iopub.post(codec.encode(message, [message.type]));

  async function receive(channel: RequestChannel): Promise<void> {
    for await (const frames of routers[channel]) {
      const message = codec.decode(frames);
      if ("refused" in message) on.log(`${channel}: refused a message: ${message.refused}`);
      else on.message(channel, message);
    }
  }

  /** A new subscriber learns that it is connected, so that it need not guess and wait. */
  function welcome(subscription: string): void {
    const message = { type: "iopub_welcome", parent: undefined, content: { subscription } };
    outboxes.iopub.post(codec.encode(message, [subscription]));
  }

  async function bindOne(channel: ChannelName): Promise<void> {
    const address = channelAddress(connection, channel);
    try {
      await all[channel].bind(address);
    } catch (error) {
      throw new Error(
        `Cannot listen on ${address} (${channel}): ${error instanceof Error ? error.message : error}. Start the kernel again: Jupyter then gives it other ports.`,
      );
    }
  }

  return {
    async bind() {
      await Promise.all((Object.keys(all) as ChannelName[]).map(bindOne));
      const ended = (name: string) => (error: unknown) => on.log(`${name} ended: ${error}`);
      for (const channel of ["shell", "control", "stdin"] as const) {
        receive(channel).catch(ended(channel));
      }
      echo(routers.hb).catch(ended("heartbeat"));
      receiveSubscriptions(iopub, welcome).catch(ended("iopub"));
    },
    reply: (channel, identities, message) =>
      outboxes[channel].post(codec.encode(message, identities)),
    publish,
    published: () => outboxes.iopub.drained(),
    async close(patience) {
      const sent = Promise.all(Object.values(outboxes).map((outbox) => outbox.drained()));
      await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, patience))]);
      isClosed = true;
      for (const socket of Object.values(all)) socket.close();
      // The loops that receive hear of it, and end.
      await new Promise((resolve) => setImmediate(resolve));
      if (connection.transport === "ipc") removeFiles(connection);
    },
  };
}

/** ZeroMQ removes them later, when the process may have ended. */
function removeFiles(connection: Connection): void {
  for (const channel of Object.keys(connection.ports) as ChannelName[]) {
    rmSync(channelAddress(connection, channel).slice("ipc://".length), { force: true });
  }
}
