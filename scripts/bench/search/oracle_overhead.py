"""What Keras Tuner's own bookkeeping takes: trials that train nothing.

    python scripts/bench/search/oracle_overhead.py FOLDER TRIALS

Prints the milliseconds for each trial: asked for, reported, ended.
"""

import sys
import time

import keras_tuner
from keras_tuner.engine import trial as trial_module

folder, trials = sys.argv[1], int(sys.argv[2])
space = keras_tuner.HyperParameters()
space.Int("units", min_value=32, max_value=512)
space.Float("learning_rate", min_value=1e-5, max_value=1e-1, sampling="log")
space.Float("dropout", min_value=0.0, max_value=0.9)
oracle = keras_tuner.oracles.RandomSearchOracle(
    objective=keras_tuner.Objective("loss", "min"), max_trials=trials, seed=1, hyperparameters=space
)
oracle._set_project_dir(folder, "overhead")
start = time.perf_counter()
for number in range(trials):
    trial = oracle.create_trial("tuner0")
    oracle.update_trial(trial.trial_id, {"loss": (number * 7919) % 1000}, step=0)
    trial.status = trial_module.TrialStatus.COMPLETED
    oracle.end_trial(trial)
print((time.perf_counter() - start) * 1000 / trials)
