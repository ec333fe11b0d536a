import path from "node:path";
import { expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

it("the types of a large library load once and are known to all later cells", async () => {
  const notebook = testNotebook({ folder: path.join(__dirname, "../../../notebooks") });
  await notebook.run("import * as tf from '@tensorflow/tfjs';");
  await notebook.run(
    "const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });",
  );
  const loads = notebook.checker.programLoads;
  await notebook.run("model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });");
  expect(await notebook.problems("tf.tensor('x').shape.zip; model.fit(1);")).toHaveLength(2);
  const { items } = await notebook.complete("model.comp|");
  expect(items[0]).toMatchObject({ label: "compile", kind: "function" });
  expect(await notebook.inspect("model.comp|ile")).toContain("compile(args: ");
  expect(notebook.checker.programLoads).toBe(loads);
});
