"""Messages that are almost right, by the thousand."""

from __future__ import annotations

import json
import random
from typing import Any

from wire import DELIMITER, Wire, cell

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
