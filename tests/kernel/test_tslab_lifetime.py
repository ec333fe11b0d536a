"""What ends a kernel, what interrupts a cell, and what does neither."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import zmq
from cell_client import CellClient, Ran
from jupyter_client.connect import write_connection_file
from jupyter_client.kernelspec import get_kernel_spec

Start = Callable[..., CellClient]


def ends(is_over: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether something comes true within some time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_over():
            return True
        time.sleep(0.02)
    return False


def run_interrupted(kernel: CellClient, code: str) -> Ran:
    """Runs a cell and interrupts it, again and again like an impatient learner."""
    is_over = threading.Event()

    def interrupt() -> None:
        while not is_over.wait(0.7):
            kernel.manager.interrupt_kernel()

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        return kernel.run(code)
    finally:
        is_over.set()
        thread.join()


class TestInterrupt:
    LOOPS = {
        "a loop that never awaits": "while (true) {}",
        "a promise that never settles": "await new Promise(() => {});",
        "a loop that sleeps": (
            "while (true) { await new Promise((r) => setTimeout(r, 10)); console.log('tick'); }"
        ),
        "a loop on timers/promises": (
            'import { setTimeout as rest } from "timers/promises";\n'
            "while (true) { await rest(10); console.log('tick'); }"
        ),
        "an immediate": "while (true) await new Promise((r) => setImmediate(r));",
    }

    @pytest.mark.parametrize("code", LOOPS.values(), ids=LOOPS.keys())
    def test_a_cell_is_interrupted_and_stays_so(self, kernel: CellClient, code: str) -> None:
        kernel.run("const kept = 7;")
        ran = run_interrupted(kernel, code)
        assert ran.status == "error"
        assert ran.error["ename"] == "Interrupted"
        after = kernel.run("await new Promise((r) => setTimeout(r, 200)); kept")
        assert after.result == "7"
        assert after.stdout == ""
        assert kernel.late(ran.reply["parent_header"]["msg_id"], 0.2) == []

    def test_a_model_can_be_trained_again(self, kernel: CellClient) -> None:
        made = kernel.run(
            """import * as tf from "@tensorflow/tfjs-node";
            const only = tf.layers.dense({ units: 1, inputShape: [2] });
            const model = tf.sequential({ layers: [only] });
            model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
            const x = tf.ones([64, 2]), y = tf.ones([64, 1]);""",
            timeout=60,
        )
        assert made.status == "ok"
        ran = run_interrupted(kernel, "await model.fit(x, y, { epochs: 100_000, verbose: 0 });")
        assert ran.error["ename"] == "Interrupted"
        again = kernel.run("(await model.fit(x, y, { epochs: 2, verbose: 1 })).epoch.length")
        assert again.result == "2"
        assert again.stderr == ""

    def test_an_interrupt_while_the_cell_compiles_is_heard(self, kernel: CellClient) -> None:
        sent = kernel.send("const unreached = 1; while (true) {}")
        while True:
            message = kernel.client.get_iopub_msg(timeout=10)
            is_input = message["msg_type"] == "execute_input"
            if is_input and message["parent_header"]["msg_id"] == sent:
                break
        kernel.manager.interrupt_kernel()
        assert kernel.wait(sent).error["ename"] == "Interrupted"

    def test_an_idle_kernel_shrugs(self, kernel: CellClient) -> None:
        kernel.manager.interrupt_kernel()
        time.sleep(0.2)
        assert kernel.run("1").result == "1"

    def test_a_request_on_the_control_channel_does_it_too(self, kernel: CellClient) -> None:
        sent = kernel.send("await new Promise(() => {});")
        time.sleep(0.5)
        kernel.client.control_channel.send(kernel.client.session.msg("interrupt_request", {}))
        reply = kernel.client.get_control_msg(timeout=10)
        assert reply["msg_type"] == "interrupt_reply"
        assert reply["content"]["status"] == "ok"
        assert kernel.wait(sent).error["ename"] == "Interrupted"


class TestWire:
    def test_what_is_not_signed_is_ignored(self, kernel: CellClient) -> None:
        client = kernel.client
        session = client.session.clone()
        session.key = b"another key"
        forged = session.msg("execute_request", {"code": "console.log('forged')"})
        session.send(client.shell_channel.socket, forged)
        client.shell_channel.socket.send_multipart([b"garbage"])
        client.shell_channel.socket.send_multipart([b"<IDS|MSG>", b"", b"{", b"{}", b"{}", b"{}"])
        assert kernel.late(forged["header"]["msg_id"], 0.5) == []
        assert kernel.run("1").result == "1"

    def test_sockets_are_bound_to_the_named_address_alone(self, kernel: CellClient) -> None:
        info = kernel.manager.get_connection_info()
        assert info["ip"] == "127.0.0.1"
        for name in ("shell", "iopub", "stdin", "control", "hb"):
            port = info[f"{name}_port"]
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            with pytest.raises(OSError):
                socket.create_connection(("127.0.0.2", port), timeout=1)

    def test_the_heart_beats_while_a_cell_computes(self, kernel: CellClient) -> None:
        info = kernel.manager.get_connection_info()
        with zmq.Context() as context, context.socket(zmq.REQ) as heart:
            heart.linger = 0
            heart.connect(f"tcp://{info['ip']}:{info['hb_port']}")
            sent = kernel.send("const end = Date.now() + 1500; while (Date.now() < end);")
            time.sleep(0.4)
            heart.send(b"ping")
            assert heart.poll(500)
            assert heart.recv() == b"ping"
        assert kernel.wait(sent).status == "ok"


class TestEnd:
    @pytest.mark.parametrize("channel", ["control", "shell"])
    def test_shutdown_is_answered_and_obeyed(self, start_kernel: Start, channel: str) -> None:
        kernel = start_kernel()
        message = kernel.client.session.msg("shutdown_request", {"restart": True})
        getattr(kernel.client, f"{channel}_channel").send(message)
        reply = getattr(kernel.client, f"get_{channel}_msg")(timeout=10)
        while reply["msg_type"] == "kernel_info_reply":  # from the start
            reply = getattr(kernel.client, f"get_{channel}_msg")(timeout=10)
        assert reply["msg_type"] == "shutdown_reply"
        assert reply["content"] == {"status": "ok", "restart": True}
        process = kernel.manager.provisioner.process
        assert ends(lambda: process.poll() is not None)
        assert process.returncode == 0

    def test_process_exit_says_so(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        ran = kernel.run("console.log('before');\nprocess.exit(3);")
        assert ran.stdout == "before\n"
        assert ran.status == "error"
        assert ran.error["ename"] == "KernelExit"
        assert "process.exit(3)" in ran.error["evalue"]
        process = kernel.manager.provisioner.process
        assert ends(lambda: process.poll() is not None)
        assert process.returncode == 3

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no orphans")
    def test_it_dies_with_jupyter_even_in_a_loop(self, tmp_path: Path) -> None:
        told = tmp_path / "kernel.json"
        command = [sys.executable, "-c", PARENT, str(told)]
        # It dies without a chance to remove its connection file.
        env = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
        parent = subprocess.Popen(command, env=env)
        assert ends(told.exists, 30)
        kernel = json.loads(told.read_text())["pid"]
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert ends(lambda: not is_alive(kernel), 5)

    def test_it_dies_with_a_jupyter_that_died_before_it_was_up(self, tmp_path: Path) -> None:
        jupyter = subprocess.Popen([sys.executable, "-c", ""])
        jupyter.wait()
        connection, _ = write_connection_file(str(tmp_path / "connection.json"))
        command = get_kernel_spec("tslab").argv
        kernel = subprocess.Popen(
            [part.replace("{connection_file}", connection) for part in command],
            env={**os.environ, "JPY_PARENT_PID": str(jupyter.pid)},
        )
        try:
            assert ends(lambda: kernel.poll() is not None, 15)
        finally:
            kernel.kill()


PARENT = """
import json, pathlib, sys, time
from cell_client import CellClient
kernel = CellClient()
kernel.send("while (true) {}")
time.sleep(0.5)
told = pathlib.Path(sys.argv[1])
unfinished = told.with_suffix(".new")
unfinished.write_text(json.dumps({"pid": kernel.manager.provisioner.process.pid}))
unfinished.rename(told)
time.sleep(60)
"""


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    # A process that has ended and that nobody has asked about is no longer alive.
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")
