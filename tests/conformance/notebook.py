"""A notebook's view of a kernel: runs cells, asks questions, interrupts, looks at its processes."""

from __future__ import annotations

import os
import time
import re
from collections.abc import Callable, Sequence
from queue import Empty
from typing import Any

import cell_client
import psutil
from cell_client import CellClient, Message
from kernels import KERNELS

# How long a kernel may stay silent. Nothing is measured with it: it only ends a test that hangs.
PATIENCE = float(os.environ.get("HEADROOM_CONFORMANCE_PATIENCE", "30"))
cell_client.TIMEOUT = PATIENCE


def plain(text: str) -> str:
    """The text without colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", text)


class Ran(cell_client.Ran):
    """What a kernel said about a cell; colours are another question than the result."""

    @property
    def result(self) -> str | None:
        text = super().result
        return None if text is None else plain(text)


class Notebook(CellClient):
    """A running kernel and a client of it that asks every kind of question."""

    def __init__(self, kernel_name: str, **options: Any) -> None:
        self.is_peer = KERNELS[kernel_name].is_peer
        self.early_control: dict[str, Message] = {}
        super().__init__(kernel_name, **options)
        # The manager, which sends the interrupts, is the same session, and numbers its messages from 0.
        self.client.session.message_count = 1_000_000
        self.process = psutil.Process(self.manager.provisioner.process.pid)
        for channel in ("iopub", "shell", "control", "stdin"):
            name = f"get_{channel}_msg"
            setattr(self.client, name, self.until_it_dies(getattr(self.client, name)))

    def until_it_dies(self, get: Callable[..., Message]) -> Callable[..., Message]:
        """The same, but nobody waits for the messages of a kernel that is gone."""

        def get_in_time(timeout: float = PATIENCE) -> Message:
            deadline = time.monotonic() + timeout
            while True:
                was_alive = alive([self.process])
                left = deadline - time.monotonic()
                try:
                    return get(timeout=max(0.0, min(left, 1.0)))
                except Empty:
                    if left <= 1.0:
                        raise
                    if not was_alive:
                        raise Empty("the kernel has ended without a word") from None

        return get_in_time

    def run(self, code: str, timeout: float = PATIENCE, **options: Any) -> Ran:
        # The client itself would keep a kernel waiting for input that no test gives.
        return super().run(code, timeout, **{"allow_stdin": False, **options})

    def wait_all(self, requests: list[str], timeout: float = PATIENCE) -> dict[str, Ran]:
        found = super().wait_all(requests, timeout)
        return {request: Ran(ran.reply, ran.messages) for request, ran in found.items()}

    def goes_on(self) -> bool:
        """Whether the next cell runs and says what it should; a peer may be asked again."""

        def runs() -> bool:
            ran = self.run("console.log('well');")
            return ran.status == "ok" and (self.is_peer or ran.stdout == "well\n")

        return comes_true(runs, 3) if self.is_peer else runs()

    def out(self, code: str, timeout: float = PATIENCE, **options: Any) -> str:
        """What a cell writes to stdout; fails with the cell's error if it has one."""
        request = self.send(code, **{"allow_stdin": False, **options})
        ran = self.wait(request, timeout)
        assert ran.status == "ok", ran.content
        if self.is_peer and not ran.stdout:
            ran.messages += self.late(request, 0.5)
        return plain(ran.stdout)

    def all(self, *cells: str, timeout: float = PATIENCE) -> str:
        """What the last of some cells writes; fails with the error of the first that has one."""
        text = ""
        for cell in cells:
            text = self.out(cell, timeout)
        return text

    # Questions

    def ask(self, kind: str, content: dict[str, Any], channel: str = "shell") -> Message:
        """The reply to a request."""
        return self.answer(self.post(kind, content, channel), channel)

    def post(self, kind: str, content: dict[str, Any], channel: str = "shell") -> str:
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def answer(self, request: str, channel: str = "shell") -> Message:
        return self.reply(request) if channel == "shell" else self.control_reply(request)

    def control_reply(self, request: str) -> Message:
        deadline = time.monotonic() + PATIENCE
        while request not in self.early_control:
            left = max(0.01, deadline - time.monotonic())
            message = self.client.get_control_msg(timeout=left)
            self.early_control[message["parent_header"].get("msg_id", "")] = message
        return self.early_control.pop(request)

    def complete(self, code: str, cursor: int | None = None) -> dict[str, Any]:
        at = len(code) if cursor is None else cursor
        return self.ask("complete_request", {"code": code, "cursor_pos": at})["content"]

    def inspect(self, code: str, cursor: int | None = None, detail: int = 0) -> dict[str, Any]:
        at = len(code) if cursor is None else cursor
        asked = {"code": code, "cursor_pos": at, "detail_level": detail}
        return self.ask("inspect_request", asked)["content"]

    def interrupt(self) -> None:
        """As Jupyter does: a message or a signal, as the kernel's specification says."""
        self.manager.interrupt_kernel()

    def count(self) -> int:
        """The number of the last cell that was counted."""
        return self.run("0;", store_history=False).content["execution_count"]

    # Messages one by one

    def until(self, request: str, wanted: Callable[[Message], bool]) -> list[Message]:
        """The messages about a request, up to the first that is wanted."""
        found: list[Message] = []
        deadline = time.monotonic() + PATIENCE
        while True:
            left = max(0.01, deadline - time.monotonic())
            message = self.client.get_iopub_msg(timeout=left)
            if message["parent_header"].get("msg_id") != request:
                continue
            found.append(message)
            if wanted(message):
                return found

    def until_text(self, request: str, text: str) -> list[Message]:
        """The messages about a request until its output holds a text."""
        so_far = ""

        def is_there(message: Message) -> bool:
            nonlocal so_far
            if message["msg_type"] == "stream":
                so_far += message["content"]["text"]
            return text in so_far

        return self.until(request, is_there)

    def start(self, code: str, **options: Any) -> str:
        """Runs a cell until it has written `started`, and lets it run on."""
        request = self.send(code, **{"allow_stdin": False, **options})
        self.until_text(request, "started")
        return request

    def next_message(self) -> Message:
        """The next message on iopub, whatever it is about."""
        return self.client.get_iopub_msg(timeout=PATIENCE)

    def rest(self, request: str, found: Sequence[Message] = ()) -> Ran:
        """What is still said about a request that was begun to be read."""
        ran = self.wait(request)
        return Ran(ran.reply, [*found, *ran.messages])

    def answer_input(self, request: str, *answers: str) -> tuple[Ran, list[dict[str, Any]]]:
        """Answers a cell's questions in turn; what was said, and the questions."""
        asked = []
        for answer in answers:
            asked.append(self.question())
            self.client.input(answer)
        return self.wait(request), asked

    def question(self) -> dict[str, Any]:
        """The next question that the kernel asks on stdin."""
        message = self.client.get_stdin_msg(timeout=PATIENCE)
        assert message["msg_type"] == "input_request"
        return message["content"]

    # Processes

    def family(self) -> list[psutil.Process]:
        """The kernel's process and all that it started."""
        return [self.process, *self.process.children(recursive=True)]

    def memory(self) -> int:
        """The resident bytes of all its processes."""
        return memory_of(self.family())

    def cpu_seconds(self) -> float:
        """The processor time of all its processes: what a busy machine does not change."""
        total = 0.0
        for process in self.family():
            try:
                times = process.cpu_times()
                total += times.user + times.system
            except psutil.NoSuchProcess:
                pass
        return total

    def is_well(self) -> bool:
        """Whether the kernel still runs cells."""
        try:
            return self.manager.is_alive() and self.run("void 0;", timeout=5).status == "ok"
        except (Empty, TimeoutError):
            return False


def comes_true(is_so: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether something becomes true; asked again and again where no message tells."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def alive(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; one that ended and that nobody has asked about does not."""
    running = []
    for process in processes:
        try:
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                running.append(process)
        except psutil.NoSuchProcess:
            pass
    return running


def memory_of(processes: Sequence[psutil.Process]) -> int:
    """The resident bytes of those that still run."""
    total = 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            pass
    return total


def all_end(processes: Sequence[psutil.Process], seconds: float = PATIENCE) -> bool:
    return comes_true(lambda: not alive(processes), seconds)
