"""A search in a notebook is interrupted in mid-epoch; the next cell goes on as if nothing was."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cell_client import CellClient

ROOT = Path(__file__).parents[2]
MARK = "in mid-epoch"
PATIENCE = 120

SEARCH = """
import * as tf from "@tensorflow/tfjs-node";
import { type HyperParameters, hyperband, randomSearch, Tuner } from "@headroom/tuner";

const x = tf.randomNormal([96, 4], 0, 1, "float32", 1);
const y = tf.oneHot(x.argMax(1), 4).toFloat();
const train = { x: x.slice([0], [64]), y: y.slice([0], [64]) };
const validation = { x: x.slice([64]), y: y.slice([64]) };
function build(hp: HyperParameters) {
  const units = hp.int("units", { min: 4, max: 32, step: 4 });
  const learningRate = hp.choice("learningRate", [0.1, 0.01, 0.001]);
  const model = tf.sequential();
  model.add(tf.layers.dense({ units, activation: "relu", inputShape: [4] }));
  model.add(tf.layers.dense({ units: 4, activation: "softmax" }));
  const optimizer = tf.train.adam(learningRate);
  model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}
const open = (folder: string) => {
  const oracle = hyperband({ maxEpochs: 4, factor: 2, seed: 42 });
  return new Tuner({ build, oracle, objective: "val_accuracy", folder });
};
// What is the same in every run: no times, and not how often a trial was begun.
const told = ({ study }: Tuner) =>
  study.trials.map(({ id, status, values, budget, score, bestStep, metrics }) =>
    ({ id, status, values, budget, score, bestStep, metrics: [...metrics] }));
let disturb = async (_batch: number): Promise<void> => {};
"""

# Each disturbs the search once, in the third of an epoch's four batches, in the fifth trial.
DISTURBANCES = {
    "computes": """for (;;);""",
    "waits": """await new Promise(() => {});""",
}
DISTURB = """
let left = 1;
const fifth = () => [...tuner.study.running.values()].some(({{ number }}) => number === 4);
disturb = async (batch) => {{
  if (batch !== 2 || !fifth() || left-- <= 0) return;
  console.log("{mark}");
  {act}
}};
"""
IN_THIS_PROCESS = "{ validation, batchSize: 16, callbacks: { onBatchEnd: disturb } }"
BY_WORKERS = "{ validation, batchSize: 16, workers: 2, deterministic: true }"

Told = list[dict[str, object]]


def tell(name: str) -> str:
    return f"console.log(JSON.stringify(told({name})));"


class Notebook(CellClient):
    """A notebook on our kernel, which searches."""

    def __init__(self) -> None:
        super().__init__("headroom", cwd=str(ROOT / "notebooks"))
        # The manager, which sends the interrupts, is the same session, and numbers its messages from 0.
        self.client.session.message_count = 1_000_000

    def out(self, code: str) -> str:
        ran = self.run(code, PATIENCE)
        assert ran.status == "ok", ran.content
        return ran.stdout

    def interrupt_at_mark(self, code: str) -> None:
        request = self.send(code)
        deadline, text = time.monotonic() + PATIENCE, ""
        while MARK not in text:
            left = max(0.01, deadline - time.monotonic())
            message = self.client.get_iopub_msg(timeout=left)
            about = message["parent_header"].get("msg_id") == request
            state = message["content"].get("execution_state")
            assert not (about and state == "idle"), "the cell has ended before its mark"
            if about and message["msg_type"] == "stream":
                text += message["content"]["text"]
        self.manager.interrupt_kernel()
        ran = self.wait(request, PATIENCE)
        assert (ran.status, ran.content["ename"]) == ("error", "InterruptedError")

    def search(self, name: str, options: str) -> Told:
        return json.loads(self.out(f"await {name}.search(train, {options}); {tell(name)}"))


@pytest.fixture(scope="module")
def notebook() -> Iterator[Notebook]:
    client = Notebook()
    client.out(SEARCH)
    yield client
    client.close()


@pytest.fixture(scope="module")
def undisturbed(
    notebook: Notebook, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Told]:
    """The trials of a search that nobody interrupts."""

    def search(options: str) -> Told:
        folder = tmp_path_factory.mktemp("undisturbed") / "search"
        notebook.out(f"var whole = open({json.dumps(str(folder))});")
        trials = notebook.search("whole", options)
        assert len(trials) == 15
        assert all(trial["status"] == "COMPLETED" for trial in trials)
        return trials

    return search


@pytest.mark.parametrize("act", DISTURBANCES)
def test_search_interrupted_in_mid_epoch_goes_on_in_the_next_cell(
    act, notebook, undisturbed, tmp_path
):
    notebook.out("disturb = async () => {};")
    whole = undisturbed(IN_THIS_PROCESS)
    notebook.out(f"var tuner = open({json.dumps(str(tmp_path / 'search'))});")
    notebook.out(DISTURB.format(mark=MARK, act=DISTURBANCES[act]))
    notebook.interrupt_at_mark(f"await tuner.search(train, {IN_THIS_PROCESS});")
    begun = json.loads(notebook.out(tell("tuner")))
    assert len(begun) == 5 and begun[:4] == whole[:4]
    assert notebook.search("tuner", IN_THIS_PROCESS) == whole


def test_search_by_workers_that_is_interrupted_goes_on_in_the_next_cell(
    notebook, undisturbed, tmp_path
):
    whole = undisturbed(BY_WORKERS)
    notebook.out(f"var tuner = open({json.dumps(str(tmp_path / 'search'))});")
    notebook.out(
        f"""
let ends = 0;
tuner.study.on(({{ type }}) => {{ if (type === "end" && ++ends === 3) console.log("{MARK}"); }});
"""
    )
    notebook.interrupt_at_mark(f"await tuner.search(train, {BY_WORKERS});")
    begun = json.loads(notebook.out(tell("tuner")))
    assert 3 < len(begun) < 15
    assert notebook.search("tuner", BY_WORKERS) == whole


def test_search_interrupted_while_the_trainer_computes_goes_on_in_the_next_cell(notebook, tmp_path):
    options = '{ validation, batchSize: 1, epochs: 1, training: "compiled" }'
    notebook.out(
        """
const many = { x: train.x.tile([80, 1]), y: train.y.tile([80, 1]) };
const openPair = (folder: string) => {
  const oracle = randomSearch({ maxTrials: 2, seed: 42 });
  return new Tuner({ build, oracle, objective: "val_accuracy", folder });
};
"""
    )

    def search(name: str) -> Told:
        code = f"await {name}.search(many, {options}); console.log(JSON.stringify(told({name})));"
        return json.loads(notebook.out(code))

    notebook.out(f"var undisturbed = openPair({json.dumps(str(tmp_path / 'whole'))});")
    whole = search("undisturbed")
    notebook.out(f"var tuner = openPair({json.dumps(str(tmp_path / 'search'))});")
    notebook.out(
        f"""
const second = tuner.study.on(({{ type }}) => {{
  if (type !== "start" || tuner.study.ended.length !== 1) return;
  second();
  setTimeout(() => console.log("{MARK}"), 50);
}});
"""
    )
    notebook.interrupt_at_mark(f"await tuner.search(many, {options});")
    begun = json.loads(notebook.out("console.log(JSON.stringify(told(tuner)));"))
    assert len(begun) == 2 and begun[:1] == whole[:1]
    assert search("tuner") == whole
