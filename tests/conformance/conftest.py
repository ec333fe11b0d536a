"""The kernel under test, the folder that its cells run in, and the report for the comparison."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel, chosen_kernel
from notebook_folder import make_notebook_folder

# Their asserts say what they found, as those of the tests do.
pytest.register_assert_rewrite("checker", "interrupts")

KERNEL = chosen_kernel()
HOME = Path(tempfile.mkdtemp(prefix="headroom-conformance-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
# A run that is ended from outside tidies up, as it does upon Ctrl-C.
signal.signal(signal.SIGTERM, signal.default_int_handler)
KERNEL.write_spec(HOME / "jupyter")
# Before jupyter_client looks; the kernels keep their state here too, away from the user's.
os.environ["JUPYTER_PATH"] = str(HOME / "jupyter")
for variable in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_DATA_HOME"):
    os.environ[variable] = str(HOME / variable.lower())
# Kernels are killed, too, and leave their temporary files to the next one.
os.environ["TMPDIR"] = str(HOME / "tmp")
Path(os.environ["TMPDIR"]).mkdir()

from notebook import Notebook  # noqa: E402 (after the environment is set)
from wire import BareKernel, Wire  # noqa: E402


class SharedKernel:
    """The kernel that the tests of a module share; a test that fails gets the next a fresh one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: Notebook | None = None

    def get(self) -> Notebook:
        if self.running is None:
            self.running = Notebook(KERNEL.name, cwd=str(self.folder))
        return self.running

    def end(self) -> None:
        running, self.running = self.running, None
        if running is not None:
            running.close()


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder of the notebook: local modules and packages of every make."""
    return make_notebook_folder(HOME / "notebook")


@pytest.fixture(scope="module")
def shared(folder: Path) -> Iterator[SharedKernel]:
    shared = SharedKernel(folder)
    yield shared
    shared.end()


@pytest.fixture
def kernel(shared: SharedKernel, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A running kernel; other tests of the module have used it before."""
    yield shared.get()
    if request.node.stash.get(FAILED, False):
        shared.end()


@pytest.fixture
def start_kernel(folder: Path) -> Iterator[Callable[..., Notebook]]:
    """Starts kernels that end with the test."""
    with ExitStack() as started:

        def start(env: dict[str, str] | None = None, **options: Any) -> Notebook:
            given = {"cwd": str(folder), "env": {**os.environ, **(env or {})}, **options}
            notebook = Notebook(KERNEL.name, **given)
            started.callback(notebook.close)
            return notebook

        yield start


@pytest.fixture
def start_bare(folder: Path) -> Iterator[Callable[..., BareKernel]]:
    """Makes kernels that the test starts itself, without Jupyter; they end with the test."""
    with ExitStack() as made:

        def make(
            connection: dict[str, Any] | None = None, env: dict[str, str] | None = None
        ) -> BareKernel:
            kernel = BareKernel(KERNEL.argv(), folder, connection, env)
            made.callback(kernel.close)
            return kernel

        yield make


@pytest.fixture(scope="module")
def bare(tested: Kernel, folder: Path) -> Iterator[BareKernel]:
    kernel = BareKernel(tested.argv(), folder)
    yield kernel
    kernel.close()


@pytest.fixture
def wire(bare: BareKernel) -> Wire:
    """A client that hears what is published; one kernel for all tests of a module."""
    if bare.process is None or not bare.process.is_running():
        bare.start().subscribe()
    one = bare.wires[0]
    while not one.is_quiet("iopub"):
        one.receive("iopub")
    return one


@pytest.fixture(scope="session")
def tested() -> Kernel:
    """What is known of the kernel under test."""
    return KERNEL


@pytest.fixture(scope="session")
def say() -> Callable[..., str]:
    """Says a thing in the kernel's own words; see dialects.py."""
    return KERNEL.dialect.say


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[Callable[[str], None]]:
    """Writes a line that is shown even if the test passes."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def write(text: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n  {text}", end="", flush=True)

    yield write


# The report: one entry per test, for compare.py.

FAILED = pytest.StashKey[bool]()
REPORT: list[dict[str, Any]] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    if report.when == "call" or (report.when == "setup" and not report.passed):
        parameters = getattr(getattr(item, "callspec", None), "id", None)
        REPORT.append(
            {
                "file": item.path.stem.removeprefix("test_"),
                "name": getattr(item, "originalname", item.name),
                "parameters": parameters,
                "one_row": item.get_closest_marker("one_row") is not None,
                "ours": item.get_closest_marker("ours") is not None,
                "outcome": report.outcome,
                "why": "" if report.passed else str(report.longrepr)[-400:],
            }
        )
    return report


def pytest_sessionfinish() -> None:
    place = os.environ.get("HEADROOM_CONFORMANCE_REPORT")
    if place:
        Path(place).write_text(json.dumps(REPORT, indent=1))


def pytest_report_header() -> str:
    return f"kernel: {KERNEL.title} ({' '.join(KERNEL.argv())})"
