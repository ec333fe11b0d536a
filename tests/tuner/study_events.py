"""Study events, as plain as the tests need them, and what Optuna should make of random ones."""

from __future__ import annotations

import math
import random
from datetime import datetime
from typing import Any

from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.trial import TrialState

Event = dict[str, Any]
START = 1_700_000_000_000


def study(*objectives: tuple[str, str], name: str = "a study") -> Event:
    named = [{"name": metric, "direction": direction} for metric, direction in objectives]
    return {
        "type": "study",
        "name": name,
        "objectives": named or [{"name": "accuracy", "direction": "max"}],
        "oracle": {"name": "hyperband", "options": {"maxEpochs": 9}, "seed": 42},
    }


def space(*parameters: Event) -> Event:
    return {"type": "space", "parameters": list(parameters)}


def start(trial: int, values: Event, at: int = START, **more: object) -> Event:
    event = {"type": "start", "trial": trial, "worker": "0", "values": values, "seedState": 1}
    return {**event, "at": at, **more}


def report(trial: int, step: int, **metrics: float) -> Event:
    return {"type": "report", "trial": trial, "step": step, "metrics": metrics}


def end(trial: int, status: str, at: int = START, **more: object) -> Event:
    return {"type": "end", "trial": trial, "status": status, "at": at, **more}


def parameter(kind: str, name: str, conditions: object = (), **more: object) -> Event:
    return {"kind": kind, "name": name, "conditions": list(conditions), **more}


def ranged(kind: str, name: str, low: float, high: float, **more: object) -> Event:
    facts = {"min": low, "max": high, "sampling": "linear", "default": low, **more}
    return parameter(kind, name, **facts)


def local_time(at: int) -> datetime:
    """Optuna's times are those of the machine's clock, without a zone."""
    return datetime.fromtimestamp(at / 1000)


SPACE: list[tuple[Event, BaseDistribution, list[Any]]] = [
    (ranged("int", "units", 32, 512, step=32), IntDistribution(32, 512, step=32), [32, 96, 512]),
    (ranged("int", "filters", 1, 9, sampling="log"), IntDistribution(1, 9, log=True), [1, 7, 9]),
    (ranged("int", "deep", 1, 9, sampling="reverse_log"), IntDistribution(1, 9), [1, 8]),
    (
        ranged("float", "dropout", 0, 0.5, step=0.1),
        FloatDistribution(0, 0.5, step=0.1),
        [0, 0.30000000000000004],
    ),
    (
        ranged("float", "rate", 1e-5, 0.1, sampling="log"),
        FloatDistribution(1e-5, 0.1, log=True),
        [1e-5, 0.0123456789012345, 0.1],
    ),
    (
        parameter("choice", "kind", values=["dense", "größer"], ordered=False, default="dense"),
        CategoricalDistribution(["dense", "größer"]),
        ["dense", "größer"],
    ),
    (
        parameter("choice", "batch", values=[16, 32], ordered=True, default=16),
        CategoricalDistribution([16, 32]),
        [16, 32],
    ),
    (
        parameter("boolean", "bias", default=True),
        CategoricalDistribution([False, True]),
        [True, False],
    ),
]
DISTRIBUTIONS = {facts["name"]: distribution for facts, distribution, _ in SPACE}


class RandomStudy:
    """Makes random events of a study, and reckons by itself which trials they are for Optuna."""

    def __init__(self, seed: int, steps: int) -> None:
        self.random = random.Random(seed)
        self.now = START
        self.events = [study(), space(*(facts for facts, _, _ in SPACE))]
        self.trials: list[dict[str, Any]] = []
        self.reports: list[list[tuple[int, int, float]]] = []
        self.runs: list[list[str]] = []
        for _ in range(steps):
            self.now += self.random.randrange(1, 5_000)
            self._step()

    def _add(self, **facts: object) -> int:
        trial = {"values": None, "started": None, "ended": None, "attributes": {}, "params": {}}
        self.trials.append({**trial, **facts})
        self.reports.append([])
        self.runs.append([])
        return len(self.trials) - 1

    def _values(self) -> Event:
        return {facts["name"]: self.random.choice(values) for facts, _, values in SPACE}

    def _in(self, state: TrialState) -> int | None:
        found = [number for number, trial in enumerate(self.trials) if trial["state"] == state]
        return self.random.choice(found) if found else None

    def _step(self) -> None:
        action = self.random.choice(["start", "again", "enqueue", "report", "report", "note", "end"])
        running, waiting = self._in(TrialState.RUNNING), self._in(TrialState.WAITING)
        values = self._values()
        if action == "start":
            number = self._add(state=TrialState.RUNNING, params=values, started=self.now)
            self.events.append(start(number, values, self.now))
        elif action == "enqueue":
            number = self._add(state=TrialState.WAITING, queued=values)
            event = {"type": "enqueue", "trial": number, "values": values, "at": self.now}
            self.events.append(event)
        elif action == "again" and waiting is not None:
            trial = self.trials[waiting]
            trial["params"] = trial["params"] or trial["queued"]
            trial["state"], trial["started"] = TrialState.RUNNING, self.now
            self.events.append(start(waiting, trial["params"], self.now))
        elif running is not None and action == "report":
            self._report(running)
        elif running is not None and action == "note":
            noted = {self.random.choice("abc"): [self.now, None, "ü"], "mark": True}
            self.trials[running]["attributes"].update(noted)
            self.events.append({"type": "attributes", "trial": running, "attributes": noted})
        elif running is not None and action == "end":
            self._end(running)

    def _report(self, number: int) -> None:
        step = self.random.randrange(4)
        accuracy = self.random.choice([math.nan, 0.1, 0.5, 1e-9, math.inf])
        self.reports[number].append((len(self.runs[number]), step, accuracy))
        self.events.append(report(number, step, accuracy=accuracy, loss=1.0))

    def _end(self, number: int) -> None:
        trial = self.trials[number]
        status = self.random.choice(["COMPLETED", "PRUNED", "FAILED", "INVALID", "WAITING"])
        score = self.random.random()
        more: Event = {"score": score, "bestStep": 1} if status in ("COMPLETED", "PRUNED") else {}
        if status == "FAILED":
            more["message"] = "it burst"
            trial["attributes"]["headroom:message"] = "it burst"
        self.events.append(end(number, status, self.now, **more))
        self.runs[number].append(status)
        if status in ("INVALID", "WAITING"):
            trial["state"] = TrialState.WAITING
            return
        trial["ended"] = self.now
        names = {"COMPLETED": TrialState.COMPLETE, "PRUNED": TrialState.PRUNED}
        trial["state"] = names.get(status, TrialState.FAIL)
        if status == "COMPLETED":
            trial["values"] = [score]
        counted = self.counted(number)
        last = counted[max(counted)] if counted else [math.nan]
        if status == "PRUNED" and not math.isnan(sum(last)):
            trial["values"] = [sum(last) / len(last)]

    def counted(self, number: int) -> dict[int, list[float]]:
        """The reports that count: a run takes the place of an interrupted one from its first step on."""
        counted: list[tuple[int, int, float]] = []
        for run, step, value in self.reports[number]:
            begins = all(other != run for other, _, _ in counted)
            if begins and run > 0:
                interrupted = self._interrupted_before(number, run)
                counted = [one for one in counted if one[0] not in interrupted or one[1] < step]
            counted.append((run, step, value))
        steps: dict[int, list[float]] = {}
        for _, step, value in counted:
            steps.setdefault(step, []).append(value)
        return steps

    def _interrupted_before(self, number: int, run: int) -> list[int]:
        """The runs just before this one that were interrupted, one after the other."""
        runs = []
        while run > 0 and self.runs[number][run - 1] == "WAITING":
            run -= 1
            runs.append(run)
        return runs

    def intermediate(self, number: int) -> dict[int, float]:
        """What Optuna has: of each step the mean when it was last reported."""
        means: dict[int, float] = {}
        whole = self.reports[number]
        for count in range(1, len(whole) + 1):
            self.reports[number] = whole[:count]
            step = whole[count - 1][1]
            values = self.counted(number)[step]
            means[step] = sum(values) / len(values)
        self.reports[number] = whole
        return means
