"""The ports that the project's processes give to kernels."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

from jupyter_client.connect import LocalPortCache
from jupyter_client.manager import KernelManager
from own_ports import BLOCKS, OwnPorts, own_ports, use_own_ports
from own_ports import __file__ as own_ports_file
from pytest import MonkeyPatch

ANOTHER = "from own_ports import own_ports; print(*(own_ports().find() for _ in range(20)))"


def test_processes_have_different_ports() -> None:
    mine = {own_ports().find() for _ in range(300)}
    assert len(mine) == BLOCKS.step - 1
    here = Path(own_ports_file).parent
    said = subprocess.run(
        [sys.executable, "-c", ANOTHER], cwd=here, capture_output=True, text=True, check=True
    )
    theirs = {int(port) for port in said.stdout.split()}
    assert len(theirs) == 20
    assert not mine & theirs


def test_a_port_in_use_is_passed_over() -> None:
    ports = OwnPorts()
    try:
        with socket.socket() as taken:
            port = ports.find()
            taken.bind(("127.0.0.1", port))
            taken.listen()
            found = {ports.find() for _ in range(BLOCKS.step)}
            assert port not in found
            assert len(found) == BLOCKS.step - 2
    finally:
        ports.guard.close()


def test_jupyter_gives_them_to_kernels() -> None:
    manager = KernelManager(kernel_name="tslab")
    manager.start_kernel()
    try:
        given = {manager.shell_port, manager.iopub_port, manager.stdin_port, manager.hb_port}
        block = own_ports().block
        assert len(given) == 4
        assert all(block < port < block + BLOCKS.step for port in given)
    finally:
        manager.shutdown_kernel(now=True)


def test_where_none_is_left_the_system_gives_one(monkeypatch: MonkeyPatch) -> None:
    use_own_ports()
    cache = LocalPortCache.instance()
    mine = range(own_ports().block + 1, own_ports().block + BLOCKS.step)
    assert cache.find_available_port("127.0.0.1") in mine
    monkeypatch.setattr("own_ports.can_bind", lambda *_: False)
    port = cache.find_available_port("127.0.0.1")
    assert 0 < port < 65_536 and port not in mine
    cache.return_port(port)
