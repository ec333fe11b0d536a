"""Cells by the thousand, and cells that are long."""

from __future__ import annotations

import string
from collections.abc import Callable

import pytest
from notebook import Notebook

Start = Callable[..., Notebook]


class TestThousandCells:
    """Time and memory per cell do not grow with the number of cells.

    A checked kernel keeps the types of every declaring cell that can still be reached, in case a later
    one uses them: each costs the checker some memory. One whose names are all declared anew costs
    nothing any more.
    """

    def run_many(self, kernel: Notebook, make: Callable[[int], str], cells: range) -> float:
        """Runs cells; the processor's milliseconds for each."""
        begun = kernel.cpu_seconds()
        for n in cells:
            ran = kernel.run(make(n))
            assert ran.status == "ok", ran.content
        return (kernel.cpu_seconds() - begun) * 1000 / len(cells)

    def check(
        self, kernel: Notebook, make: Callable[[int], str], log: Callable[[str], None], per_cell: int
    ) -> None:
        self.run_many(kernel, make, range(-50, 0))
        before = kernel.memory()
        first = self.run_many(kernel, make, range(100))
        self.run_many(kernel, make, range(100, 900))
        last = self.run_many(kernel, make, range(900, 1000))
        grown = kernel.memory() - before
        log(
            f"1,000 cells: first 100 {first:.1f} ms of processor time each, last 100 {last:.1f} ms,"
            f" memory {grown / 1e6:+.0f} MB"
        )
        assert last < 2 * first + 5
        # Collectors of garbage let a heap grow before they begin.
        assert grown < 1000 * per_cell + 120_000_000

    @pytest.mark.slow
    def test_that_use_earlier_ones(
        self, start_kernel: Start, log: Callable[[str], None]
    ) -> None:
        kernel = start_kernel()
        kernel.run("let total = 0; const add = (n: number) => { total += n; };")
        self.check(kernel, lambda n: f"add({n}); total;", log, 10_000)
        assert kernel.run("total").result == str(sum(range(1000)) + sum(range(-50, 0)))

    @pytest.mark.slow
    def test_that_declare(self, start_kernel: Start, log: Callable[[str], None]) -> None:
        kernel = start_kernel()
        self.check(kernel, self.declaring, log, 100_000)
        assert kernel.out("console.log(value999 + new Class500().member + half7(8))") == "1503\n"

    def declaring(self, n: int) -> str:
        name = str(n).replace("-", "m")
        return (
            f"interface Shape{name} {{ side: number }}\nconst value{name} = {n};\n"
            f"function half{name}(n: number) {{ return n / 2; }}\n"
            f"class Class{name} {{ member = {n} }}\nlet open{name}: Shape{name} = {{ side: {n} }};"
        )

    @pytest.mark.slow
    @pytest.mark.ours
    def test_that_declare_are_checked_to_the_last(
        self, start_kernel: Start, log: Callable[[str], None]
    ) -> None:
        kernel = start_kernel()
        for n in range(1000):
            given = "string = 't'" if n % 2 else f"number = {n}"
            assert kernel.run(f"const checked{n}: {given};").status == "ok"
        for n in (0, 1, 63, 64, 500, 998, 999):
            wrong = ("toUpperCase", "toFixed")[n % 2]
            ran = kernel.run(f"checked{n}.{wrong}();")
            assert ran.status == "error"
            assert ran.error["ename"] == "TypeScriptError"

    @pytest.mark.slow
    def test_that_redeclare_the_same_names(
        self, start_kernel: Start, log: Callable[[str], None]
    ) -> None:
        kernel = start_kernel()
        self.check(kernel, lambda n: f"const same = {n}; class Same {{ n = same }}; new Same().n", log, 50_000)
        assert kernel.run("same").result == "999"

    @pytest.mark.slow
    def test_that_fail(self, start_kernel: Start, log: Callable[[str], None]) -> None:
        kernel = start_kernel()
        kernel.run("1")
        before = kernel.memory()
        for _ in range(300):
            assert kernel.run("throw new Error('again')").status == "error"
            assert kernel.run("(() => { throw new Error('deep') })()").status == "error"
        assert kernel.memory() - before < 100_000_000

    @pytest.mark.slow
    def test_that_leave_big_values_behind_give_them_back(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        for _ in range(60):
            # 40 MB each: all of them together would not fit.
            assert kernel.run("let big = new Float64Array(5e6).fill(1); big.length").result == "5000000"
        assert kernel.memory() < 1_500_000_000


def test_a_cell_of_a_megabyte_runs(kernel: Notebook) -> None:
    lines = "\n".join(f"const line{n} = '{string.ascii_letters}';" for n in range(10_000))
    assert kernel.out(f"{lines}\nconsole.log(line9999.length)", timeout=60) == "52\n"


def test_a_very_long_line_runs(kernel: Notebook) -> None:
    assert kernel.out(f"const text = '{'x' * 1_000_000}'; console.log(text.length)") == "1000000\n"
