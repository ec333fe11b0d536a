"""Completion and inspection: types, documentation, positions; also while a cell computes."""

from __future__ import annotations

import time
from typing import Any

import pytest
from notebook import PATIENCE, Notebook

FACE = "😀"  # one code point, two of JavaScript's units


def replaced(code: str, answer: dict[str, Any]) -> str:
    """What of the code the matches replace."""
    return code[answer["cursor_start"] : answer["cursor_end"]]


def types_of(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is told about each match beside its text."""
    told = answer["metadata"]["_jupyter_types_experimental"]
    return {entry["text"]: entry for entry in told}


class TestCompletion:
    def test_members_of_a_global(self, kernel: Notebook) -> None:
        answer = kernel.complete("JSON.")
        assert answer["status"] == "ok"
        assert {"parse", "stringify"} <= set(answer["matches"])

    def test_what_begins_so(self, kernel: Notebook) -> None:
        answer = kernel.complete("Number.isSafeI")
        assert answer["matches"] == ["isSafeInteger"]
        assert replaced("Number.isSafeI", answer) == "isSafeI"

    def test_members_of_an_earlier_cells_value(self, kernel: Notebook) -> None:
        kernel.run("const config3 = { learningRate: 0.1, learningSteps: 5 };")
        assert set(kernel.complete("config3.learn")["matches"]) == {"learningRate", "learningSteps"}

    def test_names_of_earlier_cells(self, kernel: Notebook) -> None:
        kernel.run("const unmistakable4 = 1; function unmistakeable4() {} class Unmistak4 {}")
        assert {"unmistakable4", "unmistakeable4"} <= set(kernel.complete("unmistak")["matches"])

    def test_names_of_the_cell_itself(self, kernel: Notebook) -> None:
        code = "function f5(wholeParameter: number) { return wholeP"
        assert "wholeParameter" in kernel.complete(code)["matches"]

    def test_members_of_a_redeclared_name_are_the_new_ones(self, kernel: Notebook) -> None:
        kernel.run("const again6 = { before: 1 };")
        kernel.run("const again6 = { after: 1 };")
        assert kernel.complete("again6.")["matches"] == ["after"]

    def test_in_the_middle_of_code(self, kernel: Notebook) -> None:
        code = "const a = Math.ab(1);\nconst b = 2;"
        at = code.index("ab(") + 2
        answer = kernel.complete(code, at)
        assert "abs" in answer["matches"]
        assert replaced(code, answer) == "ab"

    def test_after_code_points_beyond_the_bmp(self, kernel: Notebook) -> None:
        code = f"const s8 = '{FACE * 20}'; s8.toUpperC"
        answer = kernel.complete(code)
        assert answer["matches"] == ["toUpperCase"]
        assert replaced(code, answer) == "toUpperC"

    def test_of_a_path_in_an_import(self, kernel: Notebook) -> None:
        assert any("typed" in match for match in kernel.complete('import { x } from "./typ')["matches"])

    def test_of_an_objects_keys(self, kernel: Notebook) -> None:
        kernel.run("interface Options9 { batchSize?: number; verbose?: boolean }\n"
                   "function fit9(options: Options9) { return options; }")
        assert "batchSize" in kernel.complete("fit9({ batch")["matches"]

    def test_of_literals(self, kernel: Notebook) -> None:
        kernel.run('function pick10(which: "north" | "south") { return which; }')
        matches = {match.strip("\"'") for match in kernel.complete('pick10("')["matches"]}
        assert {"north", "south"} <= matches

    def test_of_nothing_is_no_error(self, kernel: Notebook) -> None:
        for code in ("", "   ", "const x = (((", "'text", "@@@", "\ud83d"[:0]):
            answer = kernel.complete(code)
            assert answer["status"] == "ok"
            assert isinstance(answer["matches"], list)

    def test_with_a_cursor_beyond_the_code(self, kernel: Notebook) -> None:
        for cursor in (-5, 10_000, 0):
            assert kernel.complete("JSON.", cursor)["status"] == "ok"

    def test_tells_types(self, kernel: Notebook) -> None:
        told = types_of(kernel.complete("Math.ab"))["abs"]
        assert told["type"] in ("function", "method")
        assert "number" in told["signature"]

    def test_tells_documentation(self, kernel: Notebook) -> None:
        answer = kernel.complete("Math.ab")
        assert "absolute value" in str(answer["metadata"])

    def test_offers_an_import_of_an_installed_package(self, kernel: Notebook) -> None:
        code = "weighUniq"
        # The first question may come before a kernel has read what is installed.
        deadline = time.monotonic() + PATIENCE
        found: list[str] = []
        while not found and time.monotonic() < deadline:
            answer = kernel.complete(code)
            found = [match for match in answer["matches"] if "weighUniquely" in match]
        [match] = found
        told = str(answer["metadata"]) + match
        assert "documented" in told

    def test_changes_nothing(self, kernel: Notebook) -> None:
        before = kernel.count()
        kernel.complete("const sneaky13 = 1; sneaky13.")
        ran = kernel.run("console.log(typeof sneaky13)")
        assert ran.status == "error" or ran.stdout == "undefined\n"
        assert kernel.count() in (before, before + 1)


class TestInspection:
    def text(self, answer: dict[str, Any]) -> str:
        assert answer["status"] == "ok"
        assert answer["found"] is True
        return answer["data"]["text/plain"] + answer["data"].get("text/markdown", "")

    def test_of_a_global(self, kernel: Notebook) -> None:
        text = self.text(kernel.inspect("parseInt"))
        assert "parseInt(string: string" in text
        assert "Converts a string to an integer" in text

    def test_of_an_earlier_cells_function_with_its_doc_comment(self, kernel: Notebook) -> None:
        kernel.run("/** Half of it, **rounded** down.\n * @param n the whole */\n"
                   "function half21(n: number): number { return Math.floor(n / 2); }")
        text = self.text(kernel.inspect("half21(3)", 3))
        assert "function half21(n: number): number" in text
        assert "Half of it, **rounded** down." in text
        assert "the whole" in text

    def test_as_markdown(self, kernel: Notebook) -> None:
        data = kernel.inspect("parseInt")["data"]
        assert "```" in data["text/markdown"]
        assert "\x1b" not in data["text/plain"]

    def test_of_a_call_at_its_bracket(self, kernel: Notebook) -> None:
        assert "parseInt" in self.text(kernel.inspect("parseInt(", 9))

    def test_of_a_variable_tells_its_type(self, kernel: Notebook) -> None:
        kernel.run("const table24 = new Map<string, number[]>();")
        assert "Map<string, number[]>" in self.text(kernel.inspect("table24"))

    def test_of_a_packages_function(self, kernel: Notebook) -> None:
        kernel.run('import { weighUniquely as weigh25 } from "documented";')
        assert "kilograms" in self.text(kernel.inspect("weigh25"))

    def test_after_code_points_beyond_the_bmp(self, kernel: Notebook) -> None:
        code = f"const s26 = '{FACE * 20}'; const width26 = 1; width26"
        assert "width26: 1" in self.text(kernel.inspect(code, len(code) - 1))

    def test_of_nothing_finds_nothing(self, kernel: Notebook) -> None:
        for code in ("", "   ", "nothingOfThatName27", "// a comment", "((("):
            answer = kernel.inspect(code)
            assert answer["status"] == "ok"
            assert answer["found"] is False
            assert answer["data"] == {}

    def test_with_a_cursor_beyond_the_code(self, kernel: Notebook) -> None:
        for cursor in (-5, 10_000):
            assert kernel.inspect("parseInt", cursor)["status"] == "ok"


LOOPS = {
    "without await": "const e = Date.now() + 4000; while (Date.now() < e && !(globalThis as any).never);",
    "that awaits": "const e = Date.now() + 4000; while (Date.now() < e) await null;",
}


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS.keys())
class TestWhileACellComputes:
    """All of these come before the cell has ended."""

    def ask(self, kernel: Notebook, loop: str, kind: str, content: dict[str, Any], channel: str) -> Any:
        kernel.run("const known31 = { member: 1 };")
        running = kernel.start(f"console.log('started'); {loop}")
        answer = kernel.ask(kind, content, channel)
        assert running not in kernel.early_replies, "it was answered after the cell had ended"
        assert not kernel.client.shell_channel.msg_ready()
        kernel.interrupt()
        assert kernel.rest(running).status in ("error", "ok")
        return answer["content"]

    def test_completion_answers(self, kernel: Notebook, loop: str) -> None:
        asked = {"code": "known31.", "cursor_pos": 8}
        assert self.ask(kernel, loop, "complete_request", asked, "shell")["matches"] == ["member"]

    def test_inspection_answers(self, kernel: Notebook, loop: str) -> None:
        asked = {"code": "known31", "cursor_pos": 3, "detail_level": 0}
        assert self.ask(kernel, loop, "inspect_request", asked, "shell")["found"] is True

    def test_is_complete_answers(self, kernel: Notebook, loop: str) -> None:
        asked = {"code": "f("}
        assert self.ask(kernel, loop, "is_complete_request", asked, "shell")["status"] == "incomplete"

    def test_kernel_info_on_control_answers(self, kernel: Notebook, loop: str) -> None:
        assert self.ask(kernel, loop, "kernel_info_request", {}, "control")["status"] == "ok"

    def test_kernel_info_on_shell_answers(self, kernel: Notebook, loop: str) -> None:
        assert self.ask(kernel, loop, "kernel_info_request", {}, "shell")["status"] == "ok"

    def test_history_answers(self, kernel: Notebook, loop: str) -> None:
        asked = {"hist_access_type": "tail", "n": 1, "output": False, "raw": True}
        assert self.ask(kernel, loop, "history_request", asked, "shell")["history"]

    def test_comm_info_answers(self, kernel: Notebook, loop: str) -> None:
        assert self.ask(kernel, loop, "comm_info_request", {}, "shell")["comms"] == {}
