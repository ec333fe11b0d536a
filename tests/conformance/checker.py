"""The checker of types: its processes, and what it refuses."""

from __future__ import annotations

import psutil
from notebook import Ran


def refused(ran: Ran, code: int | None = None) -> bool:
    """Whether the checker refused the cell, so that nothing of it ran."""
    assert ran.status == "error", f"expected a type error, got {ran.content}"
    assert ran.stdout == ""
    if code is not None:
        assert str(code) in ran.error["evalue"] + ran.traceback
    return True


def checkers(kernel: psutil.Process) -> list[psutil.Process]:
    """The processes that check types for a kernel."""
    return [child for child in kernel.children(recursive=True) if is_checker(child)]


def is_checker(process: psutil.Process) -> bool:
    try:
        return "--lsp" in process.cmdline()
    except psutil.Error:
        return False
