/** A message of Jupyter's protocol, and who sent it. */

/** The fields of a header that the kernel relies on; a client's header may have more. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session?: string;
  readonly username?: string;
  readonly date?: string;
  readonly version?: string;
}

/** What every message's content is: a JSON object, whose fields are not yet checked. */
export type Content = Readonly<Record<string, unknown>>;

/** A message that was received, verified and parsed. */
export interface Message {
  /** ZeroMQ's names of the client; a reply goes back to them. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parentHeader: Content;
  readonly metadata: Content;
  readonly content: Content;
  readonly buffers: readonly Buffer[];
}

/** A message to send. */
export interface Outgoing {
  readonly type: string;
  /** The header of the request that it answers or belongs to; undefined for none. */
  readonly parent: Header | undefined;
  readonly content: Content;
  readonly metadata?: Content;
  readonly buffers?: readonly Uint8Array[];
}
