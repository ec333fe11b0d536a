"""A small course in a folder of its own, with a judge that says what a test wants it to say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.auth import Authenticator
from tiny_assignment import NAME, source_notebook

ROOT = Path(__file__).resolve().parents[2]
NBGRADER = Path(sys.executable).parent / "nbgrader"

CONFIG = """\
import sys
from pathlib import Path
sys.path.insert(0, {package!r})
from headroom_grading import configure
c = get_config()
course = Path(__file__).parent
configure(c, course, judge=[{python!r}, {judge!r}])
c.CourseDirectory.course_id = "tiny"
c.Exchange.root = str(course / "exchange")
"""


class Course:
    """A course's folder, and what an instructor does in it."""

    def __init__(self, root):
        self.root = root
        (root / "nbgrader_config.py").write_text(
            CONFIG.format(
                package=str(ROOT / "grader" / "nbgrader"),
                python=sys.executable,
                judge=str(Path(__file__).with_name("fake_judge.py")),
            )
        )
        self.write_source(source_notebook())

    def write_source(self, notebook):
        folder = self.root / "source" / NAME
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))

    def hand_in(self, student, *, code="function double(x: number) { return 2 * x; }", why="YOUR ANSWER HERE", stamp=None, extra=()):
        """Puts a submission where collecting would."""
        notebook = source_notebook()
        notebook["cells"][0]["source"] = code
        notebook["cells"][3]["source"] = why
        notebook["cells"].extend(extra)
        folder = self.root / "submitted" / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))
        (folder / "timestamp.txt").write_text(stamp or "2026-11-20 10:00:00 UTC")
        (folder / "submission_secret.txt").write_text(f"secret of {student}")
        return folder

    def decide(self, student, **verdict):
        """Says what the judge will find."""
        file = self.root / "decisions" / f"{student}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(verdict))

    def run(self, *arguments, **environment):
        """Runs nbgrader as an instructor does, in the course's folder; returns the finished process."""
        return subprocess.run(
            [NBGRADER, *arguments],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )

    @property
    def api(self):
        """What formgrader's buttons call, in this process."""
        app = NbGrader()
        app.load_cwd_config = False
        app.initialize([], root=str(self.root))
        return NbGraderAPI(app.coursedir, Authenticator(parent=app), parent=app)

    def autograde(self):
        """Enters everybody's marks and returns what was logged."""
        result = self.api.autograde(NAME, "*", force=False)
        assert result["success"], result
        return result["log"]

    def write_feedback(self):
        result = self.api.generate_feedback(NAME)
        assert result["success"], result

    def autograded(self, student):
        return nbformat.read(self.root / "autograded" / student / NAME / f"{NAME}.ipynb", as_version=4)

    def feedback(self, student):
        return (self.root / "feedback" / student / NAME / f"{NAME}.html").read_text()

    def gradebook(self):
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")
