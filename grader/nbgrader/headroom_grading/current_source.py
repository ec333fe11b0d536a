"""Whether the gradebook knows an assignment as it is in the course's source."""

from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_locked


def is_current(gradebook: Gradebook, assignment: str, source: Path) -> bool:
    """True where the gradebook holds the source's locked cells and points as they are in the file."""
    try:
        known = gradebook.find_notebook(assignment, assignment)
    except MissingEntry:
        return False
    locked = {cell.name: cell.source for cell in known.source_cells if cell.locked}
    points = {cell.name: cell.max_score for cell in known.grade_cells}
    cells = [cell for cell in nbformat.read(source, as_version=4).cells if "nbgrader" in cell.metadata]
    return locked == {
        cell.metadata.nbgrader.grade_id: cell.source for cell in cells if is_locked(cell)
    } and points == {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in cells
        if is_grade(cell)
    }
