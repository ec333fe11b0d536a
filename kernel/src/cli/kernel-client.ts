/** A small client of a running kernel, as a front end is one. */
import { once } from "node:events";
import { createServer } from "node:net";
import { Dealer, Subscriber } from "zeromq";
import { type Codec, createCodec } from "../messages/codec";
import type { Content, Message } from "../messages/message";
import { createSigner } from "../messages/signature";

/** The content of a connection file. */
export interface ConnectionInfo {
  readonly transport: "tcp";
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: "hmac-sha256";
}

/** What a kernel said about one request. */
export interface Answer {
  readonly reply: Content;
  /** Its messages on iopub, in their order. */
  readonly published: readonly { readonly type: string; readonly content: Content }[];
}

interface Waiting {
  reply?: Content;
  readonly published: { type: string; content: Content }[];
  isIdle: boolean;
  resolve(answer: Answer): void;
}

const LOCAL = "127.0.0.1";
const RECONNECT_MILLISECONDS = 20;

/** Returns free ports of this machine and the key for a new kernel. */
export async function newConnection(key: string): Promise<ConnectionInfo> {
  const servers = Array.from({ length: 5 }, () => createServer().listen(0, LOCAL));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  const [shell = 0, iopub = 0, stdin = 0, control = 0, hb = 0] = ports;
  return {
    transport: "tcp",
    ip: LOCAL,
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: hb,
    key,
    signature_scheme: "hmac-sha256",
  };
}

/** Talks to the kernel of a connection; one request at a time is enough for it. */
export class KernelClient {
  readonly #codec: Codec;
  readonly #shell = new Dealer({ linger: 0, reconnectInterval: RECONNECT_MILLISECONDS });
  readonly #control = new Dealer({ linger: 0, reconnectInterval: RECONNECT_MILLISECONDS });
  readonly #iopub = new Subscriber({ linger: 0, reconnectInterval: RECONNECT_MILLISECONDS });
  readonly #waiting = new Map<string, Waiting>();

  constructor(connection: ConnectionInfo) {
    const { ip, key, shell_port, control_port, iopub_port } = connection;
    this.#codec = createCodec(createSigner(key));
    this.#shell.connect(`tcp://${ip}:${shell_port}`);
    this.#control.connect(`tcp://${ip}:${control_port}`);
    this.#iopub.connect(`tcp://${ip}:${iopub_port}`);
    this.#iopub.subscribe();
    for (const socket of [this.#shell, this.#control, this.#iopub]) void this.#listen(socket);
  }

  /** Sends a request; resolves when its reply has come and the kernel is idle again. */
  async request(channel: "shell" | "control", type: string, content: Content): Promise<Answer> {
    const frames = this.#codec.encode({ type, parent: undefined, content }, []);
    const header: unknown = JSON.parse(String(frames[2]));
    const id = (header as { msg_id: string }).msg_id;
    const answer = new Promise<Answer>((resolve) => {
      this.#waiting.set(id, { published: [], isIdle: false, resolve });
    });
    await (channel === "shell" ? this.#shell : this.#control).send(frames);
    return answer;
  }

  close(): void {
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
  }

  async #listen(socket: Dealer | Subscriber): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = this.#codec.decode(frames);
        if (!("refused" in message)) this.#take(message, socket === this.#iopub);
      }
    } catch {
      // It was closed while it waited.
    }
  }

  #take(message: Message, isPublished: boolean): void {
    const id = String(message.parentHeader.msg_id);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    const { content } = message;
    if (!isPublished) waiting.reply = content;
    else {
      waiting.published.push({ type: message.header.msg_type, content });
      waiting.isIdle ||= content.execution_state === "idle";
    }
    if (waiting.reply === undefined || !waiting.isIdle) return;
    this.#waiting.delete(id);
    waiting.resolve({ reply: waiting.reply, published: waiting.published });
  }
}
