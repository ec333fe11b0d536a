"""Cells that end their kernel, or fill its memory: what it says then, and that nothing of it is left behind."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest
from notebook import PATIENCE, Notebook, Ran, alive, all_end, comes_true

Start = Callable[..., Notebook]


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
