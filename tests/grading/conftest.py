import os
import shutil
import sys
from pathlib import Path

import pytest
from course import Course
from nbgrader.api import Gradebook

# nbgrader makes its database with `alembic`, which it looks for on PATH.
os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)])


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """nbgrader takes seconds to make a new database."""
    file = tmp_path_factory.mktemp("empty") / "gradebook.db"
    Gradebook(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def course(tmp_path, empty_gradebook):
    shutil.copy(empty_gradebook, tmp_path / "gradebook.db")
    return Course(tmp_path)
