#!/usr/bin/env python3
"""Random search, grid search and Hyperband against Keras Tuner itself, on spaces nobody listed.

    .venv-peers/bin/python tests/tuner/differential.py 0:300            # 300 random cases, live
    .venv-peers/bin/python tests/tuner/differential.py 0:300 --keep 25  # and keep 25 of them as a fixture

Each seed makes one case: a search space (conditions, steps, samplings, defaults), an oracle, workers and the
order in which their runs end, objectives, failures and retries, parameters that trials define on the way,
reloads. Keras Tuner runs it under the recorder of the reference transcripts, our study replays what was
recorded, and every difference is an error. `.venv-peers` has Keras Tuner; requirements-peers.txt lists it.

Keras Tuner takes pow and log from the C library, which rounds wrongly once in a thousand calls; here they are
correctly rounded, as ours are, since one such bit can change which values a grid has.
"""
import argparse
import decimal
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tuner" / "fixtures" / "keras-tuner"
sys.path.insert(0, str(FIXTURES))

import golden  # noqa: E402
from keras_tuner.src.engine.hyperparameters.hp_types import numerical  # noqa: E402

FIXTURE_BYTES = 290_000
CONTEXT = decimal.Context(prec=60)


def exact_pow(x, y):
    if x <= 0:
        return math.pow(x, y)
    return float(CONTEXT.power(decimal.Decimal(x), decimal.Decimal(y)))


def exact_log(x, base=None):
    value = float(CONTEXT.ln(decimal.Decimal(x)))
    return value if base is None else value / exact_log(base)


numerical.math = types.SimpleNamespace(pow=exact_pow, log=exact_log)


class Maker:
    """Makes a random case of a seed."""

    def __init__(self, seed):
        self.seed = seed
        self.random = random.Random(seed)
        self.parents = []
        self.count = 0

    def chance(self, probability):
        return self.random.random() < probability

    def number(self):
        pick = self.random
        low = pick.choice([1e-05, 1e-04, 0.001, 0.01, 0.1, 1.0, 2.0])
        return low, low * pick.choice([2, 3, 7.5, 10, 100, 1000])

    def range(self, kind):
        """Bounds, step, sampling and default of an Int or a Float."""
        pick = self.random
        sampling = pick.choice(["linear", "linear", "log", "reverse_log"])
        spec = {}
        if kind == "Int":
            low = pick.randint(1, 20)
            high = low + pick.choice([0, 1, 2, 3, 7, 30, 500])
            step = pick.randint(1, 40) if sampling == "linear" else pick.randint(2, 4)
        elif sampling == "linear":
            low = pick.choice([0, -5, 0.0, 0.1, -1.5])
            high = low + pick.choice([0.3, 0.5, 1, 2.5, 10])
            step = pick.choice([0.1, 0.05, 0.25, 0.3, 1.0])
        else:
            low, high = self.number()
            step = pick.choice([2, 10, 1.5])
        spec = {"min": low, "max": high}
        if sampling != "linear":
            spec["sampling"] = sampling
        if self.chance(0.5):
            spec["step"] = step
        if self.chance(0.2):
            default = pick.choice([low, high])
            spec["default"] = float(default) if kind == "Float" else default
        return spec

    def parameter(self):
        pick = self.random
        kind = pick.choice(["Int", "Int", "Float", "Float", "Choice", "Choice", "Boolean", "Boolean", "Fixed"])
        name = f"{pick.choice('abcdxyz')}{self.count}"
        self.count += 1
        spec = {"kind": kind, "name": name}
        values = None
        if kind in ("Int", "Float"):
            spec.update(self.range(kind))
        elif kind == "Choice":
            values = pick.choice([["relu", "tanh", "gelu"], ["a", "b"], [16, 8, 32], [0.01, 0.001, 0.0001], [True, False], [1.5]])
            spec["values"] = values
            if self.chance(0.3):
                spec["default"] = pick.choice(values)
        elif kind == "Boolean":
            values = [True, False]
            if self.chance(0.3):
                spec["default"] = True
        else:
            spec["value"] = pick.choice([10, "sgd", 0.5, True])
        if self.parents and self.chance(0.4):
            spec["conditions"] = pick.choice(self.parents)()
        if values is not None:
            # In a Choice the reference makes 1 and 0 of True and False.
            known = [int(v) for v in values] if kind == "Choice" and values == [True, False] else values
            self.add_parent(name, known, spec.get("conditions", []))
        return spec

    def add_parent(self, name, values, outer):
        def condition():
            some = self.random.sample(values, self.random.randint(1, max(1, len(values) - 1)))
            return [*outer, {"parent": name, "values": some}]

        self.parents.append(condition)

    def objective(self):
        pick = self.random
        one = [
            ("val_loss", {"formula": pick.choice(["bowl", "curve_loss", "coarse_loss"]), "param": 4.0}),
            ("val_accuracy", {"formula": pick.choice(["accuracy", "curve", "hump", "coarse", "epochs_only"]), "param": 6.0}),
            ("score", {"formula": pick.choice(["trial_number", "infinite", "curve", "constant"]), "param": 0.5}),
        ]
        kind = pick.random()
        if kind < 0.1:
            return None, {"default_objective": one[0][1]}
        if kind < 0.2:
            names = [n for n, _ in one]
            pick.shuffle(names)
            listed = [{"name": n, "direction": pick.choice(["min", "max"])} for n in names[: pick.randint(2, 3)]]
            finite = {n: {**f, "formula": "bowl"} if f["formula"] == "infinite" else f for n, f in one}
            return listed, finite
        name, formula = pick.choice(one)
        if name != "score" and self.chance(0.4):
            return name, {name: formula, "other": {"formula": "bowl"}}
        return {"name": name, "direction": pick.choice(["min", "max"])}, {name: formula}

    def case(self):
        pick = self.random
        space = [self.parameter() for _ in range(pick.randint(1, 5))]
        oracle = pick.choice(["RandomSearchOracle", "GridSearchOracle", "HyperbandOracle", "HyperbandOracle"])
        options = {}
        if oracle == "HyperbandOracle":
            options = {"max_epochs": pick.randint(1, 12), "factor": pick.randint(2, 4)}
            if self.chance(0.3):
                options["hyperband_iterations"] = 2
        elif oracle == "RandomSearchOracle" or self.chance(0.5):
            options["max_trials"] = pick.randint(2, 25)
        if self.chance(0.4):
            options["max_retries_per_trial"] = pick.randint(1, 2)
        if self.chance(0.5):
            options["max_consecutive_failed_trials"] = pick.randint(1, 8)
        objective, metrics = self.objective()
        case = {
            "name": f"seed-{self.seed}",
            "space": space,
            "oracle": oracle,
            "options": options,
            "seed": pick.choice([1, 42, pick.randint(1, 10_000), pick.randint(1, 2**40)]),
            "objective": objective,
            "metrics": metrics,
            "report": pick.choice(["once", "each_epoch", "best_epoch"]) if objective is not None and not isinstance(objective, list) else "each_epoch",
            "epochs": pick.randint(1, 6),
            "workers": pick.choice([1, 1, 2, 3, 4]),
            "end_rule": pick.choice(["oldest", "newest", "shortest", "pattern"]),
            "end_pattern": [pick.randint(0, 3) for _ in range(pick.randint(1, 5))],
            "stop_after_ends": pick.randint(5, 40),
        }
        if case["report"] == "once" and self.chance(0.5):
            case["executions"] = pick.choice([2, 3, 9])
        self.add_trouble(case)
        return case

    def add_trouble(self, case):
        """Failures, discoveries, reloads."""
        pick = self.random
        width = len(str(case["options"].get("max_trials")))
        kinds = ["COMPLETED", "COMPLETED", "INVALID", "FAILED", "NAN", "REPORTED_INVALID"]
        if self.chance(0.5):
            ids = pick.sample(range(20), pick.randint(1, 8))
            case["outcomes"] = {f"{i:0{width}d}": [pick.choice(kinds) for _ in range(pick.randint(1, 3))] for i in ids}
        if self.chance(0.3):
            new = [self.parameter() for _ in range(pick.randint(1, 2))]
            # Hyperband promotes a trial that lacks a parameter with a value from an unseeded draw.
            everyone = case["oracle"] == "HyperbandOracle" or self.chance(0.6)
            names = ["*"] if everyone else [f"{i:0{width}d}" for i in pick.sample(range(8), 2)]
            case["discover"] = {name: new for name in names}
        if case["oracle"] != "GridSearchOracle" and self.chance(0.3):
            case["reload_after_ends"] = sorted(pick.sample(range(1, 15), pick.randint(1, 2)))
        elif self.chance(0.2):
            case["repeat_create"] = True


def record(seed):
    return golden.record_case(Maker(seed).case())


def compact(transcripts):
    lines = ",\n".join(json.dumps(golden.clean(t), separators=(",", ":"), allow_nan=False) for t in transcripts)
    return f"[\n{lines}\n]\n"


def chosen(transcripts, count):
    """The transcripts with most kinds of things in them, smaller ones first, and every oracle."""
    def features(transcript):
        case, events = transcript["case"], transcript["events"]
        marks = {case["oracle"], case["end_rule"], case["report"], f"workers {case['workers'] > 1}"}
        marks |= {key for key in ("outcomes", "discover", "reload_after_ends", "repeat_create", "executions") if key in case}
        marks |= {f"{e['op']} {e.get('status')} {'error' in e} {e.get('again')}" for e in events}
        marks |= {f"{s['kind']} {s.get('sampling')} {'step' in s} {'conditions' in s}" for s in case["space"]}
        marks |= {"promotion" for e in events if "tuner/trial_id" in e.get("values", {})}
        brackets = transcript["final"].get("brackets")
        if brackets and brackets[-1]["bracket"] != transcript["final"]["current_bracket"]:
            marks.add("a bracket was opened in vain")
        marks |= {f"{case['oracle']} {m}" for m in list(marks)}
        return marks

    left = sorted(transcripts, key=lambda t: len(compact([t])))
    kept, seen, size = [], set(), 0
    while left and len(kept) < count:
        best = max(left, key=lambda t: len(features(t) - seen) / (20_000 + len(compact([t]))))
        left.remove(best)
        if size + len(compact([best])) <= FIXTURE_BYTES:
            kept.append(best)
            size += len(compact([best]))
            seen |= features(best)
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", help="first:last, the last one left out")
    parser.add_argument("--output", help="keep what Keras Tuner did in this file")
    parser.add_argument("--keep", type=int, help="write so many of the cases to fixtures/keras-tuner/random-cases.json")
    arguments = parser.parse_args()
    first, last = (int(part) for part in arguments.seeds.split(":"))
    with tempfile.TemporaryDirectory() as folder:
        recorded = pathlib.Path(arguments.output or f"{folder}/transcripts.json").resolve()
        transcripts = [record(seed) for seed in range(first, last)]
        recorded.write_text(compact(transcripts), encoding="utf-8")
        print(f"recorded {len(transcripts)} cases, {sum(len(t['events']) for t in transcripts)} events", flush=True)
        replay = [str(ROOT / "node_modules" / ".bin" / "vitest"), "run", "tuner/src/testing/random-cases.test.ts"]
        status = subprocess.run(replay, cwd=ROOT, env={**os.environ, "HEADROOM_TRANSCRIPTS": str(recorded)}).returncode
        if status == 0 and arguments.keep:
            kept = compact(chosen(transcripts, arguments.keep))
            (FIXTURES / "random-cases.json").write_text(kept, encoding="utf-8")
        return status


if __name__ == "__main__":
    sys.exit(main())
