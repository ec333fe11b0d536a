"""Interrupts a cell, and counts all interrupts."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from notebook import Notebook, Ran


@dataclass
class Tally:
    """All interrupts of the run: what kind, and the milliseconds to the reply."""

    latencies: dict[str, list[float]] = field(default_factory=dict)
    round: int = 0

    def add(self, kind: str, milliseconds: float) -> None:
        self.latencies.setdefault(kind, []).append(milliseconds)

    def all(self) -> list[float]:
        return [one for some in self.latencies.values() for one in some]


TALLY = Tally()


def interrupted(kernel: Notebook, kind: str, request: str) -> Ran:
    """Interrupts a cell; what was said about it until it was idle. The time is noted."""
    sent = time.perf_counter()
    kernel.interrupt()
    reply = kernel.reply(request)
    TALLY.add(kind, (time.perf_counter() - sent) * 1000)
    kernel.early_replies[request] = reply
    ran = kernel.wait(request)
    assert ran.status == "error", ran.content
    assert "interrupt" in ran.content.get("ename", "").lower()
    assert ran.error["ename"] == ran.content["ename"]
    return ran
