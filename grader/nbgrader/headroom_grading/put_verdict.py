"""Puts the judge's verdict where nbgrader looks for what a test cell said."""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Unicode

from .marks import KEY, fenced, for_instructor
from .verdict import Verdict, read_verdict, verdict_file

TESTS = "-tests"
# What a reflection says that nobody has answered; nbgrader knows it by its checksum.
TEXT_STUB = "YOUR ANSWER HERE"


class PutVerdict(NbGraderPreprocessor):
    """Instead of Execute: nothing runs here. A test cell's outputs become what the judge found."""

    verdicts = Unicode(help="The folder of the judge's verdicts.").tag(config=True)

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        file = verdict_file(self.verdicts, place["assignment"], place["student"])
        verdict = read_verdict(file)
        for cell in nb.cells:
            if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
                cell.outputs = outputs_of(cell, verdict)
                cell.execution_count = None
            elif is_grade(cell) and is_solution(cell) and not cell.source.strip():
                cell.source = TEXT_STUB
        told = notes_of(verdict)
        if told:
            cell = new_markdown_cell(told, metadata=for_instructor())
            cell.id = "for-the-instructor"
            nb.cells.insert(0, cell)
        # What is up to date is not entered again.
        nb.metadata[KEY] = NotebookNode({"verdict": verdict.digest})
        return nb, resources


def outputs_of(cell: NotebookNode, verdict: Verdict) -> "list[NotebookNode]":
    """The outputs of a test cell; the score is its result, which is how nbgrader gives part of the points."""
    exercise = verdict.exercise(cell.metadata.nbgrader.grade_id.removesuffix(TESTS))
    if exercise is None:
        return [display("Not judged: the file could not be read."), score_of(0.0)]
    if not exercise["answered"]:
        return [display("Not answered."), score_of(float(exercise["score"]))]
    visible = [test for test in exercise["tests"] if not test["hidden"]]
    hidden = [test for test in exercise["tests"] if test["hidden"]]
    outputs = []
    if visible:
        outputs.append(display("\n".join(map(line_of, visible))))
    if hidden:
        passed = sum(test["passed"] for test in hidden)
        text = "Hidden tests, and what they said:\n" + "\n".join(map(line_of, hidden))
        outputs.append(display(text, for_instructor(passed=passed, of=len(hidden))))
    outputs.append(score_of(float(exercise["score"])))
    return outputs


def line_of(test: "dict[str, Any]") -> str:
    """A test in a line: how it ended, what it was worth, what it said."""
    message = test["message"]
    # Ours begin with the title; one that doesn't still gets it.
    said = message if message.startswith(test["title"]) else f"{test['title']}: {message}"
    if test["passed"]:
        return f"✓ {test['title']}"
    return f"✗ {said} (0 of {points_of(test['points'])})"


def points_of(points: float) -> str:
    """1 point, 2 points, 0.5 points."""
    return f"{points:g} point" if points == 1 else f"{points:g} points"


def display(text: str, metadata: "NotebookNode | None" = None) -> NotebookNode:
    """An output that shows a text."""
    return new_output("display_data", {"text/plain": text}, metadata=metadata or NotebookNode())


def score_of(score: float) -> NotebookNode:
    """The output from which nbgrader reads points."""
    return new_output("execute_result", {"text/plain": repr(score)}, execution_count=None)


def notes_of(verdict: Verdict) -> str:
    """What the instructor should know beside the marks, as Markdown; empty where there is nothing to say."""
    data = verdict.data
    lines = [f"- could not be read: {data['unreadable']}"] if data.get("unreadable") else []
    lines += [f"- {note}" for note in data["notes"]]
    lines += [
        f"- {wrong['exercise']}: the known wrong answer \"{wrong['name']}\""
        for wrong in data["wrongAnswers"]
    ]
    if not lines:
        return ""
    return "**For the instructor** (students don't see this)\n\n" + fenced("\n".join(lines))
