"""Keras Tuner itself and our searches on spaces that nobody listed: what it does, they do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers" / ("Scripts" if os.name == "nt" else "bin") / "python"
# Beside those of the fixture, which chose among the first thousands.
FIRST, CASES = 1_000_000, 40


@pytest.mark.skipif(not PEERS.exists(), reason="needs Keras Tuner: npm run peers installs it")
def test_searches_are_keras_tuners_trial_for_trial():
    program = Path(__file__).with_name("differential.py")
    ran = subprocess.run(
        [PEERS, program, f"{FIRST}:{FIRST + CASES}"], capture_output=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]
    assert f"recorded {CASES} cases" in ran.stdout
