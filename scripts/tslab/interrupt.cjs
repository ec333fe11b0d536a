// @ts-check
// Stopping a cell. tslab makes an interrupted cell fail but lets what it awaits go on; here the
// timers of a stopped cell never fire again, so that a loop that pauses now and then does stop.
"use strict";

const timersPromises = require("node:timers/promises");
const { promisify } = require("node:util");
const { owningCell } = require("./cells.cjs");

/** @typedef {import("./cells.cjs").Cell} Cell */

/** Puts timers that heed `stopped` in the place of Node's; to be called before any cell runs. */
function installStoppableTimers() {
  replaceTimer("setTimeout");
  replaceTimer("setInterval");
  replaceTimer("setImmediate");
  for (const name of /** @type {const} */ (["setTimeout", "setImmediate"])) {
    const original = timersPromises[name];
    /** @type {(...parameters: unknown[]) => Promise<unknown>} */
    const stoppable = (...parameters) =>
      neverOnceStopped(Reflect.apply(original, timersPromises, parameters));
    Object.defineProperty(timersPromises, name, { value: stoppable });
    Object.defineProperty(globalThis[name], promisify.custom, { value: stoppable });
  }
}

/** @param {"setTimeout" | "setInterval" | "setImmediate"} name */
function replaceTimer(name) {
  const original = globalThis[name];
  /** @type {(callback: unknown, ...parameters: unknown[]) => unknown} */
  const stoppable = (callback, ...parameters) => {
    const cell = owningCell();
    if (!cell || typeof callback !== "function") {
      return Reflect.apply(original, globalThis, [callback, ...parameters]);
    }
    /** @type {(...values: unknown[]) => void} */
    const unlessStopped = (...values) => {
      if (!cell.stopped) Reflect.apply(callback, globalThis, values);
      else if (name === "setInterval") clearInterval(/** @type {NodeJS.Timeout} */ (timer));
    };
    const timer = Reflect.apply(original, globalThis, [unlessStopped, ...parameters]);
    return timer;
  };
  Object.defineProperty(stoppable, "name", { value: name });
  Object.defineProperty(globalThis, name, { value: stoppable, writable: true, configurable: true });
}

/**
 * What the promise gives, or nothing ever when the cell has been stopped meanwhile.
 *
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function neverOnceStopped(promise) {
  const value = await promise;
  return owningCell()?.stopped ? new Promise(() => {}) : value;
}

/**
 * Makes models trainable again whose `fit` stands still because its cell was stopped: tfjs refuses
 * a second `fit` as long as the first has not ended.
 *
 * @param {{ LayersModel: { prototype: object } }} tf
 */
function releaseModelsOnStop({ LayersModel: { prototype } }) {
  for (const method of ["fit", "fitDataset"]) {
    const original = Reflect.get(prototype, method);
    if (typeof original !== "function") continue;
    /** @type {(this: object, ...parameters: unknown[]) => Promise<unknown>} */
    const releasing = async function (...parameters) {
      if (stoppedTrainings.has(this)) {
        stoppedTrainings.delete(this);
        Reflect.set(this, "isTraining", false);
      }
      const cell = owningCell();
      const trainings = cell ? trainingsOf(cell) : new Set();
      trainings.add(this);
      try {
        return await Reflect.apply(original, this, parameters);
      } finally {
        trainings.delete(this);
      }
    };
    Reflect.set(prototype, method, releasing);
  }
}

/** @type {WeakMap<Cell, Set<object>>} models whose training a cell has started and not ended */
const trainingsByCell = new WeakMap();

/** @type {WeakSet<object>} models whose training stands still */
const stoppedTrainings = new WeakSet();

/** @param {Cell} cell */
function trainingsOf(cell) {
  const trainings = trainingsByCell.get(cell) ?? new Set();
  trainingsByCell.set(cell, trainings);
  return trainings;
}

/**
 * Nothing of the cell goes on: its timers are dead, its models free.
 *
 * @param {Cell} cell
 */
function stopCell(cell) {
  cell.stopped = true;
  for (const model of trainingsOf(cell)) stoppedTrainings.add(model);
}

module.exports = { installStoppableTimers, releaseModelsOnStop, stopCell };
