"""Students' text never becomes more than text in a page that the instructor or the student opens."""

import time

import nbformat
import pytest
from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from headroom_grading.safe_text import LONGEST, is_plain, make_safe
from nbconvert.filters import markdown2html
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

HARMLESS = [
    "F1 is the *harmonic* mean, **not** the plain one.",
    "# Heading\n\n- one\n- two\n\n1. three\n\n> quoted",
    "| a | b |\n|--:|:--|\n| 1 | 2 |",
    "Precision is $\\frac{TP}{TP + FP}$, which is `tp / (tp + fp)`.",
    "$$\\sum_i x_i < 3$$",
    "[the lecture](https://example.org/lecture) and https://example.org",
    "```ts\nconst a = 1 < 2 && b;\n```",
    "5 < 6 and a & b, “quoted”, ~~not~~ this",
]

DANGEROUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x ONERROR=alert(1)",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>body{display:none}</style>",
    "<div style='position:fixed;inset:0'>x</div>",
    "<form action=/formgrader/api/grade/1><button>Full credit</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "[x](//example.org)",
    "[x](/formgrader/api/grades)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](https://example.org/who-is-looking.png)",
    "![x](x.png 'onerror=alert(1)')",
    "<javascript:alert(1)>",
    "<!-- --><script>alert(1)</script>",
    "<!doctype html>",
    "<?php alert ?>",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\unicode{x} \\class{score}{1} \\cssId{double-tests}{2}$",
    "$\\def\\x{\\href{javascript:alert(1)}} \\x{y}$",
    "$$<img src=x onerror=alert(1)>$$",
    "`` ` ``<b onmouseover=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "x" * (LONGEST + 1),
]


@pytest.mark.parametrize("source", HARMLESS)
def test_plain_formatting_stays(source):
    assert is_plain(source)


def rendered(source):
    """A cell as nbconvert shows it, read by a parser of its own."""
    cell = new_markdown_cell(source)
    make_safe(cell)
    return BeautifulSoup(markdown2html(cell.source), "html.parser")


@pytest.mark.parametrize("source", DANGEROUS)
def test_anything_more_is_shown_as_it_was_typed(source):
    page = rendered(source)
    assert {tag.name for tag in page.find_all()} <= {"div", "pre", "code", "span", "p"}
    assert all(set(tag.attrs) <= {"class"} for tag in page.find_all())
    assert not page.find_all(string=lambda text: isinstance(text, PreformattedString))


@pytest.mark.parametrize("source", [source for source in DANGEROUS if "$" in source and "<" not in source])
def test_mathjax_gets_no_commands_that_do_more_than_mathematics(source):
    (block,) = rendered(source).find_all("pre")
    assert block.get_text().strip() == source


def test_a_text_cannot_leave_its_fence():
    page = rendered("````\n```\n<script>alert(1)</script>\n`````\n<b>")
    assert page.find_all(["script", "b"]) == []
    assert len(page.find_all("pre")) == 1


@pytest.mark.parametrize(
    "unit",
    ["[", "](", "*a", "_", "`", "> ", "- ", "<", "$", "\\(", "| ", "![[", "#", "&", "1. ", "    ", "\n> ", "~~", "$$", "a\n\n"],
)
def test_no_text_takes_long(unit):
    began = time.monotonic()
    make_safe(new_markdown_cell(unit * (LONGEST // len(unit))))
    assert time.monotonic() - began < 3


def test_raw_cells_and_attachments_become_text():
    raw = new_raw_cell("<script>alert(1)</script>", metadata={"raw_mimetype": "text/html"})
    make_safe(raw)
    assert (raw.cell_type, raw.source.startswith("```")) == ("markdown", True)
    attached = new_markdown_cell("hello", attachments={"x.svg": {"image/svg+xml": "<svg onload=alert(1)>"}})
    make_safe(attached)
    assert "attachments" not in attached


def test_a_cell_that_only_claims_to_be_the_courses_own_is_a_students():
    for about in ({"locked": True}, {"locked": True, "solution": True, "grade_id": "why"}, {"grade_id": "x"}):
        cell = new_markdown_cell("<b>x</b>", metadata={"nbgrader": about})
        make_safe(cell)
        assert cell.source.startswith("```")


def test_outputs_keep_their_text_only():
    rich = {"text/html": "<script>alert(1)</script>", "image/svg+xml": "<svg onload=alert(1)>"}
    cell = new_code_cell(
        outputs=[
            new_output("display_data", {**rich, "text/plain": "1"}, metadata={"isolated": True}),
            new_output("display_data", rich),
            new_output("stream", name="stdout", text="<b>"),
        ]
    )
    make_safe(cell)
    assert [output.get("data", output.get("text")) for output in cell.outputs] == [{"text/plain": "1"}, "<b>"]
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
