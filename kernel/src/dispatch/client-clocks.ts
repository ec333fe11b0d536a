import type { Header } from "../messages/message";

/** Tells when messages were sent, by this process's clock. */
export interface ClientClocks {
  /**
   * Returns when a message that arrives at `now` was sent: never earlier than it really was (but for what
   * its client cuts off, a millisecond at most), and late by no more than its client's fastest message took
   * to arrive. Undefined where its header does not tell. Milliseconds. To be asked about all messages of a
   * channel, in their order.
   */
  sentAt(header: Header, now: number): number | undefined;
}

/** What is known of a client's clock, in milliseconds. */
interface Clock {
  /** The smallest difference to ours at any message's arrival: the clock may be wrong by hours. */
  readonly difference: number;
  /** The latest time that it has told. */
  readonly latest: number;
  /** It has told different times. */
  readonly moves: boolean;
}

/** More clients than these are not told apart: the oldest is forgotten. */
const MAX_CLIENTS = 1000;

/** Returns clocks that know no client yet. */
export function createClientClocks(): ClientClocks {
  const clocks = new Map<string, Clock>();
  return {
    sentAt({ date, session }, now) {
      const written = timeOf(date);
      if (written === undefined || typeof session !== "string") return undefined;
      const known = clocks.get(session);
      const difference = Math.min(known?.difference ?? Number.POSITIVE_INFINITY, now - written);
      const latest = Math.max(known?.latest ?? written, written);
      const moves = known !== undefined && (known.moves || known.latest !== written);
      clocks.set(session, { difference, latest, moves });
      for (const oldest of clocks.keys()) {
        if (clocks.size <= MAX_CLIENTS) break;
        clocks.delete(oldest);
      }
      if (known === undefined) return written + difference;
      // A clock that stands still or goes back tells nothing; one that goes on tells one millisecond for
      // several cells that are sent at once.
      const tells = written > known.latest || (written === known.latest && moves);
      return tells ? written + difference : undefined;
    },
  };
}

/** To the millisecond at least: whole seconds would make messages older than they are. */
const EXACT = /\d\.\d{3}\d*(?:Z|[+-]\d\d:?\d\d)?$/;

/** What a date tells, in milliseconds. */
function timeOf(date: string | undefined): number | undefined {
  if (typeof date !== "string" || !EXACT.test(date)) return undefined;
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
