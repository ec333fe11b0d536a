import { expect, it } from "vitest";
import { sentBefore } from "./sent-before";

const header = (session: string | undefined, date: string | undefined) => ({
  msg_id: "1",
  msg_type: "interrupt_request",
  ...(session !== undefined && { session }),
  ...(date !== undefined && { date }),
});
const EARLY = "2026-11-22T10:00:00.001+01:00";
const LATE = "2026-11-22T09:00:00.002Z";

it.each([
  ["the earlier of two by one client", "a", EARLY, "a", LATE, true],
  ["the later of two", "a", LATE, "a", EARLY, false],
  ["two at the same time", "a", LATE, "a", LATE, false],
  [
    "the earlier by a microsecond",
    "a",
    "2026-11-22T09:00:00.002001Z",
    "a",
    "2026-11-22T09:00:00.002002Z",
    true,
  ],
  ["messages of two clients", "a", EARLY, "b", LATE, false],
  ["messages without a client", undefined, EARLY, undefined, LATE, false],
  ["a date that is none", "a", "yesterday", "a", LATE, false],
  ["no date", "a", undefined, "a", LATE, false],
])("%s", (_, session, date, otherSession, otherDate, expected) => {
  expect(sentBefore(header(session, date), header(otherSession, otherDate))).toBe(expected);
});
