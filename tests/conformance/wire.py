"""A client of its own: raw ZeroMQ frames and signatures, nothing of Jupyter's libraries between."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import subprocess
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import psutil
import zmq
from notebook import PATIENCE, alive, all_end
from own_ports import own_ports

DELIMITER = b"<IDS|MSG>"
CHANNELS = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB}


@dataclass
class Message:
    """A message as it came."""

    kind: str
    header: dict[str, Any]
    parent: dict[str, Any]
    metadata: dict[str, Any]
    content: dict[str, Any]
    buffers: list[bytes] = field(default_factory=list)
    topic: list[bytes] = field(default_factory=list)

    def answers(self, request: str) -> bool:
        return self.parent.get("msg_id") == request


def make_connection(transport: str = "tcp", ip: str = "127.0.0.1", **more: Any) -> dict[str, Any]:
    """What a connection file says."""
    ports = [own_ports().find(ip) for _ in range(5)] if transport == "tcp" else [1, 2, 3, 4, 5]
    names = ("shell", "iopub", "stdin", "control", "hb")
    return {
        **{f"{name}_port": port for name, port in zip(names, ports, strict=True)},
        "transport": transport,
        "ip": ip,
        "key": uuid.uuid4().hex,
        "signature_scheme": "hmac-sha256",
        "kernel_name": "",
        **more,
    }


class Wire:
    """A client on the frames of a kernel's sockets."""

    def __init__(self, connection: dict[str, Any], identity: bytes | None = None) -> None:
        self.connection = connection
        self.key = connection["key"].encode()
        self.digest = connection["signature_scheme"].removeprefix("hmac-")
        self.session = uuid.uuid4().hex
        self.context = zmq.Context()
        self.sockets: dict[str, zmq.Socket[bytes]] = {}
        for channel, kind in CHANNELS.items():
            one = self.context.socket(kind)
            one.linger = 0
            one.sndhwm = one.rcvhwm = 0
            if kind == zmq.DEALER and identity:
                one.identity = identity
            if kind == zmq.SUB:
                one.subscribe(b"")
            one.connect(self.address(channel))
            self.sockets[channel] = one

    def address(self, channel: str) -> str:
        port = self.connection[f"{channel}_port"]
        if self.connection["transport"] == "ipc":
            return f"ipc://{self.connection['ip']}-{port}"
        return f"tcp://{self.connection['ip']}:{port}"

    def close(self) -> None:
        self.context.destroy(linger=0)

    # Sending

    def header(self, kind: str, **more: Any) -> dict[str, Any]:
        return {
            "msg_id": uuid.uuid4().hex,
            "session": self.session,
            "username": "tester",
            "date": datetime.now(UTC).isoformat(),
            "msg_type": kind,
            "version": "5.4",
            **more,
        }

    def sign(self, parts: Sequence[bytes]) -> bytes:
        if not self.key:
            return b""
        signer = hmac.new(self.key, digestmod=getattr(hashlib, self.digest))
        for part in parts:
            signer.update(part)
        return signer.hexdigest().encode()

    def frames(self, parts: Sequence[bytes], buffers: Sequence[bytes] = ()) -> list[bytes]:
        """Signed frames of four JSON texts."""
        return [DELIMITER, self.sign(parts), *parts, *buffers]

    def send(
        self,
        channel: str,
        kind: str,
        content: Any,
        *,
        metadata: Any = None,
        parent: Any = None,
        buffers: Sequence[bytes] = (),
    ) -> str:
        header = self.header(kind)
        told = (header, parent or {}, metadata or {}, content)
        parts = [json.dumps(part).encode() for part in told]
        self.sockets[channel].send_multipart(self.frames(parts, buffers))
        return header["msg_id"]

    # Receiving

    def receive(self, channel: str, patience: float = PATIENCE) -> Message:
        """The next message, whose signature is checked."""
        one = self.sockets[channel]
        if not one.poll(int(patience * 1000)):
            raise TimeoutError(f"nothing came on {channel} for {patience} s")
        frames = one.recv_multipart()
        at = frames.index(DELIMITER)
        parts = frames[at + 2 : at + 6]
        assert frames[at + 1] == self.sign(parts), "the kernel's signature is wrong"
        header, parent, metadata, content = (json.loads(part) for part in parts)
        return Message(
            header["msg_type"], header, parent, metadata, content, frames[at + 6 :], frames[:at]
        )

    def reply(self, channel: str, request: str, patience: float = PATIENCE) -> Message:
        """The answer to a request; what else comes on the channel is passed over."""
        deadline = time.monotonic() + patience
        while True:
            message = self.receive(channel, max(0.01, deadline - time.monotonic()))
            if message.answers(request):
                return message

    def ask(self, channel: str, kind: str, content: Any) -> Message:
        return self.reply(channel, self.send(channel, kind, content))

    def is_quiet(self, channel: str) -> bool:
        """Whether nothing has come, asked after the kernel has answered something later."""
        return not self.sockets[channel].poll(0)

    def iopub_until_idle(self, request: str) -> list[Message]:
        """What was published about a request."""
        found = []
        while True:
            message = self.receive("iopub")
            if not message.answers(request):
                continue
            found.append(message)
            if message.content.get("execution_state") == "idle":
                return found

    def subscribe(self) -> None:
        """Waits until what is published arrives here."""
        while True:
            request = self.send("shell", "kernel_info_request", {})
            self.reply("shell", request)
            if self.sockets["iopub"].poll(500):
                if self.heard(request):
                    # Perhaps only its end: what is published about the next one comes whole.
                    following = self.send("shell", "kernel_info_request", {})
                    self.iopub_until_idle(following)
                    self.reply("shell", following)
                return

    def heard(self, request: str) -> bool:
        """Reads on until a message about the request; false where none comes."""
        while self.sockets["iopub"].poll(500):
            if self.receive("iopub").answers(request):
                return True
        return False

    def execute(self, code: str, **options: Any) -> Message:
        """The reply to a cell."""
        return self.reply("shell", self.send("shell", "execute_request", cell(code, **options)))

    def beats(self, patience: float = PATIENCE) -> bool:
        """Whether the kernel's heart answers."""
        heart = self.context.socket(zmq.REQ)
        heart.linger = 0
        heart.connect(self.address("hb"))
        heart.send(b"ping")
        return bool(heart.poll(int(patience * 1000))) and heart.recv() == b"ping"


def cell(code: str, **options: Any) -> dict[str, Any]:
    """An execute_request's content."""
    return {
        "code": code,
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": True,
        **options,
    }


class BareKernel:
    """A kernel's process that the test itself starts, with a client on the wire."""

    def __init__(
        self,
        argv: Sequence[str],
        folder: Path,
        connection: dict[str, Any] | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        self.connection = connection or make_connection()
        self.file = folder / f"connection-{uuid.uuid4().hex}.json"
        self.file.touch(mode=0o600)
        self.file.write_text(json.dumps(self.connection))
        self.argv = [part.replace("{connection_file}", str(self.file)) for part in argv]
        self.folder = folder
        self.env = {**os.environ, **(env or {})}
        self.process: psutil.Popen | None = None
        self.wires: list[Wire] = []

    def start(self) -> Wire:
        """Starts the process and waits until it answers."""
        # Its own words go nowhere: a pipe that nobody reads would fill.
        self.launch(subprocess.DEVNULL)
        return self.connect()

    def launch(self, words: int | IO[str]) -> None:
        """Starts the process, whose own words go to this file; it may not answer yet."""
        self.process = psutil.Popen(
            self.argv,
            cwd=str(self.folder),
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )

    def connect(self) -> Wire:
        wire = Wire(self.connection)
        self.wires.append(wire)
        wire.ask("control", "kernel_info_request", {})
        return wire

    def family(self) -> list[psutil.Process]:
        assert self.process is not None
        return [self.process, *self.process.children(recursive=True)]

    def close(self) -> None:
        for wire in self.wires:
            wire.close()
        if self.process is not None:
            family = self.family() if self.process.is_running() else []
            for process in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            with contextlib.suppress(psutil.Error):
                self.process.wait(5)
            all_end(family, 5)
        self.file.unlink(missing_ok=True)


def nothing_is_left(kernel: BareKernel, family: list[psutil.Process]) -> bool:
    if not all_end(family, 10):
        print("still there:", alive(family))
        return False
    return True
