"""Runs the suite against several kernels and writes docs/conformance.md.

    .venv/bin/python tests/conformance/compare.py [--fast] [--only KERNEL ...] [--from FOLDER]

`--fast` leaves out the tests that take long; `--only` runs these kernels again and takes the
others' last results; those are kept in .cache/conformance/.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from kernels import KERNELS, NODE, ROOT, deno_program

HERE = Path(__file__).parent
RESULTS = ROOT / ".cache" / "conformance"
TABLE = ROOT / "docs" / "conformance.md"
COMPARED = ("headroom", "tslab-launcher", "tslab-raw", "deno")

# In the order of the table. A chapter is a file, or several whose names begin with its name.
CHAPTERS = {
    "language": "TypeScript as people write it",
    "modules": "Imports",
    "types": "Types across cells",
    "errors": "Errors",
    "display": "Display",
    "output": "Output",
    "input": "Input",
    "interrupt": "Interrupts",
    "introspection": "Completion and inspection",
    "history": "History",
    "comms": "Comms",
    "protocol": "Protocol",
    "robustness": "Robustness",
    "lifetime": "Start and end",
    "tslab_api": "tslab's API",
    "jupyter_suite": "Jupyter's public suite (jupyter_kernel_test)",
}


def run_suite(name: str, fast: bool) -> list[dict[str, Any]] | None:
    """The outcome of each test; None where the kernel is not installed."""
    if not KERNELS[name].is_installed():
        print(f"{name}: not installed (npm run peers)")
        return None
    RESULTS.mkdir(parents=True, exist_ok=True)
    report = RESULTS / f"{name}.json"
    report.unlink(missing_ok=True)
    # A peer that stays silent this long does not do it.
    patience = "30" if name == "headroom" else "4"
    command = [sys.executable, "-m", "pytest", "-c", str(HERE / "pytest.ini"), "--tb=no", str(HERE)]
    marks = [*(["not slow"] if fast else []), *([] if name == "headroom" else ["not ours"])]
    if marks:
        command += ["-m", " and ".join(marks)]
    subprocess.run(
        command,
        cwd=ROOT,
        env={
            **os.environ,
            "HEADROOM_CONFORMANCE_KERNEL": name,
            "HEADROOM_CONFORMANCE_REPORT": str(report),
            "HEADROOM_CONFORMANCE_PATIENCE": os.environ.get("HEADROOM_CONFORMANCE_PATIENCE", patience),
        },
        check=False,
    )
    return json.loads(report.read_text())


def kept(name: str) -> list[dict[str, Any]] | None:
    report = RESULTS / f"{name}.json"
    return json.loads(report.read_text()) if report.exists() else None


Row = tuple[str, str]


def rows(results: list[dict[str, Any]]) -> dict[Row, list[bool]]:
    """The outcomes of each row: one, or those of all its parameters."""
    found: dict[Row, list[bool]] = {}
    for one in results:
        if not one["ours"]:
            found.setdefault((chapter_of(one["file"]), behaviour(one)), []).append(one["outcome"] == "passed")
    return found


def chapter_of(file: str) -> str:
    """The chapter in which a file's rows stand: interrupt_request belongs to interrupt."""
    return next((name for name in CHAPTERS if f"{file}_".startswith(f"{name}_")), file)


def behaviour(one: dict[str, Any]) -> str:
    """The words of a row: the test's name, and its parameter where each has a row."""
    words = one["name"].removeprefix("test_").replace("_", " ")
    if chapter_of(one["file"]) == "interrupt" and one["parameters"]:
        # Loop by loop; all states of the kernel together.
        return f"{words}: {one['parameters'].split('-')[0]}"
    if one["parameters"] and not one["one_row"]:
        return f"{words}: {one['parameters']}"
    return words


def mark(outcomes: list[bool] | None) -> str:
    if not outcomes:
        return "–"
    if all(outcomes):
        return "yes"
    return "**no**" if not any(outcomes) else f"{sum(outcomes)} of {len(outcomes)}"


def version(name: str) -> str:
    def said(command: list[str]) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("\n")[0]

    def of_package(folder: str) -> str:
        return json.loads((ROOT / folder / "package.json").read_text())["version"]

    if name == "deno":
        return said([str(deno_program()), "--version"]).split(" ")[1]
    return of_package("kernel" if name == "headroom" else "node_modules/tslab")


def table(all_results: dict[str, list[dict[str, Any]]]) -> str:
    by_kernel = {name: rows(results) for name, results in all_results.items()}
    names = list(by_kernel)
    ordered: dict[Row, None] = {}
    for found in by_kernel.values():
        ordered.update(dict.fromkeys(found))
    heads = [f"{KERNELS[name].title} {version(name)}" for name in names]
    lines = [
        "# Conformance",
        "",
        "What a TypeScript kernel of Jupyter should do, and which one does it. Made by",
        f"`tests/conformance/compare.py` on {date.today().isoformat()}, Node {node_version()}, from the tests in",
        "`tests/conformance/`: a row is a test, or all cases of one (`3 of 5`). The tests speak each kernel's own",
        "dialect where displays and comms are concerned; `–` means that the test was not run there. What only",
        "our kernel has (its own API, directives, the restart of its checker) is tested but stands in no row.",
        "",
        "| | " + " | ".join(heads) + " |",
        "| --- |" + " --- |" * len(names),
    ]
    for chapter, title in CHAPTERS.items():
        lines.append(f"| {title} | " + " | ".join(score(by_kernel[n], chapter) for n in names) + " |")
    lines.append("| **all** | " + " | ".join(f"**{score(by_kernel[n], None)}**" for n in names) + " |")
    for chapter, title in CHAPTERS.items():
        mine = [row for row in ordered if row[0] == chapter]
        if not mine:
            continue
        lines += ["", f"## {title}", "", "| | " + " | ".join(KERNELS[n].title for n in names) + " |"]
        lines.append("| --- |" + " --- |" * len(names))
        for row in mine:
            cells = " | ".join(mark(by_kernel[name].get(row)) for name in names)
            lines.append(f"| {row[1].replace('|', '/')} | {cells} |")
    return "\n".join(lines) + "\n"


def score(found: dict[Row, list[bool]], chapter: str | None) -> str:
    """How many rows are met in whole, of those that were run."""
    mine = [outcomes for row, outcomes in found.items() if chapter in (None, row[0])]
    return f"{sum(all(outcomes) for outcomes in mine)} of {len(mine)}" if mine else "–"


def node_version() -> str:
    return subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--only", nargs="*", choices=COMPARED, default=COMPARED)
    arguments = parser.parse_args()
    results = {}
    for name in COMPARED:
        found = run_suite(name, arguments.fast) if name in arguments.only else kept(name)
        if found is not None:
            results[name] = found
    TABLE.write_text(table(results))
    print(f"wrote {TABLE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
