/** What can be sent on, one message at a time. */
export interface Sender {
  send(frames: (Uint8Array | string)[]): Promise<void>;
}

/** Keeps the order of messages on a socket that takes one at a time. */
export interface Outbox {
  /** Sends as soon as everything before it has been sent; never blocks, never throws. */
  post(frames: (Uint8Array | string)[]): void;
  /** Resolves when everything posted so far has been handed over. */
  drained(): Promise<void>;
}

/**
 * Returns an outbox for `socket`. A message that cannot be sent is dropped and told to `onError`:
 * the next ones may get through.
 */
export function createOutbox(socket: Sender, onError: (error: unknown) => void): Outbox {
  let waiting: (Uint8Array | string)[][] = [];
  let running: Promise<void> | undefined;

  async function pump(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      for (const frames of batch) {
        try {
          await socket.send(frames);
        } catch (error) {
          onError(error);
        }
      }
    }
    running = undefined;
  }

  return {
    post(frames) {
      waiting.push(frames);
      running ??= pump();
    },
    drained: () => running ?? Promise.resolve(),
  };
}
