"""The checker's process: one that is late, dies, is busy, and has seen much."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from checker import checkers, refused
from notebook import Notebook, comes_true
from wire import BareKernel, cell

StartBare = Callable[..., BareKernel]


@pytest.mark.ours
class TestChecker:
    @pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process")
    def test_the_kernel_starts_while_it_does_not_answer(self, start_bare: StartBare) -> None:
        kernel = start_bare()
        kernel.process = process = psutil.Popen(
            kernel.argv, cwd=str(kernel.folder), env=kernel.env, stdin=subprocess.DEVNULL
        )
        # Without a pause: it must be stopped before it is ready.
        while not (found := checkers(process)):
            assert process.poll() is None
        [checker] = found
        checker.suspend()
        wire = kernel.connect()
        assert wire.ask("shell", "kernel_info_request", {}).content["status"] == "ok"
        assert wire.execute("// @check off\nconst known90: number = 90;").content["status"] == "ok"
        request = wire.send("shell", "execute_request", cell("known90.toUpperCase();"))
        wire.ask("control", "kernel_info_request", {})
        assert wire.is_quiet("shell")
        checker.resume()
        reply = wire.reply("shell", request).content
        assert (reply["status"], reply["ename"]) == ("error", "TypeScriptError")

    def test_a_kernel_that_cannot_start_leaves_nothing_of_it(
        self, start_bare: StartBare, tmp_path: Path
    ) -> None:
        first = start_bare()
        first.start()
        second = start_bare(env={"TMPDIR": str(tmp_path)})
        second.file.write_text(json.dumps(first.connection))
        done = subprocess.run(
            second.argv, cwd=second.folder, env=second.env, capture_output=True, text=True, timeout=20
        )
        assert done.returncode != 0
        assert "address" in done.stderr.lower()
        assert list(tmp_path.iterdir()) == []

    def test_its_death_does_not_take_the_kernel_with_it(self, kernel: Notebook) -> None:
        kernel.run("const known91: number = 91;")
        refused(kernel.run("known91.toUpperCase();"))
        for checker in checkers(kernel.process):
            checker.kill()
        assert kernel.out("console.log(known91)") == "91\n"

    def test_it_is_restarted_and_knows_earlier_cells(self, kernel: Notebook) -> None:
        kernel.run("class Known92 { value = 92 }\nlet open92: Known92 = new Known92();")
        assert comes_true(lambda: kernel.run("open92.nothing;").status == "error")
        [old] = checkers(kernel.process)
        old.kill()
        # Until it is back, cells run unchecked.
        assert comes_true(lambda: kernel.run("new Known92().nothing;").status == "error")
        refused(kernel.run("open92 = 'text';"), 2322)
        assert kernel.out("console.log(open92.value)") == "92\n"
        [new] = checkers(kernel.process)
        assert new.pid != old.pid

    def test_it_survives_being_killed_again_and_again(self, kernel: Notebook) -> None:
        kernel.run("const known93: number = 93;")
        for _ in range(3):
            assert comes_true(lambda: kernel.run("known93.toUpperCase();").status == "error")
            for checker in checkers(kernel.process):
                checker.kill()
        assert comes_true(lambda: kernel.run("known93.toUpperCase();").status == "error")

    def test_a_cell_whose_types_take_forever_is_interrupted(self, kernel: Notebook) -> None:
        assert comes_true(lambda: kernel.run("const m94: string = 94;").status == "error")
        # TypeScript itself takes minutes for this.
        request = kernel.send("const a94 = " + "[" * 300 + "]" * 300 + ";\nconsole.log('ran');")
        kernel.until(request, lambda m: m["msg_type"] == "execute_input")
        kernel.interrupt()
        ran = kernel.rest(request)
        assert (ran.status, ran.stdout) == ("error", "")
        assert ran.content["ename"] == "InterruptedError"
        assert kernel.out("// @check off\nconsole.log('next')") == "next\n"
        assert comes_true(lambda: kernel.run("const n94: string = 94;").status == "error")

    def test_checking_stays_right_over_a_hundred_declaring_cells(self, kernel: Notebook) -> None:
        for n in range(100):
            given = "string = 't'" if n % 2 else f"number = {n}"
            kernel.run(f"const many95_{n}: {given};")
        for n in (0, 1, 50, 63, 64, 65, 99):
            wrong = "toFixed" if n % 2 else "toUpperCase"
            refused(kernel.run(f"many95_{n}.{wrong}();"))
        assert kernel.out("console.log(many95_99, many95_98)") == "t 98\n"
