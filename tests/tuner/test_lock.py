"""One writer at a time, whatever happens to the others; and a disk that is full."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import DIST, NODE, PROGRAM
from study_events import report, start, study

RACER = Path(__file__).with_name("lock-racer.mjs")


def dead_holder(folder: Path) -> dict:
    """What a process that was killed has left in its lock."""
    lock = folder / "dead"
    process = subprocess.Popen([NODE, RACER, DIST], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdin.write(f"{lock} 0\n".encode())
        process.stdin.flush()
        assert process.stdout.readline() == b"taken\n"
        return json.loads(lock.read_text())
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("stale", [True, False], ids=["a dead holder's", "a free"])
def test_one_of_several_takers_gets_a_lock(stale, tmp_path):
    dead = dead_holder(tmp_path)
    takers = [
        subprocess.Popen(
            [NODE, RACER, DIST], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    try:
        for number in range(100):
            path = tmp_path / f"{number}.writer"
            if stale:
                path.write_text(json.dumps({**dead, "id": f"dead-{number}"}))
            at = time.time() * 1000 + 10
            for taker in takers:
                taker.stdin.write(f"{path} {at}\n")
                taker.stdin.flush()
            answers = [taker.stdout.readline().strip() for taker in takers]
            assert sorted(answers) == ["study-in-use"] * 3 + ["taken"]
            assert [file.name for file in tmp_path.glob(f"{number}.*")] == [path.name]
    finally:
        for taker in takers:
            taker.kill()
            taker.communicate()


def test_second_writer_is_refused_by_name_and_a_killed_one_is_followed(open_journal, journal):
    first = open_journal()
    first.append(study(), start(0, {}))
    command = [NODE, PROGRAM, DIST, "append", journal]
    second = subprocess.run(command, input="", capture_output=True, text=True)
    assert second.returncode != 0
    assert f"is being written by process {first.process.pid} on " in second.stderr
    first.append(report(0, 0, accuracy=0.5))
    first.kill()
    third = open_journal()
    assert [event["type"] for event in third.found] == ["study", "start", "report"]
    third.close()


def test_full_disk_keeps_no_half_event(journal, read_journal):
    def limit_file_size() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))

    events = [study(), start(0, {}), *(report(0, step, accuracy=0.5) for step in range(20))]
    process = subprocess.run(
        [NODE, PROGRAM, DIST, "append", journal],
        input="".join(json.dumps(event) + "\n" for event in events),
        capture_output=True,
        text=True,
        preexec_fn=limit_file_size,
    )
    assert process.returncode != 0
    assert "write-failed" in process.stderr and "EFBIG" in process.stderr
    kept = process.stdout.count("kept")
    assert 2 < kept < len(events)
    assert read_journal() == events[:kept]
    assert journal.read_bytes().endswith(b"\n") and journal.stat().st_size <= 3_000
