"""Optuna itself reads what the tuner writes."""

from __future__ import annotations

import math

import optuna
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState
from optuna_journal import load, write
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


def test_importance_is_reckoned_from_our_journal(open_journal, journal):
    events = [study(), space(ranged("float", "x", 0, 1), ranged("float", "y", 0, 1))]
    for number in range(40):
        x, y = number / 40, (7 * number % 40) / 40
        events += [start(number, {"x": x, "y": y}), end(number, "COMPLETED", score=10 * x + y)]
    write(open_journal, *events)
    importance = optuna.importance.get_param_importances(load(journal))
    assert importance["x"] > importance["y"]
