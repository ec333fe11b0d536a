"""The value of a cell's last expression."""

from __future__ import annotations

import pytest
from notebook import Notebook

# The value of the last expression: None for no result.
RESULTS: dict[str, tuple[str, str | None]] = {
    "of an expression": ("6 * 7", "42"),
    "of a string": ("'text'", "'text'"),
    "of an object literal in brackets": ("({ a: [1, 2] })", "{ a: [ 1, 2 ] }"),
    "of an array": ("[1, 2, 3]", "[ 1, 2, 3 ]"),
    "of an awaited expression": ("await Promise.resolve(3)", "3"),
    "of the last line of many": ("const a101 = 1;\n// why\na101 + 1 // two", "2"),
    "of an assignment": ("let a102; a102 = 5", "5"),
    "of null": ("null", "null"),
    "of a template": ("`a${1}`", "'a1'"),
    "of an arrow function": ("() => 1", "[Function (anonymous)]"),
    "of a multi-line chain": ("[3, 1, 2]\n  .sort()\n  .map((n) => n * 2)", "[ 2, 4, 6 ]"),
    "of a conditional": ("true ? 'yes' : 'no'", "'yes'"),
    "of an expression with a comment after it": ("5 /* five */", "5"),
    "of an expression that begins with a bracket": ("(1 + 1) * 2", "4"),
    "none for a trailing semicolon": ("5;", None),
    "none for a semicolon before a comment": ("5; // five", None),
    "none for undefined": ("undefined", None),
    "none for a call that returns nothing": ("[].forEach(() => 1)", None),
    "none for a declaration": ("const a103 = 1", None),
    "none for a function": ("function f104() { return 1 }", None),
    "none for a loop": ("for (const i of [1]) { i }", None),
    "none for a type": ("type T105 = number", None),
}


@pytest.mark.parametrize(("code", "result"), RESULTS.values(), ids=RESULTS.keys())
def test_result(kernel: Notebook, code: str, result: str | None) -> None:
    ran = kernel.run(code)
    assert ran.status == "ok", ran.content
    assert ran.result == result
    if result is not None:
        numbered = ran.of("execute_result")[0]["execution_count"]
        assert numbered == ran.content["execution_count"] == ran.of("execute_input")[0]["execution_count"]
        # Not also as text.
        assert ran.stdout == ""
    else:
        assert ran.of("execute_input") and not ran.of("error")


def test_the_last_result_is_called_underscore(kernel: Notebook) -> None:
    kernel.run("6 * 7")
    assert kernel.out("console.log(_)") == "42\n"
