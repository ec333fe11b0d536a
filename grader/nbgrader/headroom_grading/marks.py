"""How our preprocessors mark what they put into a notebook, and what it means to the next one."""

from nbformat import NotebookNode

KEY = "headroom"

# A cell or output that only the instructor may see.
FOR_INSTRUCTOR = "instructor"


def is_for_instructor(node: NotebookNode) -> bool:
    """True for a cell or an output that must not reach the student."""
    return node.get("metadata", {}).get(KEY, {}).get("for") == FOR_INSTRUCTOR


def for_instructor(**more: object) -> NotebookNode:
    """The metadata of a cell or an output that must not reach the student."""
    return NotebookNode({KEY: NotebookNode({"for": FOR_INSTRUCTOR, **more})})


def fenced(text: str) -> str:
    """Markdown that shows a text as it stands, whatever is in it."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
