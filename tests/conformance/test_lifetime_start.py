"""What keeps a kernel from starting, and what one that starts leaves alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil
from kernels import Kernel
from wire import BareKernel, nothing_is_left

StartBare = Callable[..., BareKernel]


class TestStart:
    def test_no_connection_file_is_said(self, tested: Kernel, folder: Path) -> None:
        argv = [part.replace("{connection_file}", str(folder / "nowhere.json")) for part in tested.argv()]
        done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=20)
        assert done.returncode != 0
        assert "nowhere.json" in done.stderr
        assert "node:internal" not in done.stderr

    def test_a_connection_file_that_is_none_is_said(
        self, tested: Kernel, folder: Path, tmp_path: Path
    ) -> None:
        place = tmp_path / "broken.json"
        for text in ("", "{", "[]", '{"ip": 5}'):
            place.write_text(text)
            argv = [part.replace("{connection_file}", str(place)) for part in tested.argv()]
            done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=20)
            assert done.returncode != 0
            assert "broken.json" in done.stderr
            assert "node:internal" not in done.stderr

    def test_a_port_that_is_taken_ends_it(self, start_bare: StartBare) -> None:
        first = start_bare()
        first.start()
        second = start_bare()
        second.connection.update(first.connection)
        second.file.write_text(json.dumps(second.connection))
        done = subprocess.run(
            second.argv, cwd=second.folder, env=second.env, capture_output=True, text=True, timeout=20
        )
        assert done.returncode != 0
        assert "address" in done.stderr.lower()

    def test_it_writes_nothing_to_the_servers_terminal(
        self, start_bare: StartBare, tmp_path: Path
    ) -> None:
        kernel = start_bare()
        place = tmp_path / "terminal"
        with place.open("wb") as file:
            kernel.process = psutil.Popen(
                kernel.argv, cwd=str(kernel.folder), env=kernel.env, stdout=file, stderr=file
            )
        wire = kernel.connect()
        for code in ("console.log('said')", "throw new Error('thrown')", "const n: string = 1;"):
            wire.execute(code)
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        assert place.read_text() == ""

    def test_kernels_start_side_by_side(self, start_bare: StartBare) -> None:
        wires = [start_bare().start() for _ in range(3)]
        for n, wire in enumerate(wires):
            wire.execute(f"const mine = {n};")
        for n, wire in enumerate(wires):
            # Not every kernel answers user_expressions.
            told = wire.execute(f"if (mine !== {n}) throw new Error('of another kernel');")
            assert told.content["status"] == "ok"

    def test_it_leaves_no_temporary_files(self, start_bare: StartBare, tmp_path: Path) -> None:
        kernel = start_bare(env={"TMPDIR": str(tmp_path)})
        wire = kernel.start()
        wire.execute('import { length } from "./typed"; import { double } from "esm-only"; length;')
        wire.execute("const n: number = 1;")
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        assert list(tmp_path.iterdir()) == []

    def test_it_writes_nothing_into_the_notebooks_folder(
        self, start_bare: StartBare, folder: Path
    ) -> None:
        kernel = start_bare()
        before = {place for place in folder.rglob("*") if "node_modules" not in place.parts}
        wire = kernel.start()
        wire.execute('import { outer } from "./outer"; outer;')
        family = kernel.family()
        wire.ask("control", "shutdown_request", {"restart": False})
        assert nothing_is_left(kernel, family)
        after = {place for place in folder.rglob("*") if "node_modules" not in place.parts}
        assert after == before
