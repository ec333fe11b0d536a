"""The tuner reads what Optuna writes, also while both write."""

from __future__ import annotations

import math
from pathlib import Path

import optuna
from conftest import ROOT
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial, TrialState
from optuna_journal import load, write
from study_events import START, end, report, start, study

SAMPLE = ROOT / "tuner" / "fixtures" / "optuna" / "optuna-journal-sample.log"


def test_what_optuna_enqueues_is_picked_up_at_the_next_open(open_journal, read_journal, journal):
    write(open_journal, study(), start(0, {}), end(0, "COMPLETED", START + 7, score=1))
    load(journal).enqueue_trial({"units": 96, "kind": "b"}, user_attrs={"who": "python"})
    queued = [
        {"type": "enqueue", "trial": 1, "values": {"units": 96, "kind": "b"}, "at": START + 7},
        {"type": "attributes", "trial": 1, "attributes": {"who": "python"}},
    ]
    assert read_journal()[-2:] == queued
    for _ in range(2):  # What was picked up once is not picked up again.
        writer = open_journal()
        assert writer.found[-2:] == queued
        writer.close()
    writer = open_journal()
    writer.append(start(1, {"units": 96}), end(1, "COMPLETED", START + 9, score=2))
    writer.close()
    trial = load(journal).trials[1]
    assert (trial.state, trial.value, trial.user_attrs) == (TrialState.COMPLETE, 2, {"who": "python"})


def test_optuna_may_write_while_we_do(open_journal, read_journal, journal):
    writer = open_journal()
    writer.append(study(), start(0, {}))
    theirs = load(journal)
    theirs.enqueue_trial({"units": 1})
    theirs.set_user_attr("note", "from Python")
    writer.append(start(1, {}), report(1, 0, accuracy=0.5), end(1, "COMPLETED", score=0.25))
    theirs.tell(theirs.ask(), 0.75)
    writer.append(end(0, "COMPLETED", START + 5, score=1))
    writer.close()
    values = [(trial.number, trial.value) for trial in load(journal).trials]
    assert values == [(0, 1), (1, 0.75), (2, 0.25)]
    taken = read_journal()[-1]
    assert (taken["type"], taken["trial"], taken["score"]) == ("import", 2, 0.75)


def test_optuna_does_not_wait_for_a_writer_that_was_killed(open_journal, journal):
    writer = open_journal()
    writer.append(study(), start(0, {}))
    writer.kill()
    load(journal).enqueue_trial({"units": 1})
    assert not Path(f"{journal}.lock").exists()


def test_journal_that_optuna_wrote_is_read(read_journal, journal):
    storage = JournalStorage(JournalFileBackend(str(journal)))
    pruner = optuna.pruners.MedianPruner(n_startup_trials=2)
    sampler = optuna.samplers.RandomSampler(seed=1)
    theirs = optuna.create_study(
        storage=storage, study_name="theirs", direction="minimize", sampler=sampler, pruner=pruner
    )

    def objective(trial: optuna.Trial) -> float:
        value = trial.suggest_float("x", -1, 1) ** 2 + trial.suggest_int("n", 2, 64, log=True)
        if trial.suggest_categorical("kind", ["a", "b"]) == "b":
            value += trial.suggest_float("y", 0, 1, step=0.25)
        trial.set_user_attr("value", value)
        for step in range(3):
            trial.report(value / (step + 1), step)
            if trial.should_prune():
                raise optuna.TrialPruned
        if trial.number == 1:
            return math.nan
        return value

    theirs.enqueue_trial({"x": 0.5, "n": 3})
    theirs.optimize(objective, n_trials=20)
    theirs.enqueue_trial({"x": 0.25})
    first, second, *events = read_journal()
    objectives = [{"name": "value", "direction": "min"}]
    assert (first["name"], first["objectives"]) == ("theirs", objectives)
    assert [parameter["name"] for parameter in second["parameters"]] == ["x", "n", "kind", "y"]
    assert [trial_of(events, trial.number) for trial in theirs.trials] == [
        wanted(trial) for trial in theirs.trials
    ]
    assert {trial.state.name for trial in theirs.trials} == {"COMPLETE", "PRUNED", "FAIL", "WAITING"}


def trial_of(events: list[dict], number: int) -> dict:
    """What events say of a trial, in the words of `wanted`."""
    own = [event for event in events if event.get("trial") == number]
    (first, *_), last = own, own[-1]
    return {
        "begun": first["type"],
        "values": first["values"],
        "started": first["at"],
        "reports": [(event["step"], event["metrics"]) for event in own if event["type"] == "report"],
        "attributes": [event["attributes"] for event in own if event["type"] == "attributes"],
        "end": (last["status"], last.get("score"), last["at"]) if last["type"] == "end" else None,
    }


def wanted(trial: FrozenTrial) -> dict:
    def milliseconds(time) -> int:
        return 0 if time is None else math.floor(time.timestamp() * 1000)

    queued = trial.state == TrialState.WAITING
    status = {"COMPLETE": "COMPLETED", "PRUNED": "PRUNED"}.get(trial.state.name, "FAILED")
    reports = trial.intermediate_values.items()
    over = milliseconds(trial.datetime_complete)
    return {
        "begun": "enqueue" if queued else "start",
        "values": trial.system_attrs["fixed_params"] if queued else trial.params,
        "started": milliseconds(trial.datetime_start),
        "reports": [(step, {"value": value}) for step, value in reports],
        "attributes": [trial.user_attrs] if trial.user_attrs else [],
        "end": None if queued else (status, trial.value, over),
    }


def test_sample_journal_is_read(read_journal):
    loaded = load(SAMPLE, "intro_to_kt")
    first, second, *events = read_journal(SAMPLE)
    assert first["objectives"] == [{"name": "val_accuracy", "direction": "max"}]
    assert [parameter["name"] for parameter in second["parameters"]] == ["units", "learning_rate"]
    ends = [(event["trial"], event["status"]) for event in events if event["type"] == "end"]
    assert ends == [
        (0, "COMPLETED"),
        (1, "COMPLETED"),
        (2, "COMPLETED"),
        (3, "PRUNED"),
        (4, "FAILED"),
    ]
    best = trial_of(events, 1)
    assert best["values"] == loaded.best_params == {"units": 192, "learning_rate": 0.01}
    assert best["end"][1] == loaded.best_value == 0.768
