"""Runs the judge, which gives every submission a verdict before nbgrader enters marks."""

import logging
import os
import shutil
import subprocess
from pathlib import Path

from nbgrader.converters.base import NbGraderException

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "assignments.mjs"


def default_judge() -> "list[str]":
    """The command of the project that this package lies in. Raises NbGraderException without Node or project."""
    node = shutil.which("node")
    if node is None:
        raise NbGraderException("the judge needs Node, and there is no `node` on PATH: install it, or add it to PATH")
    if not SCRIPT.exists():
        raise NbGraderException(
            f"the judge is missing: expected {SCRIPT}. Name its command in nbgrader_config.py: configure(..., judge=[...])"
        )
    return [node, str(SCRIPT)]


def judge(command: "list[str]", course: str, assignment: str, student: str, log: logging.Logger) -> None:
    """Judges what has no up-to-date verdict: one student's submission, or with `*` everybody's.

    What the judge says goes to the log line by line. Raises NbGraderException where it fails.
    """
    arguments = [*(command or default_judge()), "grade", assignment, "--judge-only", "--course", course]
    if student != "*":
        arguments += ["--student", student]
    if os.environ.get("HEADROOM_TRUST") == "1":
        arguments.append("--trust")
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    last = ""
    with process:
        for line in process.stdout:
            if line.strip():
                last = line.rstrip()
                # The class goes on without this one: it must not go unseen.
                log.log(logging.ERROR if last.startswith("NO VERDICT") else logging.INFO, "%s", last)
    if process.returncode != 0:
        raise NbGraderException(f"the judge failed, so no marks were entered. It said: {last}")
