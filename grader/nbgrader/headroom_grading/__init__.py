"""nbgrader without running students' code in it: marks come from the judge, outside.

A course's `nbgrader_config.py` calls `configure`; the rest of the package is what that puts into nbgrader.
"""

from .configure import configure

__all__ = ["configure"]
