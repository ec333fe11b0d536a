"""Enters marks, and asks for a second look only where there is something new to see."""

from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_solution

from .marks import KEY


class SaveMarks(SaveAutoGrades):
    """nbgrader's own; but words that were marked by hand and are the same as then stay marked.

    nbgrader would ask for every answer of the class again after one test was corrected.
    """

    def _add_score(self, cell, resources):
        name = cell.metadata.nbgrader.grade_id
        place = (name, self.notebook_id, self.assignment_id, self.student_id)
        before = self.gradebook.find_grade(*place)
        is_settled = (
            is_solution(cell)
            and before.manual_score is not None
            and not before.needs_manual_grade
            and resources[KEY]["answers"].get(name) == cell.source
        )
        super()._add_score(cell, resources)
        if is_settled:
            self.gradebook.find_grade(*place).needs_manual_grade = False
            self.gradebook.db.commit()
