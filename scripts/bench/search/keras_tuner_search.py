"""One search of Keras Tuner: the lecture's, on the digits that search.mjs wrote to FOLDER.

    python scripts/bench/search/keras_tuner_search.py FOLDER
"""

import json
import sys
from pathlib import Path

import keras
import keras_tuner
import numpy as np

folder = Path(sys.argv[1])


def data(part):
    y = np.fromfile(folder / f"{part}-y.bin", dtype=np.float32)
    return np.fromfile(folder / f"{part}-x.bin", dtype=np.float32).reshape(len(y), 64), y


def build(hp):
    model = keras.Sequential(
        [
            keras.layers.Dense(hp.Int("units", min_value=32, max_value=512, step=32), activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(hp.Choice("learning_rate", values=[0.01, 0.001, 0.0001])),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


tuner = keras_tuner.Hyperband(
    build,
    objective="val_accuracy",
    max_epochs=10,
    factor=3,
    seed=42,
    directory=str(folder),
    project_name="keras_tuner",
)
tuner.search(*data("train"), validation_data=data("test"), epochs=10, verbose=0)
trials = tuner.oracle.trials.values()
epochs = sum(
    t.hyperparameters.values["tuner/epochs"] - t.hyperparameters.values["tuner/initial_epoch"]
    for t in trials
)
score = tuner.oracle.get_best_trials(1)[0].score
print(json.dumps({"trials": len(trials), "epochs": epochs, "score": score}))
