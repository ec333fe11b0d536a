"""A kernel that has to go, as it is asked to or as Jupyter is gone: it goes, and nothing of it is left behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from loops import LOOPS
from notebook import PATIENCE, Notebook, comes_true
from wire import BareKernel, Wire, cell, nothing_is_left

Start = Callable[..., Notebook]
StartBare = Callable[..., BareKernel]

# What may still run when the kernel has to go.
BUSY = {
    "when idle": "0;",
    "in a loop that never awaits": LOOPS["a loop that never awaits"].code,
    "in a loop that awaits null": LOOPS["a loop that awaits null"].code,
    "in a loop that catches all": LOOPS["a loop that catches what its awaits reject"].code,
    "in a loop that awaits a timer": LOOPS["a loop that awaits a timer"].code,
    "in a timer's callback": LOOPS["a loop in a timer's callback"].code,
    "in a promise that never settles": LOOPS["a promise that never settles"].code,
    "in a flood of lines": LOOPS["a flood of lines"].code,
    "in Atomics.wait": LOOPS["Atomics.wait"].code,
    "in a slow regular expression": LOOPS["a slow regular expression"].code,
    "with a timer that goes on": "setInterval(() => {}, 10);",
    "with a server that listens": (
        'import { createServer } from "node:http"; createServer(() => {}).listen(0, "127.0.0.1");'
    ),
    "with a worker that loops": (
        'import { Worker } from "node:worker_threads";\n'
        'new Worker("for (;;);", { eval: true });'
    ),
    "with a handler of signals": "process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});",
    "with a handler of exit that loops": "process.on('exit', () => { for (;;); });",
}


def begin(wire: Wire, code: str) -> str:
    """Runs a cell until it loops, if it does."""
    request = wire.send("shell", "execute_request", cell(code))
    if "started" in code:
        seen = ""
        while "started" not in seen:
            message = wire.receive("iopub")
            if message.kind == "stream" and message.answers(request):
                seen += message.content["text"]
    else:
        wire.reply("shell", request)
    return request


class TestShutdown:
    @pytest.mark.parametrize("busy", BUSY)
    def test_it_is_answered_and_obeyed(self, start_bare: StartBare, busy: str) -> None:
        kernel = start_bare()
        wire = kernel.start()
        wire.subscribe()
        begin(wire, BUSY[busy])
        family = kernel.family()
        reply = wire.ask("control", "shutdown_request", {"restart": False})
        assert reply.kind == "shutdown_reply"
        assert reply.content == {"status": "ok", "restart": False}
        assert nothing_is_left(kernel, family)

    def test_on_shell_too(self, start_bare: StartBare) -> None:
        kernel = start_bare()
        wire = kernel.start()
        family = kernel.family()
        reply = wire.ask("shell", "shutdown_request", {"restart": True})
        assert reply.content == {"status": "ok", "restart": True}
        assert nothing_is_left(kernel, family)

    def test_it_is_published(self, start_bare: StartBare) -> None:
        kernel = start_bare()
        wire = kernel.start()
        wire.subscribe()
        request = wire.send("control", "shutdown_request", {"restart": False})
        while (message := wire.receive("iopub")).kind != "shutdown_reply":
            pass
        assert message.answers(request)

    def test_the_process_ends_well(self, start_bare: StartBare) -> None:
        kernel = start_bare()
        kernel.start().ask("control", "shutdown_request", {"restart": False})
        assert kernel.process is not None
        assert kernel.process.wait(10) == 0

    def test_handlers_of_exit_run(self, start_bare: StartBare, tmp_path: Path) -> None:
        kernel = start_bare()
        wire = kernel.start()
        place = tmp_path / "farewell"
        code = (
            'import { writeFileSync } from "node:fs";\n'
            f"process.on('exit', () => writeFileSync({json.dumps(str(place))}, 'bye'));"
        )
        assert wire.execute(code).content["status"] == "ok"
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        assert place.read_text() == "bye"

    def test_queued_cells_do_not_run_any_more(self, start_bare: StartBare, tmp_path: Path) -> None:
        kernel = start_bare()
        wire = kernel.start()
        wire.subscribe()
        begin(wire, BUSY["in a loop that awaits null"])
        place = tmp_path / "ran"
        code = f'require("node:fs").writeFileSync({json.dumps(str(place))}, "ran");'
        wire.send("shell", "execute_request", cell(code))
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        assert not place.exists()

    def test_jupyter_restarts_it_and_it_is_fresh(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        kernel.run("const gone = 1;")
        kernel.manager.restart_kernel(now=False)
        kernel.client.wait_for_ready(timeout=PATIENCE)
        kernel.process = psutil.Process(kernel.manager.provisioner.process.pid)
        ran = kernel.run("gone")
        assert ran.status == "error"
        assert ran.content["execution_count"] == 1

    def test_child_processes_of_cells_end_with_it(self, start_bare: StartBare) -> None:
        kernel = start_bare()
        wire = kernel.start()
        code = 'import { spawn } from "node:child_process"; const child = spawn("sleep", ["60"]);'
        assert wire.execute(code).content["status"] == "ok"
        family = kernel.family()
        assert any("sleep" in process.name() for process in family)
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)

    @pytest.mark.ours
    @pytest.mark.parametrize("busy", ["when idle", "in a loop that never awaits"])
    def test_it_goes_without_a_word_while_it_is_interrupted(
        self, start_bare: StartBare, tmp_path: Path, busy: str
    ) -> None:
        """As Jupyter ends kernels: it interrupts them, and does not wait for the reply."""
        # Several at a time: what goes wrong does so now and then, most of all on a busy machine.
        kernels = {tmp_path / f"words-{n}": start_bare() for n in range(6)}
        for place, kernel in kernels.items():
            with place.open("w") as file:
                kernel.launch(file)
        wires = [kernel.connect() for kernel in kernels.values()]
        for wire in wires:
            wire.subscribe()
            begin(wire, BUSY[busy])
        requests = []
        for wire in wires:
            wire.send("control", "interrupt_request", {})
            requests.append(wire.send("control", "shutdown_request", {"restart": False}))
        for wire, request in zip(wires, requests, strict=True):
            assert wire.reply("control", request).kind == "shutdown_reply"
            about = [message.kind for message in wire.iopub_until_idle(request)]
            assert about == ["status", "shutdown_reply", "status"]
        for kernel in kernels.values():
            assert kernel.process is not None
            kernel.process.wait(PATIENCE)
        assert [place.read_text() for place in kernels] == [""] * len(kernels)


class TestParent:
    """Jupyter may die without a word; its kernels must not outlive it."""

    @contextmanager
    def parent_of(self, kernel: BareKernel, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Starts the kernel as the child of a process that does nothing else."""
        told = tmp_path / "pid"
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(told), json.dumps(kernel.argv)],
            cwd=kernel.folder,
            env={k: v for k, v in kernel.env.items() if k != "JPY_PARENT_PID"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert comes_true(told.exists, 20)
            kernel.process = psutil.Process(int(told.read_text()))  # type: ignore[assignment]
            yield parent
        finally:
            parent.kill()
            parent.wait()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
    @pytest.mark.parametrize("busy", BUSY)
    def test_its_kill_ends_the_kernel(
        self, start_bare: StartBare, tmp_path: Path, busy: str
    ) -> None:
        kernel = start_bare()
        with self.parent_of(kernel, tmp_path) as parent:
            wire = kernel.connect()
            wire.subscribe()
            begin(wire, BUSY[busy])
            family = kernel.family()
            parent.send_signal(signal.SIGKILL)
            parent.wait()
            assert nothing_is_left(kernel, family)

    def test_one_that_died_early_is_noticed(self, start_bare: StartBare) -> None:
        jupyter = subprocess.Popen([sys.executable, "-c", ""])
        jupyter.wait()
        kernel = start_bare(env={"JPY_PARENT_PID": str(jupyter.pid)})
        process = psutil.Popen(
            kernel.argv,
            cwd=str(kernel.folder),
            env=kernel.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        kernel.process = process
        assert comes_true(lambda: process.poll() is not None, 15)

    def test_it_does_not_end_while_the_parent_lives(
        self, start_bare: StartBare, tmp_path: Path
    ) -> None:
        kernel = start_bare()
        with self.parent_of(kernel, tmp_path) as parent:
            wire = kernel.connect()
            # Longer than it takes to notice a death.
            waited = wire.execute("await new Promise((r) => setTimeout(r, 2500)); 1")
            assert waited.content["status"] == "ok"
            family = kernel.family()
            parent.kill()
            parent.wait()
            assert nothing_is_left(kernel, family)


PARENT = """
import json, os, pathlib, subprocess, sys, time
kernel = subprocess.Popen(json.loads(sys.argv[2]), env={**os.environ, "JPY_PARENT_PID": str(os.getpid())})
told = pathlib.Path(sys.argv[1])
unfinished = told.with_suffix(".new")
unfinished.write_text(str(kernel.pid))
unfinished.rename(told)
time.sleep(600)
"""
