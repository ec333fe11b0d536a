/** When something was handed in: nbgrader's `timestamp.txt`, which comes from the student's side. */

// nbgrader's default: "2026-11-23 08:04:50.123456 UTC".
const PATTERN =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d{1,9})? ?([A-Z]{1,5}|[+-]\d{2}:?\d{2})?$/;

/**
 * Returns the time that a `timestamp.txt` states, ISO 8601 in UTC; undefined for another text. Without a zone, or
 * with the name of one, it counts as UTC, as in nbgrader.
 */
export function parseHandInTime(text: string): string | undefined {
  const [, day, time, , zone = "Z"] = PATTERN.exec(text.trim()) ?? [];
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(.{3}):?/, "$1:") : "Z";
  const moment = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** Returns the text of a `timestamp.txt` that nbgrader can read, of an ISO time. */
export function handInTimeText(iso: string): string {
  return `${iso.replace("T", " ").replace("Z", "")} UTC\n`;
}
