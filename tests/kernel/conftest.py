"""Kernels for the tests: one that most of them share, and new ones for those that end theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cell_client import CellClient

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session", autouse=True)
def temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A kernel that is killed leaves its temporary files to the next one."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TMPDIR", str(tmp_path_factory.mktemp("kernels")))
        yield


@pytest.fixture(scope="session")
def kernel() -> Iterator[CellClient]:
    """A running tslab whose folder is that of the notebooks."""
    client = CellClient(cwd=str(ROOT / "notebooks"))
    yield client
    client.close()


@pytest.fixture
def start_kernel() -> Iterator[Callable[..., CellClient]]:
    """Starts kernels that are ended with the test."""
    with ExitStack() as started:

        def start(**options: object) -> CellClient:
            client = CellClient(**{"cwd": str(ROOT / "notebooks"), **options})
            started.callback(client.close)
            return client

        yield start
