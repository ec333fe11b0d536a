"""What comes over the wire and is no message, and much of it; clients that behave badly."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fuzz import Fuzz
from kernels import Kernel
from notebook import memory_of
from wire import DELIMITER, BareKernel, Wire, cell

FUZZED = int(os.environ.get("HEADROOM_CONFORMANCE_FUZZ", "100000"))


@pytest.fixture(scope="module")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "kernel.log"


@pytest.fixture(scope="module")
def bare(tested: Kernel, folder: Path, log_file: Path) -> Iterator[BareKernel]:
    kernel = BareKernel(tested.argv(), folder, env={"HEADROOM_KERNEL_LOG": str(log_file)})
    yield kernel
    kernel.close()


@pytest.fixture
def wire(bare: BareKernel, request: pytest.FixtureRequest) -> Iterator[Wire]:
    """A client of its own of the one kernel of these tests."""
    from conftest import FAILED

    if bare.process is None or not bare.process.is_running():
        bare.start().close()
    one = Wire(bare.connection)
    one.ask("control", "kernel_info_request", {})
    yield one
    one.close()
    if request.node.stash.get(FAILED, False):
        bare.close()
        bare.process = None
        bare.file.write_text(json.dumps(bare.connection))


def holds(wire: Wire, condition: str) -> bool:
    """Whether a cell finds it so; not every kernel answers user_expressions."""
    told = wire.execute(f"if (!({condition})) throw new Error('it does not hold');")
    return told.content["status"] == "ok"


def is_well(wire: Wire) -> bool:
    """Whether the kernel runs cells and answers rightly, on every channel."""
    return (
        holds(wire, "[1, 2, 3].map((n) => n * 2).join() === '2,4,6'")
        and wire.ask("control", "kernel_info_request", {}).content["status"] == "ok"
        and wire.beats()
    )


class TestSignature:
    def forge(self, wire: Wire, signature: bytes, code: str = "console.log('forged')") -> str:
        header = wire.header("execute_request")
        parts = [json.dumps(part).encode() for part in (header, {}, {}, cell(code))]
        wire.sockets["shell"].send_multipart([DELIMITER, signature, *parts])
        return header["msg_id"]

    @pytest.mark.parametrize(
        "signature",
        [b"", b"0" * 64, b"f" * 10_000, b"\xff\x00", "é".encode() * 32],
        ids=["empty", "wrong", "long", "bytes", "not ascii"],
    )
    @pytest.mark.one_row
    def test_a_wrong_one_is_not_obeyed(self, wire: Wire, signature: bytes) -> None:
        wire.execute("(globalThis as any).forged = 0;")
        self.forge(wire, signature, "(globalThis as any).forged = 1;")
        assert holds(wire, "(globalThis as any).forged === 0")
        # The answer above is all that came.
        assert wire.is_quiet("shell")

    def test_a_wrong_one_does_not_shut_down(self, wire: Wire) -> None:
        header = wire.header("shutdown_request")
        parts = [json.dumps(part).encode() for part in (header, {}, {}, {"restart": False})]
        for channel in ("shell", "control"):
            wire.sockets[channel].send_multipart([DELIMITER, b"0" * 64, *parts])
        assert is_well(wire)

    def test_a_changed_message_is_not_obeyed(self, wire: Wire) -> None:
        header = wire.header("execute_request")
        parts = [json.dumps(part).encode() for part in (header, {}, {}, cell("1"))]
        signature = wire.sign(parts)
        parts[3] = json.dumps(cell("globalThis.changed = 1")).encode()
        wire.sockets["shell"].send_multipart([DELIMITER, signature, *parts])
        assert holds(wire, "!('changed' in globalThis)")

    @pytest.mark.ours
    def test_it_is_told_in_the_log(self, wire: Wire, log_file: Path) -> None:
        before = len(log_file.read_text()) if log_file.exists() else 0
        self.forge(wire, b"0" * 64)
        assert is_well(wire)
        assert "signature" in log_file.read_text()[before:]


MALFORMED: dict[str, Callable[[Wire], list[bytes]]] = {
    "nothing": lambda w: [b""],
    "garbage": lambda w: [b"garbage"],
    "a delimiter alone": lambda w: [DELIMITER],
    "two delimiters": lambda w: [DELIMITER, DELIMITER, b"", b"{}", b"{}", b"{}"],
    "too few parts": lambda w: w.frames([b"{}", b"{}", b"{}"]),
    "no JSON": lambda w: w.frames([b"{", b"{}", b"{}", b"{}"]),
    "no UTF-8": lambda w: w.frames([b"\xff\xfe", b"{}", b"{}", b"{}"]),
    "a header that is a list": lambda w: w.frames([b"[]", b"{}", b"{}", b"{}"]),
    "a header that is null": lambda w: w.frames([b"null", b"{}", b"{}", b"{}"]),
    "a header without a kind": lambda w: w.frames([b'{"msg_id": "1"}', b"{}", b"{}", b"{}"]),
    "a kind that is a number": lambda w: w.frames([b'{"msg_id":"1","msg_type":5}', b"{}", b"{}", b"{}"]),
    "a kind of JavaScript's own": lambda w: w.frames(
        [json.dumps(w.header("constructor")).encode(), b"{}", b"{}", b"{}"]
    ),
    "an unknown kind": lambda w: w.frames(
        [json.dumps(w.header("unknown_request")).encode(), b"{}", b"{}", b"{}"]
    ),
    "content that is a list": lambda w: w.frames(
        [json.dumps(w.header("execute_request")).encode(), b"{}", b"{}", b"[]"]
    ),
    "a deep nest": lambda w: w.frames(
        [
            json.dumps(w.header("execute_request")).encode(),
            b"{}",
            b"[" * 100_000 + b"]" * 100_000,
            b"{}",
        ]
    ),
    "a prototype that is poisoned": lambda w: w.frames(
        [
            json.dumps(w.header("comm_info_request")).encode(),
            b"{}",
            b'{"__proto__": {"polluted": 1}}',
            b'{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
        ]
    ),
    "thousands of parts": lambda w: [b"x"] * 5000,
    "a part of ten megabytes": lambda w: [DELIMITER, b"", b"x" * 10_000_000, b"{}", b"{}", b"{}"],
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_malformed_message_is_ignored(wire: Wire, kind: str) -> None:
    for channel in ("shell", "control", "stdin"):
        wire.sockets[channel].send_multipart(MALFORMED[kind](wire))
    assert is_well(wire)
    assert holds(wire, "({} as any).polluted === undefined")


@pytest.mark.slow
def test_100_000_fuzzed_messages_do_no_harm(
    wire: Wire, bare: BareKernel, log_file: Path, log: Callable[[str], None], tested: Kernel
) -> None:
    # Warm: what a kernel needs anyhow is there before memory is compared.
    send_fuzzed(wire, 5_000, seed=1)
    assert is_well(wire)
    before = memory_of(bare.family())
    begun = time.monotonic()
    send_fuzzed(wire, FUZZED, seed=2)
    assert is_well(wire)
    grown = (memory_of(bare.family()) - before) / 1e6
    log(f"{FUZZED} fuzzed messages in {time.monotonic() - begun:.1f} s; memory grew by {grown:.0f} MB")
    assert grown < 300
    assert wire.execute("const afterwards = 1;").content["status"] == "ok"
    assert wire.execute("afterwards + 1", user_expressions={"a": "afterwards"}).content["status"] == "ok"
    if tested.name == "headroom":
        text = log_file.read_text(errors="replace")
        assert "signature" in text
        assert len(text) < 200_000_000


def send_fuzzed(wire: Wire, count: int, seed: int) -> None:
    """Sends them in packs; after each the kernel has to answer before the next is sent."""
    fuzz = Fuzz(wire, seed)
    channels = ("shell", "shell", "control", "stdin")
    for start in range(0, count, 500):
        for _ in range(min(500, count - start)):
            wire.sockets[fuzz.random.choice(channels)].send_multipart(fuzz.frames())
        for channel in ("control", "shell"):
            request = wire.send(channel, "kernel_info_request", {})
            while not raw_answers(wire, channel, request):
                pass
        # Cells of this pack are through when a cell sent after them is.
        request = wire.send("shell", "execute_request", cell("", silent=True, stop_on_error=False))
        while not raw_answers(wire, "shell", request):
            pass
        while wire.sockets["iopub"].poll(0):
            wire.sockets["iopub"].recv_multipart()


def raw_answers(wire: Wire, channel: str, request: str) -> bool:
    """Whether the next message answers a request; it is read no further, for there are many."""
    one = wire.sockets[channel]
    if not one.poll(60_000):
        raise TimeoutError(f"nothing came on {channel}")
    frames = one.recv_multipart()
    return request.encode() in frames[frames.index(DELIMITER) + 3]


def test_a_client_that_never_reads_does_not_stop_the_others(wire: Wire, bare: BareKernel) -> None:
    deaf = Wire(bare.connection, identity=uuid.uuid4().bytes)
    try:
        # Its own window of messages fills at once.
        deaf.sockets["iopub"].rcvhwm = 1
        for _ in range(3):
            code = "for (let i = 0; i < 5_000; i++) console.log('x'.repeat(999));"
            request = wire.send("shell", "execute_request", cell(code))
            told = wire.iopub_until_idle(request)
            text = "".join(m.content["text"] for m in told if m.kind == "stream")
            assert len(text) == 5_000_000
            assert wire.reply("shell", request).content["status"] == "ok"
    finally:
        deaf.close()


def test_clients_that_come_and_go_leave_nothing(wire: Wire, bare: BareKernel) -> None:
    assert bare.process is not None
    before = bare.process.num_fds()
    for _ in range(50):
        one = Wire(bare.connection)
        one.send("shell", "execute_request", cell("1"))
        one.close()
    assert is_well(wire)
    assert bare.process.num_fds() < before + 60
