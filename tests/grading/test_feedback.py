"""What the student is handed back says everything about visible tests, and of hidden ones only how many passed."""

import re

from bs4 import BeautifulSoup
from tiny_assignment import HIDDEN_TITLE, NAME, SCHEME

SECRETS = [HIDDEN_TITLE, "21", "42", SCHEME, "BEGIN HIDDEN TESTS", "MARK SCHEME", "BEGIN SOLUTION", "cell 2 was ended"]


def text_of(course, student):
    page = BeautifulSoup(course.feedback(student), "html.parser")
    return page.find(id="notebook-container").get_text()


def hand_back(course, **decision):
    course.decide("ada", **decision)
    course.autograde()
    course.write_feedback()


def test_hidden_tests_their_words_the_mark_scheme_and_notes_stay_hidden(course):
    course.hand_in("ada", why="Because.")
    hand_back(course, hidden=False, notes=["cell 2 was ended after 10 s"])
    text = text_of(course, "ada")
    assert [secret for secret in SECRETS if secret in text] == []
    assert [secret for secret in SECRETS if secret in course.feedback("ada").split("</style>")[-1]] == []
    assert "Hidden tests: 0 of 1 passed." in text


def test_visible_tests_say_what_they_found(course):
    course.hand_in("ada")
    hand_back(course, visible=False)
    assert "✗ one: double(1) should be 2, but came 3. (0 of 1 point)" in text_of(course, "ada")


def test_marks_and_the_instructors_comment_are_in_it(course):
    course.hand_in("ada", why="Because.")
    course.decide("ada", hidden=False)
    course.autograde()
    with course.gradebook() as gradebook:
        gradebook.find_grade("why", NAME, NAME, "ada").manual_score = 1.5
        gradebook.find_comment("why", NAME, NAME, "ada").manual_comment = "Name both costs."
        gradebook.db.commit()
    course.write_feedback()
    text = course.feedback("ada")
    assert "(Score: 2.5 / 4.0)" in text
    assert "Name both costs." in text


def test_a_students_own_words_about_hidden_tests_stay(course):
    course.hand_in("ada", code="// BEGIN HIDDEN TESTS are not here\n// END HIDDEN TESTS\nfunction double() {}")
    hand_back(course)
    assert "are not here" in text_of(course, "ada")


def test_scripts_of_the_student_are_text_in_it(course):
    script = "<script>alert('from the student')</script>"
    course.hand_in("ada", code=f"// {script}", why=f"{script} [x](javascript:alert(1))")
    hand_back(course)
    page = BeautifulSoup(course.feedback("ada"), "html.parser")
    assert not [tag for tag in page.find_all("script") if "from the student" in tag.get_text()]
    assert not page.find_all(href=re.compile("^javascript", re.IGNORECASE))
    assert text_of(course, "ada").count("from the student") == 2


def test_it_is_handed_out_under_a_name_that_only_the_student_knows(course):
    course.hand_in("ada")
    (course.hand_in("bob") / "submission_secret.txt").unlink()
    course.decide("bob")
    hand_back(course)
    course.api.generate_assignment(NAME)
    released = course.api.release_assignment(NAME)
    assert released["success"], released
    result = course.api.release_feedback(NAME)
    assert result["success"], result
    assert "No feedback for bob" in result["log"]
    (page,) = (course.root / "exchange" / "tiny" / "feedback").iterdir()
    assert re.fullmatch(r"[0-9a-f]{32,}\.html", page.name)
