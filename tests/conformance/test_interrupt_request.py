"""Requests to interrupt: when they come, how many, and what they meet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from interrupts import interrupted
from notebook import Notebook

Start = Callable[..., Notebook]


class TestRequest:
    def test_control_answers_it(self, kernel: Notebook) -> None:
        request = kernel.start("console.log('started'); while (true) await null;")
        assert kernel.ask("interrupt_request", {}, "control")["content"] == {"status": "ok"}
        assert kernel.rest(request).status == "error"

    def test_an_idle_kernel_shrugs(self, kernel: Notebook) -> None:
        for _ in range(20):
            kernel.interrupt()
            assert kernel.goes_on()

    def test_one_that_comes_as_the_cell_ends_harms_nobody(self, kernel: Notebook) -> None:
        for turn in range(40):
            request = kernel.send(f"const ends = performance.now() + {turn % 8};"
                                  " while (performance.now() < ends); 6 * 7")
            kernel.until(request, lambda m: m["msg_type"] == "execute_input")
            kernel.interrupt()
            assert kernel.rest(request).status in ("ok", "error")
            assert kernel.goes_on()

    def test_a_loop_in_a_callback_after_the_cell_has_ended_is_ended(self, kernel: Notebook) -> None:
        request = kernel.send("setTimeout(() => { console.log('started'); for (;;); }, 20);")
        kernel.until_text(request, "started")
        kernel.interrupt()
        assert kernel.goes_on()

    def test_a_loop_in_a_callback_is_ended_though_the_next_cell_arrives_first(
        self, kernel: Notebook
    ) -> None:
        """Messages on two channels have no common order; their dates tell which was sent first."""
        request = kernel.send("setTimeout(() => { console.log('started'); for (;;); }, 20);")
        kernel.until_text(request, "started")
        interrupt = kernel.client.session.msg("interrupt_request", {})
        following = kernel.send("6 * 7")
        kernel.until(following, lambda m: m["msg_type"] == "execute_input")
        kernel.client.control_channel.send(interrupt)
        ran = kernel.rest(following)
        assert (ran.status, ran.result) == ("ok", "42")

    def test_what_it_leaves_behind_may_be_collected_at_once(self, kernel: Notebook) -> None:
        """Node 22's V8 ended the process when it collected the promise of a cell that was ended."""
        collects = """import { setFlagsFromString } from "node:v8"; import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
const collecting = setInterval(() => collect(), 1);"""
        kernel.out(collects)
        for _ in range(3):
            request = kernel.start("await null; console.log('started'); for (;;);")
            kernel.interrupt()
            assert kernel.rest(request).status == "error"
        assert kernel.goes_on()
        kernel.out("clearInterval(collecting);")

    def test_those_while_the_kernel_starts_leave_it_whole(
        self, start_kernel: Start
    ) -> None:
        """Half a second after the start the kernel loads what imports need."""
        for _ in range(3):
            kernel = start_kernel()
            kernel.run("0;")
            deadline = time.monotonic() + 1
            while time.monotonic() < deadline:
                kernel.interrupt()
                time.sleep(0.001)
            assert kernel.out("import { sep } from 'node:path'; console.log(sep);") == f"{os.sep}\n"

    def test_one_within_the_first_import_leaves_the_kernel_whole(
        self, start_kernel: Start, folder: Path
    ) -> None:
        (folder / "late.ts").write_text("export const late: number = 1;")
        imports = "import { late } from './late'; console.log(late);"
        for delay in range(0, 30, 3):
            kernel = start_kernel()
            request = kernel.send(imports, allow_stdin=False)
            kernel.until(request, lambda m: m["msg_type"] == "execute_input")
            time.sleep(delay / 1000)
            kernel.interrupt()
            kernel.wait(request)
            assert kernel.out(imports) == "1\n"

    def test_a_second_one_escalates(self, kernel: Notebook) -> None:
        code = (
            "console.log('started');\nwhile (true) { try { await new Promise(() => {}); }"
            " catch { try { for (;;) await null; } catch { for (;;); } } }"
        )
        request = kernel.start(code)
        kernel.interrupt()
        kernel.interrupt()
        assert kernel.rest(request).status == "error"
        assert kernel.goes_on()

    def test_many_at_once_are_one(self, kernel: Notebook) -> None:
        request = kernel.start("console.log('started'); while (true) await null;")
        for _ in range(30):
            kernel.interrupt()
        assert kernel.rest(request).status == "error"
        assert kernel.goes_on()

    def test_a_native_call_is_answered_for(self, kernel: Notebook) -> None:
        """The user is told at once; the call itself may take its time."""
        request = kernel.start(
            'import { execSync } from "node:child_process"; console.log("started"); execSync("sleep 4");'
        )
        ran = interrupted(kernel, "a synchronous child process", request)
        assert ran.content["ename"] == "InterruptedError"
        assert kernel.goes_on()
