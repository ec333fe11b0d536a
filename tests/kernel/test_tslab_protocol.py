"""What the messaging protocol asks of a kernel and jupyter_kernel_test does not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from queue import Empty

import pytest
from cell_client import CellClient

ROOT = Path(__file__).parents[2]


def sleep(milliseconds: int) -> str:
    return f"await new Promise((resolve) => setTimeout(resolve, {milliseconds}));"


def request(kernel: CellClient, kind: str, content: dict, channel: str = "shell") -> dict:
    """The reply to a request that has no method of its own in the client."""
    message = kernel.client.session.msg(kind, content)
    getattr(kernel.client, f"{channel}_channel").send(message)
    if channel == "shell":
        return kernel.reply(message["header"]["msg_id"])
    reply = kernel.client.get_control_msg(timeout=10)
    assert reply["parent_header"]["msg_id"] == message["header"]["msg_id"]
    return reply


class TestKernelInfo:
    def test_tells_status_versions_and_help(self, kernel: CellClient) -> None:
        content = request(kernel, "kernel_info_request", {})["content"]
        package = ROOT / "node_modules/@tslab/typescript-for-tslab/package.json"
        assert content["status"] == "ok"
        assert content["protocol_version"] == "5.3"
        assert content["implementation"] == "tslab"
        assert content["language_info"]["name"] == "typescript"
        assert content["language_info"]["version"] == json.loads(package.read_text())["version"]
        assert content["language_info"]["file_extension"] == ".ts"
        assert "TypeScript" in content["banner"]
        assert content["help_links"]
        assert all(set(link) == {"text", "url"} for link in content["help_links"])

    def test_is_told_on_the_control_channel_too(self, kernel: CellClient) -> None:
        reply = request(kernel, "kernel_info_request", {}, "control")
        assert reply["msg_type"] == "kernel_info_reply"
        assert reply["content"]["status"] == "ok"

    def test_comms_and_history_are_empty(self, kernel: CellClient) -> None:
        comms = request(kernel, "comm_info_request", {"target_name": "jupyter.widget"})
        assert comms["msg_type"] == "comm_info_reply"
        assert comms["content"] == {"status": "ok", "comms": {}}
        asked = {"hist_access_type": "tail", "n": 5, "raw": True, "output": False}
        history = request(kernel, "history_request", asked)
        assert history["content"] == {"status": "ok", "history": []}


class TestExecution:
    def test_messages_come_between_busy_and_idle(self, kernel: CellClient) -> None:
        ran = kernel.run("console.log(1); 2")
        assert ran.kinds == ["status", "execute_input", "stream", "execute_result", "status"]
        states = [content["execution_state"] for content in ran.of("status")]
        assert states == ["busy", "idle"]

    def test_the_input_is_published_with_its_count(self, kernel: CellClient) -> None:
        ran = kernel.run("1")
        count = ran.content["execution_count"]
        assert ran.of("execute_input") == [{"code": "1", "execution_count": count}]
        assert ran.of("execute_result")[0]["execution_count"] == count
        assert kernel.run("1").content["execution_count"] == count + 1

    @pytest.mark.parametrize("code", ["undefined", "null", "const a = 1;", "", "// a comment"])
    def test_nothing_gives_no_result(self, kernel: CellClient, code: str) -> None:
        assert kernel.run(code).result is None

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            ("[1, 2]", "[ 1, 2 ]"),
            ("new Map([[1, 2]])", "Map(1) { 1 => 2 }"),
            ("class Own { toString() { return 'mine' } }\nnew Own()", "mine"),
            ("class Bare { x = 1 }\nnew Bare()", "Bare { x: 1 }"),
            ("new Date(0)", "1970-01-01T00:00:00.000Z"),
            ("Promise.resolve(1)", "Promise { 1 }"),
            ("0", "0"),
            ("false", "false"),
            ("''", "''"),
        ],
    )
    def test_a_result_is_plain_text(self, kernel: CellClient, code: str, text: str) -> None:
        assert kernel.run(code).result == text

    def test_silence_publishes_nothing_and_counts_nothing(self, kernel: CellClient) -> None:
        before = kernel.run("1").content["execution_count"]
        ran = kernel.run("console.log(1); 2", silent=True)
        assert ran.status == "ok"
        assert set(ran.kinds) == {"status"}
        failed = kernel.run("throw new Error('x')", silent=True)
        assert failed.status == "error"
        assert set(failed.kinds) == {"status"}
        assert kernel.run("1").content["execution_count"] == before + 1

    def test_what_is_not_stored_is_not_counted(self, kernel: CellClient) -> None:
        before = kernel.run("1").content["execution_count"]
        ran = kernel.run("1", store_history=False)
        assert ran.result == "1"
        assert ran.content["execution_count"] == before

    def test_user_expressions_are_evaluated(self, kernel: CellClient) -> None:
        asked = {"sum": "width + 1", "wrong": "nowhere"}
        found = kernel.run("let width = 2;", user_expressions=asked).content["user_expressions"]
        assert found["sum"] == {"status": "ok", "data": {"text/plain": "3"}, "metadata": {}}
        assert found["wrong"]["status"] == "error"
        assert "nowhere" in found["wrong"]["evalue"]
        assert kernel.run("width").result == "2"

    def test_a_shorthand_sees_variables_of_earlier_cells(self, kernel: CellClient) -> None:
        kernel.run("let epochs = 3; const size = 4;")
        assert kernel.run("({ epochs, size })").result == "{ epochs: 3, size: 4 }"
        assert kernel.run("({ epochs } = { epochs: 5 }); epochs").result == "5"

    def test_destructuring_may_rename_properties_of_earlier_values(
        self, kernel: CellClient
    ) -> None:
        kernel.run("const part = () => ({ rows: [1, 2], labels: [3] });")
        renamed = "function count() { const { rows: all, labels } = part(); return all.length + labels.length; }"
        assert kernel.run(f"{renamed} count()").result == "3"
        assert kernel.run("let all: number[]; ({ rows: all } = part()); all.length").result == "2"

    @pytest.mark.parametrize(
        "code",
        [
            "await (async () => 1)()",
            "for await (const x of [1]) console.log(x)",
            "await [1]",
            "if (true) { await (Promise.resolve(1)) }",
        ],
    )
    def test_every_form_of_await_may_stand_at_the_top(self, kernel: CellClient, code: str) -> None:
        assert kernel.run(code).status == "ok"


class TestQueue:
    def test_cells_behind_a_failure_are_aborted(self, kernel: CellClient) -> None:
        first = f"{sleep(200)} throw new Error('first')"
        requests = [kernel.send(code) for code in [first, "console.log(1)", "console.log(2)"]]
        ran = kernel.wait_all(requests)
        assert [ran[r].status for r in requests] == ["error", "aborted", "aborted"]
        count = ran[requests[0]].content["execution_count"]
        assert ran[requests[1]].content["execution_count"] == count
        assert ran[requests[1]].kinds == ["status", "status"]

    def test_so_are_those_that_came_while_nothing_was_heard(self, kernel: CellClient) -> None:
        first = "const end = Date.now() + 500; while (Date.now() < end);\nthrow new Error('first')"
        requests = [kernel.send(first), kernel.send("1")]
        ran = kernel.wait_all(requests)
        assert [ran[r].status for r in requests] == ["error", "aborted"]

    def test_the_next_cell_after_the_reply_runs(self, kernel: CellClient) -> None:
        for _ in range(5):
            assert kernel.run("throw new Error('x')").status == "error"
            assert kernel.run("1").status == "ok"

    def test_without_stop_on_error_all_run(self, kernel: CellClient) -> None:
        codes = [f"{sleep(100)} throw new Error('first')", "console.log(1)"]
        requests = [kernel.send(code, stop_on_error=False) for code in codes]
        ran = kernel.wait_all(requests)
        assert [ran[r].status for r in requests] == ["error", "ok"]
        assert ran[requests[1]].stdout == "1\n"


class TestOutput:
    def test_20000_lines_arrive_in_order_before_idle(self, kernel: CellClient) -> None:
        ran = kernel.run("for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);")
        assert ran.stdout == "".join(f"line {i}\n" for i in range(20_000))
        assert ran.kinds[-1] == "status"
        assert len(ran.messages) < 100

    def test_50_megabytes_arrive(self, kernel: CellClient) -> None:
        code = "const line = 'x'.repeat(999); for (let i = 0; i < 50_000; i++) console.log(line);"
        assert len(kernel.run(code, timeout=60).stdout) == 50_000_000

    def test_the_two_streams_keep_apart(self, kernel: CellClient) -> None:
        ran = kernel.run("for (let i = 0; i < 500; i++) { console.log(i); console.error(-i); }")
        assert ran.stdout == "".join(f"{i}\n" for i in range(500))
        assert ran.stderr.count("\n") == 500

    def test_a_loop_that_never_awaits_is_heard_while_it_runs(self, kernel: CellClient) -> None:
        code = "console.log('early'); const end = Date.now() + 1500; while (Date.now() < end);"
        # Text goes out with the next one that follows after a while.
        ran = kernel.run(code.replace("end);", "end) if (Date.now() % 100 === 0) console.log();"))
        sent = {m["header"]["date"] for m in ran.messages if m["msg_type"] == "stream"}
        assert (max(sent) - min(sent)).total_seconds() > 1

    def test_late_output_belongs_to_its_cell(self, kernel: CellClient) -> None:
        first = kernel.send("setTimeout(() => console.log('late'), 400);")
        kernel.wait(first)
        assert kernel.run("console.log('second')").stdout == "second\n"
        late = kernel.late(first, 2)
        assert [message["content"]["text"] for message in late] == ["late\n"]

    def test_a_character_may_be_split(self, kernel: CellClient) -> None:
        code = "for (const byte of Buffer.from('é€😀')) process.stdout.write(Buffer.from([byte]));"
        assert kernel.run(code).stdout == "é€😀"

    def test_promises_show_nothing_of_the_kernel(self, kernel: CellClient) -> None:
        assert kernel.run("console.log((async () => 1)())").stdout == "Promise { 1 }\n"

    def test_display_of_the_library(self, kernel: CellClient) -> None:
        bundle = {
            "application/vnd.plotly.v1+json": '{"data": []}',
            "application/json": {"a": 1},
            "text/plain": '{"data": []}',
        }
        code = f"""
            const {{ display }} = globalThis[Symbol.for("headroom.kernel")];
            const data = {json.dumps(bundle)};
            display({{ data, metadata: {{}}, transient: {{ display_id: "one" }} }}, false);
            display({{ data: {{ "image/png": new Uint8Array([1, 2]) }}, metadata: {{ a: 1 }},
                transient: {{ display_id: "one" }} }}, true);
            setTimeout(() => display({{ data }}), 300);"""
        sent = kernel.send(code.replace("globalThis", "(globalThis as any)"))
        ran = kernel.wait(sent)
        shown = {
            "application/vnd.plotly.v1+json": {"data": []},
            "application/json": {"a": 1},
            "text/plain": '{"data": []}',
        }
        once = {"data": shown, "metadata": {}, "transient": {"display_id": "one"}}
        assert ran.of("display_data") == [once]
        [update] = ran.of("update_display_data")
        assert update["data"] == {"image/png": "AQI="}
        assert update["metadata"] == {"a": 1}
        assert [m["msg_type"] for m in kernel.late(sent, 1.5)] == ["display_data"]

    def test_display_of_tslab(self, kernel: CellClient) -> None:
        code = (
            'import { newDisplay } from "tslab"; const place = newDisplay();'
            ' place.text("a"); place.raw("application/json", "[1]");'
        )
        ran = kernel.run(code)
        assert ran.of("display_data")[0]["data"] == {"text/plain": "a"}
        assert ran.of("update_display_data")[0]["data"] == {"application/json": [1]}


class TestCursor:
    """Positions count code points: the grinning face is one, though JavaScript counts two."""

    def test_completion_counts_code_points(self, kernel: CellClient) -> None:
        code = f"const s = '{'😀' * 20}'; s.toUpperC"
        asked = {"code": code, "cursor_pos": len(code)}
        content = request(kernel, "complete_request", asked)["content"]
        assert content["matches"] == ["toUpperCase"]
        assert code[content["cursor_start"] : content["cursor_end"]] == "toUpperC"

    def test_inspection_counts_code_points(self, kernel: CellClient) -> None:
        code = f"const s = '{'😀' * 20}'; const width = 1; width"
        asked = {"code": code, "cursor_pos": len(code) - 1, "detail_level": 0}
        content = request(kernel, "inspect_request", asked)["content"]
        assert content["found"]
        assert "const width: 1" in content["data"]["text/plain"]

    def test_they_answer_while_a_cell_waits(self, kernel: CellClient) -> None:
        running = kernel.send(sleep(1500))
        asked = {"code": "Math.ab", "cursor_pos": 7}
        content = request(kernel, "complete_request", asked)["content"]
        assert content["matches"] == ["abs"]
        assert running not in kernel.early_replies
        assert kernel.wait(running).status == "ok"


def test_input_is_never_asked_for(kernel: CellClient) -> None:
    assert kernel.run("process.stdin.isTTY ?? 'no terminal'", allow_stdin=True).status == "ok"
    with pytest.raises(Empty):
        kernel.client.get_stdin_msg(timeout=0.2)


def test_text_has_no_colours(kernel: CellClient) -> None:
    ran = kernel.run("console.log({ a: 1, b: 'x' }); ({ a: 1 })")
    assert not re.search("\x1b", ran.stdout + str(ran.result))
