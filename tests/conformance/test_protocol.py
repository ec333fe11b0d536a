"""Jupyter's messaging protocol, message by message, on the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wire import BareKernel, Wire, cell


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
