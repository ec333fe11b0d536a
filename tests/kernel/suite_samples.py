"""What Jupyter's public conformance suite asks of any kernel of TypeScript."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch


class SuiteSamples:
    """Stands before `jupyter_kernel_test.KernelTests` among a test's base classes."""

    kc: Any
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world");'
    code_stderr = 'console.error("oops");'
    code_generate_error = 'throw new Error("made on purpose");'
    code_inspect_sample = "parseInt"

    completion_samples = [
        {"text": "JSON.", "matches": {"parse", "stringify"}},
        {"text": "Number.isSafeI", "matches": {"isSafeInteger"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "const a = [1, 2];",
        "function f() {\n  return 1;\n}",
        "await (async () => 1)()",
        "(<number>(1 as unknown))",
        "",
    ]
    incomplete_code_samples = [
        "function f() {",
        "const a = [1,",
        "f(",
        "1 +",
        "const text = `first",
        "/* a comment",
        "class A {\n  m() {",
    ]
    invalid_code_samples = ["const = 1;", "x y", "}", "'open"]

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"text"', "result": "'text'"},
        {"code": "({ a: [1, 2] })", "result": "{ a: [ 1, 2 ] }"},
        {"code": "await Promise.resolve(3)", "result": "3"},
    ]

    def execute_helper(self, *args: Any, **options: Any) -> Any:
        """The suite gives each message a tenth of a second, too little for a busy machine."""
        get_msg = self.kc.iopub_channel.get_msg

        def get_patiently(timeout: float) -> Any:
            return get_msg(timeout=max(timeout, 10))

        with patch.object(self.kc.iopub_channel, "get_msg", get_patiently):
            return super().execute_helper(*args, **options)
