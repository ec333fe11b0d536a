/** Reads fields of a content that somebody else wrote: of the wrong type is as good as missing. */
import type { Content } from "./message";

/** Returns the text under `name`, or `fallback`. */
export function textField(content: Content, name: string, fallback = ""): string {
  const value = content[name];
  return typeof value === "string" ? value : fallback;
}

/** Returns the truth value under `name`, or `fallback`. */
export function flagField(content: Content, name: string, fallback: boolean): boolean {
  const value = content[name];
  return typeof value === "boolean" ? value : fallback;
}

/** Returns the whole number under `name`, or `fallback`. */
export function integerField<T>(content: Content, name: string, fallback: T): number | T {
  const value = content[name];
  return typeof value === "number" && Number.isInteger(value) ? value : fallback;
}

/** Returns the object under `name`, or an empty one. */
export function objectField(content: Content, name: string): Content {
  const value = content[name];
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Content)
    : {};
}
