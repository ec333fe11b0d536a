"""A pytest plugin: tells each judgement on a notebook as one line of JSON on standard output."""

import json

from own_ports import use_own_ports

# Several notebooks are judged at once.
use_own_ports()


def pytest_runtest_logreport(report):
    # A test has three phases; "call" is the judgement, the others count only where they fail.
    if report.when != "call" and report.outcome == "passed":
        return
    tell(report.nodeid, "skipped" if hasattr(report, "wasxfail") else report.outcome, report)


def pytest_collectreport(report):
    if report.failed:
        tell(report.nodeid, "failed", report)


def tell(node, outcome, report):
    notebook, _, cell = node.partition("::")
    seconds = getattr(report, "duration", 0)
    message = "" if outcome == "passed" else report.longreprtext
    line = {"notebook": notebook, "cell": cell, "outcome": outcome, "message": message}
    print(f"\n{json.dumps({**line, 'seconds': seconds})}", flush=True)
