import type { Values } from "../search-space/parameter";
import type { Budget } from "../trials/trial";

/** Returns a number with as many digits as help: five that count; other values as they are. */
export function shortValue(value: unknown): string {
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

/** Returns values in one line, as `units 32, learningRate 0.01`. */
export function valuesLine(values: Values): string {
  const parts = Object.entries(values).map(([name, value]) => `${name} ${shortValue(value)}`);
  return parts.length === 0 ? "no hyperparameters" : parts.join(", ");
}

/** Returns the epochs of a budget counted from 1, as `epochs 5-10`. */
export function epochsText({ initialEpoch, epochs }: Budget): string {
  return epochs - initialEpoch === 1 ? `epoch ${epochs}` : `epochs ${initialEpoch + 1}-${epochs}`;
}

/** Returns where a budget stands, counted from 1: `bracket 1, round 2 of 3`. */
export function roundText({ bracket, bracketNumber, round }: Budget): string {
  return `bracket ${bracketNumber + 1}, round ${round + 1} of ${bracket + 1}`;
}

/** Returns all that a budget says, as `epochs 5-10 (bracket 1, round 2 of 3), goes on from trial 0003`. */
export function budgetText(budget: Budget): string {
  const from = budget.promotedFrom;
  const origin = from === undefined ? "" : `, goes on from trial ${from}`;
  return `${epochsText(budget)} (${roundText(budget)})${origin}`;
}

/** Returns a time in milliseconds as `0:07`, `12:30`, `1:02:30` or `2 d 03:10`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (part: number) => String(part).padStart(2, "0");
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
