"""What differs between kernels in a cell's code: how it displays and where packages come from.

A test that needs one of these asks for it; a kernel that has no such thing is skipped there as
"no": `None` means that there is no way to say it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Dialect:
    """Snippets of code; `{0}`, `{1}` stand for the arguments, which are code themselves."""

    setup: str
    html: str | None = None
    bundle: str | None = None
    show: str | None = None
    update: str | None = None
    clear: str | None = None
    comm_target: str | None = None
    comm_open: str | None = None

    def say(self, what: str, *arguments: Any) -> str:
        """The code, with what it imports before it; arguments become JSON."""
        snippet = getattr(self, what)
        assert snippet is not None, f"this kernel has no way to: {what}"
        code = snippet
        for index, argument in enumerate(arguments):
            code = code.replace(f"{{{index}}}", json.dumps(argument))
        return f"{self.setup}\n{code}"


HEADROOM = Dialect(
    setup='import * as hr from "@headroom/kernel";',
    html="hr.display(hr.html({0}));",
    bundle="hr.display(hr.bundle({0}));",
    show="hr.display({0}, { id: {1} });",
    update="hr.display({0}, { id: {1}, update: true });",
    clear="hr.clearOutput({0});",
    comm_target=(
        "hr.onComm<any, any>({0}, (comm, data) => { console.log('opened', JSON.stringify(data));\n"
        "comm.onMessage((message) => comm.send({ echo: message }));\n"
        "comm.onClose(() => console.log('closed')); });"
    ),
    comm_open=(
        "const comm = hr.openComm<any, any>({0}, { from: 'kernel' });\n"
        "comm.onMessage((message) => console.log('heard', JSON.stringify(message)));\n"
        "comm.send({ hello: 1 });"
    ),
)

TSLAB = Dialect(
    setup='import * as tslab from "tslab";',
    html="tslab.display.html({0});",
    bundle="for (const [k, v] of Object.entries({0})) tslab.display.raw(k, v as any);",
)

DENO = Dialect(
    setup="",
    html="await Deno.jupyter.display(Deno.jupyter.html`${{0}}`);",
    bundle="await Deno.jupyter.display({0}, { raw: true });",
    show="await Deno.jupyter.display({ 'text/plain': {0} }, { raw: true, display_id: {1} });",
    update=(
        "await Deno.jupyter.display({ 'text/plain': {0} },"
        " { raw: true, display_id: {1}, update: true });"
    ),
    clear="await Deno.jupyter.broadcast('clear_output', { wait: {0} });",
)
