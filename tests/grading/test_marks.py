"""Marks come from the judge's verdicts, and stay right when something is done again."""

import pytest
from tiny_assignment import NAME, source_notebook


def grades(course, student):
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission_notebook(NAME, NAME, student)
        return {grade.name: (grade.score, grade.needs_manual_grade) for grade in submission.grades}


def test_part_of_the_points_is_entered_and_a_reflection_waits_for_the_instructor(course):
    course.hand_in("ada", why="Because.")
    course.decide("ada", visible=True, hidden=False)
    course.autograde()
    assert grades(course, "ada") == {"double-tests": (1.0, False), "why": (0.0, True)}


@pytest.mark.parametrize("words", ["YOUR ANSWER HERE", "", " \n"])
def test_an_empty_reflection_is_worth_nothing_and_waits_for_nobody(course, words):
    course.hand_in("ada", why=words)
    course.decide("ada")
    course.autograde()
    assert grades(course, "ada") == {"double-tests": (2.0, False), "why": (0.0, False)}


def test_a_file_that_cannot_be_read_earns_nothing_and_says_why(course):
    folder = course.hand_in("eve")
    (folder / f"{NAME}.ipynb").write_text("{")
    course.decide("eve", unreadable="it is no JSON")
    course.autograde()
    assert grades(course, "eve")["double-tests"] == (0.0, False)
    assert "it is no JSON" in course.autograded("eve").cells[0].source


def test_what_is_entered_is_not_entered_again_until_its_verdict_changes(course):
    course.hand_in("ada", why="Because.")
    course.decide("ada", hidden=False)
    course.autograde()
    assert "Skipping existing assignment" in course.autograde()
    course.decide("ada", hidden=True)
    assert "The verdict on ada is new" in course.autograde()
    assert grades(course, "ada")["double-tests"] == (2.0, False)


def test_marks_given_by_hand_survive_a_corrected_test(course):
    course.hand_in("ada", why="Because.")
    course.decide("ada", hidden=False)
    course.autograde()
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("why", NAME, NAME, "ada")
        grade.manual_score = 1.5
        gradebook.db.commit()
    corrected = source_notebook()
    tests = corrected["cells"][1]
    tests["source"] = tests["source"].replace("21", "20")
    course.write_source(corrected)
    course.decide("ada", hidden=True)
    course.autograde()
    assert grades(course, "ada")["why"][0] == 1.5
    assert grades(course, "ada")["double-tests"] == (2.0, False)
    assert "call(double, 20)" in course.autograded("ada").cells[1].source


def test_words_that_were_marked_are_marked_again_only_when_they_change(course):
    course.hand_in("ada", why="Because.")
    course.decide("ada", hidden=False)
    course.autograde()
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("why", NAME, NAME, "ada")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    course.decide("ada", hidden=True)
    course.autograde()
    assert grades(course, "ada") == {"double-tests": (2.0, False), "why": (1.5, False)}
    course.hand_in("ada", why="Because of the costs.")
    course.decide("ada", hidden=True, notes=["handed in again"])
    course.autograde()
    assert grades(course, "ada")["why"] == (1.5, True)


def test_formgrader_knows_what_is_graded_by_its_time_to_the_microsecond(course):
    course.hand_in("ada", stamp="2026-11-20 10:00:00.431125 UTC")
    course.decide("ada")
    course.autograde()
    assert course.api.get_autograded_students(NAME) == {"ada"}


@pytest.mark.parametrize("stamp", ["never", "9" * 900, "\N{SNOWMAN}"])
def test_a_time_that_is_none_is_left_out(course, stamp):
    course.hand_in("ada", stamp=stamp)
    course.decide("ada")
    course.autograde()
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(NAME, "ada").timestamp is None


def test_lateness_reaches_the_gradebook_with_the_courses_penalty(course):
    config = course.root / "nbgrader_config.py"
    with config.open("a") as file:
        file.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    course.hand_in("ada", stamp="2026-11-20 12:00:00 UTC")
    course.decide("ada")
    course.api.generate_assignment(NAME)
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-11-20 10:00:00 UTC")
    course.autograde()
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(NAME, "ada")
        assert (submission.total_seconds_late, submission.late_submission_penalty) == (7200, 2.0)


def test_the_instructor_sees_hidden_tests_messages_notes_and_mark_scheme(course):
    course.hand_in("ada", why="Because.")
    course.decide("ada", hidden=False, notes=["cell 2 was ended after 10 s"])
    course.autograde()
    note, _, tests, question, _ = course.autograded("ada").cells
    assert "cell 2 was ended after 10 s" in note.source
    assert "call(double, 21)" in tests.source
    assert "2 points: names both costs" in question.source
    assert [output.data["text/plain"] for output in tests.outputs] == [
        "✓ one",
        "Hidden tests, and what they said:\n✗ the hidden case: double(1) should be 2, but came 3. (0 of 1 point)",
        "1.0",
    ]


def test_a_judge_that_fails_leaves_no_marks_and_is_heard(course):
    course.hand_in("ada")
    course.decide("ada")
    (course.root / "judge-fails").touch()
    done = course.run("autograde", NAME, "--log-level=ERROR")
    assert done.returncode != 0
    assert "no sandbox here: install bubblewrap" in done.stderr
    assert not (course.root / "autograded").exists()
