"""Runs a notebook's cells in a new kernel and tells what each put out; the file stays as it is.

Usage: run_cells.py NOTEBOOK.ipynb --folder FOLDER --timeout SECONDS

A failing cell doesn't stop the others. Each code cell gives one JSON object per line on standard output:
{"event": "cell", "index": ..., "seconds": ..., "outputs": [...], "late": true where it was interrupted}. The last line
is {"event": "done"}, {"event": "died", "index": ...} or {"event": "no-kernel", "name": ...}.
"""

import argparse
import json
import sys
import time

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from own_ports import use_own_ports

use_own_ports()

KERNEL = "headroom"


def tell(event, **data):
    print(json.dumps({"event": event, **data}), flush=True)


def client_for(notebook, folder, timeout):
    """A client that has no kernel yet."""
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL,
        timeout=timeout,
        interrupt_on_timeout=True,
        allow_errors=True,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": folder}},
    )
    # What it would say of a timeout is told by the event.
    client.log.setLevel("CRITICAL")
    return client


def run(client, notebook, timeout):
    """Runs the cells one after another."""
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        cell.outputs = []
        started = time.monotonic()
        try:
            client.execute_cell(cell, index)
        except DeadKernelError:
            tell("died", index=index)
            return 1
        seconds = time.monotonic() - started
        tell("cell", index=index, seconds=seconds, late=seconds >= timeout, outputs=cell.outputs)
    tell("done")
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook")
    parser.add_argument("--folder", required=True)
    parser.add_argument("--timeout", type=float, required=True)
    arguments = parser.parse_args()
    notebook = nbformat.read(arguments.notebook, as_version=4)
    client = client_for(notebook, arguments.folder, arguments.timeout)
    try:
        with client.setup_kernel():
            return run(client, notebook, arguments.timeout)
    except NoSuchKernel as error:
        tell("no-kernel", name=error.name)
        return 1


if __name__ == "__main__":
    sys.exit(main())
