"""What ends a kernel, what it says then, and that nothing of it is left behind."""

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
from kernels import Kernel
from loops import LOOPS
from notebook import PATIENCE, Notebook, Ran, alive, all_end, comes_true
from wire import BareKernel, Wire, cell

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


def nothing_is_left(kernel: BareKernel, family: list[psutil.Process]) -> bool:
    if not all_end(family, 10):
        print("still there:", alive(family))
        return False
    return True


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


class TestEndByACell:
    def last_words(self, kernel: Notebook, code: str, timeout: float = PATIENCE) -> Ran:
        """What is said about a cell that ends the kernel; then no process is left."""
        family = kernel.family()
        ran = kernel.run(code, timeout=timeout)
        assert all_end(family, 10), f"still there: {alive(family)}"
        assert ran.status == "error"
        assert ran.error["ename"] == ran.content["ename"]
        return ran

    @pytest.mark.parametrize(
        "code",
        [
            "process.exit(3)",
            "await null; process.exit(3)",
            "setTimeout(() => process.exit(3), 10); await new Promise(() => {});",
            "process.exitCode = 3; process.exit()",
        ],
        ids=["at once", "after an await", "in a callback", "by exitCode"],
    )
    def test_process_exit_says_so(self, start_kernel: Start, code: str) -> None:
        kernel = start_kernel()
        ran = self.last_words(kernel, f"console.log('before');\n{code}")
        assert ran.stdout == "before\n"
        assert "exit" in (ran.error["ename"] + ran.error["evalue"]).lower()
        assert "3" in ran.error["evalue"]
        # The reply comes before the end.
        assert kernel.manager.provisioner.process.wait(PATIENCE) == 3

    def test_process_exit_after_a_flood_loses_nothing(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        code = "for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);\nprocess.exit(0)"
        ran = self.last_words(kernel, code)
        assert ran.stdout == "".join(f"line {i}\n" for i in range(20_000))

    def test_process_exit_after_the_cell_is_told_under_it(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        family = kernel.family()
        request = kernel.send("setTimeout(() => process.exit(0), 200);")
        kernel.until(request, lambda m: m["content"].get("execution_state") == "idle")
        [*_, message] = kernel.until(request, lambda m: m["msg_type"] in ("stream", "error"))
        assert "exit" in json.dumps(message["content"])
        assert all_end(family, 10)

    def test_queued_cells_are_answered_before_it_goes(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        family = kernel.family()
        first = kernel.send("await new Promise((r) => setTimeout(r, 100)); process.exit(0)")
        second = kernel.send("console.log('ran')")
        ran = kernel.wait_all([first, second])
        assert ran[first].status == "error"
        assert ran[second].status == "aborted"
        assert all_end(family, 10)

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
    @pytest.mark.parametrize(
        "code",
        ["process.abort()", "process.kill(process.pid, 'SIGTERM'); await new Promise(() => {});"],
        ids=["abort", "SIGTERM to itself"],
    )
    def test_an_end_by_force_says_so(self, start_kernel: Start, code: str) -> None:
        ran = self.last_words(start_kernel(), code)
        assert ran.error["evalue"]

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
    def test_a_kill_leaves_no_process(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        kernel.run("1")
        family = kernel.family()
        kernel.process.kill()
        assert all_end(family, 10), f"still there: {alive(family)}"

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
    def test_a_termination_from_outside_leaves_no_process(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        kernel.run("1")
        family = kernel.family()
        kernel.process.terminate()
        assert all_end(family, 10), f"still there: {alive(family)}"


MEMORY = {
    "of objects": "const held: number[][] = [];\nfor (;;) held.push(new Array(1000).fill(1.5));",
    "of text": "let text = 'x'; const texts: string[] = [];\nfor (;;) texts.push(`${text}${Math.random()}`.repeat(500));",
    "while it awaits": (
        "const held: number[][] = [];\nfor (;;) { held.push(new Array(1000).fill(1.5)); await null; }"
    ),
    "of a map": "const map = new Map<number, object>();\nfor (let i = 0; ; i++) map.set(i, { i, a: [i] });",
}


class TestMemory:
    @pytest.mark.slow
    @pytest.mark.parametrize("code", MEMORY.values(), ids=MEMORY.keys())
    def test_a_cell_that_fills_it_is_told_why(self, start_kernel: Start, code: str) -> None:
        """The kernel may end, or end the cell alone; in both cases it says why."""
        kernel = start_kernel(env={"NODE_OPTIONS": "--max-old-space-size=200"})
        family = kernel.family()
        ran = kernel.run(f"console.log('before');\n{code}", timeout=90)
        assert ran.status == "error"
        assert ran.stdout == "before\n"
        told = f"{ran.error['ename']} {ran.error['evalue']} {ran.stderr}".lower()
        assert "memory" in told
        assert comes_true(lambda: not alive([kernel.process]) or kernel.is_well(), 20)
        if not alive([kernel.process]):
            assert all_end(family, 10), f"still there: {alive(family)}"

    def test_an_array_that_is_too_long_is_an_ordinary_error(self, kernel: Notebook) -> None:
        ran = kernel.run("new Array(-1)")
        assert ran.error["ename"] == "RangeError"
        ran = kernel.run("'x'.repeat(2 ** 30)")
        assert ran.error["ename"] == "RangeError"
        assert kernel.goes_on()

    def test_a_buffer_that_does_not_fit_is_an_ordinary_error(self, kernel: Notebook) -> None:
        ran = kernel.run("new ArrayBuffer(2 ** 52)")
        assert ran.error["ename"] == "RangeError"
        assert kernel.goes_on()


class TestStart:
    def test_no_connection_file_is_said(self, tested: Kernel, folder: Path) -> None:
        argv = [part.replace("{connection_file}", str(folder / "nowhere.json")) for part in tested.argv()]
        done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=20)
        assert done.returncode != 0
        assert "nowhere.json" in done.stderr
        assert "node:internal" not in done.stderr

    def test_a_connection_file_that_is_none_is_said(
        self, tested: Kernel, folder: Path, tmp_path: Path
    ) -> None:
        place = tmp_path / "broken.json"
        for text in ("", "{", "[]", '{"ip": 5}'):
            place.write_text(text)
            argv = [part.replace("{connection_file}", str(place)) for part in tested.argv()]
            done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=20)
            assert done.returncode != 0
            assert "broken.json" in done.stderr
            assert "node:internal" not in done.stderr

    def test_a_port_that_is_taken_ends_it(self, start_bare: StartBare) -> None:
        first = start_bare()
        first.start()
        second = start_bare()
        second.connection.update(first.connection)
        second.file.write_text(json.dumps(second.connection))
        done = subprocess.run(
            second.argv, cwd=second.folder, env=second.env, capture_output=True, text=True, timeout=20
        )
        assert done.returncode != 0
        assert "address" in done.stderr.lower()

    def test_it_writes_nothing_to_the_servers_terminal(
        self, start_bare: StartBare, tmp_path: Path
    ) -> None:
        kernel = start_bare()
        place = tmp_path / "terminal"
        with place.open("wb") as file:
            kernel.process = psutil.Popen(
                kernel.argv, cwd=str(kernel.folder), env=kernel.env, stdout=file, stderr=file
            )
        wire = kernel.connect()
        for code in ("console.log('said')", "throw new Error('thrown')", "const n: string = 1;"):
            wire.execute(code)
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        assert place.read_text() == ""

    def test_kernels_start_side_by_side(self, start_bare: StartBare) -> None:
        wires = [start_bare().start() for _ in range(3)]
        for n, wire in enumerate(wires):
            wire.execute(f"const mine = {n};")
        for n, wire in enumerate(wires):
            # Not every kernel answers user_expressions.
            told = wire.execute(f"if (mine !== {n}) throw new Error('of another kernel');")
            assert told.content["status"] == "ok"

    def test_it_leaves_no_temporary_files(self, start_bare: StartBare, tmp_path: Path) -> None:
        kernel = start_bare(env={"TMPDIR": str(tmp_path)})
        wire = kernel.start()
        wire.execute('import { length } from "./typed"; import { double } from "esm-only"; length;')
        wire.execute("const n: number = 1;")
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        assert list(tmp_path.iterdir()) == []

    def test_it_writes_nothing_into_the_notebooks_folder(
        self, start_bare: StartBare, folder: Path
    ) -> None:
        kernel = start_bare()
        before = {place for place in folder.rglob("*") if "node_modules" not in place.parts}
        wire = kernel.start()
        wire.execute('import { outer } from "./outer"; outer;')
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        after = {place for place in folder.rglob("*") if "node_modules" not in place.parts}
        assert after == before
