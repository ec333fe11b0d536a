"""Runs a notebook from top to bottom in a new kernel and writes it with its outputs.

Usage: execute_notebook.py NOTEBOOK.ipynb TARGET.ipynb --folder FOLDER --timeout SECONDS

Cells run in FOLDER. Progress comes as one JSON object per line on standard output, ending with
{"event": "done", ...} or {"event": "failed", ...}; a failed run writes no target.
"""

import argparse
import json
import sys
import time

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from own_ports import use_own_ports

use_own_ports()


def tell(event, **data):
    print(json.dumps({"event": event, **data}), flush=True)


def peak_memory(process):
    """The largest memory that a process has held so far, in bytes; 0 where the system can't tell."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as status:
            line = next(line for line in status if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        return 0


class Run:
    """One notebook's execution: which cell is at work, and the kernel's largest memory so far."""

    def __init__(self, notebook, folder, timeout):
        self.current = 0
        self.peak_bytes = 0
        self.client = NotebookClient(
            notebook,
            timeout=timeout,
            record_timing=False,
            store_widget_state=False,
            # Which messages a stream arrives in is chance; joined, a second run stores the same.
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
            on_cell_execute=self.begin,
            on_cell_executed=self.end,
        )

    def begin(self, cell, cell_index):
        self.current = cell_index
        tell("cell", index=cell_index)

    def end(self, cell, cell_index, execute_reply):
        self.peak_bytes = max(self.peak_bytes, peak_memory(self.client.km.provisioner.pid))


def failure(error, cell):
    """What is told about a failed cell: the error's name, its message and the kernel's traceback."""
    if isinstance(error, CellTimeoutError):
        return {"name": "Timeout", "message": "the cell didn't end in time", "traceback": []}
    if isinstance(error, DeadKernelError):
        return {"name": "KernelDied", "message": "the kernel ended", "traceback": []}
    shown = [output for output in cell.outputs if output.output_type == "error"]
    traceback = shown[-1].traceback if shown else []
    return {"name": error.ename, "message": error.evalue, "traceback": traceback}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook")
    parser.add_argument("target")
    parser.add_argument("--folder", required=True)
    parser.add_argument("--timeout", type=int, required=True)
    arguments = parser.parse_args()
    notebook = nbformat.read(arguments.notebook, as_version=4)
    language = notebook.metadata.language_info
    run = Run(notebook, arguments.folder, arguments.timeout)
    started = time.monotonic()
    try:
        run.client.execute()
    except NoSuchKernel as error:
        tell("no-kernel", name=error.name)
        return 1
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        tell("failed", index=run.current, **failure(error, notebook.cells[run.current]))
        return 1
    # The kernel's own language_info names versions, which change without the lesson changing.
    notebook.metadata.language_info = language
    nbformat.write(notebook, arguments.target)
    tell("done", seconds=time.monotonic() - started, peakBytes=run.peak_bytes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
