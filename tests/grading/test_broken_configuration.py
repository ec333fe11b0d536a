"""A configuration that can't be read stops nbgrader, before it runs anything of a student's."""

import pytest
from tiny_assignment import NAME

PROOF = 'require("node:fs").writeFileSync(process.env.PROOF, "ran");'


@pytest.fixture
def broken(course):
    course.api.generate_assignment(NAME)
    course.hand_in("eve", code=PROOF)
    (course.root / "nbgrader_config.py").write_text("c = get_config()\nc.No such thing\n")
    return course


def test_the_command_stops_and_names_the_mistake(broken):
    done = broken.run("autograde", NAME, PROOF=str(broken.root / "proof"))
    assert done.returncode != 0
    assert "SyntaxError" in done.stderr
    assert not (broken.root / "proof").exists()
    assert list(broken.root.glob("autograded/**/*.ipynb")) == []


def test_what_formgraders_buttons_call_stops_too(broken):
    with pytest.raises(SyntaxError):
        _ = broken.api


def test_where_nbgrader_goes_on_nevertheless_our_kernel_refuses(broken):
    done = broken.run(
        "autograde",
        NAME,
        TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR="0",
        PROOF=str(broken.root / "proof"),
    )
    assert done.returncode != 0
    assert "refused: nbgrader would run a student's code unprotected" in done.stderr
    assert not (broken.root / "proof").exists()
    assert list(broken.root.glob("autograded/**/*.ipynb")) == []
