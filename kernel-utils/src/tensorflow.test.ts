import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, it } from "vitest";
import { tensorflow } from "./tensorflow";

describe("tensorflow", () => {
  it("is the instance that tfjs-node extends, so that tensors and models mix", () => {
    expect(tensorflow().Tensor).toBe(tf.Tensor);
    expect(tensorflow().LayersModel).toBe(tf.LayersModel);
    expect(tensorflow().getBackend()).toBe(tf.getBackend());
    expect(tensorflow()).toBe(tensorflow());
  });

  it("is the only way to TensorFlow.js, so that importing the library doesn't load it", () => {
    const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" });
    const sources = files.filter((file) => /(?<!\.test|\.test-d)\.ts$/.test(file));
    expect(sources.length).toBeGreaterThan(50);
    const loading = sources.filter((file) => {
      const code = readFileSync(join(__dirname, file), "utf8").replace(/^\s*(\*|\/\/).*$/gm, "");
      return /^import (?!type )[^;]*"@tensorflow\/|import\("@tensorflow\/|\("@tensorflow\//m.test(
        code,
      );
    });
    expect(loading).toEqual(["tensorflow.ts"]);
  });
});
