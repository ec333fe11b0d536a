import { toUSVString } from "node:util";
import type { MimeBundle, MimeData } from "../bridge/contract";
import { toJson } from "./json-value";

/**
 * Returns what a display method returned (formats by MIME type, or `{ data, metadata }`) as a bundle
 * that can be sent: bytes as base64, JSON types as values, everything else as text.
 *
 * @throws TypeError if it is neither
 */
export function readBundle(returned: unknown): MimeBundle {
  if (!isRecord(returned)) throw notFormats(returned);
  const { data, metadata } = returned;
  if (isRecord(data) && isFormats(data)) {
    return { data: readFormats(data), metadata: isRecord(metadata) ? readMetadata(metadata) : {} };
  }
  if (!isFormats(returned)) throw notFormats(returned);
  return { data: readFormats(returned), metadata: {} };
}

/** Returns metadata as it can be sent. */
export function readMetadata(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return toJson(metadata) as Record<string, unknown>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFormats(record: Record<string, unknown>): boolean {
  const types = Object.keys(record);
  return types.length > 0 && types.every((type) => type.includes("/"));
}

function notFormats(returned: unknown): TypeError {
  const got = isRecord(returned)
    ? `an object with the keys ${Object.keys(returned).slice(0, 5).join(", ") || "(none)"}`
    : String(returned);
  return new TypeError(
    `A display method returned ${got}. ` +
      'Expected formats by MIME type, such as { "text/html": "<b>hi</b>", "text/plain": "hi" }, ' +
      "or { data: formats, metadata: {} }.",
  );
}

function readFormats(formats: Record<string, unknown>): MimeData {
  const data: MimeData = {};
  for (const [type, content] of Object.entries(formats)) {
    if (content !== undefined && content !== null) data[type] = readContent(type, content);
  }
  return data;
}

function readContent(type: string, content: NonNullable<unknown>): unknown {
  if (/^application\/(.+\+)?json$/.test(type)) return readJson(type, content);
  if (typeof content === "string") return toUSVString(content);
  if (content instanceof Uint8Array) return readBytes(type, content);
  if (content instanceof ArrayBuffer) return readBytes(type, new Uint8Array(content));
  if (Array.isArray(content)) return content.join("");
  return typeof content === "object" ? toJson(content) : String(content);
}

/** Renderers expect objects; a figure that comes as JSON text would not be drawn. */
function readJson(type: string, content: NonNullable<unknown>): unknown {
  if (typeof content !== "string" || type === "application/json") return toJson(content);
  try {
    return JSON.parse(content);
  } catch {
    return toUSVString(content);
  }
}

function readBytes(type: string, bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isText = type.startsWith("text/") || type === "image/svg+xml";
  return buffer.toString(isText ? "utf8" : "base64");
}
