import type { Header } from "../messages/message";

/** Tells when messages were sent, by this process's clock. */
export interface ClientClocks {
  /**
   * Returns when a message that arrives at `now` was sent: never earlier than it really was, and late
   * by no more than its client's fastest message took to arrive. Undefined where its header does not
   * tell. Milliseconds.
   */
  sentAt(header: Header, now: number): number | undefined;
}

/** What is known of a client's clock, in milliseconds. */
interface Clock {
  /** The smallest difference to ours at any message's arrival: the clock may be wrong by hours. */
  readonly difference: number;
  /** The latest time that it has told. */
  readonly latest: number;
}

/** More clients than these are not told apart: the oldest is forgotten. */
const MAX_CLIENTS = 1000;

/** Returns clocks that know no client yet. */
export function createClientClocks(): ClientClocks {
  const clocks = new Map<string, Clock>();
  return {
    sentAt({ date, session }, now) {
      const written = typeof date === "string" ? Date.parse(date) : Number.NaN;
      if (Number.isNaN(written) || typeof session !== "string") return undefined;
      const known = clocks.get(session);
      const difference = Math.min(known?.difference ?? Number.POSITIVE_INFINITY, now - written);
      clocks.set(session, { difference, latest: Math.max(known?.latest ?? written, written) });
      for (const oldest of clocks.keys()) {
        if (clocks.size <= MAX_CLIENTS) break;
        clocks.delete(oldest);
      }
      // A clock that stands still tells nothing.
      return known && written <= known.latest ? undefined : written + difference;
    },
  };
}
