import * as tf from "@tensorflow/tfjs-node";
import { afterAll, describe, expect, it } from "vitest";
import { Graph } from "../graph/graph";
import { savedModel } from "../graph/saved-model";
import { GraphVariables, VARIABLE_NODES } from "../program/variables";
import { type NodeBackend, nodeBackend } from "./backend";
import { type Feed, GraphSession } from "./graph-session";

const LENGTH = 24;
/** Of so many arrays, about a quarter begins where TensorFlow would share its memory. */
const MANY = 64;
const graph = new Graph();
const variables = new GraphVariables(graph);
variables.add("x", [LENGTH]);
variables.finish();
const backend = nodeBackend() as NodeBackend;
/** The arrays that tensors were made of. */
const fed: Float32Array[] = [];
const { binding } = backend;
const createTensor = (shape: number[], dtype: number, data: Float32Array | Int32Array) => {
  if (data instanceof Float32Array) fed.push(data);
  return binding.createTensor(shape, dtype, data);
};
// The binding's own calls can't be replaced.
const watched = Object.create(binding, { createTensor: { value: createTensor } });
const session = new GraphSession(
  Object.create(backend, { binding: { value: watched } }),
  savedModel(graph.nodes),
);
afterAll(() => session.dispose());

const set = (x: Feed) =>
  session.numbers({ [VARIABLE_NODES.initial("x")]: x }, [VARIABLE_NODES.initialized]);
const value = () => session.numbers({}, [VARIABLE_NODES.value("x")])[0];

// TensorFlow frees shared memory on any of its threads, and a call into V8 from there ends the process.
describe("memory of JavaScript", () => {
  it("is not what a variable is kept in", () => {
    for (let turn = 0; turn < MANY; turn++) {
      const data = new Float32Array(LENGTH).fill(1);
      const tensor = tf.tensor1d(data);
      set(tensor);
      data.fill(7);
      expect(value()).toEqual(new Float32Array(LENGTH).fill(1));
      tensor.dispose();
    }
  });

  it("is copied when an array is fed", () => {
    for (let turn = 0; turn < MANY; turn++) {
      set({ shape: [LENGTH], data: new Float32Array(LENGTH).fill(turn) });
      const array = fed.pop() as Float32Array;
      const isEqual = array.every((one) => one === turn);
      array.fill(-1);
      expect(isEqual && value()?.[0]).toBe(turn);
      // Memory is handed out in steps of 16 bytes, and shared where it begins at a multiple of 32 or 64.
      expect(array.byteOffset % 16).not.toBe(0);
    }
  });
});
