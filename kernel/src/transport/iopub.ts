import type { XPublisher } from "zeromq";
import type { Sender } from "./outbox";

/** How many messages ZeroMQ keeps for a subscriber that is slow to read. */
export const IOPUB_HIGH_WATER_MARK = 256;

/** How long the publisher waits for a subscriber that does not read, in milliseconds. */
const PATIENCE = 30_000;

/** How long it still waits then before each message, so that those who read can, in milliseconds. */
const SHORT_PATIENCE = 10;

/** How long it waits before it tries again, in milliseconds. */
const PAUSE = 2;

/**
 * Returns a sender to all subscribers that waits for the slowest, so that nothing is lost and
 * nothing piles up. A subscriber that has not read for `patience` milliseconds no longer holds up the
 * others: it misses messages until it reads again. `socket` must have been made with `noDrop`.
 */
export function createPatientPublisher(
  socket: Sender & { noDrop: boolean },
  log: (text: string) => void,
  patience = PATIENCE,
): Sender {
  let isStuck = false;

  async function trySend(frames: (Uint8Array | string)[]): Promise<boolean> {
    try {
      await socket.send(frames);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return false;
      throw error;
    }
  }

  async function sendToReaders(frames: (Uint8Array | string)[]): Promise<void> {
    socket.noDrop = false;
    try {
      await socket.send(frames);
    } finally {
      socket.noDrop = true;
    }
  }

  return {
    async send(frames) {
      const deadline = performance.now() + (isStuck ? SHORT_PATIENCE : patience);
      while (!(await trySend(frames))) {
        if (performance.now() > deadline) {
          if (!isStuck) log("iopub: a subscriber does not read; it will miss messages");
          isStuck = true;
          return sendToReaders(frames);
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
      isStuck = false;
    },
  };
}

/**
 * Calls `onSubscribe` with the topic of each subscription that comes in, until the socket is closed.
 */
export async function receiveSubscriptions(
  socket: XPublisher,
  onSubscribe: (topic: string) => void,
): Promise<void> {
  for await (const [frame] of socket) {
    if (frame?.[0] === 1) onSubscribe(frame.subarray(1).toString("utf8"));
  }
}
