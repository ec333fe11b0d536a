"""The kernel's sockets: where they are, who may use them, and what is signed."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from wire import BareKernel, Wire, cell, make_connection

StartBare = Callable[..., BareKernel]


class TestConnection:
    def test_the_heart_beats(self, wire: Wire) -> None:
        assert wire.beats()

    def test_the_heart_beats_while_a_cell_computes(self, wire: Wire) -> None:
        code = "console.log('started'); const e = Date.now() + 1500; while (Date.now() < e);"
        request = wire.send("shell", "execute_request", cell(code))
        while wire.receive("iopub").kind != "stream":
            pass
        assert wire.beats()
        assert wire.is_quiet("shell")
        wire.reply("shell", request)

    def test_a_new_subscriber_is_welcomed(self, bare: BareKernel, wire: Wire) -> None:
        # Whoever subscribes while a status is on its way may get that first.
        request = wire.send("shell", "kernel_info_request", {})
        wire.iopub_until_idle(request)
        other = Wire(bare.connection)
        try:
            message = other.receive("iopub")
            assert message.kind == "iopub_welcome"
            assert message.content == {"subscription": ""}
        finally:
            other.close()

    @pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
    def test_it_listens_on_the_address_it_was_given_and_nowhere_else(
        self, bare: BareKernel, wire: Wire
    ) -> None:
        wire.execute("await import('node:http'); 1")
        assert listening(bare) == {
            ("127.0.0.1", bare.connection[f"{name}_port"])
            for name in ("shell", "iopub", "stdin", "control", "hb")
        }

    @pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is Linux's")
    def test_another_address_is_taken_as_seriously(self, start_bare: StartBare) -> None:
        kernel = start_bare(make_connection(ip="127.0.0.2"))
        kernel.start()
        found = listening(kernel)
        assert len(found) == 5
        assert {ip for ip, _ in found} == {"127.0.0.2"}

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")
    def test_sockets_may_be_files(self, start_bare: StartBare, tmp_path: Path) -> None:
        kernel = start_bare(make_connection("ipc", str(tmp_path / "k")))
        wire = kernel.start()
        assert wire.execute("1").content["status"] == "ok"
        assert listening(kernel) == set()

    def test_another_digest_is_used_where_asked(self, start_bare: StartBare) -> None:
        kernel = start_bare(make_connection(signature_scheme="hmac-sha512"))
        assert kernel.start().execute("1").content["status"] == "ok"

    def test_without_a_key_nothing_is_signed(self, start_bare: StartBare) -> None:
        kernel = start_bare(make_connection(key=""))
        assert kernel.start().execute("1").content["status"] == "ok"

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
    def test_the_connection_file_is_its_owners_alone(self, start_bare: StartBare) -> None:
        kernel = start_bare()
        kernel.file.chmod(0o644)
        kernel.start()
        assert stat.S_IMODE(kernel.file.stat().st_mode) == 0o600


def listening(kernel: BareKernel) -> set[tuple[str, int]]:
    """The addresses on which any of the kernel's processes listens."""
    return {
        (connection.laddr.ip, connection.laddr.port)
        for process in kernel.family()
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
