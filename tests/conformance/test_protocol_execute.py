"""Requests to run a cell, on the wire."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from wire import Wire, cell


def status_of(wire: Wire, code: str, date: str) -> str:
    """How a cell ends whose client tells this date."""
    header = wire.header("execute_request", date=date)
    parts = [json.dumps(part).encode() for part in (header, {}, {}, cell(code))]
    wire.sockets["shell"].send_multipart(wire.frames(parts))
    return wire.reply("shell", header["msg_id"]).content["status"]


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
            assert status_of(wire, code, date) == status

    def test_a_request_that_was_on_its_way_when_a_cell_failed_is_aborted(self, wire: Wire) -> None:
        """Whoever runs all cells sends several in a millisecond, and browsers tell no shorter times."""
        assert wire.execute("1").content["status"] == "ok"
        now = datetime.now(UTC)
        same = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        late = (now + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
        failing = "await new Promise((r) => setTimeout(r, 100)); throw 1"
        for code, date, status in ((failing, same, "error"), ("2", same, "aborted"), ("3", late, "ok")):
            if status == "ok":
                time.sleep(1)
            assert status_of(wire, code, date) == status

    def test_aborted_requests_are_answered_in_full(self, wire: Wire) -> None:
        failing = wire.send("shell", "execute_request", cell("await null; throw 1"))
        queued = wire.send("shell", "execute_request", cell("1"))
        wire.reply("shell", failing)
        content = wire.reply("shell", queued).content
        assert content["status"] == "aborted"
        assert isinstance(content["execution_count"], int)
        states = [m.content["execution_state"] for m in wire.iopub_until_idle(queued)]
        assert states == ["busy", "idle"]
