import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { compile, type FitOptions } from "../index";
import { piecewiseConstant } from "../schedules";
import { classifier, samples, weightsOf } from "../testing/models";
import { learningRateOf } from "./learning-rate";

const { xs, ys } = samples();
// 6 steps an epoch; the rate changes within the second.
const learningRate = piecewiseConstant({ boundaries: [8, 12], values: [0.2, 0.02, 0.1] });
const OPTIONS: FitOptions = { batchSize: 4, epochs: 3, verbose: 0, shuffle: false, learningRate };

test.each([
  ["SGD", () => tf.train.sgd(0.5)],
  ["momentum", () => tf.train.momentum(0.5, 0.8)],
  ["Adagrad", () => tf.train.adagrad(0.5)],
  ["RMSProp", () => tf.train.rmsprop(0.5, 0.9, 0.5, 0.1)],
] as const)(
  "%s follows a schedule as graph and as stock tfjs, and keeps its rate",
  async (_, make) => {
    const trained = [];
    for (const way of ["graph", "stock"] as const) {
      const model = classifier();
      model.compile({ optimizer: make(), loss: "categoricalCrossentropy" });
      await compile(model, { way }).fit(xs, ys, OPTIONS);
      expect(learningRateOf(model.optimizer)).toBe(0.5);
      trained.push(weightsOf(model).flat());
    }
    const [graph = [], stock = []] = trained;
    for (const [index, value] of graph.entries())
      expect(value).toBeCloseTo(stock[index] as number, 5);
  },
);
