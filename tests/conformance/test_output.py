"""What a cell writes: all of it, in order, under its own cell, before idle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from notebook import Notebook

Say = Callable[..., str]
Start = Callable[..., Notebook]


def numbered(count: int) -> str:
    return "".join(f"line {i}\n" for i in range(count))


class TestFlood:
    def test_20_000_lines_of_a_loop_arrive_before_idle(self, kernel: Notebook) -> None:
        ran = kernel.run("for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);")
        assert ran.stdout == numbered(20_000)
        assert ran.messages[-1]["content"] == {"execution_state": "idle"}

    def test_20_000_lines_of_an_awaiting_loop_arrive_before_idle(self, kernel: Notebook) -> None:
        code = "for (let i = 0; i < 20_000; i++) { console.log(`line ${i}`); await null; }"
        ran = kernel.run(code)
        assert ran.stdout == numbered(20_000)
        assert ran.messages[-1]["content"] == {"execution_state": "idle"}

    def test_900_lines_arrive_in_each_of_ten_cells(self, kernel: Notebook) -> None:
        code = "for (let i = 0; i < 900; i++) console.log(`line ${i}`);"
        asked = [kernel.send(code) for _ in range(10)]
        ran = kernel.wait_all(asked)
        assert all(ran[a].stdout == numbered(900) for a in asked)

    @pytest.mark.slow
    def test_50_megabytes_arrive_before_idle(self, kernel: Notebook) -> None:
        code = "const line = 'x'.repeat(999); for (let i = 0; i < 50_000; i++) console.log(line);"
        ran = kernel.run(code, timeout=120)
        assert len(ran.stdout) == 50_000_000
        assert set(ran.stdout) == {"x", "\n"}

    def test_50_megabytes_in_one_line_arrive(self, kernel: Notebook) -> None:
        ran = kernel.run("process.stdout.write('y'.repeat(50_000_000) + 'end');", timeout=120)
        assert len(ran.stdout) == 50_000_003
        assert ran.stdout.endswith("yend")

    def test_the_memory_of_a_flood_is_given_back(self, kernel: Notebook) -> None:
        code = "for (let i = 0; i < 10_000; i++) console.log('x'.repeat(999));"
        for _ in range(3):
            kernel.run(code, timeout=60)
        before = kernel.memory()
        for _ in range(5):
            kernel.run(code, timeout=60)
        assert kernel.memory() - before < 150_000_000

    def test_small_writes_are_sent_together(self, kernel: Notebook) -> None:
        ran = kernel.run("for (let i = 0; i < 20_000; i++) process.stdout.write('.');")
        assert ran.stdout == "." * 20_000
        assert len(ran.messages) < 200


class TestOrder:
    def test_displays_keep_their_place_among_lines(self, kernel: Notebook, say: Say) -> None:
        setup, *rest = say("html", "@").split("\n")
        code = f"{setup}\nfor (let i = 0; i < 300; i++) {{ console.log(i); {' '.join(rest)} }}"
        seen = []
        for message in kernel.run(code.replace('"@"', "`<b>${i}</b>`")).messages:
            content = message["content"]
            if message["msg_type"] == "stream":
                seen += content["text"].split()
            if message["msg_type"] == "display_data":
                seen.append(content["data"]["text/html"])
        assert seen == [text for i in range(300) for text in (str(i), f"<b>{i}</b>")]

    def test_the_two_streams_keep_apart_and_in_order(self, kernel: Notebook) -> None:
        ran = kernel.run("for (let i = 0; i < 200; i++) { console.log(i); console.error(i + 0.5); }")
        assert ran.stdout == "".join(f"{i}\n" for i in range(200))
        assert ran.stderr == "".join(f"{i}.5\n" for i in range(200))
        first, second = [m["content"]["name"] for m in ran.messages if m["msg_type"] == "stream"][:2]
        assert (first, second) == ("stdout", "stderr")

    def test_the_result_comes_after_the_output(self, kernel: Notebook) -> None:
        kinds = kernel.run("console.log('before'); 5").kinds
        assert kinds.index("stream") < kinds.index("execute_result") < len(kinds) - 1

    def test_the_error_comes_after_the_output(self, kernel: Notebook) -> None:
        kinds = kernel.run("console.log('before'); throw 5").kinds
        assert kinds.index("stream") < kinds.index("error") < len(kinds) - 1

    def test_a_loop_that_never_awaits_is_heard_while_it_runs(self, kernel: Notebook) -> None:
        code = "console.log('started'); const end = Date.now() + 2000; while (Date.now() < end);"
        request = kernel.start(code)
        # What came so far came before the reply: the cell still computes.
        running = kernel.post("kernel_info_request", {}, "control")
        kernel.control_reply(running)
        assert request not in kernel.early_replies
        assert not kernel.client.shell_channel.msg_ready()
        kernel.rest(request)


class TestLate:
    def test_output_after_idle_goes_to_the_cell_that_started_it(self, kernel: Notebook) -> None:
        kernel.run("let go = () => {};\nconst gate = new Promise<void>((r) => go = r);")
        first = kernel.send("gate.then(() => console.log('late text'));")
        assert kernel.wait(first).stdout == ""
        second = kernel.send("go(); await new Promise((r) => setTimeout(r, 50)); console.log('own');")
        kernel.until_text(first, "late text")
        assert kernel.wait(kernel.send("1")).status == "ok"
        assert kernel.reply(second)["content"]["status"] == "ok"

    def test_the_running_cell_does_not_get_it(self, kernel: Notebook) -> None:
        kernel.run("setTimeout(() => console.log('stray'), 60); 0;")
        ran = kernel.run("await new Promise((r) => setTimeout(r, 200)); console.log('own');")
        assert ran.stdout == "own\n"

    def test_output_of_an_interval_stays_with_its_cell(self, kernel: Notebook) -> None:
        first = kernel.send("let left = 3; const timer = setInterval(() => { console.log('tick', left);"
                            " if (--left === 0) clearInterval(timer); }, 30);")
        kernel.until_text(first, "tick 1")
        assert kernel.run("console.log('own')").stdout == "own\n"

    def test_it_comes_while_the_kernel_is_idle(self, kernel: Notebook) -> None:
        request = kernel.send("setTimeout(() => console.log('after idle'), 100);")
        seen = [*kernel.until(request, lambda m: m["content"].get("execution_state") == "idle")]
        assert "stream" not in [message["msg_type"] for message in seen]
        kernel.until_text(request, "after idle")

    def test_a_late_display_goes_to_its_cell(self, kernel: Notebook, say: Say) -> None:
        setup, *rest = say("html", "<b>late</b>").split("\n")
        first = kernel.send(f"{setup}\nsetTimeout(async () => {{ {' '.join(rest)} }}, 80);")
        second = kernel.send("await new Promise((r) => setTimeout(r, 250)); 0;")
        kernel.until(first, lambda m: m["msg_type"] == "display_data")
        kernel.rest(second)


class TestConsole:
    CALLS: dict[str, tuple[str, str]] = {
        "log formats": ("console.log('%s is %d and %o', 'a', 5, [1])", "a is 5 and [ 1, [length]: 1 ]\n"),
        "log shows objects": ("console.log({ a: 1, b: [2, { c: 3 }] })", "{ a: 1, b: [ 2, { c: 3 } ] }\n"),
        "info and debug": ("console.info('i'); console.debug('d')", "i\nd\n"),
        "group indents": (
            "console.group('g'); console.log('in'); console.group(); console.log('deeper');"
            " console.groupEnd(); console.groupEnd(); console.log('out')",
            "g\n  in\n    deeper\nout\n",
        ),
        "count and countReset": (
            "console.count('c'); console.count('c'); console.countReset('c'); console.count('c')",
            "c: 1\nc: 2\nc: 1\n",
        ),
        "dir": ("console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 })", "{ a: [Object] }\n"),
        "log of several lines": ("console.log('a\\nb')", "a\nb\n"),
        "log of nothing": ("console.log()", "\n"),
    }

    @pytest.mark.parametrize(("code", "written"), CALLS.values(), ids=CALLS.keys())
    def test_console(self, kernel: Notebook, code: str, written: str) -> None:
        assert kernel.out(code) == written

    def test_table_is_drawn(self, kernel: Notebook) -> None:
        written = kernel.out("console.table([{ name: 'Ada', age: 36 }])")
        for text in ("name", "age", "Ada", "36", "│"):
            assert text in written

    def test_time_is_told(self, kernel: Notebook) -> None:
        written = kernel.out("console.time('t'); console.timeLog('t', 'x'); console.timeEnd('t')")
        first, second = written.splitlines()
        assert first.startswith("t: ") and first.endswith(" x")
        assert second.startswith("t: ")

    def test_errors_and_warnings_go_to_stderr(self, kernel: Notebook) -> None:
        ran = kernel.run("console.error('e'); console.warn('w'); console.assert(false, 'a');")
        assert ran.stdout == ""
        assert ran.stderr.startswith("e\nw\nAssertion failed: a\n")

    def test_trace_shows_the_cell(self, kernel: Notebook) -> None:
        ran = kernel.run("\nfunction traced() {\n  console.trace('here');\n}\ntraced();")
        assert "Trace: here" in ran.stderr
        assert "traced" in ran.stderr
        assert ":3:" in ran.stderr
        assert "node:internal" not in ran.stderr

    def test_there_are_no_colours(self, kernel: Notebook) -> None:
        ran = kernel.run("console.log({ a: 1, b: 'x' }, null, Symbol('s')); ({ a: 1, b: 'x' })")
        assert "\x1b" not in ran.stdout
        assert "\x1b" not in str(ran.of("execute_result"))

    def test_a_groups_indent_does_not_leak_into_the_next_cell_after_an_error(
        self, kernel: Notebook
    ) -> None:
        kernel.run("console.group('open'); throw 1")
        kernel.run("console.groupEnd();")
        assert kernel.out("console.log('flush')") == "flush\n"


class TestProcess:
    def test_writes_to_process_streams_are_shown(self, kernel: Notebook) -> None:
        ran = kernel.run("process.stdout.write('out'); process.stderr.write('err');")
        assert (ran.stdout, ran.stderr) == ("out", "err")

    def test_a_character_may_be_split_over_writes(self, kernel: Notebook) -> None:
        code = "for (const byte of Buffer.from('é€😀')) process.stdout.write(Buffer.from([byte]));"
        assert kernel.out(code) == "é€😀"

    def test_a_write_calls_back(self, kernel: Notebook) -> None:
        code = "await new Promise<void>((r) => process.stdout.write('a', () => r())); console.log('b')"
        assert kernel.out(code) == "ab\n"

    def test_a_pipe_into_stdout_is_shown(self, kernel: Notebook) -> None:
        code = (
            "import { Readable } from 'node:stream'; import { once } from 'node:events';\n"
            "const piped = Readable.from(['a', 'b']); piped.pipe(process.stdout);\n"
            "await once(piped, 'end');"
        )
        assert kernel.out(code) == "ab"

    def test_writing_to_the_file_of_stdout_is_shown(self, kernel: Notebook) -> None:
        ran = kernel.run("import { writeSync } from 'node:fs'; writeSync(1, 'one'); writeSync(2, 'two');")
        assert (ran.stdout, ran.stderr) == ("one", "two")

    def test_a_child_that_inherits_the_streams_is_shown(self, kernel: Notebook) -> None:
        code = (
            "import { spawn, spawnSync, execSync } from 'node:child_process';\n"
            "spawnSync('echo', ['sync'], { stdio: 'inherit' });\n"
            "execSync('echo exec; echo wrong >&2', { stdio: 'inherit' });\n"
            "await new Promise((r) => spawn('echo', ['async'], { stdio: 'inherit' }).on('close', r));"
        )
        ran = kernel.run(code)
        assert ran.status == "ok", ran.content
        assert ran.stdout == "sync\nexec\nasync\n"
        assert ran.stderr == "wrong\n"

    def test_a_childs_own_output_is_the_cells_to_read(self, kernel: Notebook) -> None:
        code = (
            "import { execSync as run2, execFile } from 'node:child_process';\n"
            "console.log(String(run2('echo from a child')).trim());"
        )
        assert kernel.out(code) == "from a child\n"

    def test_a_process_warning_is_told_on_stderr(self, kernel: Notebook) -> None:
        ran = kernel.run("process.emitWarning('mind this'); await new Promise((r) => setTimeout(r, 50));")
        assert ran.status == "ok"
        assert ran.stdout == ""
