"""Makes the students' notebooks of a course, all in one process and without its gradebook.

Usage: make_release.py COURSE TARGET [NAME...]

Reads COURSE/source and COURSE/nbgrader_config.py, and writes TARGET/NAME/NAME.ipynb; the same source always gives the
same bytes. All assignments when none is named.
"""

import argparse
import logging
import sys
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateAssignment


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("course", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    course = arguments.course.resolve()
    app = NbGrader(log_level=logging.ERROR)
    app.load_cwd_config = False
    app.raise_config_file_errors = True
    app.initialize([], root=str(course))
    app.config.SaveCells.enabled = False
    app.coursedir.release_directory = str(arguments.target.resolve())
    sources = sorted(folder.name for folder in (course / "source").iterdir() if folder.is_dir())
    for name in arguments.names or sources:
        app.coursedir.assignment_id = name
        GenerateAssignment(coursedir=app.coursedir, parent=app, no_database=True, force=True).start()
    return 0


if __name__ == "__main__":
    sys.exit(main())
