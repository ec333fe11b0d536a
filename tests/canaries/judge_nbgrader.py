"""Lets nbgrader judge notebooks with graded tests, the way its two commands do.

Usage: judge_nbgrader.py validate|autograde --timeout SECONDS NOTEBOOK.ipynb [...]

Prints {"notebook": path, "cell": place, "failed": true or false, "message": text} per graded test;
its place counts code cells from 0. A test fails where `nbgrader validate` names it, or where
autograding gives it less than full marks.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.validator import Validator
from traitlets.config import Config

ASSIGNMENT, STUDENT = "canaries", "student"


def graded_tests(notebook):
    """The graded code cells of a notebook's file, each with its place among the code cells."""
    cells = nbformat.read(notebook, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    return [(place, cell) for place, cell in enumerate(code) if "nbgrader" in cell.metadata]


def tell(notebook, place, failed, message):
    line = {"notebook": str(notebook), "cell": place, "failed": failed, "message": message}
    print(json.dumps(line), flush=True)


def validate(notebooks, config):
    for notebook in notebooks:
        failures = Validator(config=config).validate(str(notebook)).get("failed", [])
        errors = {failure["source"]: failure["raw_error"] for failure in failures}
        for place, cell in graded_tests(notebook):
            tell(notebook, place, cell.source in errors, errors.get(cell.source, ""))


def autograde(notebooks, config):
    """Releases the notebooks as one assignment, hands in copies of them, and reads the marks."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        source = course / "source" / ASSIGNMENT
        submitted = course / "submitted" / STUDENT / ASSIGNMENT
        for place in (source, submitted):
            place.mkdir(parents=True)
            for notebook in notebooks:
                shutil.copy(notebook, place / notebook.name)
        config.CourseDirectory.root = folder
        config.ClearSolutions.code_stub = {"typescript": "throw new Error();"}
        api = NbGraderAPI(config=config)
        require(api.generate_assignment(ASSIGNMENT, force=True, create=True))
        require(api.autograde(ASSIGNMENT, STUDENT, force=True, create=True))
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            for notebook in notebooks:
                tell_marks(notebook, course, gradebook)


def tell_marks(notebook, course, gradebook):
    graded = course / "autograded" / STUDENT / ASSIGNMENT / notebook.name
    for place, cell in graded_tests(graded):
        name = cell.metadata.nbgrader.grade_id
        grade = gradebook.find_grade(name, notebook.stem, ASSIGNMENT, STUDENT)
        texts = [output.get("text") or output.get("evalue") or "" for output in cell.outputs]
        tell(notebook, place, grade.score < grade.max_score, "\n".join(texts))


def require(result):
    if not result["success"]:
        raise RuntimeError(f"{result.get('error')}\n{result.get('log')}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["validate", "autograde"])
    parser.add_argument("--timeout", type=int, required=True)
    parser.add_argument("notebooks", nargs="+", type=lambda text: Path(text).resolve())
    arguments = parser.parse_args()
    config = Config()
    config.Execute.timeout = arguments.timeout
    {"validate": validate, "autograde": autograde}[arguments.command](arguments.notebooks, config)


if __name__ == "__main__":
    main()
