"""The kernels that the suite knows: how each is started, and what its cells call what they need."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dialects import DENO, HEADROOM, TSLAB, Dialect

ROOT = Path(__file__).resolve().parents[2]
NODE = os.environ.get("HEADROOM_CONFORMANCE_NODE") or shutil.which("node") or "node"


@dataclass(frozen=True)
class Kernel:
    """A kernel as Jupyter starts it."""

    name: str
    title: str
    dialect: Dialect
    argv: Callable[[], list[str]]
    interrupt_mode: str
    # What must be there; a path that is missing means that the kernel is not installed.
    needs: Callable[[], Path]
    env: dict[str, str] = field(default_factory=dict)
    # A peer's known faults (output after idle, cells dropped after an error, colours) count where they
    # are the question; elsewhere the tests wait or ask again, so that each fault counts once.
    is_peer: bool = True

    def is_installed(self) -> bool:
        return self.needs().exists()

    def write_spec(self, folder: Path) -> None:
        """Writes its kernel.json below a folder of JUPYTER_PATH."""
        spec = {
            "argv": self.argv(),
            "display_name": self.title,
            "language": "typescript",
            "interrupt_mode": self.interrupt_mode,
            "env": {"TF_CPP_MIN_LOG_LEVEL": "2", **self.env},
            "metadata": {"debugger": False},
        }
        place = folder / "kernels" / self.name
        place.mkdir(parents=True, exist_ok=True)
        (place / "kernel.json").write_text(json.dumps(spec))


def deno_program() -> Path:
    """Deno's own binary: its npm wrapper would stand between the kernel and its signals."""
    named = os.environ.get("HEADROOM_CONFORMANCE_DENO")
    found = sorted((ROOT / ".cache").glob("peers/node_modules/@deno/*/deno*"))
    return Path(named) if named else found[0] if found else ROOT / ".cache" / "peers" / "deno"


def our_main() -> Path:
    named = os.environ.get("HEADROOM_CONFORMANCE_MAIN")
    return Path(named) if named else ROOT / "kernel" / "dist" / "main.js"


def our_argv() -> list[str]:
    flags = ["--no-force-async-hooks-checks", "--no-warnings"]
    return [NODE, *flags, str(our_main()), "{connection_file}"]


def tslab_program() -> Path:
    return ROOT / "node_modules" / "tslab" / "bin" / "tslab"


def launcher() -> Path:
    return ROOT / "scripts" / "tslab" / "launch.cjs"


KERNELS = {
    kernel.name: kernel
    for kernel in (
        Kernel("headroom", "Headroom", HEADROOM, our_argv, "message", our_main, is_peer=False),
        Kernel(
            "tslab-launcher",
            "tslab, our launcher",
            TSLAB,
            lambda: [NODE, str(launcher()), "{connection_file}"],
            "signal",
            launcher,
        ),
        Kernel(
            "tslab-raw",
            "tslab",
            TSLAB,
            lambda: [NODE, str(tslab_program()), "kernel", "--config-path", "{connection_file}"],
            "signal",
            tslab_program,
        ),
        Kernel(
            "deno",
            "Deno",
            DENO,
            lambda: [str(deno_program()), "jupyter", "--kernel", "--conn", "{connection_file}"],
            "message",
            deno_program,
        ),
    )
}


def chosen_kernel() -> Kernel:
    name = os.environ.get("HEADROOM_CONFORMANCE_KERNEL", "headroom")
    if name not in KERNELS:
        raise SystemExit(f"expected one of {', '.join(KERNELS)}, got {name}")
    return KERNELS[name]
