"""What a cell shows besides text: bundles, rich values, updates, tables, progress."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from notebook import Notebook, plain

Say = Callable[..., str]
OURS = 'import * as hr from "@headroom/kernel";\n'


def shown(kernel: Notebook, code: str, **options: Any) -> dict[str, Any]:
    """The data of the one thing that a cell displays."""
    ran = kernel.run(code, **options)
    assert ran.status == "ok", ran.content
    [message] = ran.of("display_data")
    return message["data"]


def result(kernel: Notebook, code: str, **options: Any) -> dict[str, Any]:
    """The data of a cell's result."""
    ran = kernel.run(code, **options)
    assert ran.status == "ok", ran.content
    [message] = ran.of("execute_result")
    assert "text/plain" in message["data"]
    return {**message["data"], "text/plain": plain(message["data"]["text/plain"])}


class TestDisplay:
    def test_html(self, kernel: Notebook, say: Say) -> None:
        assert shown(kernel, say("html", "<b>bold</b>"))["text/html"] == "<b>bold</b>"

    def test_a_bundle_of_several_formats(self, kernel: Notebook, say: Say) -> None:
        bundle = {"text/html": "<i>a</i>", "text/markdown": "*a*", "text/plain": "a"}
        assert shown(kernel, say("bundle", bundle)) == bundle

    def test_json_is_json_and_no_text(self, kernel: Notebook, say: Say) -> None:
        bundle = {"application/json": {"a": [1, None]}, "text/plain": "json"}
        assert shown(kernel, say("bundle", bundle))["application/json"] == {"a": [1, None]}

    def test_a_plotly_figure_is_json_and_no_text(self, kernel: Notebook, say: Say) -> None:
        figure = {"data": [{"type": "bar", "y": [1, 2]}], "layout": {"title": {"text": "T"}}}
        bundle = {"application/vnd.plotly.v1+json": figure, "text/plain": "figure"}
        data = shown(kernel, say("bundle", bundle))
        assert data["application/vnd.plotly.v1+json"] == figure

    def test_it_comes_between_the_lines_around_it(self, kernel: Notebook, say: Say) -> None:
        code = "console.log('before');\n" + say("html", "<b/>") + "\nconsole.log('after');"
        kinds = [kind for kind in kernel.run(code).kinds if kind in ("stream", "display_data")]
        assert kinds == ["stream", "display_data", "stream"]

    def test_an_output_with_an_id_is_updated(self, kernel: Notebook, say: Say) -> None:
        _, *update = say("update", "second", "place").split("\n")
        ran = kernel.run("\n".join([say("show", "first", "place"), *update]))
        [first], [second] = ran.of("display_data"), ran.of("update_display_data")
        assert first["transient"]["display_id"] == second["transient"]["display_id"] == "place"
        assert "second" in second["data"]["text/plain"]

    def test_an_output_is_updated_from_a_later_cell(self, kernel: Notebook, say: Say) -> None:
        kernel.run(say("show", "first", "far"))
        [update] = kernel.run(say("update", "second", "far")).of("update_display_data")
        assert update["transient"]["display_id"] == "far"

    @pytest.mark.parametrize("wait", [True, False], ids=["later", "at once"])
    def test_output_is_cleared(self, kernel: Notebook, say: Say, wait: bool) -> None:
        ran = kernel.run("console.log('old');\n" + say("clear", wait) + "\nconsole.log('new');")
        assert ran.of("clear_output") == [{"wait": wait}]
        kinds = [kind for kind in ran.kinds if kind in ("stream", "clear_output")]
        assert kinds == ["stream", "clear_output", "stream"]


OWN_CLASS = """
class Temperature {
  constructor(readonly degrees: number) {}
  [Symbol.for("Jupyter.display")]() {
    return { "text/html": `<b>${this.degrees}</b>`, "text/plain": `${this.degrees} degrees` };
  }
}
"""


class TestDisplaySymbol:
    def test_a_class_says_how_its_result_looks(self, kernel: Notebook) -> None:
        kernel.run(OWN_CLASS)
        data = result(kernel, "new Temperature(20)")
        assert data == {"text/html": "<b>20</b>", "text/plain": "20 degrees"}

    def test_it_may_take_its_time(self, kernel: Notebook) -> None:
        code = (
            "({ async [Symbol.for('Jupyter.display')]() { await new Promise((r) => setTimeout(r, 20));"
            " return { 'text/plain': 'slow' }; } })"
        )
        assert result(kernel, code) == {"text/plain": "slow"}

    def test_one_that_throws_does_not_hide_the_value(self, kernel: Notebook) -> None:
        code = "({ a: 1, [Symbol.for('Jupyter.display')]() { throw new Error('no'); } })"
        ran = kernel.run(code)
        assert ran.of("execute_result") or ran.of("error")
        assert kernel.goes_on()

    @pytest.mark.ours
    def test_display_asks_it_too(self, kernel: Notebook) -> None:
        kernel.run(OWN_CLASS)
        assert shown(kernel, OURS + "hr.display(new Temperature(21));")["text/html"] == "<b>21</b>"


class TestValues:
    """Results that are more than their text."""

    def test_a_tensor_tells_its_values(self, kernel: Notebook) -> None:
        kernel.run('import * as tf from "@tensorflow/tfjs";', timeout=60)
        data = result(kernel, "tf.tensor2d([[1, 2], [3, 4]])")
        assert "[3, 4]" in data["text/plain"] or "3, 4" in data["text/plain"]
        assert "dataId" not in data["text/plain"]

    def test_a_data_frame_is_a_table(self, kernel: Notebook) -> None:
        kernel.run('import * as dfd from "danfojs-node";', timeout=60)
        data = result(kernel, "new dfd.DataFrame({ name: ['Ada', 'Alan'], born: [1815, 1912] })")
        assert "<table" in data["text/html"]
        assert "Ada" in data["text/html"] and "1912" in data["text/html"]
        assert "Ada" in data["text/plain"]

    def test_a_typed_array(self, kernel: Notebook) -> None:
        data = result(kernel, "new Float32Array([1, 2.5])")
        assert data["text/plain"] == "Float32Array(2) [ 1, 2.5 ]"

    def test_a_map_and_a_set(self, kernel: Notebook) -> None:
        data = result(kernel, "[new Map([['a', 1]]), new Set([2])]")
        assert data["text/plain"] == "[ Map(1) { 'a' => 1 }, Set(1) { 2 } ]"

    def test_an_array_of_objects_is_a_table(self, kernel: Notebook) -> None:
        data = result(kernel, "[{ name: 'Ada', age: 36 }, { name: '<Alan>', age: 41 }]")
        assert "<table" in data["text/html"]
        assert "Ada" in data["text/html"]
        assert "<Alan>" not in data["text/html"]

    def test_a_promise_shows_nothing_of_the_kernel(self, kernel: Notebook) -> None:
        data = result(kernel, "({ p: (async () => 1)() })")
        assert data["text/plain"] == "{ p: Promise { 1 } }"

    def test_a_class_and_an_error_are_values(self, kernel: Notebook) -> None:
        assert result(kernel, "class Shown {}; Shown")["text/plain"] == "[class Shown]"
        data = result(kernel, "new RangeError('kept')")
        assert "RangeError: kept" in data["text/plain"]
        assert "node:internal" not in data["text/plain"]

    @pytest.mark.parametrize(
        "code",
        [
            "new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw 1; } })",
            "({ get a() { throw new Error('getter'); } })",
            "({ toString() { throw 1; }, [Symbol.toPrimitive]() { throw 2; } })",
            "Object.create(null)",
            "const ring: any = {}; ring.self = ring; ring",
            "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('inspect'); } })",
            "({ [Symbol.for('Jupyter.display')]: 5 })",
        ],
        ids=["proxy", "getter", "conversion", "no prototype", "ring", "inspect", "symbol"],
    )
    @pytest.mark.one_row
    def test_a_value_that_resists_is_still_shown(self, kernel: Notebook, code: str) -> None:
        ran = kernel.run(code)
        assert ran.status == "ok", ran.content
        assert ran.result
        assert kernel.goes_on()

    def test_a_long_value_is_cut_kindly(self, kernel: Notebook) -> None:
        kernel.run("const long = Array.from({ length: 100_000 }, (_, i) => i);")
        text = result(kernel, "long")["text/plain"]
        assert len(text) < 20_000
        assert "more" in text
        text = result(kernel, "'x'.repeat(5_000_000)")["text/plain"]
        assert len(text) < 1_000_000

    def test_a_long_table_is_cut_kindly(self, kernel: Notebook) -> None:
        code = "Array.from({ length: 20_000 }, (_, i) => ({ i, square: i * i }))"
        data = result(kernel, code)
        assert len(json.dumps(data)) < 200_000
        assert "20000" in json.dumps(data).replace(",", "").replace("_", "").replace("\\u202f", "")


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 8).decode()


@pytest.mark.ours
class TestOurApi:
    MAKERS = {
        "html": ("hr.html('<b>1</b>')", "text/html", "<b>1</b>"),
        "html as a template that escapes": ("hr.html`<b>${'<i>'}</b>`", "text/html", "<b>&lt;i&gt;</b>"),
        "svg": ("hr.svg('<svg></svg>')", "image/svg+xml", "<svg></svg>"),
        "markdown": ("hr.markdown('*a*')", "text/markdown", "*a*"),
        "latex": ("hr.latex('$x^2$')", "text/latex", "$x^2$"),
        "javascript": ("hr.javascript('1')", None, "1"),
        "json": ("hr.json({ a: [1] })", "application/json", {"a": [1]}),
        "png": (f"hr.png(Buffer.from('{PNG}', 'base64'))", "image/png", PNG),
        "jpeg": ("hr.jpeg(new Uint8Array([255, 216, 255]))", "image/jpeg", "/9j/"),
        "gif": ("hr.gif(new Uint8Array([71, 73, 70]))", "image/gif", "R0lG"),
        "pdf": ("hr.pdf(new Uint8Array([37, 80, 68]))", "application/pdf", "JVBE"),
    }

    @pytest.mark.parametrize(("code", "kind", "wanted"), MAKERS.values(), ids=MAKERS.keys())
    def test_it_makes(self, kernel: Notebook, code: str, kind: str | None, wanted: Any) -> None:
        kernel.run(OURS)
        as_result, as_display = result(kernel, code), shown(kernel, f"hr.display({code});")
        assert as_result == as_display
        found = as_result[kind] if kind else as_result.get("text/javascript") or as_result[
            "application/javascript"
        ]
        assert found == wanted

    def test_a_figure_by_its_shape(self, kernel: Notebook) -> None:
        data = result(kernel, "({ data: [{ type: 'bar', y: [1, 2] }], layout: { title: 'T' } })")
        assert data["application/vnd.plotly.v1+json"]["data"] == [{"type": "bar", "y": [1, 2]}]

    def test_a_handle_updates(self, kernel: Notebook) -> None:
        ran = kernel.run(OURS + "const shown1 = hr.display('one'); shown1.update('two');")
        [first], [second] = ran.of("display_data"), ran.of("update_display_data")
        assert first["transient"] == second["transient"]

    def test_a_table_of_chosen_columns(self, kernel: Notebook) -> None:
        data = result(kernel, OURS + "hr.table([{ a: 1, b: 2 }, { a: 3, b: 4 }], { columns: ['b'] })")
        assert ">4<" in data["text/html"] and ">3<" not in data["text/html"]

    def test_progress_updates_one_output(self, kernel: Notebook) -> None:
        code = "let sum1 = 0; for (const n of hr.progress([1, 2, 3])) sum1 += n;\nconsole.log(sum1);"
        ran = kernel.run(OURS + code)
        assert ran.status == "ok", ran.content
        assert "6\n" in ran.stdout
        shows = ran.of("display_data")
        assert len(shows) == 1
        ids = {m["transient"]["display_id"] for m in [*shows, *ran.of("update_display_data")]}
        assert len(ids) == 1

    def test_metadata_is_passed_on(self, kernel: Notebook) -> None:
        code = OURS + "hr.display(hr.bundle({ 'image/png': 'AA==' }, { 'image/png': { width: 5 } }));"
        [message] = kernel.run(code).of("display_data")
        assert message["metadata"] == {"image/png": {"width": 5}}

    def test_an_array_of_images_by_their_bytes(self, kernel: Notebook) -> None:
        assert "image/png" in result(kernel, f"hr.png(Uint8Array.from(Buffer.from('{PNG}', 'base64')))")

    def test_wrong_use_does_not_compile(self, kernel: Notebook) -> None:
        ran = kernel.run(OURS + "hr.display(1, { id: 5 });")
        assert ran.error["ename"] == "TypeScriptError"
