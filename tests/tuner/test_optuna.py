"""Optuna itself reads what the tuner writes, and the tuner what Optuna writes."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import optuna
import pytest
from conftest import ROOT
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial, TrialState
from study_events import (
    DISTRIBUTIONS,
    START,
    RandomStudy,
    end,
    local_time,
    parameter,
    ranged,
    report,
    space,
    start,
    study,
)

optuna.logging.set_verbosity(optuna.logging.ERROR)
SAMPLE = ROOT / "tuner" / "fixtures" / "optuna" / "optuna-journal-sample.log"


def load(journal: Path, name: str = "a study") -> optuna.Study:
    """Every trial is one that Optuna itself would accept, and it has nothing to warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        storage = JournalStorage(JournalFileBackend(str(journal)))
        loaded = optuna.load_study(study_name=name, storage=storage)
        for trial in loaded.trials:
            trial._validate()
    return loaded


def foreign(attributes: dict) -> dict:
    """System attributes without our own."""
    return {key: value for key, value in attributes.items() if not key.startswith("headroom:")}


def same(one: dict[int, float], two: dict[int, float]) -> bool:
    """Equal, where NaN equals NaN."""
    pairs = zip(sorted(one.items()), sorted(two.items()), strict=True)
    return all(
        step == other and (value == wanted or (math.isnan(value) and math.isnan(wanted)))
        for (step, value), (other, wanted) in pairs
    )


def without_nan(value):
    """The same with a word for NaN, which equals itself."""
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_nan(item) for item in value]
    return "NaN" if isinstance(value, float) and math.isnan(value) else value


def write(open_journal, *events: dict) -> None:
    writer = open_journal()
    writer.append(*events)
    writer.close()


def test_study_has_its_name_directions_and_metric_names(open_journal, journal):
    write(open_journal, study(("accuracy", "max"), ("loss", "min"), name="größer"))
    loaded = load(journal, "größer")
    assert [direction.name for direction in loaded.directions] == ["MAXIMIZE", "MINIMIZE"]
    assert loaded.metric_names == ["accuracy", "loss"]


@pytest.mark.parametrize("seed", range(25))
def test_every_trial_of_a_random_study_is_the_same_for_optuna(
    seed, open_journal, read_journal, journal
):
    expected = RandomStudy(seed, steps=60)
    write(open_journal, *expected.events)
    trials = load(journal).trials
    assert [trial.number for trial in trials] == list(range(len(expected.trials)))
    for trial, wanted in zip(trials, expected.trials, strict=True):
        assert trial.state == wanted["state"]
        assert trial.params == wanted["params"]
        assert trial.distributions == {name: DISTRIBUTIONS[name] for name in wanted["params"]}
        assert trial.values == wanted["values"]
        assert same(trial.intermediate_values, expected.intermediate(trial.number))
        assert trial.user_attrs == wanted["attributes"]
        queued = {"fixed_params": wanted["queued"]} if "queued" in wanted else {}
        assert foreign(trial.system_attrs) == queued
        for time, at in (
            (trial.datetime_start, wanted["started"]),
            (trial.datetime_complete, wanted["ended"]),
        ):
            assert time == (None if at is None else local_time(at))
    assert without_nan(read_journal()) == without_nan(expected.events)


def test_parameters_that_optuna_does_not_know_become_its_nearest(open_journal, journal):
    given = [
        (ranged("int", "uneven", 0, 10, step=4), 8, IntDistribution(0, 8, step=4), 8),
        (ranged("int", "factor", 2, 64, sampling="log", step=2), 16, IntDistribution(2, 64, log=True), 16),
        (ranged("float", "factors", 0.001, 1, sampling="log", step=10), 0.01, FloatDistribution(0.001, 1, log=True), 0.01),
        (ranged("float", "reverse", 0.001, 0.01, sampling="reverse_log"), 0.010000000000005116, FloatDistribution(0.001, 0.01), 0.01),
        (ranged("float", "tenths", 0, 0.35, step=0.1), 0.30000000000000004, FloatDistribution(0, 0.3, step=0.1), 0.3),
        (parameter("fixed", "optimizer", value="adam"), "adam", CategoricalDistribution(["adam"]), "adam"),
    ]  # fmt: skip
    values = {facts["name"]: value for facts, value, _, _ in given}
    write(open_journal, study(), space(*(facts for facts, *_ in given)), start(0, values))
    (trial,) = load(journal).trials
    assert trial.distributions == {facts["name"]: wanted for facts, _, wanted, _ in given}
    assert trial.params == {facts["name"]: wanted for facts, _, _, wanted in given}


def test_value_between_the_steps_loses_the_step_and_one_outside_the_range_is_left_out(
    open_journal, journal
):
    units, rate = ranged("int", "units", 32, 512, step=32), ranged("float", "rate", 0, 1)
    write(open_journal, study(), space(units, rate), start(0, {"units": 33, "rate": 2}))
    (trial,) = load(journal).trials
    assert trial.params == {"units": 33}
    assert trial.distributions == {"units": IntDistribution(32, 512)}


def test_conditional_parameters_are_there_where_they_are_active(open_journal, journal):
    def activation(kind: str, *values: str) -> dict:
        condition = [{"parent": "kind", "values": [kind]}]
        return parameter(
            "choice", "activation", condition, values=list(values), ordered=False, default=values[0]
        )

    kind = parameter("choice", "kind", values=["a", "b", "c"], ordered=False, default="a")
    parameters = space(kind, activation("a", "relu", "tanh"), activation("b", "selu"))
    write(
        open_journal,
        study(),
        parameters,
        start(0, {"kind": "a", "activation": "tanh"}),
        start(1, {"kind": "b", "activation": "selu"}),
        start(2, {"kind": "c"}),
    )
    assert [trial.params for trial in load(journal).trials] == [
        {"kind": "a", "activation": "tanh"},
        {"kind": "b", "activation [kind=b]": "selu"},
        {"kind": "c"},
    ]


def test_discovered_parameters_join_the_trial_when_the_study_learns_them(open_journal, journal):
    units, rate = ranged("int", "units", 1, 9), ranged("float", "rate", 0, 1)
    writer = open_journal()
    writer.append(study(), space(units), start(0, {"units": 3}), start(1, {"units": 4}))
    writer.append({"type": "define", "trial": 0, "values": {"rate": 0.5}}, space(rate))
    writer.append({"type": "define", "trial": 1, "values": {"rate": 0.25}})
    writer.close()
    params = [trial.params for trial in load(journal).trials]
    assert params == [{"units": 3, "rate": 0.5}, {"units": 4, "rate": 0.25}]


def test_promoted_trial_names_its_budget_as_keras_tuner_does(open_journal, journal):
    budget = {"initialEpoch": 3, "epochs": 9, "bracket": 2, "bracketNumber": 0, "round": 1}
    promoted = start(0, {"units": 5}, budget={**budget, "promotedFrom": "0007"})
    write(open_journal, study(), space(ranged("int", "units", 1, 9)), promoted)
    (trial,) = load(journal).trials
    assert trial.params == {"units": 5}
    assert trial.user_attrs == {
        "tuner/epochs": 9,
        "tuner/initial_epoch": 3,
        "tuner/bracket": 2,
        "tuner/round": 1,
        "tuner/trial_id": "0007",
    }


@pytest.mark.parametrize("status", ["INVALID", "WAITING"])
def test_trial_that_is_tried_again_is_unfinished_until_its_last_end(status, open_journal, journal):
    writer = open_journal()
    writer.append(study(), start(0, {}), report(0, 0, accuracy=0.1), end(0, status, START + 1))
    assert load(journal).trials[0].state == TrialState.WAITING
    writer.append(start(0, {}, START + 2), end(0, "COMPLETED", START + 3, score=0.5, bestStep=0))
    writer.close()
    (trial,) = load(journal).trials
    assert (trial.state, trial.value) == (TrialState.COMPLETE, 0.5)
    assert trial.datetime_start == local_time(START + 2)
    assert trial.datetime_complete == local_time(START + 3)


def test_several_objectives_get_their_values_at_the_best_step(open_journal, journal):
    write(
        open_journal,
        study(("accuracy", "max"), ("loss", "min")),
        start(0, {}),
        report(0, 0, accuracy=0.5, loss=2),
        report(0, 0, accuracy=0.7, loss=1),
        report(0, 1, accuracy=0.1, loss=3),
        end(0, "COMPLETED", score=0.9, bestStep=0),
        start(1, {}),
        report(1, 0, accuracy=math.nan, loss=2),
        end(1, "COMPLETED", score=0.9, bestStep=0),
    )
    first, second = load(journal).trials
    assert first.values == pytest.approx([0.6, 1.5], rel=1e-15)
    assert (second.state, second.values) == (TrialState.FAIL, None)


def test_imported_trials_are_ready_made_ones(open_journal, journal):
    def taken(trial: int, status: str, **score: float) -> dict:
        facts = {"values": {"units": 3}, "origin": "old", "at": START}
        return {"type": "import", "trial": trial, "status": status, **facts, **score}

    units = ranged("int", "units", 1, 9)
    all = [taken(0, "COMPLETED", score=0.5), taken(1, "PRUNED"), taken(2, "PRUNED", score=1)]
    write(open_journal, study(), space(units), *all)
    trials = load(journal).trials
    assert [trial.value for trial in trials] == [0.5, None, 1]
    assert [trial.state.name for trial in trials] == ["COMPLETE", "PRUNED", "PRUNED"]
    for trial in trials:
        assert trial.params == {"units": 3}
        assert trial.datetime_start == trial.datetime_complete == local_time(START)
        assert trial.user_attrs == {"headroom:origin": "old"}


def test_optuna_runs_what_we_enqueued(open_journal, journal):
    queued = {"type": "enqueue", "trial": 0, "values": {"units": 96, "kind": "b"}, "at": START}
    write(open_journal, study(), queued)
    trial = load(journal).ask()
    assert trial.number == 0
    assert trial.suggest_int("units", 32, 512, step=32) == 96
    assert trial.suggest_categorical("kind", ["a", "b"]) == "b"


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


def test_importance_is_reckoned_from_our_journal(open_journal, journal):
    events = [study(), space(ranged("float", "x", 0, 1), ranged("float", "y", 0, 1))]
    for number in range(40):
        x, y = number / 40, (7 * number % 40) / 40
        events += [start(number, {"x": x, "y": y}), end(number, "COMPLETED", score=10 * x + y)]
    write(open_journal, *events)
    importance = optuna.importance.get_param_importances(load(journal))
    assert importance["x"] > importance["y"]
