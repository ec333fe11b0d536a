"""Optuna's dashboard shows our studies."""

from __future__ import annotations

import json
import math
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from study_events import RandomStudy, end, report, start, study

DASHBOARD = Path(sys.executable).with_name("optuna-dashboard")


@pytest.fixture
def dashboard(journal: Path) -> Iterator[Callable[[str], dict]]:
    """Starts a dashboard on the journal; returns what asks its API."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process: list[subprocess.Popen] = []

    def ask(path: str) -> dict:
        if not process:
            command = [DASHBOARD, journal, "--host", "127.0.0.1", "--port", str(port)]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process.append(subprocess.Popen(command, **quiet))
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/{path}") as answer:
                    return json.load(answer)
            except urllib.error.HTTPError:
                raise
            except urllib.error.URLError:
                assert process[0].poll() is None, "the dashboard ended"
                time.sleep(0.05)
        raise TimeoutError("the dashboard does not answer")

    yield ask
    for started in process:
        started.kill()
        started.wait()


def test_dashboard_shows_every_study_with_its_trials(open_journal, journal, dashboard):
    first = RandomStudy(7, steps=80)
    best = len(first.trials)
    more = [start(best, {}), report(best, 0, accuracy=math.nan), end(best, "COMPLETED", score=9)]
    writer = open_journal("a study")
    writer.append(*first.events, *more)
    writer.close()
    writer = open_journal("another")
    several = [study(("accuracy", "max"), ("loss", "min"), name="another"), start(0, {})]
    scores = [report(0, 0, accuracy=0.5, loss=2), end(0, "COMPLETED", score=1.5, bestStep=0)]
    writer.append(*several, *scores)
    writer.close()
    studies = dashboard("studies")["study_summaries"]
    assert [(one["study_name"], one["directions"]) for one in studies] == [
        ("a study", ["maximize"]),
        ("another", ["maximize", "minimize"]),
    ]
    shown = dashboard("studies/0")
    states = [trial["state"].name.capitalize() for trial in first.trials]
    assert [trial["state"] for trial in shown["trials"]] == [*states, "Complete"]
    assert [trial["number"] for trial in shown["best_trials"]] == [best]
    assert shown["best_trials"][0]["intermediate_values"] == [{"step": 0, "value": "nan"}]
    assert shown["objective_names"] == ["accuracy"]
    other = dashboard("studies/1")
    assert [trial["values"] for trial in other["best_trials"]] == [[0.5, 2]]


def test_dashboard_follows_a_study_that_goes_on_after_a_crash(open_journal, journal, dashboard):
    writer = open_journal()
    writer.append(study(), start(0, {}), end(0, "COMPLETED", score=1))
    assert len(dashboard("studies/0")["trials"]) == 1
    writer.append(start(1, {}))
    writer.kill()
    with journal.open("ab") as file:
        file.write(b'{"op_code":9,"worker_id":"torn')
    assert len(dashboard("studies")["study_summaries"]) == 1
    writer = open_journal()
    writer.append(end(1, "COMPLETED", score=2), start(2, {}))
    writer.close()
    deadline = time.monotonic() + 30  # It looks for trials every two seconds.
    while len(trials := dashboard("studies/0")["trials"]) < 3 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert [trial["state"] for trial in trials] == ["Complete", "Complete", "Running"]
