"""A client that runs one cell of a kernel and hands back everything the kernel said about it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from own_ports import use_own_ports

use_own_ports()
TIMEOUT = 30

Message = dict[str, Any]


@dataclass
class Ran:
    """What a kernel said about one request: its reply, and its messages on iopub in their order."""

    reply: Message
    messages: list[Message] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        return self.reply["content"]

    @property
    def status(self) -> str:
        return self.content["status"]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    @property
    def kinds(self) -> list[str]:
        return [m["msg_type"] for m in self.messages]

    def stream(self, name: str) -> str:
        return "".join(c["text"] for c in self.of("stream") if c["name"] == name)

    @property
    def stdout(self) -> str:
        return self.stream("stdout")

    @property
    def stderr(self) -> str:
        return self.stream("stderr")

    @property
    def result(self) -> str | None:
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def error(self) -> dict[str, Any]:
        errors = self.of("error")
        assert len(errors) == 1, f"expected one error, got {len(errors)}: {self.kinds}"
        return errors[0]

    @property
    def traceback(self) -> str:
        return "\n".join(self.error["traceback"])


class CellClient:
    """A running kernel and a client of it."""

    def __init__(self, kernel_name: str = "tslab", **options: Any) -> None:
        self.early_replies: dict[str, Message] = {}
        self.manager = KernelManager(kernel_name=kernel_name)
        self.manager.start_kernel(**options)
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=TIMEOUT)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code: str, **options: Any) -> str:
        return self.client.execute(code, **options)

    def run(self, code: str, timeout: float = TIMEOUT, **options: Any) -> Ran:
        return self.wait(self.send(code, **options), timeout)

    def wait(self, request: str, timeout: float = TIMEOUT) -> Ran:
        """What was said about a request; messages of other requests are passed over."""
        return self.wait_all([request], timeout)[request]

    def wait_all(self, requests: list[str], timeout: float = TIMEOUT) -> dict[str, Ran]:
        """The same for several; also the messages that came after idle, until the last was idle."""
        messages: dict[str, list[Message]] = {request: [] for request in requests}
        idle: set[str] = set()
        deadline = time.monotonic() + timeout
        while len(idle) < len(requests):
            message = self.client.get_iopub_msg(timeout=max(0.01, deadline - time.monotonic()))
            request = message["parent_header"].get("msg_id")
            if request not in messages:
                continue
            messages[request].append(message)
            if message["content"].get("execution_state") == "idle":
                idle.add(request)
        return {r: Ran(self.reply(r, deadline), messages[r]) for r in requests}

    def reply(self, request: str, deadline: float | None = None) -> Message:
        """The reply on the shell channel."""
        if request in self.early_replies:
            return self.early_replies.pop(request)
        deadline = deadline or time.monotonic() + TIMEOUT
        while True:
            message = self.client.get_shell_msg(timeout=max(0.01, deadline - time.monotonic()))
            parent = message["parent_header"].get("msg_id")
            if parent == request:
                return message
            self.early_replies[parent] = message

    def late(self, request: str, seconds: float) -> list[Message]:
        """The messages about a request that come within some time."""
        found = []
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self.client.get_iopub_msg(timeout=left)
            except Exception:  # queue.Empty
                break
            if message["parent_header"].get("msg_id") == request:
                found.append(message)
        return found
