"""Ports for kernels that no other of the project's processes is given.

Jupyter asks the system for a free port and lets go of it at once: until the kernel listens there, the system gives
it to others as well, and of two kernels with one port the second ends. That is rare for one reader, but not where
notebooks run side by side, or a browser opens its own connections meanwhile. So each process that starts kernels
claims a block of ports as long as it lives, out of those that the system gives to nobody who asks for any.
"""

from __future__ import annotations

import socket
import sys
from functools import lru_cache

from jupyter_client.connect import LocalPortCache

# Linux gives from 32768 on, others from 49152.
BLOCKS = range(12_000, 32_000, 200)


class NoOwnPort(Exception):
    """There is no port left."""


class OwnPorts:
    """A block of ports. Whoever listens on its first one owns it; the rest are for kernels."""

    def __init__(self) -> None:
        self.guard, self.block = claim()
        self.last = 0

    def find(self, ip: str = "127.0.0.1") -> int:
        """A port on which nothing listens; the longest unused comes first.

        Raises NoOwnPort where all are in use.
        """
        for _ in range(BLOCKS.step):
            self.last = self.last % (BLOCKS.step - 1) + 1
            with socket.socket() as probe:
                # A port that a kernel has just left is free; Windows would take it to mean those in use as well.
                if sys.platform != "win32":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if can_bind(probe, ip, self.block + self.last):
                    return self.block + self.last
        raise NoOwnPort(f"all ports from {self.block} to {self.block + BLOCKS.step} are in use")


def claim() -> tuple[socket.socket, int]:
    """The guard of a block that was nobody's, and the block's first port; raises NoOwnPort where none is left."""
    for block in BLOCKS:
        guard = socket.socket()
        if can_bind(guard, "127.0.0.1", block):
            guard.listen()
            return guard, block
        guard.close()
    raise NoOwnPort(f"no block of ports from {BLOCKS.start} to {BLOCKS.stop} is free")


def can_bind(probe: socket.socket, ip: str, port: int) -> bool:
    try:
        probe.bind((ip, port))
    except OSError:
        return False
    return True


@lru_cache
def own_ports() -> OwnPorts:
    """This process's ports."""
    return OwnPorts()


def use_own_ports() -> None:
    """From now on all kernels that Jupyter starts in this process have such ports, as long as there are any."""
    cache = LocalPortCache.instance()

    def find_available_port(ip: str) -> int:
        try:
            return own_ports().find(ip)
        except NoOwnPort:
            return LocalPortCache.find_available_port(cache, ip)

    cache.find_available_port = find_available_port
