"""Journals that the tuner writes and reads, through a small program on Node."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = os.environ.get("HEADROOM_TUNER_NODE", "node")
DIST = os.environ.get("HEADROOM_TUNER_DIST", str(ROOT / "tuner" / "dist"))
PROGRAM = Path(__file__).with_name("journal.mjs")

Event = dict[str, object]


class Writer:
    """A process that has a journal open and appends events to it."""

    def __init__(self, journal: Path, *study: str) -> None:
        self.process = subprocess.Popen(
            [NODE, PROGRAM, DIST, "append", journal, *study],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.found: list[Event] = []
        while (line := self._answer()) != "opened":
            self.found.append(json.loads(line))

    def _answer(self) -> str:
        line = self.process.stdout.readline()
        assert line, f"the writer ended with {self.process.wait()}"
        return line.rstrip("\n")

    def append(self, *events: Event) -> None:
        """Returns when the events are kept."""
        for event in events:
            self.process.stdin.write(json.dumps(event) + "\n")
        self.process.stdin.flush()
        for _ in events:
            assert self._answer() == "kept"

    def close(self) -> None:
        self.process.stdin.close()
        assert self.process.wait() == 0
        self.process.stdout.close()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "study.log"


@pytest.fixture
def open_journal(journal: Path) -> Iterator[Callable[..., Writer]]:
    """Opens the journal to write; what is still open is killed with the test."""
    writers: list[Writer] = []

    def start(*study: str) -> Writer:
        writers.append(Writer(journal, *study))
        return writers[-1]

    yield start
    for writer in writers:
        if writer.process.poll() is None:
            writer.kill()


@pytest.fixture
def read_journal(journal: Path) -> Callable[..., list[Event]]:
    """Reads the journal's events, without opening it to write."""

    def read(path: Path = journal, *study: str) -> list[Event]:
        command = [NODE, PROGRAM, DIST, "read", path, *study]
        lines = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
        return [json.loads(line) for line in lines.split("\n") if line]

    return read
