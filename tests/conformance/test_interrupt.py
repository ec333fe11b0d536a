"""Interrupts: every kind of loop in every state of the kernel, a thousand times in all."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from interrupts import TALLY, interrupted
from loops import LOOPS, Loop
from notebook import Notebook

Start = Callable[..., Notebook]

# Cells before the loop; each makes one of the states.
STATES: dict[str, str] = {
    "after another interrupt": "",
    "after an error": "throw new Error('before');",
    "in an AsyncLocalStorage": (
        'import { AsyncLocalStorage } from "node:async_hooks";\n'
        "new AsyncLocalStorage<number>().enterWith({n});"
    ),
    "under an async hook": (
        'import { createHook } from "node:async_hooks"; let hooks = (globalThis as any).hook;\n'
        "hooks ??= (globalThis as any).hook = createHook({ init() {}, before() {}, after() {},"
        " destroy() {}, promiseResolve() {} }).enable();"
    ),
    "with cells in the queue": "",
    "while it is being prepared": "",
}

SLOW_MODULE = "await new Promise((r) => setTimeout(r, 300));\nexport const value: number = {n};"
SLOW_SYNC = "const end = Date.now() + 200; while (Date.now() < end);\n" + SLOW_MODULE


def describe(latencies: list[float]) -> str:
    ordered = sorted(latencies)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return (
        f"{len(ordered):5} x  median {statistics.median(ordered):7.1f}  p95 {p95:7.1f}"
        f"  max {ordered[-1]:7.1f} ms"
    )


class Table:
    """One kernel after another, each for all rounds of a loop in a state."""

    def __init__(self, kernel: Notebook, folder: Path) -> None:
        self.kernel = kernel
        self.folder = folder
        self.prepared: set[str] = set()
        self.begun = 0
        assert kernel.run("const kept = { by: 'all' }; let counted = 0;").status == "ok"

    def prepare(self, loop: Loop) -> None:
        if loop.setup and loop.setup not in self.prepared:
            self.prepared.add(loop.setup)
            ran = self.kernel.run(loop.setup, timeout=90)
            assert ran.status == "ok", ran.content

    def code(self, loop: Loop) -> str:
        """The cell of the next round; it also changes a variable before it loops."""
        TALLY.round += 1
        n = TALLY.round
        if "slow-" in loop.code:
            text = SLOW_SYNC if n % 2 else SLOW_MODULE
            (self.folder / f"slow-{n}.mjs").write_text(text.replace("{n}", str(n)).replace(": number", ""))
        return f"counted += 1;\n{loop.code.replace('{n}', str(n))}"

    def begin(self, loop: Loop) -> str:
        """Starts the cell and waits until it is where it does not get on."""
        request = self.kernel.send(self.code(loop), allow_stdin=loop.asks)
        self.begun += 1
        if loop.asks:
            self.kernel.question()
        else:
            self.kernel.until_text(request, "started")
        return request

    def begin_early(self, loop: Loop, delay: float) -> str:
        """Starts the cell and waits a little after the kernel has taken it up."""
        request = self.kernel.send(self.code(loop), allow_stdin=loop.asks)
        self.kernel.until(request, lambda m: m["msg_type"] == "status")
        time.sleep(delay)
        return request

    def check(self, early: bool) -> None:
        """The variables are there, also what the interrupted cell changed, and cells run."""
        ran = self.kernel.run("console.log(kept.by, counted); 6 * 7")
        assert ran.status == "ok", ran.content
        by, counted = ran.stdout.split()[:2]
        assert by == "all"
        if early:
            assert int(counted) - self.begun in (0, 1)
            self.begun = int(counted)
        assert int(counted) == self.begun

    def check_loading(self, loop: Loop) -> None:
        """A module whose loading was interrupted can be had all the same."""
        if "slow-" in loop.code:
            written = self.kernel.out(f'console.log((await import("./slow-{TALLY.round}.mjs")).value)')
            assert written == f"{TALLY.round}\n"


@pytest.fixture(scope="module")
def tables() -> Iterator[dict[str, Table]]:
    """The table of each state, while its kernel is well."""
    tables: dict[str, Table] = {}
    yield tables
    for table in tables.values():
        table.kernel.close()


@pytest.fixture
def table_of(
    tables: dict[str, Table], start: Start, folder: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Table]]:
    used: list[str] = []

    def get(state: str) -> Table:
        used.append(state)
        if state not in tables:
            tables[state] = Table(start(), folder)
        return tables[state]

    yield get
    if has_failed(request.node):
        for state in used:
            tables.pop(state).kernel.close()


@pytest.fixture(scope="module")
def start(folder: Path, tested: object) -> Start:
    from conftest import KERNEL

    return lambda: Notebook(KERNEL.name, cwd=str(folder))


def has_failed(item: pytest.Item) -> bool:
    from conftest import FAILED

    return item.stash.get(FAILED, False)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", LOOPS)
@pytest.mark.slow
def test_interrupted(table_of: Callable[[str], Table], kind: str, state: str) -> None:
    loop = LOOPS[kind]
    table = table_of(state)
    kernel = table.kernel
    table.prepare(loop)
    random_delay = random.Random(f"{kind} {state}")
    for turn in range(loop.rounds):
        if STATES[state]:
            kernel.run(STATES[state].replace("{n}", str(turn)))
        if state == "with cells in the queue":
            check_queue(table, loop, kind, aborts=turn % 2 == 0)
        elif state == "while it is being prepared":
            interrupted(kernel, kind, table.begin_early(loop, random_delay.uniform(0, 0.03)))
            forget_questions(kernel)
        else:
            interrupted(kernel, kind, table.begin(loop))
        table.check(early=state == "while it is being prepared")
        if turn == 0:
            table.check_loading(loop)


def check_queue(table: Table, loop: Loop, kind: str, aborts: bool) -> None:
    """Cells in the queue behind the interrupted one are aborted, or run if it says so."""
    kernel = table.kernel
    request = kernel.send(table.code(loop), allow_stdin=loop.asks, stop_on_error=aborts)
    table.begun += 1
    queued = [kernel.send(f"console.log('queued {n}')") for n in range(2)]
    if loop.asks:
        kernel.question()
    else:
        kernel.until_text(request, "started")
    sent = time.perf_counter()
    kernel.interrupt()
    ran = kernel.wait_all([request, *queued])
    TALLY.add(kind, (time.perf_counter() - sent) * 1000)
    assert ran[request].status == "error"
    for n, one in enumerate(queued):
        wanted = ("aborted", "") if aborts else ("ok", f"queued {n}\n")
        assert (ran[one].status, ran[one].stdout) == wanted


def forget_questions(kernel: Notebook) -> None:
    """Takes away the questions of cells that are over."""
    while kernel.client.stdin_channel.msg_ready():
        kernel.client.get_stdin_msg(timeout=1)


@pytest.mark.parametrize("kind", LOOPS)
@pytest.mark.slow
def test_interrupted_as_the_first_cell(start: Start, folder: Path, kind: str) -> None:
    loop = LOOPS[kind]
    kernel = start()
    try:
        if loop.setup:
            kernel.run(loop.setup, timeout=90)
        if "slow-" in loop.code:
            (folder / "slow-0.mjs").write_text(SLOW_MODULE.replace("{n}", "0").replace(": number", ""))
        request = kernel.send(loop.code.replace("{n}", "0"), allow_stdin=loop.asks)
        if loop.asks:
            kernel.question()
        else:
            kernel.until_text(request, "started")
        interrupted(kernel, kind, request)
        assert kernel.out("console.log('next')") == "next\n"
    finally:
        kernel.close()


@pytest.mark.ours
@pytest.mark.slow
def test_a_thousand_interrupts_were_answered(
    request: pytest.FixtureRequest, log: Callable[[str], None]
) -> None:
    """Runs after the table, which it counts."""
    for kind, latencies in TALLY.latencies.items():
        log(f"{kind:45}{describe(latencies)}")
    everything = TALLY.all()
    if everything:
        log(f"{'all':45}{describe(everything)}")
        # Against absurdity only: other work may share the machine.
        assert statistics.median(everything) < 1000
    whole = len(LOOPS) * (len(STATES) + 1)
    items = [item for item in request.session.items if item.name.startswith("test_interrupted")]
    if len(items) >= whole:
        assert len(everything) >= 1000
