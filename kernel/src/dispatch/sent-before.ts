import type { Header } from "../messages/message";

/**
 * Returns whether a client sent one message before another; false where that can't be told, as for two
 * clients, whose clocks may differ. Messages on two channels may arrive in the other order.
 */
export function sentBefore(first: Header, second: Header): boolean {
  if (first.session === undefined || first.session !== second.session) return false;
  const { date: one = "" } = first;
  const { date: other = "" } = second;
  const difference = Date.parse(one) - Date.parse(other);
  // Python's clients tell microseconds, of which a parsed date knows nothing. False for a date that is none.
  return difference === 0 ? one.length === other.length && one < other : difference < 0;
}
