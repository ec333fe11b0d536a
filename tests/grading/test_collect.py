"""What lies in the exchange is taken over as plain files, or not at all; one student cannot stop another's."""

import os

import pytest
from headroom_grading import plain_files
from headroom_grading.plain_files import copy_plain_files
from tiny_assignment import NAME

STAMP = "2026-11-20 10:00:00.000000 UTC"


@pytest.fixture
def inbound(course):
    for folder in ("inbound", "outbound"):
        (course.root / "exchange" / "tiny" / folder).mkdir(parents=True)
    os.chmod(course.root / "exchange", 0o777)
    return course.root / "exchange" / "tiny" / "inbound"


def hand_in(inbound, student, stamp=STAMP):
    folder = inbound / f"{student}+{NAME}+{stamp}"
    folder.mkdir()
    (folder / f"{NAME}.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text(stamp)
    return folder


def collect(course):
    result = course.api.collect(NAME)
    assert result["success"], result
    return result.get("log", "")


def collected(course, student):
    folder = course.root / "submitted" / student / NAME
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else None


def test_an_honest_submission_arrives_whole(course, inbound):
    (hand_in(inbound, "ada") / "data").mkdir()
    collect(course)
    assert collected(course, "ada") == [f"{NAME}.ipynb", "data", "timestamp.txt"]


def test_links_and_pipes_are_left_out_and_named(course, inbound):
    secret = course.root / "source" / NAME / f"{NAME}.ipynb"
    folder = hand_in(inbound, "eve")
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").symlink_to(secret)
    (folder / "all").symlink_to(course.root)
    os.mkfifo(folder / "pipe")
    hand_in(inbound, "ada")
    log = collect(course)
    assert collected(course, "eve") == ["timestamp.txt"]
    assert collected(course, "ada") == [f"{NAME}.ipynb", "timestamp.txt"]
    assert f"{NAME}.ipynb: a link" in log
    assert "all: a link" in log
    assert "pipe: not a plain file" in log


def test_a_submission_that_is_itself_a_link_is_not_followed(course, inbound):
    (inbound / f"eve+{NAME}+{STAMP}").symlink_to(course.root / "source" / NAME)
    hand_in(inbound, "ada")
    assert "Not collected" in collect(course)
    assert (collected(course, "eve"), collected(course, "ada") is not None) == (None, True)


@pytest.mark.parametrize("student, stamp", [("eve", "never"), ("eve bob", STAMP), ("<b>", STAMP), ("", STAMP)])
def test_a_wrong_name_is_left_out_and_stops_nobody(course, inbound, student, stamp):
    hand_in(inbound, student, stamp)
    hand_in(inbound, "ada")
    assert "Left out, for its name is no submission's" in collect(course)
    assert os.listdir(course.root / "submitted") == ["ada"]


def test_the_newest_of_several_is_taken(course, inbound):
    hand_in(inbound, "ada")
    newer = hand_in(inbound, "ada", STAMP.replace("10:00", "11:00"))
    (newer / "newer.txt").write_text("")
    collect(course)
    assert "newer.txt" in collected(course, "ada")


def test_the_time_is_that_of_the_exchange_whatever_the_file_says(course, inbound):
    (hand_in(inbound, "ada") / "timestamp.txt").write_text("never")
    folder = hand_in(inbound, "bob")
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").mkdir()
    collect(course)
    for student in ("ada", "bob"):
        assert (course.root / "submitted" / student / NAME / "timestamp.txt").read_text() == STAMP
    assert course.api.get_submitted_students(NAME) == {"ada", "bob"}


def test_floods_end_at_the_limits(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_files, "MOST_FILES", 3)
    monkeypatch.setattr(plain_files, "MOST_BYTES", 3_000_000)
    source = tmp_path / "source"
    deep = source / "1" / "2" / "3" / "4" / "5" / "6"
    deep.mkdir(parents=True)
    with open(source / "0-huge", "wb") as file:
        file.truncate(1 << 40)
    for place in range(5):
        (source / f"small-{place}").write_text("x")
    left_out = copy_plain_files(str(source), str(tmp_path / "target"))
    assert left_out == [
        "0-huge: more than 3 MB in all",
        "1/2/3/4/5/6: too deep",
        "small-3: more than 3 files",
        "small-4: more than 3 files",
    ]
