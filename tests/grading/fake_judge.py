"""Stands in for the judge: gives every submission the verdict that its test has decided.

Usage: fake_judge.py grade NAME --judge-only --course COURSE [--student ID]
"""

import argparse
import json
import sys
from pathlib import Path

from tiny_assignment import source_notebook


def message(title, passed):
    return title if passed else f"{title}: double(1) should be 2, but came 3."


def judgement(visible, hidden, answered):
    tests = [
        {"title": "one", "hidden": False, "points": 1, "passed": visible, "message": message("one", visible)},
        {
            "title": "the hidden case",
            "hidden": True,
            "points": 1,
            "passed": hidden,
            "message": message("the hidden case", hidden),
        },
    ]
    exercise = {"id": "double", "points": 2, "score": visible + hidden, "answered": answered, "tests": tests}
    return {"exercises": [exercise], "cells": [], "notes": [], "processes": 1, "milliseconds": 1}


def clean(file):
    """Our notebook with the student's text in it; the stand-in for the real intake."""
    notebook = source_notebook()
    try:
        submitted = json.loads(file.read_text())["cells"]
    except ValueError:
        return notebook
    for ours, theirs in zip(notebook["cells"], submitted):
        ours["source"] = theirs["source"]
    notebook["cells"].extend(submitted[len(notebook["cells"]) :])
    return notebook


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["grade"])
    parser.add_argument("name")
    parser.add_argument("--judge-only", action="store_true", required=True)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--student", default="*")
    parser.add_argument("--trust", action="store_true")
    arguments = parser.parse_args()
    course, name = arguments.course, arguments.name
    if (course / "judge-fails").exists():
        print("no sandbox here: install bubblewrap", file=sys.stderr)
        return 1
    for folder in sorted((course / "submitted").glob(f"{arguments.student}/{name}")):
        student = folder.parent.name
        decided = json.loads((course / "decisions" / f"{student}.json").read_text())
        intake = course / "intake" / student / name
        intake.mkdir(parents=True, exist_ok=True)
        (intake / f"{name}.ipynb").write_text(json.dumps(clean(folder / f"{name}.ipynb")))
        unreadable = decided.get("unreadable")
        verdict = {
            "version": 1,
            "assignment": name,
            "student": student,
            "judgement": None
            if unreadable
            else judgement(
                decided.get("visible", True), decided.get("hidden", True), decided.get("answered", True)
            ),
            "notes": decided.get("notes", []),
            "wrongAnswers": [],
            **({"unreadable": unreadable} if unreadable else {}),
        }
        (course / "verdicts" / name).mkdir(parents=True, exist_ok=True)
        (course / "verdicts" / name / f"{student}.json").write_text(json.dumps(verdict))
        print(f"{student} judged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
