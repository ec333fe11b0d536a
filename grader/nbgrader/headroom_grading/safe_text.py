"""Students' text is shown in pages that may change marks: it must not become more than text there."""

import re
from html.parser import HTMLParser

from nbconvert.filters import markdown2html
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from .marks import KEY, fenced, is_for_instructor

LONGEST = 20_000
# A renderer's time may grow with the square of these: brackets, emphasis, quotes that nest.
MOST_SPECIAL = 2_000
SPECIAL = re.compile(r"[\[\]*_`>~<&|$\\]")

TAGS = frozenset(
    "h1 h2 h3 h4 h5 h6 p a em strong code pre ul ol li blockquote table thead tbody tr th td hr br del "
    "div span".split()
)
LINK = re.compile(r"(https?://|#)", re.IGNORECASE)
# What MathJax would make links, styles, identifiers or HTML of.
MATHJAX = re.compile(r"\\\s*(href|url|class|style|css|cssId|require|unicode|html|data|def|let|newcommand)")


class SafeText(NbGraderPreprocessor):
    """What would render as more than plain formatting is shown as it was typed; outputs keep their text only."""

    def preprocess(self, nb, resources):
        for cell in nb.cells:
            make_safe(cell)
        return nb, resources


def make_safe(cell: NotebookNode) -> None:
    """Makes a cell safe to show, in place. Locked cells hold the course's own text: nbgrader has restored it."""
    if cell.cell_type == "code":
        cell.outputs = [output for output in map(text_only, cell.outputs) if output is not None]
        return
    if is_locked(cell) or is_for_instructor(cell):
        return
    cell.pop("attachments", None)
    if cell.cell_type != "markdown":
        # nbconvert copies raw cells into the page.
        cell.cell_type = "markdown"
        cell.source = fenced(cell.source)
    elif not is_plain(cell.source):
        cell.source = fenced(cell.source[:LONGEST])


def is_locked(cell: NotebookNode) -> bool:
    """True for a cell of the course's own; a solution or an unknown cell is the student's."""
    about = cell.metadata.get("nbgrader", {})
    return bool(about.get("locked")) and bool(about.get("grade_id")) and not about.get("solution")


def text_only(output: NotebookNode) -> "NotebookNode | None":
    """An output without pictures, HTML and scripts; None where nothing is left."""
    if output.output_type in ("display_data", "execute_result"):
        data = output.get("data", {})
        if "text/plain" not in data:
            return None
        output.data = NotebookNode({"text/plain": data["text/plain"]})
        about = output.get("metadata", {})
        output.metadata = NotebookNode({KEY: about[KEY]} if KEY in about else {})
    return output if output.output_type in ("stream", "error", "display_data", "execute_result") else None


def is_plain(source: str) -> bool:
    """True where a Markdown text renders as headings, paragraphs, lists, tables, code and web links only."""
    if len(source) > LONGEST or len(SPECIAL.findall(source)) > MOST_SPECIAL or MATHJAX.search(source):
        return False
    page = Page()
    page.feed(markdown2html(source))
    page.close()
    return page.is_plain


class Page(HTMLParser):
    """Looks for anything in a rendered text that isn't on the list of what is harmless."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.is_plain = True

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS or not all(is_harmless(tag, name, value or "") for name, value in attrs):
            self.is_plain = False

    def refuse(self, _):
        self.is_plain = False

    handle_comment = handle_decl = handle_pi = unknown_decl = refuse


def is_harmless(tag: str, name: str, value: str) -> bool:
    """True for the attributes that Markdown's own formatting makes."""
    if name == "href":
        return LINK.match(value) is not None
    if name == "class":
        return tag in ("a", "div", "span", "pre", "code") and "{" not in value
    if name == "style":
        return tag in ("th", "td") and re.fullmatch(r"text-align:\s*(left|right|center);?", value) is not None
    return name in ("id", "align", "title", "start")
