"""An assignment of one exercise and one reflection, as nbgrader's source notebook has it."""

NAME = "01-tiny"
HIDDEN_TITLE = "the hidden case"
HIDDEN_LINE = f'  test("{HIDDEN_TITLE}", call(double, 21), equals(42)),'
SCHEME = "2 points: names both costs"

SOLUTION = """\
/** Twice the number. */
function double(x: number): number {
  // BEGIN SOLUTION
  return 2 * x;
  // END SOLUTION
}"""

TESTS = f"""\
await check(
  "Double",
  test("one", call(double, 1), equals(2)),
  // BEGIN HIDDEN TESTS
{HIDDEN_LINE}
  // END HIDDEN TESTS
);"""

QUESTION = f"""\
### Why?

<!-- BEGIN MARK SCHEME -->
{SCHEME}
<!-- END MARK SCHEME -->"""


def code(name, source, **more):
    return {**markdown(name, source, **more), "cell_type": "code", "execution_count": None, "outputs": []}


def markdown(name, source, **more):
    flags = {"grade": False, "solution": False, "locked": False, "task": False}
    about = {"schema_version": 3, "grade_id": name, **flags, **more}
    return {"cell_type": "markdown", "id": name, "metadata": {"nbgrader": about}, "source": source}


def source_notebook():
    spec = {"display_name": "TypeScript (Headroom)", "language": "typescript", "name": "headroom"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": spec, "language_info": {"name": "typescript"}},
        "cells": [
            code("double", SOLUTION, solution=True),
            code("double-tests", TESTS, grade=True, locked=True, points=2),
            markdown("why-question", QUESTION, locked=True),
            markdown("why", "YOUR ANSWER HERE", grade=True, solution=True, points=2),
        ],
    }
