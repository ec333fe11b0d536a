// @ts-check
// What went wrong in a cell, as Jupyter shows it: name, message, and a traceback with the line.
"use strict";

const { inspect, types } = require("node:util");
const { excerpt, red } = require("./excerpt.cjs");
const { framesOf } = require("./frames.cjs");

/**
 * @typedef {{ ename: string, evalue: string, traceback: string[] }} Failure
 * @typedef {import("./frames.cjs").Frame} Frame
 */

/** More frames than this tell a learner nothing. */
const MOST_FRAMES = 12;

/** @returns {Failure} */
function describeInterrupt() {
  const evalue = "The cell was interrupted.";
  return { ename: "Interrupted", evalue, traceback: [`${red("Interrupted")}: ${evalue}`] };
}

/**
 * @param {unknown} thrown whatever a cell threw or a promise was rejected with
 * @returns {Failure}
 */
function describeThrown(thrown) {
  if (!isError(thrown)) return describeThrownValue(thrown);
  const ename = textOf(() => thrown.name) || "Error";
  const evalue = textOf(() => thrown.message);
  const traceback = [headline(ename, evalue), ...describePlace(framesOf(thrown))];
  const seen = new Set([thrown]);
  let cause = thrown.cause;
  while (isError(cause) && !seen.has(cause)) {
    seen.add(cause);
    traceback.push("", `Caused by ${inspectBriefly(cause)}`, ...describePlace(framesOf(cause)));
    cause = cause.cause;
  }
  if (thrown instanceof AggregateError) {
    for (const error of thrown.errors) traceback.push(`  - ${inspectBriefly(error)}`);
  }
  return { ename, evalue, traceback };
}

/**
 * @param {unknown} value
 * @returns {value is Error}
 */
function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

/**
 * @param {unknown} thrown
 * @returns {Failure}
 */
function describeThrownValue(thrown) {
  const ename = `Thrown ${thrown === null ? "null" : typeof thrown}`;
  const evalue = typeof thrown === "string" ? thrown : inspectBriefly(thrown);
  const advice = "Only an Error knows its line: throw new Error(...) shows where it happened.";
  return { ename, evalue, traceback: [headline(ename, evalue), "", advice] };
}

/** @param {unknown} value */
function inspectBriefly(value) {
  if (isError(value)) return `${textOf(() => value.name)}: ${textOf(() => value.message)}`;
  return textOf(() => inspect(value, { depth: 2 }));
}

/**
 * @param {() => unknown} read a property of an object that may be of any kind
 * @returns {string}
 */
function textOf(read) {
  try {
    return String(read());
  } catch {
    return "";
  }
}

/**
 * @param {string} ename
 * @param {string} evalue
 */
function headline(ename, evalue) {
  return evalue === "" ? red(ename) : `${red(ename)}: ${evalue}`;
}

/**
 * The lines around the innermost place that the learner wrote, then who called whom.
 *
 * @param {readonly Frame[]} frames
 */
function describePlace(frames) {
  const own = frames.find((frame) => frame.place && frame.source && !frame.library);
  if (!own?.place || own.source === undefined) return [];
  const lines = ["", `${own.where}, line ${own.place.line}`, ...excerpt(own.source, own.place)];
  const calls = describeCalls(frames);
  // A single call, from the line that is shown already, says nothing more.
  return calls.length > 1 || own.call !== "" ? [...lines, "", ...calls] : lines;
}

/**
 * One line per frame; those of one library, and those of a recursion, drawn together.
 *
 * @param {readonly Frame[]} frames
 */
function describeCalls(frames) {
  /** @type {{ text: string, times: number }[]} */
  const groups = [];
  for (const frame of frames) {
    const text = describeCall(frame);
    const previous = groups.at(-1);
    if (text === undefined) continue;
    if (previous?.text === text) previous.times++;
    else groups.push({ text, times: 1 });
  }
  const lines = groups.map(({ text, times }) => (times > 1 ? `${text} (${times} calls)` : text));
  const hidden = lines.length - MOST_FRAMES;
  return hidden > 1 ? [...lines.slice(0, MOST_FRAMES), `    … and ${hidden} more`] : lines;
}

/**
 * @param {Frame} frame
 * @returns {string | undefined} undefined for what is built into JavaScript
 */
function describeCall({ call, where, place, library }) {
  if (library) return `    inside ${library}`;
  if (where === "") return undefined;
  const position = place ? `${where}, line ${place.line}` : where;
  return `    at ${call === "" ? position : `${call} (${position})`}`;
}

module.exports = { describeInterrupt, describeThrown, headline };
