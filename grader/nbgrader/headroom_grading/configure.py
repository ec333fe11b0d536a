"""What a course's configuration says, in one place."""

import os
import shutil
import sys
import warnings
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    DeduplicateIds,
    GetGrades,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
)
from traitlets.config import Config

from .hide_hidden import HideHidden
from .judged_autograde import replace_autograde
from .plain_collect import PlainCollect
from .put_verdict import TEXT_STUB, PutVerdict
from .release_feedback import ReleaseKnownFeedback
from .safe_text import SafeText
from .save_marks import SaveMarks

CODE_STUB = 'throw new Error("not answered yet");'


def configure(config: Config, course: Path, judge: "list[str] | None" = None) -> None:
    """Sets up nbgrader for a course whose notebooks are judged outside of it.

    `course` is the folder with `source/` and `submitted/`. `judge` is the command that judges an assignment
    given its name; by default this project's own. What the course sets afterwards wins.
    """
    replace_autograde()
    # nbgrader makes its database with `alembic`, which lies beside it; its environment may not be activated.
    if shutil.which("alembic") is None:
        beside = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), beside])
    # nbgrader's own models cause it, once for each student.
    warnings.filterwarnings("ignore", message="Object of type .* not in session")
    config.CourseDirectory.root = str(course)

    config.ClearSolutions.code_stub = {"typescript": CODE_STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    config.ClearSolutions.begin_solution_delimeter = "// BEGIN SOLUTION"
    config.ClearSolutions.end_solution_delimeter = "// END SOLUTION"
    config.ClearHiddenTests.begin_test_delimeter = "// BEGIN HIDDEN TESTS"
    config.ClearHiddenTests.end_test_delimeter = "// END HIDDEN TESTS"
    # The mark scheme stands in the question's cell: a cell that is answered by hand is emptied whole.
    config.ClearMarkScheme.enforce_metadata = False

    config.JudgedAutograde.judge = judge or []
    # No Execute, in neither list: students' code runs in the judge's sandbox only. Nor need nbgrader check a student's
    # metadata: the notebooks are the judge's.
    config.Autograde.sanitize_preprocessors = [
        DeduplicateIds,
        OverwriteKernelspec,
        OverwriteCells,
    ]
    config.Autograde.autograde_preprocessors = [
        PutVerdict,
        SafeText,
        LimitOutput,
        SaveMarks,
        AssignLatePenalties,
    ]
    config.GenerateFeedback.preprocessors = [
        GetGrades,
        HideHidden,
        SafeText,
        CSSHTMLHeaderPreprocessor,
    ]
    config.PutVerdict.verdicts = str(course / "verdicts")
    config.HTMLExporter.sanitize_html = True

    config.ExchangeFactory.collect = PlainCollect
    config.ExchangeFactory.release_feedback = ReleaseKnownFeedback
