/** A lone surrogate in JSON.stringify's output, or an escaped backslash, which hides none. */
const LONE_SURROGATE = /\\(?:\\|ud[89a-f][0-9a-f]{2})/g;

/**
 * Returns `value` as JSON that every client can read; never throws. What JSON lacks is replaced:
 * big integers by their digits, repeated ancestors by "[Circular]", lone surrogates, which are no
 * UTF-8, by U+FFFD.
 */
export function toJsonFrame(value: unknown): string {
  const json = stringify(value);
  if (!json.includes("\\ud")) return json;
  return json.replace(LONE_SURROGATE, (found) => (found === "\\\\" ? found : "\\ufffd"));
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return JSON.stringify(plain(value, [])) ?? "null";
  }
}

/** A copy that JSON.stringify takes. */
function plain(value: unknown, ancestors: readonly object[]): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (ancestors.includes(value)) return "[Circular]";
  if (ancestors.length > 1000) return "[Too deep]";
  const inside = [...ancestors, value];
  if (Array.isArray(value)) return value.map((item) => plain(item, inside));
  if (value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, inside)]));
}
