"""TensorFlow without its native part: the same package in plain JavaScript, and a word about it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cell_client import CellClient

ROOT = Path(__file__).parents[2]
PRELOAD = ROOT / "scripts/preload/tensorflow.cjs"


def node(code: str, **environment: str) -> str:
    """What a program prints that has the preload."""
    ran = subprocess.run(
        ["node", "--require", str(PRELOAD), "-e", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    return ran.stdout


TRAIN = """
const tf = require("@tensorflow/tfjs-node");
(async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2],
    kernelInitializer: "ones" })] });
  model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
  const x = tf.tensor2d([[1, 2], [3, 4], [5, 6]]), y = tf.tensor2d([[1], [2], [3]]);
  const { history } = await model.fit(x, y, { epochs: 3, shuffle: false, verbose: 0 });
  await model.save("file://" + process.env.MODEL);
  const loaded = await tf.loadLayersModel("file://" + process.env.MODEL + "/model.json");
  console.log(JSON.stringify({ backend: tf.getBackend(), loss: history.loss,
    same: loaded.predict(x).dataSync()[0] === model.predict(x).dataSync()[0] }));
})();
"""


def test_it_trains_saves_and_loads_and_tells_once(tmp_path: Path) -> None:
    code = f'require("danfojs-node");{TRAIN}'
    printed = node(code, HEADROOM_TENSORFLOW="javascript", MODEL=str(tmp_path)).splitlines()
    assert "plain JavaScript" in printed[0]
    assert "npm run doctor" in printed[0]
    assert len(printed) == 2
    found = json.loads(printed[1])
    assert found["backend"] == "cpu"
    assert found["same"]
    # The same numbers in NumPy: loss = mean((x @ w + b - y) ** 2), one step of .01 per epoch.
    assert found["loss"] == pytest.approx(EXPECTED_LOSS, rel=1e-4)


def expected_loss() -> list[float]:
    x, y = [(1, 2), (3, 4), (5, 6)], [1, 2, 3]
    w, b, losses = [1.0, 1.0], 0.0, []
    for _ in range(3):
        wrong = [w[0] * p + w[1] * q + b - t for (p, q), t in zip(x, y, strict=True)]
        losses.append(sum(e * e for e in wrong) / 3)
        step = [2 * sum(e * row[i] for e, row in zip(wrong, x, strict=True)) / 3 for i in (0, 1)]
        w = [w[i] - 0.01 * step[i] for i in (0, 1)]
        b -= 0.01 * 2 * sum(wrong) / 3
    return losses


EXPECTED_LOSS = expected_loss()


def test_the_state_tells_which_one_runs_and_why() -> None:
    code = f"console.log(JSON.stringify(require({json.dumps(str(PRELOAD))}).tensorflowState()))"
    state = json.loads(node(code, HEADROOM_TENSORFLOW="javascript"))
    assert state["kind"] == "javascript"
    assert state["version"] == "4.22.0"
    assert "HEADROOM_TENSORFLOW" in state["reason"]
    assert json.loads(node(code))["kind"] in ("native", "javascript")


def test_a_missing_addon_is_no_error(tmp_path: Path) -> None:
    """A copy of the package without the native part stands for a machine that can't build it."""
    package = tmp_path / "node_modules/@tensorflow/tfjs-node"
    package.parent.mkdir(parents=True)
    source = ROOT / "node_modules/@tensorflow/tfjs-node"
    package.mkdir()
    for part in ("dist", "package.json"):
        (package / part).symlink_to(source / part)
    entry = json.dumps(str(package / "dist/index.js"))
    code = f"console.log(require({entry}).getBackend())"
    printed = subprocess.run(
        ["node", "--preserve-symlinks", "--require", str(PRELOAD), "-e", code],
        cwd=ROOT,
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.splitlines()[-1] == "cpu"
    assert printed.stderr == ""


@pytest.mark.parametrize("name", ["headroom", "tslab"])
def test_a_notebook_is_told(start_kernel: Callable[..., CellClient], name: str) -> None:
    environment = {**os.environ, "HEADROOM_TENSORFLOW": "javascript"}
    kernel = start_kernel(kernel_name=name, env=environment)
    ran = kernel.run('import * as tf from "@tensorflow/tfjs-node"; tf.getBackend()', timeout=60)
    assert ran.result == "'cpu'"
    assert "plain JavaScript" in ran.stdout
    again = kernel.run('import * as again from "@tensorflow/tfjs-node"; tf.tensor1d([1, 2])')
    assert again.result is not None
    assert re.fullmatch(r"Tensor.*\n    \[1, 2\]", again.result)
    assert again.stdout == "" and again.stderr == ""
