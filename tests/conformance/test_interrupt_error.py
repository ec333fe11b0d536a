"""What is said about an interrupted cell: its error, and its output up to then."""

from __future__ import annotations

from interrupts import interrupted
from notebook import Notebook, Ran


class TestError:
    def test_it_is_called_an_interrupt_and_shows_the_line(self, kernel: Notebook) -> None:
        request = kernel.start("console.log('started');\n\nawait new Promise(() => {});")
        ran = interrupted(kernel, "a promise that never settles", request)
        assert ran.error["ename"] == "InterruptedError"
        assert "await new Promise(() => {});" in ran.traceback
        assert "node:internal" not in ran.traceback

    def test_finally_runs_where_the_cell_awaits(self, kernel: Notebook) -> None:
        request = kernel.start(
            "try { console.log('started'); await new Promise(() => {}); }"
            " finally { console.log('tidied'); }"
        )
        assert "tidied" in interrupted(kernel, "a promise that never settles", request).stdout

    def test_it_cannot_be_swallowed(self, kernel: Notebook) -> None:
        request = kernel.start(
            "try { console.log('started'); while (true) await null; } catch {}\n"
            "console.log('went on'); while (true) {}"
        )
        interrupted(kernel, "a loop that awaits null", request)
        assert kernel.goes_on()

    def test_output_up_to_it_is_complete(self, kernel: Notebook) -> None:
        code = (
            "for (let i = 0; i < 5000; i++) console.log(`line ${i}`);\n"
            "console.log('started'); while (true) {}"
        )
        request = kernel.send(code)
        found = kernel.until_text(request, "started")
        ran = interrupted(kernel, "a loop that never awaits", request)
        written = Ran(ran.reply, [*found, *ran.messages]).stdout
        assert written == "".join(f"line {i}\n" for i in range(5000)) + "started\n"
