import { expect, test } from "vitest";
import { handInTimeText, parseHandInTime } from "./hand-in-time";

test.each([
  ["2026-11-23 08:04:50.123456 UTC", "2026-11-23T08:04:50.000Z"],
  ["2026-11-23 08:04:50 UTC\n", "2026-11-23T08:04:50.000Z"],
  ["2026-11-23 08:04:50.123456 CET", "2026-11-23T08:04:50.000Z"],
  ["2026-11-23T08:04:50Z", "2026-11-23T08:04:50.000Z"],
  ["2026-11-23 08:04:50", "2026-11-23T08:04:50.000Z"],
  ["2026-11-23 08:04:50 +01:00", "2026-11-23T07:04:50.000Z"],
  ["2026-11-23 08:04:50 -0530", "2026-11-23T13:34:50.000Z"],
])("%j is %s", (text, iso) => {
  expect(parseHandInTime(text)).toBe(iso);
});

test.each([
  "",
  "yesterday",
  "2026-13-45 08:04:50 UTC",
  "2026-11-23 08:04:50 <script>",
  "9".repeat(199),
])("%j is no time", (text) => {
  expect(parseHandInTime(text)).toBeUndefined();
});

test("what is written for nbgrader reads as the same time", () => {
  expect(handInTimeText("2026-11-23T08:04:50.000Z")).toBe("2026-11-23 08:04:50.000 UTC\n");
  expect(parseHandInTime(handInTimeText("2026-11-23T08:04:50.000Z"))).toBe(
    "2026-11-23T08:04:50.000Z",
  );
});
