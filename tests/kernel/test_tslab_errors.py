"""An error is published, answered, and readable: the learner's own line, none of the kernel's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cell_client import CellClient, Ran


def plain(ran: Ran) -> str:
    """The traceback without colours."""
    return re.sub(r"\x1b\[\d+m", "", ran.traceback)


def marked_line(ran: Ran) -> tuple[int, str, str]:
    """The number and text of the line that the traceback marks, and what the carets underline."""
    lines = plain(ran).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("> "))
    number, text = re.fullmatch(r"> +(\d+) \| (.*)", lines[at]).groups()
    carets = lines[at + 1].split("| ", 1)[1]
    start, end = carets.index("^"), carets.rindex("^") + 1
    return int(number), text, text[start:end]


FAILURES = {
    "throw": "throw new RangeError('made on purpose')",
    "rejection": "await Promise.reject(new RangeError('made on purpose'))",
    "type error": "const n: number = 'text';",
    "syntax error": "const = 1;",
    "no error": "throw 'text'",
    "nothing at all": "throw undefined",
}


@pytest.mark.parametrize("code", FAILURES.values(), ids=FAILURES.keys())
def test_every_failure_is_published_and_answered_alike(kernel: CellClient, code: str) -> None:
    ran = kernel.run(code)
    assert ran.status == "error"
    for key in ("ename", "evalue", "traceback"):
        assert ran.content[key] == ran.error[key]
    assert ran.error["ename"]
    assert all(isinstance(line, str) for line in ran.error["traceback"])
    assert ran.stdout == "" and ran.stderr == ""


def test_name_and_message_are_those_of_the_error(kernel: CellClient) -> None:
    code = "class Bad extends Error { name = 'BadInput' }\nthrow new Bad('the message')"
    error = kernel.run(code).error
    assert (error["ename"], error["evalue"]) == ("BadInput", "the message")


class TestTypeErrors:
    def test_the_place_is_marked(self, kernel: CellClient) -> None:
        ran = kernel.run("const a = 1;\n\nconst text: string = a;\nconst b = 2;")
        assert ran.error["ename"] == "TypeScriptError"
        message = "Type 'number' is not assignable to type 'string'."
        assert ran.error["evalue"] == f"TS2322 (line 3): {message}"
        assert "(TS2322)" in plain(ran)
        assert marked_line(ran) == (3, "const text: string = a;", "text")

    def test_the_whole_place_is_underlined(self, kernel: CellClient) -> None:
        ran = kernel.run("Math.maximum(1)")
        assert marked_line(ran) == (1, "Math.maximum(1)", "maximum")

    def test_a_chain_of_reasons_is_one_error(self, kernel: CellClient) -> None:
        text = plain(kernel.run("const f: (n: number) => string = (n: string) => n;"))
        assert "Types of parameters" in text
        assert text.count("TypeScriptError:") == 1

    def test_a_syntax_error_is_named_so(self, kernel: CellClient) -> None:
        ran = kernel.run("const a = 1;\nconst b = (1 + ;")
        assert ran.error["ename"] == "SyntaxError"
        assert marked_line(ran)[0] == 2

    def test_a_cell_that_ends_too_early(self, kernel: CellClient) -> None:
        assert "at its end" in plain(kernel.run("function f() {\n  if (true) {\n"))

    def test_a_failed_cell_declares_nothing(self, kernel: CellClient) -> None:
        kernel.run("const undeclared = 1; const bad: string = 1;")
        assert kernel.run("undeclared").error["ename"] == "TypeScriptError"


# Each cell fails in the line that ends with "// here".
RUNTIME_ERRORS = {
    "top level": """
        const a = 1;

        (null as any).x; // here
        """,
    "function": """
        interface A {
          x: number;
        }
        function f(a?: A) {
          return a!.x; // here
        }
        f();
        """,
    "after await": """
        await null;

        const a = 1;
        throw new Error("x"); // here
        """,
    "arrow": """
        [1].map(
          (n) => {
            throw new Error("x"); // here
          });
        """,
    "class": """
        class A {
          private x?: string[];

          go() {
            return this.x!.length; // here
          }
        }
        new A().go();
        """,
    "with imports": """
        import * as fs from "fs";
        import { join } from "path";

        fs.readFileSync(join("/", "none")); // here
        """,
    "enum": """
        enum E {
          A,
          B,
        }
        type T = number;
        throw new Error(E[0]); // here
        """,
    "last expression": """
        /** A comment
         * of lines */
        const g = () => { throw new Error("x") }; // here
        g()
        """,
    "first line": "throw new Error('x'); // here",
    "first line, awaiting": "await null; throw new Error('x'); // here",
}


@pytest.mark.parametrize("code", RUNTIME_ERRORS.values(), ids=RUNTIME_ERRORS.keys())
def test_the_line_of_a_runtime_error(kernel: CellClient, code: str) -> None:
    lines = code.split("\n")
    number, text, _ = marked_line(kernel.run(code))
    assert text.endswith("// here")
    assert lines[number - 1] == text


def test_the_column_of_a_runtime_error(kernel: CellClient) -> None:
    text = plain(kernel.run("await null; const far = 1; throw new Error('x');"))
    line, carets = text.split("\n")[3:5]
    assert line.index("new Error") == carets.index("^")


class TestTracebacks:
    def test_a_function_of_an_earlier_cell_is_shown_there(self, kernel: CellClient) -> None:
        made = kernel.run("function half(words?: string[]) {\n  return words!.length / 2;\n}")
        ran = kernel.run("\nhalf(undefined);")
        where = f"cell [{made.content['execution_count']}], line 2"
        called = f"cell [{ran.content['execution_count']}], line 2"
        assert marked_line(ran)[1] == "  return words!.length / 2;"
        assert f"    at half ({where})\n    at {called}" in plain(ran)

    def test_a_cell_without_a_number_is_told_from_the_running_one(self, kernel: CellClient) -> None:
        kernel.run("function broken() {\n  throw new Error('x');\n}", store_history=False)
        text = plain(kernel.run("broken();", store_history=False))
        assert "at broken (an earlier cell, line 2)\n    at this cell, line 1" in text

    @pytest.mark.parametrize(
        "code",
        ["JSON.parse('{')", "await (async () => { await null; JSON.parse('{') })()"],
    )
    def test_nothing_of_the_kernel_shows(self, kernel: CellClient, code: str) -> None:
        text = plain(kernel.run(code))
        for foreign in ("node:", "evalmachine", "headroom", "tslab", ".cjs", "Proxy"):
            assert foreign not in text

    def test_a_logged_error_has_the_same_lines(self, kernel: CellClient) -> None:
        ran = kernel.run("\n\nconsole.log(new Error('logged'))")
        assert ran.stdout == f"Error: logged\n    at cell [{ran.content['execution_count']}]:3:13\n"

    def test_a_library_is_one_line(self, kernel: CellClient) -> None:
        ran = kernel.run('import * as semver from "semver";\nsemver.minVersion("no range");')
        assert marked_line(ran)[0] == 2
        assert plain(ran).count("inside semver") == 1
        assert "node_modules" not in plain(ran)

    def test_recursion_is_drawn_together(self, kernel: CellClient) -> None:
        code = "function deeper(n: number): number {\n  return deeper(n + 1);\n}\ndeeper(0);"
        text = plain(kernel.run(code))
        assert text.count("at deeper") == 1
        assert len(text.split("\n")) < 12

    def test_a_cause_is_told(self, kernel: CellClient) -> None:
        text = plain(kernel.run("throw new Error('outer', { cause: new TypeError('inner') })"))
        assert "Caused by TypeError: inner" in text

    def test_a_local_file_is_shown_with_its_line(
        self, start_kernel: Callable[..., CellClient], tmp_path: Path
    ) -> None:
        helper = "type A = { x: number };\n\nexport function read(a?: A) {\n  return a!.x;\n}\n"
        (tmp_path / "helper.ts").write_text(helper)
        ran = start_kernel(cwd=str(tmp_path)).run('import { read } from "./helper";\nread();')
        assert marked_line(ran)[:2] == (4, "  return a!.x;")
        assert "\nhelper.ts, line 4\n" in plain(ran)

    def test_a_module_of_a_cell_is_shown_with_its_line(self, kernel: CellClient) -> None:
        function = "export function read(a?: { x: number }) {\n  return a!.x;\n}"
        kernel.run(f"/** @module reading */\n{function}")
        ran = kernel.run('import { read } from "./reading";\nread();')
        assert marked_line(ran)[:2] == (3, "  return a!.x;")
        assert "\nmodule reading, line 3\n" in plain(ran)


class TestUnawaited:
    def test_a_late_throw_is_told_under_its_cell(self, kernel: CellClient) -> None:
        sent = kernel.send("setTimeout(() => {\n  throw new Error('much later');\n}, 300);")
        assert kernel.wait(sent).status == "ok"
        assert kernel.run("1").stderr == ""
        [message] = kernel.late(sent, 1.5)
        assert message["content"]["name"] == "stderr"
        assert "Error: much later" in message["content"]["text"]
        assert "> 2 |   throw new Error('much later');" in message["content"]["text"]
        assert "\x1b" not in message["content"]["text"]

    def test_a_rejection_that_nothing_awaits_is_told(self, kernel: CellClient) -> None:
        ran = kernel.run("async function fail() {\n  throw new Error('unheard');\n}\nvoid fail();")
        assert ran.status == "ok"
        assert "Unhandled rejection" in ran.stderr
        assert "Error: unheard" in ran.stderr
        assert kernel.run("1").result == "1"
