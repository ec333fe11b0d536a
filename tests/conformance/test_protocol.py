"""Jupyter's messaging protocol, message by message, on the wire."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from kernels import Kernel
from wire import BareKernel, Wire, cell, make_connection

StartBare = Callable[..., BareKernel]


@pytest.fixture(scope="module")
def bare(tested: Kernel, folder: Path) -> Iterator[BareKernel]:
    kernel = BareKernel(tested.argv(), folder)
    yield kernel
    kernel.close()


@pytest.fixture
def wire(bare: BareKernel) -> Wire:
    """A client that hears what is published; one kernel for all tests here."""
    if bare.process is None or not bare.process.is_running():
        bare.start().subscribe()
    one = bare.wires[0]
    while not one.is_quiet("iopub"):
        one.receive("iopub")
    return one


class TestKernelInfo:
    def test_it_says_what_the_kernel_is(self, wire: Wire) -> None:
        content = wire.ask("shell", "kernel_info_request", {}).content
        assert content["status"] == "ok"
        assert tuple(int(n) for n in content["protocol_version"].split(".")) >= (5, 3)
        for key in ("implementation", "implementation_version", "banner"):
            assert isinstance(content[key], str) and content[key]
        language = content["language_info"]
        assert language["name"] == "typescript"
        assert language["file_extension"] == ".ts"
        assert language["mimetype"].endswith("typescript")
        assert language["version"]

    def test_it_names_a_protocol_that_knows_stop_on_error_aborts(self, wire: Wire) -> None:
        version = wire.ask("shell", "kernel_info_request", {}).content["protocol_version"]
        assert tuple(int(n) for n in version.split(".")) >= (5, 4)

    def test_control_answers_it_too(self, wire: Wire) -> None:
        assert wire.ask("control", "kernel_info_request", {}).content["status"] == "ok"


class TestEnvelope:
    def test_replies_carry_header_parent_and_signature(self, wire: Wire) -> None:
        request = wire.send("shell", "kernel_info_request", {})
        message = wire.reply("shell", request)
        assert message.kind == "kernel_info_reply"
        for key in ("msg_id", "session", "username", "date", "msg_type", "version"):
            assert message.header[key]
        assert message.parent["msg_id"] == request
        assert message.parent["session"] == wire.session
        assert message.parent["msg_type"] == "kernel_info_request"

    def test_a_parents_unknown_fields_come_back(self, wire: Wire) -> None:
        header = wire.header("kernel_info_request", subshell_id=None, extra={"a": 1})
        parts = [json.dumps(part).encode() for part in (header, {}, {}, {})]
        wire.sockets["shell"].send_multipart(wire.frames(parts))
        assert wire.reply("shell", header["msg_id"]).parent["extra"] == {"a": 1}

    def test_all_messages_of_a_kernel_name_one_session(self, wire: Wire) -> None:
        request = wire.send("shell", "execute_request", cell("console.log(1); 2"))
        sessions = {message.header["session"] for message in wire.iopub_until_idle(request)}
        sessions.add(wire.reply("shell", request).header["session"])
        assert len(sessions) == 1

    def test_no_two_messages_have_the_same_id(self, wire: Wire) -> None:
        request = wire.send("shell", "execute_request", cell("console.log(1); 2"))
        ids = [message.header["msg_id"] for message in wire.iopub_until_idle(request)]
        ids.append(wire.reply("shell", request).header["msg_id"])
        assert len(set(ids)) == len(ids)

    def test_several_clients_get_their_own_replies(self, wire: Wire, bare: BareKernel) -> None:
        other = Wire(bare.connection)
        try:
            mine = wire.send("shell", "execute_request", cell("console.log('mine')"))
            theirs = other.send("shell", "execute_request", cell("console.log('theirs')"))
            assert other.reply("shell", theirs).parent["msg_id"] == theirs
            assert wire.reply("shell", mine).parent["msg_id"] == mine
            assert wire.is_quiet("shell") and other.is_quiet("shell")
        finally:
            other.close()

    def test_published_messages_have_a_topic(self, wire: Wire) -> None:
        request = wire.send("shell", "execute_request", cell("console.log(1)"))
        for message in wire.iopub_until_idle(request):
            assert len(message.topic) == 1
            assert message.kind.encode() in message.topic[0]


class TestStatus:
    def states(self, wire: Wire, channel: str, kind: str, content: Any) -> list[str]:
        request = wire.send(channel, kind, content)
        wire.reply(channel, request)
        return [
            message.content["execution_state"]
            for message in wire.iopub_until_idle(request)
            if message.kind == "status"
        ]

    REQUESTS: dict[str, dict[str, Any]] = {
        "execute_request": cell("1"),
        "kernel_info_request": {},
        "complete_request": {"code": "Math.ab", "cursor_pos": 7},
        "inspect_request": {"code": "parseInt", "cursor_pos": 8, "detail_level": 0},
        "is_complete_request": {"code": "1"},
        "history_request": {"hist_access_type": "tail", "n": 1, "output": False, "raw": True},
        "comm_info_request": {},
    }

    @pytest.mark.parametrize("kind", REQUESTS.keys())
    def test_busy_and_idle_stand_around(self, wire: Wire, kind: str) -> None:
        assert self.states(wire, "shell", kind, self.REQUESTS[kind]) == ["busy", "idle"]

    def test_busy_and_idle_stand_around_a_control_request(self, wire: Wire) -> None:
        assert self.states(wire, "control", "kernel_info_request", {}) == ["busy", "idle"]

    def test_output_stands_between_them(self, wire: Wire) -> None:
        request = wire.send("shell", "execute_request", cell("console.log(1);\n2"))
        kinds = [message.kind for message in wire.iopub_until_idle(request)]
        assert kinds == ["status", "execute_input", "stream", "execute_result", "status"]


class TestExecute:
    def test_the_reply_says_all_that_it_must(self, wire: Wire) -> None:
        content = wire.execute("1").content
        assert content["status"] == "ok"
        assert isinstance(content["execution_count"], int)
        assert content["user_expressions"] == {}
        assert content.get("payload", []) == []

    def test_the_code_is_published_with_its_number(self, wire: Wire) -> None:
        request = wire.send("shell", "execute_request", cell("const é = '😀';"))
        [told] = [m for m in wire.iopub_until_idle(request) if m.kind == "execute_input"]
        assert told.content["code"] == "const é = '😀';"
        assert told.content["execution_count"] == wire.reply("shell", request).content["execution_count"]

    def test_cells_are_counted(self, wire: Wire) -> None:
        first = wire.execute("1").content["execution_count"]
        assert wire.execute("2").content["execution_count"] == first + 1
        assert wire.execute("throw 3").content["execution_count"] == first + 2
        assert wire.execute("4").content["execution_count"] == first + 3

    def test_cells_run_one_by_one_in_their_order(self, wire: Wire) -> None:
        wire.execute("const order1: number[] = [];")
        code = "await new Promise((r) => setTimeout(r, 20 - %d)); order1.push(%d);"
        asked = [wire.send("shell", "execute_request", cell(code % (n, n))) for n in range(8)]
        for one in asked:
            assert wire.receive("shell").answers(one)
        request = wire.send("shell", "execute_request", cell("console.log(order1.join())"))
        assert self.text(wire, request) == "0,1,2,3,4,5,6,7\n"

    def text(self, wire: Wire, request: str) -> str:
        told = wire.iopub_until_idle(request)
        wire.reply("shell", request)
        return "".join(m.content["text"] for m in told if m.kind == "stream")

    def test_silent_publishes_and_counts_nothing(self, wire: Wire) -> None:
        before = wire.execute("1").content["execution_count"]
        request = wire.send("shell", "execute_request", cell("let quiet2 = 2; quiet2", silent=True))
        assert wire.reply("shell", request).content["status"] == "ok"
        kinds = {message.kind for message in wire.iopub_until_idle(request)}
        assert kinds <= {"status", "stream"}
        assert wire.execute("quiet2").content["execution_count"] == before + 1

    def test_silent_tells_an_error_in_its_reply(self, wire: Wire) -> None:
        request = wire.send("shell", "execute_request", cell("throw new TypeError('x')", silent=True))
        content = wire.reply("shell", request).content
        assert (content["status"], content["ename"]) == ("error", "TypeError")
        assert "error" not in {message.kind for message in wire.iopub_until_idle(request)}

    def test_without_store_history_nothing_is_counted(self, wire: Wire) -> None:
        before = wire.execute("1").content["execution_count"]
        request = wire.send("shell", "execute_request", cell("5 + 5", store_history=False))
        kinds = [message.kind for message in wire.iopub_until_idle(request)]
        assert "execute_result" in kinds
        assert wire.reply("shell", request).content["status"] == "ok"
        assert wire.execute("1").content["execution_count"] == before + 1

    def test_user_expressions_are_answered(self, wire: Wire) -> None:
        wire.execute("const width3 = 5;")
        asked = {"sum": "width3 + 1", "bad": "nowhere3.x", "late": "await Promise.resolve(7)"}
        told = wire.execute("let made3 = 1;", user_expressions=asked).content["user_expressions"]
        assert told["sum"]["status"] == "ok"
        assert told["sum"]["data"]["text/plain"] == "6"
        assert "metadata" in told["sum"]
        assert told["late"]["data"]["text/plain"] == "7"
        assert told["bad"]["status"] == "error"
        assert told["bad"]["ename"] == "ReferenceError"

    def test_user_expressions_see_what_the_cell_made(self, wire: Wire) -> None:
        told = wire.execute("const made4 = [1];", user_expressions={"m": "made4"}).content
        assert told["user_expressions"]["m"]["data"]["text/plain"] == "[ 1 ]"

    def test_user_expressions_of_an_empty_cell_are_answered(self, wire: Wire) -> None:
        told = wire.execute("", user_expressions={"n": "1 + 1"}, silent=True).content
        assert told["user_expressions"]["n"]["data"]["text/plain"] == "2"

    def test_fields_that_may_be_left_out_have_their_defaults(self, wire: Wire) -> None:
        before = wire.execute("1").content["execution_count"]
        request = wire.send("shell", "execute_request", {"code": "6 * 7"})
        kinds = [message.kind for message in wire.iopub_until_idle(request)]
        assert "execute_result" in kinds
        assert wire.reply("shell", request).content["execution_count"] == before + 1

    @pytest.mark.parametrize("date", ["2026-01-01T00:00:00Z", "", "no date", "1970-01-01T00:00:00Z"])
    @pytest.mark.one_row
    def test_a_client_whose_clock_is_wrong_is_served_after_an_error(
        self, wire: Wire, date: str
    ) -> None:
        for code, status in (("1", "ok"), ("throw 2", "error"), ("3", "ok"), ("4", "ok")):
            header = wire.header("execute_request", date=date)
            parts = [json.dumps(part).encode() for part in (header, {}, {}, cell(code))]
            wire.sockets["shell"].send_multipart(wire.frames(parts))
            assert wire.reply("shell", header["msg_id"]).content["status"] == status

    def test_aborted_requests_are_answered_in_full(self, wire: Wire) -> None:
        failing = wire.send("shell", "execute_request", cell("await null; throw 1"))
        queued = wire.send("shell", "execute_request", cell("1"))
        wire.reply("shell", failing)
        content = wire.reply("shell", queued).content
        assert content["status"] == "aborted"
        assert isinstance(content["execution_count"], int)
        states = [m.content["execution_state"] for m in wire.iopub_until_idle(queued)]
        assert states == ["busy", "idle"]


class TestIsComplete:
    CODES = {
        "complete": ["1 + 1", "const a = [1];", "function f() {\n}", "", "// a", "await 1", "<number>(1)"],
        "incomplete": ["function f() {", "[1,", "f(", "1 +", "`open", "/* open", "class A {\n  m() {", "if (a)"],
        "invalid": ["const = 1;", "x y", "}", "'open"],
    }

    @pytest.mark.parametrize("status", CODES.keys())
    def test_code_is(self, wire: Wire, status: str) -> None:
        for code in self.CODES[status]:
            content = wire.ask("shell", "is_complete_request", {"code": code}).content
            assert content["status"] == status, code

    def test_incomplete_code_gets_an_indent(self, wire: Wire) -> None:
        content = wire.ask("shell", "is_complete_request", {"code": "function f() {"}).content
        assert content["indent"].strip() == "" and content["indent"]


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
