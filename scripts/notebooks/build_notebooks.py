"""Builds notebooks from their text sources, without running them.

Usage: build_notebooks.py SOURCE.ts TARGET.ipynb [SOURCE.ts TARGET.ipynb ...]

jupytext does the reading. What it leaves to chance is settled here, so that the same source always
gives the same bytes: a cell's id comes from its type and text, and only metadata that says
something about the lesson is kept.
"""

import hashlib
import sys
from collections import Counter

import jupytext
import nbformat

LANGUAGE = {"file_extension": ".ts", "mimetype": "text/typescript", "name": "typescript"}


def stable_ids(cells):
    """One id per cell, unique within the notebook; moving a cell keeps its id."""
    seen = Counter()
    for cell in cells:
        text = f"{cell.cell_type}\n{cell.source}".encode()
        digest = hashlib.sha256(text).hexdigest()[:12]
        seen[digest] += 1
        yield digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def build(source):
    """The notebook of a text source."""
    notebook = jupytext.read(source, fmt="ts:percent")
    for cell, cell_id in zip(notebook.cells, stable_ids(notebook.cells)):
        cell.id = cell_id
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": notebook.metadata.get("kernelspec", {}), "language_info": LANGUAGE}
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def main(paths):
    for source, target in zip(paths[::2], paths[1::2], strict=True):
        nbformat.write(build(source), target)


if __name__ == "__main__":
    main(sys.argv[1:])
