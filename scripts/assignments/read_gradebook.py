"""Prints what a course's gradebook knows of an assignment, as JSON: a list with an entry for each submission.

Usage: read_gradebook.py ASSIGNMENT, in the course's folder
"""

import json
import sys

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory


def manual_marks(submission):
    """Marks that a person gives, or has put in the place of the tests'; None for one that is still to be given.

    One that was given before the submission was graded anew counts, though nbgrader wants it to be looked at again.
    """
    return [
        {
            "id": grade.name,
            "maximum": grade.max_score,
            "score": grade.score if grade.manual_score is not None or not grade.needs_manual_grade else None,
        }
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.cell.cell_type == "markdown" or grade.manual_score is not None
    ]


def entry(submission):
    """What the report needs of one submission."""
    penalty = submission.late_submission_penalty or 0
    return {
        "student": submission.student_id,
        "total": submission.score - penalty,
        "maximum": submission.max_score,
        "manual": manual_marks(submission),
        "latePenalty": penalty,
        "secondsLate": submission.total_seconds_late,
    }


def main(assignment):
    app = NbGrader()
    app.initialize([])
    course = CourseDirectory(parent=app)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            submissions = gradebook.find_assignment(assignment).submissions
        except MissingEntry:
            submissions = []
        print(json.dumps([entry(submission) for submission in submissions]))


if __name__ == "__main__":
    main(sys.argv[1])
