"""A student's verdict, as the judge left it on the disk."""

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.converters.base import NbGraderException

VERSION = 1


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one submission, and the SHA-256 of the file that says so."""

    data: "dict[str, Any]"
    digest: str

    def exercise(self, name: str) -> "dict[str, Any] | None":
        """The result of an exercise; None where there was nothing to judge.

        Raises NbGraderException for an exercise that the verdict doesn't know, or a score out of its range.
        """
        if self.data["judgement"] is None:
            return None
        for exercise in self.data["judgement"]["exercises"]:
            if exercise["id"] == name:
                score, points = exercise["score"], exercise["points"]
                # nbgrader takes NaN for full marks.
                if not (math.isfinite(score) and 0 <= score <= points):
                    raise NbGraderException(f"{name}: a score of {score} is not within 0 and {points}")
                return exercise
        raise NbGraderException(
            f"the verdict on {self.data['student']} has no exercise {name}: the assignment has changed since. "
            "Judge it again: npm run assignments -- grade --again"
        )


def verdict_file(verdicts: "str | Path", assignment: str, student: str) -> Path:
    """Where the judge puts a student's verdict."""
    return Path(verdicts) / assignment / f"{student}.json"


def digest_of(file: Path) -> "str | None":
    """SHA-256 of a file, hex; None where there is none."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def read_verdict(file: Path) -> Verdict:
    """Reads a verdict. Raises NbGraderException where there is none, or of another version."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise NbGraderException(
            f"there is no verdict {file}: judge the submission first, with npm run assignments -- grade"
        ) from None
    data = json.loads(content)
    if data.get("version") != VERSION:
        raise NbGraderException(
            f"{file} is of version {data.get('version')}, expected {VERSION}: judge the submission again"
        )
    return Verdict(data, hashlib.sha256(content).hexdigest())
