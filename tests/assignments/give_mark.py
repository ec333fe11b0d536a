"""Gives a mark by hand, as formgrader does.

Usage: give_mark.py ASSIGNMENT STUDENT CELL SCORE, in the course's folder
"""

import sys

from nbgrader.api import Gradebook

assignment, student, cell, score = sys.argv[1:]
with Gradebook("sqlite:///gradebook.db") as gradebook:
    grade = gradebook.find_grade(cell, assignment, assignment, student)
    grade.manual_score = float(score)
    grade.needs_manual_grade = False
    gradebook.db.commit()
