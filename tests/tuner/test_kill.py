"""A search that is killed again and again ends as if nothing had happened."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

import optuna
import pytest
from conftest import DIST, NODE
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial, TrialState

SEARCH = Path(__file__).with_name("search-to-kill.mjs")
KILLS = 50
Trial = dict[str, object]


class Search:
    """A search in a folder of its own; it goes on with each run."""

    def __init__(self, folder: Path, oracle: str, seed: int) -> None:
        folder.mkdir()
        self.journal, self.begun = folder / "study.log", folder / "begun.txt"
        self.command = [NODE, SEARCH, DIST, self.journal, oracle, str(seed), self.begun]

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)

    def finish(self) -> list[Trial]:
        """Runs to the end and returns the trials, without what a clock or an interruption changes."""
        process = self.start()
        assert process.stdout.readline() == "opened\n"
        trials = json.loads(process.stdout.read())
        assert process.wait() == 0
        changing = ("startedAt", "endedAt", "runs", "attributes")
        return [{key: trial[key] for key in trial if key not in changing} for trial in trials]

    def events(self) -> list[tuple[dict, int]]:
        """The events, each with the byte at which it begins; not the torn one at the end."""
        found, at = [], 0
        if not self.journal.exists():
            return found
        for line in self.journal.read_bytes().splitlines(keepends=True):
            if line.endswith(b"\n"):
                record = json.loads(line)
                attributes = record.get("system_attrs", record.get("system_attr", {}))
                if "headroom:event" in attributes:
                    found.append((attributes["headroom:event"], at))
            at += len(line)
        return found

    def optuna_trials(self) -> list[FrozenTrial]:
        storage = JournalStorage(JournalFileBackend(str(self.journal)))
        return optuna.load_study(study_name="study", storage=storage).trials

    def finished(self) -> set[int]:
        final = ("COMPLETED", "PRUNED", "FAILED")
        ends = (event for event, _ in self.events() if event["type"] == "end")
        return {event["trial"] for event in ends if event["status"] in final}

    def begun_since(self, count: int) -> list[int]:
        lines = self.begun.read_text().splitlines() if self.begun.exists() else []
        return [int(line) for line in lines[count:]]


@pytest.mark.parametrize("oracle", ["hyperband", "random"])
def test_killed_search_ends_with_the_trials_of_an_undisturbed_one(oracle, tmp_path):
    chance = random.Random(oracle)
    kills, seed, torn = 0, 0, 0
    while kills < KILLS:
        seed += 1
        undisturbed = Search(tmp_path / f"undisturbed-{seed}", oracle, seed).finish()
        assert len(undisturbed) >= 50
        search = Search(tmp_path / f"killed-{seed}", oracle, seed)
        while kills < KILLS:
            finished, count = search.finished(), len(search.begun_since(0))
            process = search.start()
            # One in eight is killed while it starts or reads, the others while they search.
            if chance.random() < 1 / 8:
                time.sleep(chance.uniform(0, 0.2))
            else:
                process.stdout.readline()
                time.sleep(chance.uniform(0, 0.02))
            process.kill()
            rest = process.communicate()[0]
            assert not finished & set(search.begun_since(count)), "a finished trial ran again"
            if rest.count("\n") and rest.splitlines()[-1].startswith("["):
                break
            kills += 1
            # Killed in mid-write: a part of the last event's lines is there.
            events = search.events()
            if events and chance.random() < 0.5:
                torn += 1
                size = search.journal.stat().st_size
                with search.journal.open("ab") as file:
                    file.truncate(chance.randrange(events[-1][1], size + 1))
        assert search.finish() == undisturbed
        for_optuna = [
            {"COMPLETED": (TrialState.COMPLETE, trial.get("score"))}.get(
                trial["status"], (TrialState.FAIL, None)
            )
            for trial in undisturbed
        ]
        assert [(trial.state, trial.value) for trial in search.optuna_trials()] == for_optuna
        numbers = [event["trial"] for event, _ in search.events() if event["type"] == "start"]
        assert list(dict.fromkeys(numbers)) == list(range(len(undisturbed)))
    assert torn > KILLS / 4
