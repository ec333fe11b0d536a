"""What a student's feedback must not show."""

import re

from nbgrader.preprocessors import NbGraderPreprocessor

from .marks import KEY, is_for_instructor
from .put_verdict import display

REGIONS = [
    re.compile(rf"^[^\n]*BEGIN {name}.*?END {name}[^\n]*\n?", re.DOTALL | re.MULTILINE)
    for name in ("HIDDEN TESTS", "MARK SCHEME")
]


class HideHidden(NbGraderPreprocessor):
    """Takes out hidden tests, what they said, mark schemes and notes; says how many hidden tests passed."""

    def preprocess(self, nb, resources):
        nb.cells = [cell for cell in nb.cells if not is_for_instructor(cell)]
        for cell in nb.cells:
            # A student's own cell may speak of hidden tests.
            if cell.metadata.get("nbgrader", {}).get("locked"):
                for region in REGIONS:
                    cell.source = region.sub("", cell.source)
            if cell.cell_type == "code":
                cell.outputs = [shown_instead(output) for output in cell.outputs]
        return nb, resources


def shown_instead(output):
    """What the student sees of an output."""
    if not is_for_instructor(output):
        return output
    about = output.metadata[KEY]
    return display(f"Hidden tests: {about['passed']} of {about['of']} passed.")
