"""Comms: lines between the front end and a cell, opened from either side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from notebook import Notebook

Say = Callable[..., str]


def comms(kernel: Notebook, target: str | None = None) -> dict[str, Any]:
    asked = {} if target is None else {"target_name": target}
    reply = kernel.ask("comm_info_request", asked)["content"]
    assert reply["status"] == "ok"
    return reply["comms"]


def open_comm(kernel: Notebook, comm: str, target: str, data: Any = None) -> str:
    return kernel.post("comm_open", {"comm_id": comm, "target_name": target, "data": data or {}})


def until_idle(kernel: Notebook, request: str) -> list[Any]:
    return kernel.until(request, lambda m: m["content"].get("execution_state") == "idle")


def of(messages: list[Any], kind: str) -> list[dict[str, Any]]:
    return [message["content"] for message in messages if message["msg_type"] == kind]


class TestFromTheFrontEnd:
    def test_an_unknown_target_is_closed(self, kernel: Notebook) -> None:
        told = until_idle(kernel, open_comm(kernel, "c1", "nobody-listens"))
        [closed] = of(told, "comm_close")
        assert closed["comm_id"] == "c1"
        assert comms(kernel) == {}

    def test_a_cell_hears_answers_and_is_told_of_the_end(self, kernel: Notebook, say: Say) -> None:
        kernel.run(say("comm_target", "echo2"))
        told = until_idle(kernel, open_comm(kernel, "c2", "echo2", {"a": [1]}))
        assert "".join(m["text"] for m in of(told, "stream")) == 'opened {"a":[1]}\n'
        assert comms(kernel)["c2"] == {"target_name": "echo2"}

        sent = kernel.post("comm_msg", {"comm_id": "c2", "data": {"n": 5}})
        [answer] = of(until_idle(kernel, sent), "comm_msg")
        assert answer == {"comm_id": "c2", "data": {"echo": {"n": 5}}}

        closed = until_idle(kernel, kernel.post("comm_close", {"comm_id": "c2", "data": {}}))
        assert "".join(m["text"] for m in of(closed, "stream")) == "closed\n"
        assert comms(kernel) == {}

    def test_messages_to_comms_that_are_not_there_are_ignored(self, kernel: Notebook) -> None:
        for kind in ("comm_msg", "comm_close"):
            until_idle(kernel, kernel.post(kind, {"comm_id": "never", "data": {}}))
        assert kernel.goes_on()

    def test_comm_info_may_be_asked_by_target(self, kernel: Notebook, say: Say) -> None:
        kernel.run(say("comm_target", "one4"))
        kernel.run(say("comm_target", "two4"))
        until_idle(kernel, open_comm(kernel, "c4", "one4"))
        until_idle(kernel, open_comm(kernel, "d4", "two4"))
        assert set(comms(kernel)) >= {"c4", "d4"}
        assert set(comms(kernel, "one4")) == {"c4"}


class TestFromACell:
    def test_a_cell_opens_one_and_hears_the_answer(self, kernel: Notebook, say: Say) -> None:
        ran = kernel.run(say("comm_open", "view5"))
        assert ran.status == "ok", ran.content
        [opened] = ran.of("comm_open")
        assert opened["target_name"] == "view5"
        assert opened["data"] == {"from": "kernel"}
        [message] = ran.of("comm_msg")
        assert message == {"comm_id": opened["comm_id"], "data": {"hello": 1}}
        assert opened["comm_id"] in comms(kernel)

        sent = kernel.post("comm_msg", {"comm_id": opened["comm_id"], "data": {"x": 2}})
        told = until_idle(kernel, sent)
        assert "".join(m["text"] for m in of(told, "stream")) == 'heard {"x":2}\n'


OURS = 'import * as hr from "@headroom/kernel";\n'


@pytest.mark.ours
class TestOurApi:
    def test_bytes_travel_in_both_directions(self, kernel: Notebook) -> None:
        kernel.run(
            OURS + "hr.onComm<any, any>('bytes6', (comm) => comm.onMessage((data, { buffers }) =>\n"
            "  comm.send({ length: buffers[0]!.length }, { buffers: [buffers[0]!.map((b) => b + 1)] })));"
        )
        until_idle(kernel, open_comm(kernel, "c6", "bytes6"))
        message = kernel.client.session.msg("comm_msg", {"comm_id": "c6", "data": {}})
        kernel.client.session.send(
            kernel.client.shell_channel.socket, message, buffers=[bytes([1, 2, 3])]
        )
        told = kernel.until(message["header"]["msg_id"], lambda m: m["msg_type"] == "comm_msg")
        assert told[-1]["content"]["data"] == {"length": 3}
        assert bytes(told[-1]["buffers"][0]) == bytes([2, 3, 4])

    def test_a_handler_that_throws_is_told_and_survived(self, kernel: Notebook) -> None:
        kernel.run(OURS + "hr.onComm('bad7', () => { throw new Error('handler seven'); });")
        request = open_comm(kernel, "c7", "bad7")
        kernel.until_text(request, "handler seven")
        assert kernel.goes_on()

    def test_a_target_may_be_given_up(self, kernel: Notebook) -> None:
        kernel.run(OURS + "const stop8 = hr.onComm('brief8', () => 1); stop8();")
        told = until_idle(kernel, open_comm(kernel, "c8", "brief8"))
        assert of(told, "comm_close")

    def test_what_is_sent_has_the_declared_type(self, kernel: Notebook) -> None:
        ran = kernel.run(
            OURS + "const c9 = hr.openComm<{ a: number }, { b: string }>('typed9'); c9.send({ b: 1 });"
        )
        assert ran.error["ename"] == "TypeScriptError"

    def test_a_handler_can_be_interrupted(self, kernel: Notebook) -> None:
        kernel.run(OURS + "hr.onComm('spin10', () => { console.log('started'); for (;;); });")
        request = open_comm(kernel, "c10", "spin10")
        kernel.until_text(request, "started")
        kernel.interrupt()
        until_idle(kernel, request)
        assert kernel.goes_on()

    def test_a_message_waits_for_the_running_cell(self, kernel: Notebook) -> None:
        kernel.run(OURS + "hr.onComm('wait11', () => console.log('handled'));")
        running = kernel.start("console.log('started'); await new Promise((r) => setTimeout(r, 150));")
        request = open_comm(kernel, "c11", "wait11")
        seen = []
        while True:
            message = kernel.next_message()
            mine = message["parent_header"].get("msg_id")
            if message["content"].get("execution_state") == "idle":
                seen.append(mine)
            if seen[-1:] == [request]:
                break
        assert seen.index(running) < seen.index(request)
        assert kernel.reply(running)["content"]["status"] == "ok"
