"""A client of Jupyter kernels that does as little as it can, to time them: raw ZeroMQ sockets.

It takes one JSON command per line on standard input ({"do": "start", ...}, see `COMMANDS`) and
answers each with one line: its result, or {"error": text}. All times are milliseconds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import zmq

DELIMITER = b"<IDS|MSG>"
START_SECONDS = 60.0
EXIT_SECONDS = 5.0
LATE_SECONDS = 1.0
CHANNELS = ("shell", "control", "iopub", "stdin", "hb")


class Silence(Exception):
    """A kernel that did not answer in time."""


class Answer:
    """What a kernel has said about one request so far, with the time of each event."""

    def __init__(self) -> None:
        self.sent = time.perf_counter()
        self.reply: dict[str, Any] | None = None
        self.replied = 0.0
        self.is_idle = False
        self.idle = 0.0
        self.lines = 0
        self.errors: list[str] = []

    @property
    def is_complete(self) -> bool:
        return self.reply is not None and self.is_idle

    @property
    def milliseconds(self) -> float:
        return (max(self.replied, self.idle) - self.sent) * 1000


class Kernel:
    """A running kernel and this client's sockets to it."""

    def __init__(self, argv: list[str], cwd: str, env: dict[str, str], interrupt_mode: str) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="headroom-bench-")
        self.interrupt_mode = interrupt_mode
        self.key = uuid.uuid4().hex.encode()
        self.session = uuid.uuid4().hex
        self.waiting: dict[str, Answer] = {}
        self.context = zmq.Context()
        ports = free_ports(len(CHANNELS))
        connection = {f"{name}_port": port for name, port in zip(CHANNELS, ports, strict=True)}
        connection |= {"transport": "tcp", "ip": "127.0.0.1", "key": self.key.decode()}
        file = Path(self.folder.name, "connection.json")
        file.write_text(json.dumps({**connection, "signature_scheme": "hmac-sha256"}))
        file.chmod(0o600)
        self.sockets = {
            name: self.connect(kind, connection[f"{name}_port"])
            for name, kind in (("shell", zmq.DEALER), ("control", zmq.DEALER), ("iopub", zmq.SUB))
        }
        self.sockets["iopub"].setsockopt(zmq.SUBSCRIBE, b"")
        self.poller = zmq.Poller()
        for socket in self.sockets.values():
            self.poller.register(socket, zmq.POLLIN)
        # Nothing that the kernel remembers between runs, history for one, may touch the user's.
        own = {"JUPYTER_DATA_DIR": self.folder.name, "IPYTHONDIR": self.folder.name}
        self.log = open(Path(self.folder.name, "log.txt"), "wb")
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [part.replace("{connection_file}", str(file)) for part in argv],
            cwd=cwd,
            env={**os.environ, **own, **env},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def connect(self, kind: int, port: int) -> zmq.Socket:
        socket = self.context.socket(kind)
        socket.linger = 0
        socket.setsockopt(zmq.RCVHWM, 0)
        # The default of 100 ms would be measured as the kernel's.
        socket.setsockopt(zmq.RECONNECT_IVL, 2)
        socket.connect(f"tcp://127.0.0.1:{port}")
        return socket

    def send(self, kind: str, content: dict[str, Any], channel: str = "shell") -> Answer:
        message_id = uuid.uuid4().hex
        header = {
            "msg_id": message_id,
            "msg_type": kind,
            "session": self.session,
            "username": "bench",
            "date": "2026-01-01T00:00:00.000000Z",
            "version": "5.3",
        }
        frames = [json.dumps(part).encode() for part in (header, {}, {}, content)]
        signature = hmac.new(self.key, b"".join(frames), hashlib.sha256).hexdigest().encode()
        answer = self.waiting[message_id] = Answer()
        self.sockets[channel].send_multipart([DELIMITER, signature, *frames])
        return answer

    def wait(self, answer: Answer, seconds: float, needs_idle: bool = True) -> Answer:
        """Takes messages until a request is answered."""
        deadline = time.perf_counter() + seconds
        while not (answer.is_complete if needs_idle else answer.reply):
            left = deadline - time.perf_counter()
            if left <= 0:
                raise Silence(f"no {'idle' if answer.reply else 'reply'} within {seconds:g} s")
            for socket, _ in self.poller.poll(left * 1000):
                self.take(socket)
        return answer

    def take(self, socket: zmq.Socket) -> None:
        frames = socket.recv_multipart()
        now = time.perf_counter()
        at = frames.index(DELIMITER) if DELIMITER in frames else -5
        if at < 0 or len(frames) < at + 6:
            return
        answer = self.waiting.get(json.loads(frames[at + 3]).get("msg_id", ""))
        if answer is None:
            return
        kind = json.loads(frames[at + 2])["msg_type"]
        content = json.loads(frames[at + 5])
        if socket is not self.sockets["iopub"]:
            answer.reply, answer.replied = content, now
        elif kind == "stream":
            answer.lines += content["text"].count("\n")
        elif kind == "status" and content["execution_state"] == "idle":
            answer.is_idle, answer.idle = True, now
        elif kind == "error":
            answer.errors.append(f"{content.get('ename')}: {content.get('evalue')}")

    def execute(self, code: str) -> Answer:
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        return self.send(
            "execute_request", {**content, "allow_stdin": False, "stop_on_error": False}
        )

    def interrupt(self) -> None:
        if self.interrupt_mode == "message":
            self.send("interrupt_request", {}, "control")
        else:
            os.killpg(self.process.pid, signal.SIGINT)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.send("shutdown_request", {"restart": False}, "control")
            try:
                self.process.wait(EXIT_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        for socket in self.sockets.values():
            socket.close()
        self.context.term()
        self.log.close()
        self.folder.cleanup()


def free_ports(count: int) -> list[int]:
    context = zmq.Context()
    sockets = [context.socket(zmq.REP) for _ in range(count)]
    ports = [socket.bind_to_random_port("tcp://127.0.0.1") for socket in sockets]
    for socket in sockets:
        socket.close(linger=0)
    context.term()
    return ports


kernels: dict[str, Kernel] = {}


def start(
    name: str, argv: list[str], cwd: str, env: dict[str, str], interrupt: str
) -> dict[str, Any]:
    """Starts a kernel: the time until it answers."""
    kernel = kernels[name] = Kernel(argv, cwd, env, interrupt)
    answer = kernel.send("kernel_info_request", {})
    kernel.wait(answer, START_SECONDS, needs_idle=False)
    milliseconds = (answer.replied - kernel.started) * 1000
    while True:  # iopub joins late
        try:
            kernel.wait(kernel.send("kernel_info_request", {}), 1)
        except Silence:
            continue
        return {"milliseconds": milliseconds}


def cell(name: str, code: str, seconds: float = 60, lines: int = 0) -> dict[str, Any]:
    """Runs a cell: the time until it has replied and is idle, and what came of it.

    With `lines`, the number of lines that it writes, also how many came late and how many never.
    """
    kernel = kernels[name]
    answer = kernel.execute(code)
    silence = None
    try:
        kernel.wait(answer, seconds)
    except Silence as error:
        silence = str(error)
    in_time = answer.lines
    while answer.lines < lines:
        before = answer.lines
        pause(kernel, LATE_SECONDS)
        if answer.lines == before:
            break
    return {
        "milliseconds": None if silence else answer.milliseconds,
        "silence": silence,
        "status": (answer.reply or {}).get("status"),
        "errors": answer.errors,
        "late": answer.lines - in_time,
        "lost": max(0, lines - answer.lines),
    }


def ask(name: str, kind: str, content: dict[str, Any], channel: str = "shell") -> dict[str, Any]:
    """Asks something else than a cell: the time until the reply, and the reply."""
    kernel = kernels[name]
    answer = kernel.wait(kernel.send(kind, content, channel), 60, needs_idle=False)
    return {"milliseconds": (answer.replied - answer.sent) * 1000, "reply": answer.reply}


def ask_busy(
    name: str, code: str, after: float, kind: str, content: dict[str, Any], channel: str = "shell"
) -> dict[str, Any]:
    """Asks while a cell computes; then waits for the cell."""
    kernel = kernels[name]
    running = kernel.execute(code)
    pause(kernel, after)
    asked = ask(name, kind, content, channel)
    asked["before"] = running.reply is None
    kernel.wait(running, 60)
    return asked


def interrupt(name: str, code: str, after: float, seconds: float) -> dict[str, Any]:
    """Interrupts a cell: the time until it has replied; null where it goes on."""
    kernel = kernels[name]
    running = kernel.execute(code)
    pause(kernel, after)
    if running.reply is not None:
        return {"milliseconds": None, "silence": f"the cell ended by itself: {running.reply}"}
    asked = time.perf_counter()
    kernel.interrupt()
    try:
        kernel.wait(running, seconds, needs_idle=False)
    except Silence as error:
        return {"milliseconds": None, "silence": str(error)}
    return {"milliseconds": (running.replied - asked) * 1000}


def pause(kernel: Kernel, seconds: float) -> None:
    """Takes messages for some time."""
    deadline = time.perf_counter() + seconds
    while (left := deadline - time.perf_counter()) > 0:
        for socket, _ in kernel.poller.poll(left * 1000):
            kernel.take(socket)


def memory(name: str) -> dict[str, Any]:
    """The resident memory of a kernel and all that it has started, in megabytes."""
    process = psutil.Process(kernels[name].process.pid)
    family = [process, *process.children(recursive=True)]
    return {"megabytes": sum(member.memory_info().rss for member in family) / 1e6}


def stop(name: str) -> dict[str, Any]:
    """Ends a kernel."""
    kernels.pop(name).stop()
    return {}


COMMANDS = {
    function.__name__: function
    for function in (start, cell, ask, ask_busy, interrupt, memory, stop)
}


def main() -> None:
    # A run that is ended from outside ends its kernels, as it does upon Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for line in sys.stdin:
            command = json.loads(line)
            try:
                result = COMMANDS[command.pop("do")](**command)
            except (Silence, OSError, psutil.Error) as error:
                result = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(result), flush=True)
    finally:
        with ExitStack() as running:
            for kernel in kernels.values():
                running.callback(kernel.stop)


if __name__ == "__main__":
    main()
