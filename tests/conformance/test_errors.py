"""An error is published, answered and readable: the cell's own line, none of the kernel's."""

from __future__ import annotations

import re

import pytest
from notebook import Notebook, Ran

FAILURES = {
    "a throw": "throw new RangeError('made on purpose')",
    "a rejection": "await Promise.reject(new RangeError('made on purpose'))",
    "a type error": "const n: number = 'text';",
    "a syntax error": "const = 1;",
    "a thrown text": "throw 'text'",
    "a thrown undefined": "throw undefined",
    "a thrown object": "throw { code: 1 }",
    "a thrown null": "throw null",
    "an error without a message": "throw new Error()",
    "an aggregate": "await Promise.any([Promise.reject(1)])",
    "an error that resists": (
        "throw new Proxy(new Error('x'), { get() { throw new Error('trap'); } })"
    ),
    "a stack that is no text": "const e = new Error('x'); (e as any).stack = 5; throw e",
    "too deep a recursion": "function deeper1(): any { return deeper1(); }\ndeeper1()",
    "a failing import": "await import('no-such-package-at-all')",
    "an error of another realm": "require('node:vm').runInNewContext('throw new TypeError(\"far\")')",
}


@pytest.mark.parametrize("code", FAILURES.values(), ids=FAILURES.keys())
def test_published_and_answered(kernel: Notebook, code: str) -> None:
    ran = kernel.run(code)
    assert ran.status == "error"
    for key in ("ename", "evalue", "traceback"):
        assert ran.content[key] == ran.error[key]
    assert isinstance(ran.error["ename"], str) and ran.error["ename"]
    assert isinstance(ran.error["evalue"], str)
    assert ran.error["traceback"]
    assert all(isinstance(line, str) for line in ran.error["traceback"])
    assert isinstance(ran.content["execution_count"], int)
    assert kernel.goes_on()


def test_name_and_message_are_those_of_the_error(kernel: Notebook) -> None:
    code = "class Bad extends Error { name = 'BadInput' }\nthrow new Bad('the message')"
    error = kernel.run(code).error
    assert (error["ename"], error["evalue"]) == ("BadInput", "the message")


def test_a_syntax_error_is_named_so_and_marked(kernel: Notebook) -> None:
    ran = kernel.run("const a = 1;\nconst b = (1 + ;")
    assert ran.error["ename"] == "SyntaxError"
    assert "const b = (1 + ;" in ran.traceback
    assert "^" in ran.traceback


def test_nothing_of_a_cell_with_a_syntax_error_runs(kernel: Notebook) -> None:
    ran = kernel.run("console.log('ran');\nconst b = (1 + ;")
    assert ran.status == "error"
    assert ran.stdout == ""


# Each cell fails in the line that ends with "// here".
LINES = {
    "top level": "\nconst a = 1;\n\n(null as any).x; // here",
    "a function": (
        "interface A {\n  x: number;\n}\nfunction f(a?: A) {\n  return a!.x; // here\n}\nf();"
    ),
    "after an await": "await null;\n\nconst a = 1;\nthrow new Error('x'); // here",
    "an arrow of several lines": (
        "[1].map(\n  (n) => {\n    throw new Error('x'); // here\n  });"
    ),
    "a method": (
        "class B {\n  private x?: string[];\n\n  go() {\n    return this.x!.length; // here\n  }\n}\n"
        "new B().go();"
    ),
    "below imports": (
        'import * as fs from "node:fs";\nimport { join } from "node:path";\n\n'
        'fs.readFileSync(join("/", "none")); // here'
    ),
    "below an enum and a type": (
        "enum E {\n  A,\n  B,\n}\ntype T = number;\nthrow new Error(E[0]); // here"
    ),
    "below a namespace": (
        "namespace N {\n  export const a = 1;\n  export const b = 2;\n}\nthrow new Error('x'); // here"
    ),
    "inside an enum's neighbour on the same line": (
        "\nenum C { A }; throw new Error('x'); // here"
    ),
    "a class with parameter properties": (
        "class D {\n  constructor(\n    readonly a: number,\n    private b = 2,\n  ) {\n"
        "    throw new Error('x'); // here\n  }\n}\nnew D(1);"
    ),
    "the last expression": (
        "/** A comment\n * of lines */\nconst g = () => { throw new Error('x') }; // here\ng()"
    ),
    "the first line": "throw new Error('x'); // here",
    "a generator": "function* gen() {\n  yield 1;\n  throw new Error('x'); // here\n}\n[...gen()];",
    "a template": "const t = `a\nb ${1}\nc`;\nthrow new Error(t); // here",
}


@pytest.mark.parametrize("code", LINES.values(), ids=LINES.keys())
def test_the_line_is_shown(kernel: Notebook, code: str) -> None:
    ran = kernel.run(code)
    assert ran.status == "error"
    number, text = marked_line(ran)
    assert text.endswith("// here")
    assert code.split("\n")[number - 1] == text


def marked_line(ran: Ran) -> tuple[int, str]:
    """The line that the traceback marks by a caret below it: its number and its text."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", ran.traceback).split("\n")
    at = next(i for i, line in enumerate(lines) if re.fullmatch(r"[\s|]*\^+\s*", line))
    found = re.fullmatch(r">? *(\d+) \| (.*)", lines[at - 1])
    assert found, f"no line above the caret: {lines}"
    return int(found[1]), found[2]


class TestTraceback:
    def test_the_caret_stands_at_the_column(self, kernel: Notebook) -> None:
        ran = kernel.run("await null; const far = 1; throw new Error('x');")
        lines = ran.traceback.split("\n")
        at = next(i for i, line in enumerate(lines) if re.fullmatch(r"[\s|]*\^+\s*", line))
        assert lines[at - 1].index("new Error") == lines[at].index("^")

    def test_nothing_of_the_kernel_shows(self, kernel: Notebook) -> None:
        for code in (
            "JSON.parse('{')",
            "await (async () => { await null; JSON.parse('{') })()",
            "setTimeout; await new Promise((_, no) => setTimeout(() => no(new Error('x')), 5))",
        ):
            text = kernel.run(code).traceback
            for foreign in ("node:internal", "node:inspector", "evaluator", "kernel/dist", "__kernel"):
                assert foreign not in text

    def test_a_function_of_an_earlier_cell_is_shown_there(self, kernel: Notebook) -> None:
        made = kernel.run("function half(words?: string[]) {\n  return words!.length / 2;\n}")
        ran = kernel.run("\nhalf(undefined);")
        assert marked_line(ran) == (2, "  return words!.length / 2;")
        assert str(made.content["execution_count"]) in ran.traceback
        assert str(ran.content["execution_count"]) in ran.traceback

    def test_a_redeclared_function_is_shown_as_it_was(self, kernel: Notebook) -> None:
        kernel.run("function old() {\n  throw new Error('first'); // old\n}\nconst kept = old;")
        kernel.run("function old() {\n\n\n}")
        assert marked_line(kernel.run("kept();")) == (2, "  throw new Error('first'); // old")

    def test_a_cause_is_told(self, kernel: Notebook) -> None:
        ran = kernel.run("throw new Error('outer', { cause: new TypeError('inner reason') })")
        assert "inner reason" in ran.traceback

    def test_own_properties_are_told(self, kernel: Notebook) -> None:
        ran = kernel.run("throw Object.assign(new Error('x'), { code: 'E_SPECIAL' })")
        assert "E_SPECIAL" in ran.traceback

    def test_all_errors_of_an_aggregate_are_told(self, kernel: Notebook) -> None:
        ran = kernel.run("throw new AggregateError([new Error('one a'), new Error('two b')], 'both')")
        for text in ("both", "one a", "two b"):
            assert text in ran.traceback

    def test_recursion_is_not_a_wall_of_text(self, kernel: Notebook) -> None:
        ran = kernel.run("function deep(n: number): number {\n  return deep(n + 1);\n}\ndeep(0);")
        assert ran.error["ename"] == "RangeError"
        assert len(ran.traceback.split("\n")) < 40

    def test_it_carries_no_colours(self, kernel: Notebook) -> None:
        assert "\x1b" not in kernel.run("throw new Error('x')").traceback


class TestQueue:
    def test_cells_in_the_queue_are_aborted(self, kernel: Notebook) -> None:
        before = kernel.count()
        # Fails when all have been sent: what is sent after the reply runs.
        fails = "await new Promise((go) => setTimeout(go, 500)); throw 1"
        asked = [kernel.send(fails), *(kernel.send("console.log('ran')") for _ in "ab")]
        ran = kernel.wait_all(asked)
        assert [ran[a].status for a in asked] == ["error", "aborted", "aborted"]
        assert all(ran[a].stdout == "" for a in asked)
        assert all(isinstance(ran[a].content["execution_count"], int) for a in asked[1:])
        assert kernel.count() == before + 1

    def test_none_is_aborted_without_stop_on_error(self, kernel: Notebook) -> None:
        asked = [
            kernel.send("await null; throw 1", stop_on_error=False),
            kernel.send("console.log('ran')"),
        ]
        ran = kernel.wait_all(asked)
        assert [ran[a].status for a in asked] == ["error", "ok"]
        assert ran[asked[1]].stdout == "ran\n"

    def test_a_cell_sent_right_after_the_reply_runs(self, kernel: Notebook) -> None:
        for n in range(10):
            failed = kernel.send("throw new Error('now')")
            assert kernel.reply(failed)["content"]["status"] == "error"
            # Not after idle: the reply is all that a notebook's runner waits for.
            assert kernel.out(f"console.log({n})") == f"{n}\n"

    def test_questions_in_the_queue_are_answered(self, kernel: Notebook) -> None:
        failing = kernel.send("await null; throw 1")
        asked = kernel.post("is_complete_request", {"code": "1"})
        assert kernel.reply(asked)["content"]["status"] == "complete"
        assert kernel.wait(failing).status == "error"


class TestUnawaited:
    def test_a_late_throw_is_told_under_its_cell_and_survived(self, kernel: Notebook) -> None:
        kernel.run("let throwNow = () => {};\nconst thrown = new Promise<void>((r) => throwNow = r);")
        sent = kernel.send("thrown.then(() => setTimeout(() => {\n  throw new Error('much later');\n}));")
        assert kernel.wait(sent).status == "ok"
        second = kernel.send("throwNow(); await new Promise((r) => setTimeout(r, 100)); 0;")
        [*_, message] = kernel.until_text(sent, "much later")
        assert message["content"]["name"] == "stderr"
        assert "throw new Error('much later');" in message["content"]["text"]
        assert kernel.reply(second)["content"]["status"] == "ok"
        assert kernel.goes_on()

    def test_a_rejection_that_nobody_handles_is_told_and_survived(self, kernel: Notebook) -> None:
        code = "async function fail() {\n  throw new Error('unheard');\n}\nvoid fail();"
        sent = kernel.send(code)
        kernel.until_text(sent, "unheard")
        assert kernel.reply(sent)["content"]["status"] == "ok"
        assert kernel.goes_on()

    def test_a_rejection_that_is_handled_late_is_no_error(self, kernel: Notebook) -> None:
        code = (
            "const p = Promise.reject(new Error('caught'));\n"
            "await new Promise((r) => setTimeout(r, 20));\nawait p.catch(() => 'well')"
        )
        assert kernel.run(code).result == "'well'"

    def test_an_error_event_that_nobody_handles_is_survived(self, kernel: Notebook) -> None:
        code = (
            "import { EventEmitter } from 'node:events';\n"
            "setTimeout(() => new EventEmitter().emit('error', new Error('event')));"
        )
        kernel.until_text(kernel.send(code), "event")
        assert kernel.goes_on()


def test_a_logged_error_has_the_cells_lines(kernel: Notebook) -> None:
    ran = kernel.run("\n\nconsole.log(new Error('logged'))")
    assert "Error: logged" in ran.stdout
    assert ":3:13" in ran.stdout
    assert "node:internal" not in ran.stdout


def test_the_stack_of_an_error_names_the_cell(kernel: Notebook) -> None:
    ran = kernel.run("\nconsole.log(new Error('x').stack)")
    assert str(ran.content["execution_count"]) in ran.stdout.split("\n")[1]
    assert ":2:13" in ran.stdout


