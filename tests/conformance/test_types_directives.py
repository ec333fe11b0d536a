"""Comments and variables that say how types are checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from checker import checkers, refused
from notebook import Notebook

Start = Callable[..., Notebook]


@pytest.mark.ours
class TestDirectives:
    def test_a_cell_may_be_warned_only(self, kernel: Notebook) -> None:
        ran = kernel.run("// @check warn\nconst n71: string = 71;\nconsole.log(n71)")
        assert ran.status == "ok"
        assert ran.stdout == "71\n"
        assert "2322" in ran.stderr
        assert "const n71: string" in ran.stderr

    def test_a_cell_may_go_unchecked(self, kernel: Notebook) -> None:
        ran = kernel.run("// @check off\nconst n72: string = 72;\nconsole.log(n72)")
        assert (ran.status, ran.stdout, ran.stderr) == ("ok", "72\n", "")

    def test_ts_nocheck_is_understood(self, kernel: Notebook) -> None:
        ran = kernel.run("// @ts-nocheck\nconst n73: string = 73;\nconsole.log(n73)")
        assert (ran.status, ran.stdout, ran.stderr) == ("ok", "73\n", "")

    def test_ts_ignore_and_ts_expect_error_are_understood(self, kernel: Notebook) -> None:
        kernel.out("// @ts-ignore\nconst n74: string = 74;\n// @ts-expect-error\nconst m74: string = 1;")
        refused(kernel.run("// @ts-expect-error\nconst o74: string = 'right';"), 2578)

    def test_the_next_cell_is_checked_again(self, kernel: Notebook) -> None:
        kernel.run("// @check off\nconst n75: string = 75;")
        refused(kernel.run("const o75: string = 75;"))

    def test_an_unchecked_cells_names_have_types(self, kernel: Notebook) -> None:
        kernel.run("// @check off\nconst n76 = 76;")
        refused(kernel.run("n76.toUpperCase();"), 2339)

    def test_a_whole_notebook_may_choose(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        kernel.run("// @check off notebook")
        assert kernel.out("const n77: string = 77;\nconsole.log(n77)") == "77\n"
        kernel.run("// @check warn notebook")
        ran = kernel.run("const m77: string = 77;\nconsole.log(m77)")
        assert (ran.status, ran.stdout) == ("ok", "77\n")
        assert "2322" in ran.stderr
        kernel.run("// @check check notebook")
        refused(kernel.run("const o77: string = 77;"))

    def test_the_environment_may_choose(self, start_kernel: Start) -> None:
        kernel = start_kernel(env={"HEADROOM_KERNEL_CHECK": "off"})
        assert kernel.out("const n78: string = 78;\nconsole.log(n78)") == "78\n"
        assert checkers(kernel.process) == []
        refused(kernel.run("// @check\nconst o78: string = 78;"))

    def test_a_warned_cell_is_published_once(self, kernel: Notebook) -> None:
        ran = kernel.run("// @check warn\nconst n79: string = 79;")
        assert ran.of("error") == []
        assert ran.stderr.count("const n79") == 1
