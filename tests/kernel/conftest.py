"""Kernels for the tests: one that most of them share, and new ones for those that end theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cell_client import CellClient

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def kernel() -> Iterator[CellClient]:
    """A running tslab whose folder is that of the notebooks."""
    client = CellClient(cwd=str(ROOT / "notebooks"))
    yield client
    client.close()


@pytest.fixture
def start_kernel() -> Iterator[Callable[..., CellClient]]:
    """Starts kernels that are ended with the test."""
    started: list[CellClient] = []

    def start(**options: object) -> CellClient:
        client = CellClient(**{"cwd": str(ROOT / "notebooks"), **options})
        started.append(client)
        return client

    yield start
    for client in started:
        client.close()
