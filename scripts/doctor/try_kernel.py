"""Starts a kernel, runs one cell and says so: try_kernel.py NAME."""

import sys
import time

from jupyter_client.manager import start_new_kernel

TIMEOUT = 45


def main(name):
    started = time.monotonic()
    manager, client = start_new_kernel(kernel_name=name, startup_timeout=TIMEOUT)
    try:
        printed = []
        reply = client.execute_interactive(
            "console.log(40 + 2)",
            timeout=TIMEOUT,
            output_hook=lambda message: printed.append(message["content"].get("text", "")),
        )
        if reply["content"]["status"] != "ok" or "".join(printed).strip() != "42":
            sys.exit(f"a cell that prints 42 gave {reply['content']} and printed {printed}")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    print(f"runs a cell ({time.monotonic() - started:.1f} s from its start)")


main(sys.argv[1])
