"""Notebooks that were written for tslab."""

from __future__ import annotations

import pytest
from notebook import Notebook

IMPORT = 'import * as tslab from "tslab";\n'

SHOWN: dict[str, tuple[str, str, object]] = {
    "html": ("tslab.display.html('<b>1</b>')", "text/html", "<b>1</b>"),
    "markdown": ("tslab.display.markdown('*a*')", "text/markdown", "*a*"),
    "latex": ("tslab.display.latex('$x$')", "text/latex", "$x$"),
    "svg": ("tslab.display.svg('<svg></svg>')", "image/svg+xml", "<svg></svg>"),
    "text": ("tslab.display.text('plain')", "text/plain", "plain"),
    "javascript": ("tslab.display.javascript('1')", "text/javascript", "1"),
    "png": ("tslab.display.png(new Uint8Array([1, 2]))", "image/png", "AQI="),
    "jpeg": ("tslab.display.jpeg(new Uint8Array([1, 2]))", "image/jpeg", "AQI="),
    "gif": ("tslab.display.gif(new Uint8Array([1, 2]))", "image/gif", "AQI="),
    "pdf": ("tslab.display.pdf(new Uint8Array([1, 2]))", "application/pdf", "AQI="),
    "raw text": ("tslab.display.raw('text/html', '<i/>')", "text/html", "<i/>"),
    "raw bytes": ("tslab.display.raw('image/png', new Uint8Array([3]))", "image/png", "Aw=="),
}


@pytest.mark.parametrize(("code", "kind", "wanted"), SHOWN.values(), ids=SHOWN.keys())
def test_display(kernel: Notebook, code: str, kind: str, wanted: object) -> None:
    ran = kernel.run(IMPORT + code)
    assert ran.status == "ok", ran.content
    [message] = ran.of("display_data")
    assert message["data"][kind] == wanted


def test_names_are_imported_one_by_one(kernel: Notebook) -> None:
    ran = kernel.run('import { display, newDisplay, versions } from "tslab";\ndisplay.html("a");')
    assert len(ran.of("display_data")) == 1
    assert kernel.out("console.log(typeof newDisplay, Object.keys(versions).sort().join())") == (
        "function node,tslab,typescript\n"
    )


def test_require_gives_it_too(kernel: Notebook) -> None:
    ran = kernel.run('const { display: shown1 } = require("tslab"); shown1.html("a");')
    assert len(ran.of("display_data")) == 1


def test_a_new_display_replaces_what_it_showed(kernel: Notebook) -> None:
    ran = kernel.run(IMPORT + "const place = tslab.newDisplay(); place.text('a'); place.html('b');")
    [first], [second] = ran.of("display_data"), ran.of("update_display_data")
    assert first["transient"]["display_id"] == second["transient"]["display_id"]
    assert second["data"]["text/html"] == "b"


def test_two_new_displays_are_two(kernel: Notebook) -> None:
    ran = kernel.run(
        IMPORT + "for (const text of ['a', 'b']) { const d = tslab.newDisplay(); d.text(text); }"
    )
    first, second = ran.of("display_data")
    assert first["transient"]["display_id"] != second["transient"]["display_id"]


def test_versions_are_texts(kernel: Notebook) -> None:
    written = kernel.out(IMPORT + "console.log(Object.values(tslab.versions).every((v) => /\\d/.test(v)))")
    assert written == "true\n"


def test_its_types_are_known(kernel: Notebook) -> None:
    ran = kernel.run(IMPORT + "tslab.display.html(5);")
    assert ran.status == "error"
    assert "number" in str(ran.content)
