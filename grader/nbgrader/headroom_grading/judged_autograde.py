"""nbgrader's autograde, fed by the judge instead of by students' files."""

import json
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.converters
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import parse_utc, rmtree
from traitlets import Dict, List, Unicode

from .current_source import is_current
from .judge_command import judge
from .marks import KEY
from .one_engine import one_engine
from .plain_files import read_small_file
from .release_feedback import SECRET
from .verdict import digest_of, verdict_file

MOST_BYTES_BESIDE = 1000


class JudgedAutograde(Autograde):
    """Judges first, then enters marks from verdicts. Takes clean notebooks from `intake/`, never from `submitted/`."""

    intake_directory = Unicode("intake", help="Where the judge puts clean notebooks.").tag(config=True)
    judge = List(Unicode(), help="The judge's command; by default the project's own.").tag(config=True)

    # What the student whose marks are being entered had answered when they were entered before.
    answers = Dict()

    @property
    def _input_directory(self):
        return self.intake_directory if self._sanitizing else self.coursedir.autograded_directory

    def start(self):
        course, assignment = self.coursedir.root, self.coursedir.assignment_id
        try:
            self.bring_up_to_date(assignment)
            judge(self.judge, course, assignment, self.coursedir.student_id, self.log)
        except NbGraderException as error:
            # nbgrader's command ends without a word.
            self.log.error("%s", error)
            raise
        with one_engine():
            super().start()

    def bring_up_to_date(self, assignment):
        """Enters the assignment into the gradebook where it isn't there as it is in `source/`."""
        source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", assignment))
        notebook = source / f"{assignment}.ipynb"
        if not notebook.is_file():
            raise NbGraderException(f"there is no assignment {assignment}: expected {notebook}")
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            current = is_current(gradebook, assignment, notebook)
        if not current:
            self.log.info("Entering %s into the gradebook as it is in %s", assignment, source)
            GenerateAssignment(coursedir=self.coursedir, parent=self.parent, force=True).start()

    def init_destination(self, assignment_id, student_id):
        self.carry_over(assignment_id, student_id)
        dest = Path(self._format_dest(assignment_id, student_id))
        entered = read_notebook(dest / f"{assignment_id}.ipynb")
        self.answers = answers_in(entered)
        excluded = (self.coursedir.student_id_exclude or "").split(",")
        if student_id not in excluded and dest.exists():
            verdict = verdict_file(Path(self.coursedir.root) / "verdicts", assignment_id, student_id)
            if entered["metadata"].get(KEY, {}).get("verdict") != digest_of(verdict):
                self.log.info("The verdict on %s is new: entering it", student_id)
                rmtree(dest)
        return super().init_destination(assignment_id, student_id)

    def init_single_notebook_resources(self, notebook_filename):
        resources = super().init_single_notebook_resources(notebook_filename)
        return {**resources, KEY: {"answers": self.answers}}

    def carry_over(self, assignment, student):
        """Puts the time of the submission and its secret beside the clean notebook, as they were handed in.

        formgrader compares the times to the microsecond, and nbgrader names the student's feedback after the secret.
        """
        submitted = self.coursedir.format_path(self.coursedir.submitted_directory, student, assignment)
        intake = Path(self._format_source(assignment, student))
        for name, is_good in (("timestamp.txt", is_time), (SECRET, bool)):
            content = read_small_file(submitted, name, MOST_BYTES_BESIDE)
            if content is not None and is_good(content):
                (intake / name).write_bytes(content)


def is_time(content):
    """True for what nbgrader reads as a time."""
    try:
        parse_utc(content.decode("ascii").strip())
    except (ValueError, OverflowError):
        return False
    return True


def read_notebook(file):
    """A marked notebook as it is on the disk; an empty one where there is none that can be read."""
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {"metadata": {}, "cells": []}


def answers_in(notebook):
    """What stood in each answer's cell, by its grade id, when marks were entered."""
    answers = {}
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution"):
            answers[about.get("grade_id")] = "".join(cell["source"])
    return answers


def replace_autograde():
    """Puts ours in the place of nbgrader's own, for the command line and for formgrader's button.

    nbgrader can be told which preprocessors to run, but not where notebooks come from: its own would still open, and
    copy for the instructor to see, what students handed in. Raises NbGraderException where nbgrader has changed.
    """
    for module in (nbgrader.converters, nbgrader.apps.api, nbgrader.apps.autogradeapp):
        if not issubclass(getattr(module, "Autograde", type(None)), Autograde):
            raise NbGraderException(
                f"{module.__name__} has no Autograde: nbgrader {nbgrader.__version__} is not one this was made for (0.9)"
            )
        module.Autograde = JudgedAutograde
