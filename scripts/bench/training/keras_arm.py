"""Keras's side of training.mjs: one answer, a line of JSON, for each line of standard input.

    python keras_arm.py FOLDER    FOLDER holds what training.mjs wrote: x.bin, y.bin, weights.json
"""

import gc
import json
import resource
import sys
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

FIRST_STEPS, COMPARED_STEPS = 10, 25
STEPS_PER_CALL = 25
# How each arm compiles the model; the best settings known for a small network on a processor.
ARMS = {
    "fit": {},
    "fit, 25 steps": {"steps_per_execution": STEPS_PER_CALL},
    "train function": {"steps_per_execution": STEPS_PER_CALL},
    "jit": {"jit_compile": True, "steps_per_execution": STEPS_PER_CALL},
}
folder = Path(sys.argv[1])


def build(configuration, arm, steps):
    model = keras.Sequential([keras.Input(configuration["shape"])])
    for kind, options in configuration["layers"]:
        model.add(getattr(keras.layers, kind)(**options))
    options = dict(ARMS[arm])
    if "steps_per_execution" in options:
        options["steps_per_execution"] = min(STEPS_PER_CALL, steps)
    model.compile(optimizer=keras.optimizers.Adam(0.001),
                  loss="sparse_categorical_crossentropy", **options)
    return model


def fit(model, arm, data, batch, shuffle):
    """One epoch; returns its mean loss."""
    if arm != "train function":
        return model.fit(*data, batch_size=batch, shuffle=shuffle, verbose=0).history["loss"][0]
    # What fit does at the least: shuffled batches, steps, one loss at the end; no callbacks.
    rows = len(data[0])
    order = np.random.permutation(rows) if shuffle else np.arange(rows)
    batches = tf.data.Dataset.from_tensor_slices(order.reshape(-1, batch))
    x, y = data
    batches = iter(batches.map(lambda i: (tf.gather(x, i), tf.gather(y, i))).prefetch(1))
    model.make_train_function()
    model.reset_metrics()
    for _ in range(0, rows // batch, model.steps_per_execution):
        logs = model.train_function(batches)
    return float(logs["loss"])


def timed(run):
    start, cpu = time.perf_counter(), time.process_time()
    loss = run()
    return {
        "wall": 1000 * (time.perf_counter() - start),
        "cpu": 1000 * (time.process_time() - cpu),
        "loss": float(loss),
    }


class Stage:
    """What the present configuration needs."""

    def __init__(self, configuration):
        keras.backend.clear_session()
        gc.collect()
        self.configuration = configuration
        self.batch = configuration["batch"]
        y = np.fromfile(folder / "y.bin", np.float32)
        x = np.fromfile(folder / "x.bin", np.float32).reshape(-1, *configuration["shape"])
        self.data = x, y.reshape(-1, 1)
        # Constants once, where fit's own pipeline makes them once an epoch.
        self.tensors = tuple(tf.constant(part) for part in self.data)
        self.models = {}

    def _rows(self, arm, steps):
        data = self.tensors if arm == "train function" else self.data
        return tuple(part[: steps * self.batch] for part in data)

    def warm(self, arm):
        model = build(self.configuration, arm, self.configuration["steps"])
        weights = json.loads((folder / "weights.json").read_text())
        for weight, one in zip(model.trainable_weights + model.non_trainable_weights, weights):
            weight.assign(np.array(one["values"], np.float32))
        self.models[arm] = model
        rows = self._rows(arm, COMPARED_STEPS)
        return timed(lambda: fit(model, arm, rows, self.batch, False))

    def epoch(self, arm):
        rows = self._rows(arm, self.configuration["steps"])
        return timed(lambda: fit(self.models[arm], arm, rows, self.batch, True))

    def first_epoch(self, arm, configuration):
        rows = self._rows(arm, FIRST_STEPS)
        return timed(lambda: fit(build(configuration, arm, FIRST_STEPS), arm, rows, self.batch,
                                 True))


def main():
    stage = None
    for line in sys.stdin:
        asked = json.loads(line)
        command, answer = asked["command"], {}
        if command == "prepare":
            stage = Stage(asked["configuration"])
        elif command == "warm":
            answer = stage.warm(asked["arm"])
        elif command == "epoch":
            answer = stage.epoch(asked["arm"])
        elif command == "first epoch":
            answer = stage.first_epoch(asked["arm"], asked["configuration"])
        elif command == "tidy":
            keras.backend.clear_session()
            gc.collect()
        elif command == "memory":
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            answer = {"bytes": most * (1 if sys.platform == "darwin" else 1024)}
        print(json.dumps(answer), flush=True)


main()
