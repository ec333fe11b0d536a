import type { Thrown } from "../protocol/messages";
import { nestsDeeper } from "../protocol/nesting";
import { MOST_LEVELS } from "../protocol/value-limits";

/** What a line of the sandbox says, in the parts that are looked at; values are not decoded yet. */
export type AnswerParts =
  | { readonly kind: "ready" }
  | { readonly kind: "callback"; readonly number: number; readonly args: readonly unknown[] }
  | { readonly kind: "missing"; readonly id: number }
  | { readonly kind: "threw"; readonly id: number; readonly text: string; readonly threw: Thrown }
  | { readonly kind: "ran"; readonly id: number; readonly text: string }
  | {
      readonly kind: "returned";
      readonly id: number;
      readonly value: unknown;
      readonly argumentsAfter: readonly unknown[];
    };

/** A level of a value takes up to three brackets. */
const MOST_BRACKETS = 3 * MOST_LEVELS + 10;
const LONGEST_NAME = 100;
const LONGEST_MESSAGE = 2000;

/** Returns what a line says; undefined when that is nothing that a runner would say. */
export function readAnswer(line: string): AnswerParts | undefined {
  let data: unknown;
  if (nestsDeeper(line, MOST_BRACKETS)) return undefined;
  try {
    data = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  // Own properties only: a field that is not there is never Object.prototype's.
  const field = new Map(Object.entries(data));
  if (field.get("ready") === true && field.size === 1) return { kind: "ready" };
  const args = field.get("args");
  const callback = field.get("callback");
  if (isCount(callback) && Array.isArray(args) && field.size === 2)
    return { kind: "callback", number: callback, args };
  return readResult(field);
}

function readResult(field: ReadonlyMap<string, unknown>): AnswerParts | undefined {
  const id = field.get("id");
  if (!isCount(id)) return undefined;
  const text = field.get("text") ?? "";
  if (typeof text !== "string") return undefined;
  if (field.get("missing") === true) return { kind: "missing", id };
  if (field.has("threw")) {
    const threw = readThrown(field.get("threw"));
    return threw && { kind: "threw", id, text, threw };
  }
  if (field.has("text")) return { kind: "ran", id, text };
  const argumentsAfter = field.get("argumentsAfter");
  if (!field.has("value") || !Array.isArray(argumentsAfter)) return undefined;
  return { kind: "returned", id, value: field.get("value"), argumentsAfter };
}

function readThrown(data: unknown): Thrown | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const field = new Map(Object.entries(data));
  const name = field.get("name");
  const message = field.get("message");
  if (typeof name !== "string" || typeof message !== "string") return undefined;
  return { name: name.slice(0, LONGEST_NAME), message: message.slice(0, LONGEST_MESSAGE) };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
