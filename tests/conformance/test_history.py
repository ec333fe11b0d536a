"""What was run: the last, ranges, searches; kept over restarts in a bounded file."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from notebook import Notebook, comes_true

Start = Callable[..., Notebook]


def ask(kernel: Notebook, kind: str, **content: Any) -> list[Any]:
    asked = {"output": False, "raw": True, "hist_access_type": kind, **content}
    reply = kernel.ask("history_request", asked)["content"]
    assert reply["status"] == "ok"
    return reply["history"]


def codes(history: list[Any]) -> list[str]:
    return [entry[2] for entry in history]


class TestTail:
    def test_the_last_cells_come_in_their_order(self, kernel: Notebook) -> None:
        for code in ("const a1 = 1", "const b1 = 2", "const c1 = 3"):
            kernel.run(code)
        assert codes(ask(kernel, "tail", n=2)) == ["const b1 = 2", "const c1 = 3"]

    def test_an_entry_is_session_line_and_code(self, kernel: Notebook) -> None:
        count = kernel.run("const a2 = 1").content["execution_count"]
        [[session, line, code]] = ask(kernel, "tail", n=1)
        assert isinstance(session, int)
        assert (line, code) == (count, "const a2 = 1")

    def test_with_output_the_code_is_a_pair(self, kernel: Notebook) -> None:
        kernel.run("6 * 7")
        [[_, _, pair]] = ask(kernel, "tail", n=1, output=True)
        assert pair[0] == "6 * 7"
        assert pair[1] in (None, "42")

    def test_what_is_not_stored_is_not_told(self, kernel: Notebook) -> None:
        kernel.run("const kept4 = 1")
        kernel.run("const unkept4 = 2", store_history=False)
        kernel.run("const silent4 = 3", silent=True)
        assert codes(ask(kernel, "tail", n=1)) == ["const kept4 = 1"]

    def test_a_cell_that_failed_is_told_too(self, kernel: Notebook) -> None:
        kernel.run("throw new Error('five')")
        assert codes(ask(kernel, "tail", n=1)) == ["throw new Error('five')"]


class TestRange:
    def test_a_range_of_this_session(self, kernel: Notebook) -> None:
        first = kernel.run("const a11 = 1").content["execution_count"]
        kernel.run("const b11 = 2")
        kernel.run("const c11 = 3")
        told = ask(kernel, "range", session=0, start=first, stop=first + 2)
        assert codes(told) == ["const a11 = 1", "const b11 = 2"]

    def test_a_range_by_the_sessions_number(self, kernel: Notebook) -> None:
        kernel.run("const a12 = 1")
        [[session, line, _]] = ask(kernel, "tail", n=1)
        told = ask(kernel, "range", session=session, start=line, stop=line + 1)
        assert codes(told) == ["const a12 = 1"]

    def test_a_range_beyond_the_end_is_empty(self, kernel: Notebook) -> None:
        kernel.run("1")
        assert ask(kernel, "range", session=0, start=100_000, stop=100_001) == []


class TestSearch:
    def test_a_pattern_with_stars(self, kernel: Notebook) -> None:
        for code in ("const needle21 = 1", "const hay21 = 2", "const needle21b = 3"):
            kernel.run(code)
        assert codes(ask(kernel, "search", pattern="*needle21*")) == [
            "const needle21 = 1",
            "const needle21b = 3",
        ]

    def test_a_question_mark_is_one_character(self, kernel: Notebook) -> None:
        kernel.run("const q22a = 1")
        kernel.run("const q22ab = 1")
        assert codes(ask(kernel, "search", pattern="const q22? = 1")) == ["const q22a = 1"]

    def test_unique_tells_each_code_once(self, kernel: Notebook) -> None:
        for _ in range(3):
            kernel.run("const same23 = 1")
        assert codes(ask(kernel, "search", pattern="*same23*", unique=True)) == ["const same23 = 1"]

    def test_n_bounds_the_answer_to_the_newest(self, kernel: Notebook) -> None:
        for n in range(4):
            kernel.run(f"const bound24 = {n}")
        told = codes(ask(kernel, "search", pattern="*bound24*", n=2))
        assert told == ["const bound24 = 2", "const bound24 = 3"]

    def test_characters_of_regular_expressions_mean_themselves(self, kernel: Notebook) -> None:
        kernel.run("const odd25 = (1 + 2) ^ 3 | 0.5 $")
        assert len(ask(kernel, "search", pattern="*odd25 = (1 + 2) ^ 3 | 0.5 $")) == 1
        assert ask(kernel, "search", pattern="*odd25.=.*") == []


class TestRestart:
    @pytest.fixture
    def own_state(self, tmp_path: Path) -> dict[str, str]:
        """A place for the kernel's state that no other test uses."""
        names = ("JUPYTER_DATA_DIR", "XDG_STATE_HOME", "XDG_DATA_HOME")
        return {name: str(tmp_path / name.lower()) for name in names}

    def test_earlier_sessions_are_told(self, start_kernel: Start, own_state: dict[str, str]) -> None:
        first = start_kernel(env=own_state)
        first.run("const survivor31 = 'é😀'")
        first.close()
        second = start_kernel(env=own_state)
        second.run("const own31 = 2")
        told = ask(second, "search", pattern="*31*")
        assert codes(told) == ["const survivor31 = 'é😀'", "const own31 = 2"]
        assert told[0][0] != told[1][0]
        assert codes(ask(second, "range", session=-1, start=1, stop=2)) == ["const survivor31 = 'é😀'"]
        assert codes(ask(second, "tail", n=2)) == ["const survivor31 = 'é😀'", "const own31 = 2"]

    def test_a_kernel_that_was_killed_leaves_its_history(
        self, start_kernel: Start, own_state: dict[str, str]
    ) -> None:
        first = start_kernel(env=own_state)
        first.run("const killed32 = 1")
        first.run("const last32 = 1")
        first.process.kill()
        second = start_kernel(env=own_state)
        assert "const killed32 = 1" in codes(ask(second, "search", pattern="*killed32*"))

    def test_the_file_is_bounded(self, start_kernel: Start, own_state: dict[str, str]) -> None:
        first = start_kernel(env=own_state)
        for n in range(8):
            first.run(f"const big33 = {n}; //{'x' * 500_000}")
        first.close()
        second = start_kernel(env=own_state)
        # The question makes it read the file, and shorten it.
        assert "big33 = 7" in codes(ask(second, "tail", n=1))[0]
        second.run("1")
        second.close()
        assert 0 < sum(size for _, size in state_files(own_state)) < 4_000_000

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
    def test_the_file_is_its_owners_alone(
        self, start_kernel: Start, own_state: dict[str, str]
    ) -> None:
        kernel = start_kernel(env=own_state)
        kernel.run("const secret34 = 1")
        assert comes_true(lambda: len(state_files(own_state)) > 0)
        files = state_files(own_state)
        assert all(stat.S_IMODE(os.stat(place).st_mode) & 0o077 == 0 for place, _ in files)

    def test_a_broken_file_is_no_obstacle(
        self, start_kernel: Start, own_state: dict[str, str]
    ) -> None:
        first = start_kernel(env=own_state)
        first.run("const whole35 = 1")
        first.close()
        [(place, _), *_] = state_files(own_state)
        with place.open("ab") as file:
            file.write(b'{"half a line\n\x00\xff\xfe\n[1,2\n')
        second = start_kernel(env=own_state)
        second.run("const next35 = 1")
        assert codes(ask(second, "tail", n=2)) == ["const whole35 = 1", "const next35 = 1"]


def state_files(own_state: dict[str, str]) -> list[tuple[Path, int]]:
    """The files in which the kernel keeps history, and their sizes."""
    return [
        (place, place.stat().st_size)
        for folder in set(own_state.values())
        for place in Path(folder).rglob("*")
        if place.is_file() and "hist" in place.name and not place.name.endswith(".lock")
    ]
