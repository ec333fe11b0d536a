"""What comes over the wire and is no message, and much of it; cells by the thousand."""

from __future__ import annotations

import json
import os
import random
import string
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from notebook import Notebook, memory_of
from wire import DELIMITER, BareKernel, Wire, cell

Start = Callable[..., Notebook]
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


REQUESTS: dict[str, dict[str, Any]] = {
    "execute_request": cell("6 * 7", user_expressions={"a": "1"}),
    "complete_request": {"code": "Math.ab", "cursor_pos": 7},
    "inspect_request": {"code": "parseInt", "cursor_pos": 3, "detail_level": 0},
    "is_complete_request": {"code": "f("},
    "history_request": {
        "output": False,
        "raw": True,
        "hist_access_type": "search",
        "session": 0,
        "start": 0,
        "stop": 5,
        "n": 5,
        "pattern": "*a*",
        "unique": True,
    },
    "comm_open": {"comm_id": "c", "target_name": "nobody", "data": {}},
    "comm_msg": {"comm_id": "c", "data": {}},
    "comm_close": {"comm_id": "c", "data": {}},
    "comm_info_request": {"target_name": "nobody"},
    "kernel_info_request": {},
    "interrupt_request": {},
    "debug_request": {"type": "request", "seq": 1, "command": "initialize", "arguments": {}},
    "input_reply": {"value": "x", "status": "ok"},
    "create_subshell_request": {},
}

STRANGE: list[Any] = [
    None,
    True,
    -1,
    0,
    1.5,
    1e308,
    -(2**63),
    2**64,
    10**300,
    "",
    "x" * 3000,
    "\u0000\ud83d\ude00",
    "__proto__",
    "../../../etc/passwd",
    [],
    [[[[]]]],
    {},
    {"__proto__": {"a": 1}},
    {"toString": 5, "valueOf": None},
    [None] * 50,
]


class Fuzz:
    """Makes messages that are almost right, and some that are not at all."""

    def __init__(self, wire: Wire, seed: int) -> None:
        self.wire = wire
        self.random = random.Random(seed)

    def strange(self) -> Any:
        if self.random.random() < 0.02:
            deep: Any = 1
            for _ in range(self.random.choice((10, 200))):
                deep = [deep] if self.random.random() < 0.5 else {"a": deep}
            return deep
        return self.random.choice(STRANGE)

    def content(self, kind: str) -> Any:
        """The content of a kind, with some of its fields changed, dropped or invented."""
        content = dict(REQUESTS[kind])
        for key in list(content):
            chance = self.random.random()
            if chance < 0.3:
                content[key] = self.strange()
            elif chance < 0.4:
                del content[key]
        if self.random.random() < 0.1:
            content[self.random.choice(("extra", "__proto__", "code", "data"))] = self.strange()
        if self.random.random() < 0.03:
            return self.strange()
        # Code that ends in a loop would only be slow.
        return content

    def frames(self) -> list[bytes]:
        kind = self.random.choice(list(REQUESTS))
        header: Any = self.wire.header(kind)
        if self.random.random() < 0.1:
            header[self.random.choice(list(header))] = self.strange()
        if header["msg_type"] == "shutdown_request":
            header["msg_type"] = kind
        rest = [self.random.choice(({}, {}, {}, self.strange())) for _ in range(2)]
        parts = [json.dumps(part).encode() for part in (header, *rest, self.content(kind))]
        chance = self.random.random()
        if chance < 0.7:
            frames = self.wire.frames(parts)
        elif chance < 0.8:
            # Some bytes of one part are changed, but it is signed as it is.
            at = self.random.randrange(4)
            parts[at] = self.mutated(parts[at])
            frames = self.wire.frames(parts)
        elif chance < 0.9:
            frames = [DELIMITER, self.noise(64), *parts]
        elif chance < 0.95:
            frames = self.wire.frames(parts)[: self.random.randrange(1, 6)]
        else:
            frames = [self.noise(self.random.randrange(200)) for _ in range(self.random.randrange(1, 9))]
        if self.random.random() < 0.05:
            frames = [self.noise(20), *frames]
        if self.random.random() < 0.05:
            frames += [self.noise(100)] * self.random.randrange(4)
        return frames

    def mutated(self, part: bytes) -> bytes:
        changed = bytearray(part or b"{}")
        for _ in range(self.random.randrange(1, 4)):
            changed[self.random.randrange(len(changed))] = self.random.randrange(256)
        # Never by chance a request to end.
        return bytes(changed).replace(b"shutdown", b"shutd0wn")

    def noise(self, length: int) -> bytes:
        return self.random.randbytes(length)


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


class TestThousandCells:
    """Time and memory per cell do not grow with the number of cells.

    A checked kernel keeps the types of every declaring cell that can still be reached, in case a later
    one uses them: each costs the checker some memory. One whose names are all declared anew costs
    nothing any more.
    """

    def run_many(self, kernel: Notebook, make: Callable[[int], str], cells: range) -> float:
        """Runs cells; the processor's milliseconds for each."""
        begun = kernel.cpu_seconds()
        for n in cells:
            ran = kernel.run(make(n))
            assert ran.status == "ok", ran.content
        return (kernel.cpu_seconds() - begun) * 1000 / len(cells)

    def check(
        self, kernel: Notebook, make: Callable[[int], str], log: Callable[[str], None], per_cell: int
    ) -> None:
        self.run_many(kernel, make, range(-50, 0))
        before = kernel.memory()
        first = self.run_many(kernel, make, range(100))
        self.run_many(kernel, make, range(100, 900))
        last = self.run_many(kernel, make, range(900, 1000))
        grown = kernel.memory() - before
        log(
            f"1,000 cells: first 100 {first:.1f} ms of processor time each, last 100 {last:.1f} ms,"
            f" memory {grown / 1e6:+.0f} MB"
        )
        assert last < 2 * first + 5
        # Collectors of garbage let a heap grow before they begin.
        assert grown < 1000 * per_cell + 120_000_000

    @pytest.mark.slow
    def test_that_use_earlier_ones(
        self, start_kernel: Start, log: Callable[[str], None]
    ) -> None:
        kernel = start_kernel()
        kernel.run("let total = 0; const add = (n: number) => { total += n; };")
        self.check(kernel, lambda n: f"add({n}); total;", log, 10_000)
        assert kernel.run("total").result == str(sum(range(1000)) + sum(range(-50, 0)))

    @pytest.mark.slow
    def test_that_declare(self, start_kernel: Start, log: Callable[[str], None]) -> None:
        kernel = start_kernel()
        self.check(kernel, self.declaring, log, 100_000)
        assert kernel.out("console.log(value999 + new Class500().member + half7(8))") == "1503\n"

    def declaring(self, n: int) -> str:
        name = str(n).replace("-", "m")
        return (
            f"interface Shape{name} {{ side: number }}\nconst value{name} = {n};\n"
            f"function half{name}(n: number) {{ return n / 2; }}\n"
            f"class Class{name} {{ member = {n} }}\nlet open{name}: Shape{name} = {{ side: {n} }};"
        )

    @pytest.mark.slow
    @pytest.mark.ours
    def test_that_declare_are_checked_to_the_last(
        self, start_kernel: Start, log: Callable[[str], None]
    ) -> None:
        kernel = start_kernel()
        for n in range(1000):
            given = "string = 't'" if n % 2 else f"number = {n}"
            assert kernel.run(f"const checked{n}: {given};").status == "ok"
        for n in (0, 1, 63, 64, 500, 998, 999):
            wrong = ("toUpperCase", "toFixed")[n % 2]
            ran = kernel.run(f"checked{n}.{wrong}();")
            assert ran.status == "error"
            assert ran.error["ename"] == "TypeScriptError"

    @pytest.mark.slow
    def test_that_redeclare_the_same_names(
        self, start_kernel: Start, log: Callable[[str], None]
    ) -> None:
        kernel = start_kernel()
        self.check(kernel, lambda n: f"const same = {n}; class Same {{ n = same }}; new Same().n", log, 50_000)
        assert kernel.run("same").result == "999"

    @pytest.mark.slow
    def test_that_fail(self, start_kernel: Start, log: Callable[[str], None]) -> None:
        kernel = start_kernel()
        kernel.run("1")
        before = kernel.memory()
        for _ in range(300):
            assert kernel.run("throw new Error('again')").status == "error"
            assert kernel.run("(() => { throw new Error('deep') })()").status == "error"
        assert kernel.memory() - before < 100_000_000

    @pytest.mark.slow
    def test_that_leave_big_values_behind_give_them_back(self, start_kernel: Start) -> None:
        kernel = start_kernel()
        for _ in range(60):
            # 40 MB each: all of them together would not fit.
            assert kernel.run("let big = new Float64Array(5e6).fill(1); big.length").result == "5000000"
        assert kernel.memory() < 1_500_000_000


def test_a_cell_of_a_megabyte_runs(kernel: Notebook) -> None:
    lines = "\n".join(f"const line{n} = '{string.ascii_letters}';" for n in range(10_000))
    assert kernel.out(f"{lines}\nconsole.log(line9999.length)", timeout=60) == "52\n"


def test_a_very_long_line_runs(kernel: Notebook) -> None:
    assert kernel.out(f"const text = '{'x' * 1_000_000}'; console.log(text.length)") == "1000000\n"


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
