import { expect, test } from "vitest";
import { createClientClocks } from "./client-clocks";

const header = (milliseconds: number, session = "s") => ({
  msg_id: "1",
  msg_type: "x",
  session,
  date: new Date(Date.UTC(2030, 0, 1) + milliseconds).toISOString(),
});

test("a message that took longer than another was sent before it arrived", () => {
  const clocks = createClientClocks();
  expect(clocks.sentAt(header(0), 1000)).toBe(1000);
  expect(clocks.sentAt(header(10), 1080)).toBe(1010);
  expect(clocks.sentAt(header(90), 1090)).toBe(1090);
});

test("each client has its own clock", () => {
  const clocks = createClientClocks();
  clocks.sentAt(header(0), 1000);
  expect(clocks.sentAt(header(-3_600_000, "other"), 1005)).toBe(1005);
});

test("the answer is never earlier than the message was sent", () => {
  const clocks = createClientClocks();
  const skew = 5_000_000;
  for (const [sent, delay] of [
    [0, 300],
    [400, 2],
    [500, 90],
    [600, 1],
    [700, 50],
  ] as const) {
    const told = clocks.sentAt(header(sent + skew), sent + delay);
    expect(told).toBeGreaterThanOrEqual(sent);
    expect(told).toBeLessThanOrEqual(sent + delay);
  }
});

test("without a date, or a session, nothing is known", () => {
  const clocks = createClientClocks();
  expect(clocks.sentAt({ msg_id: "1", msg_type: "x", session: "s" }, 1)).toBeUndefined();
  expect(clocks.sentAt({ ...header(0), date: "yesterday" }, 1)).toBeUndefined();
  const { session: _, ...rest } = header(0);
  expect(clocks.sentAt(rest, 1)).toBeUndefined();
});

test("several messages of one millisecond were sent in it, whenever they arrive", () => {
  const clocks = createClientClocks();
  clocks.sentAt(header(0), 1000);
  expect(clocks.sentAt(header(50), 1050)).toBe(1050);
  expect(clocks.sentAt(header(50), 1300)).toBe(1050);
});

test("a clock that tells whole seconds only tells nothing", () => {
  const clocks = createClientClocks();
  const coarse = (second: number) => ({ ...header(0), date: `2030-01-01T00:00:0${second}Z` });
  expect(clocks.sentAt(coarse(1), 1000)).toBeUndefined();
  expect(clocks.sentAt(coarse(2), 1900)).toBeUndefined();
});

test.each(["2030-01-01T00:00:00.123456+00:00", "2030-01-01T00:00:00.123Z"])(
  "it reads %s",
  (date) => {
    expect(createClientClocks().sentAt({ ...header(0), date }, 7)).toBe(7);
  },
);

test("a clock that stands still tells nothing", () => {
  const clocks = createClientClocks();
  clocks.sentAt(header(50), 1000);
  expect(clocks.sentAt(header(50), 1020)).toBeUndefined();
  expect(clocks.sentAt(header(40), 1030)).toBeUndefined();
  expect(clocks.sentAt(header(51), 1040)).toBe(1001);
});
