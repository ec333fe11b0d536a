import type { Content, Header, Message } from "../messages/message";
import type { RequestChannel, Sockets } from "../transport/sockets";

/** A request, and the channel that its reply goes out on. */
export interface Request {
  readonly channel: RequestChannel;
  readonly message: Message;
}

/** What may come with a message's content. */
export interface Extras {
  readonly metadata?: Content;
  readonly buffers?: readonly Uint8Array[];
}

/** Sends messages, each tied to the request that it belongs to. */
export interface Wire {
  reply(request: Request, type: string, content: Content, extras?: Extras): void;
  publish(parent: Header | undefined, type: string, content: Content, extras?: Extras): void;
  /** Says on iopub that work on a request begins, or has ended and all its output is out. */
  status(parent: Header | undefined, state: "busy" | "idle"): void;
  /** Asks the client of `request` on stdin. Returns nothing: the answer comes as `input_reply`. */
  ask(request: Request, content: Content): void;
  /** Resolves when all that was published so far has been handed over. */
  published(): Promise<void>;
}

/** Returns the wire over these sockets. */
export function createWire(sockets: Sockets): Wire {
  const publish: Wire["publish"] = (parent, type, content, extras) =>
    sockets.publish({ type, parent, content, ...extras });
  return {
    publish,
    reply: ({ channel, message }, type, content, extras) =>
      sockets.reply(channel, message.identities, {
        type,
        parent: message.header,
        content,
        ...extras,
      }),
    status: (parent, state) => publish(parent, "status", { execution_state: state }),
    ask: ({ message }, content) =>
      sockets.reply("stdin", message.identities, {
        type: "input_request",
        parent: message.header,
        content,
      }),
    published: () => sockets.published(),
  };
}
