"""What a cell can be doing when its user has had enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Loop:
    """A cell that does not end by itself."""

    # `{n}` is the number of the round; the cell says when it has begun.
    code: str
    # What must have run before, once in a kernel.
    setup: str = ""
    # How often it is interrupted in each state.
    rounds: int = 12
    # It asks the user: the question says that it has begun.
    asks: bool = False


MODEL = """
import * as tf from "@tensorflow/%s";
const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [8] }), tf.layers.dense({ units: 1 })] });
model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
const xs = tf.ones([256, 8]), ys = tf.ones([256, 1]);
"""
FIT = (
    "await model.fit(xs, ys, { epochs: 1_000_000, batchSize: 32, verbose: 0,"
    " callbacks: { onEpochEnd: (epoch) => { if (epoch === 1) console.log('started'); } } });"
)

LOOPS: dict[str, Loop] = {
    "a loop that never awaits": Loop("console.log('started'); while (true) {}"),
    "a loop that catches all": Loop(
        "console.log('started'); while (true) { try { for (let i = 0; i < 1e7; i++); throw 1; } catch {} }"
    ),
    "a loop that awaits null": Loop("console.log('started'); while (true) await null;"),
    "a loop that catches what its awaits reject": Loop(
        "console.log('started'); while (true) { try { await null; } catch {} }"
    ),
    "a loop in an async function": Loop(
        "async function spin() { while (true) await null; }\nconsole.log('started'); await spin();"
    ),
    "a loop that awaits a timer": Loop(
        "console.log('started'); while (true) await new Promise((r) => setTimeout(r, 5));"
    ),
    "a loop on timers/promises": Loop(
        'import { setTimeout as rest } from "node:timers/promises";\n'
        "console.log('started'); while (true) await rest(5);"
    ),
    "a loop that awaits an immediate": Loop(
        "console.log('started'); while (true) await new Promise((r) => setImmediate(r));"
    ),
    "a loop in a timer's callback": Loop(
        "console.log('started'); await new Promise(() => setTimeout(() => { while (true) {} }, 1));"
    ),
    "a loop of timer callbacks": Loop(
        "const again = () => setTimeout(again, 0);\n"
        "console.log('started'); await new Promise(() => again());"
    ),
    "a loop of microtasks": Loop(
        "const on = () => queueMicrotask(on);\n"
        "console.log('started'); await new Promise(() => setTimeout(on, 1));"
    ),
    "a promise that never settles": Loop("console.log('started'); await new Promise(() => {});"),
    "an async generator": Loop(
        "async function* ticks() { while (true) yield await null; }\n"
        "console.log('started'); for await (const tick of ticks()) { tick; }"
    ),
    "an event that never comes": Loop(
        'import { once, EventEmitter } from "node:events";\n'
        "console.log('started'); await once(new EventEmitter(), 'never');"
    ),
    "Atomics.wait": Loop(
        "console.log('started'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"
    ),
    "a slow regular expression": Loop(
        "console.log('started'); /^(a+)+$/.test('a'.repeat(60) + 'b');"
    ),
    "a flood of lines": Loop("console.log('started'); while (true) console.log('x'.repeat(99));", rounds=2),
    "a prompt": Loop("prompt('started');", asks=True),
    "a readline question": Loop(
        'import { createInterface } from "node:readline/promises";\n'
        "const asking = createInterface({ input: process.stdin, output: process.stdout });\n"
        "await asking.question('started');",
        rounds=6,
        asks=True,
    ),
    "a module that loads": Loop('console.log("started"); await import("./slow-{n}.mjs");', rounds=3),
    "a synchronous child process": Loop(
        'import { execSync } from "node:child_process";\nconsole.log("started"); execSync("sleep 2");',
        rounds=1,
    ),
    "a child process": Loop(
        'import { spawn } from "node:child_process";\nconsole.log("started");\n'
        "await new Promise((r) => spawn('sleep', ['2']).on('close', r));",
        rounds=4,
    ),
    "model.fit of tfjs": Loop(FIT, setup=MODEL % "tfjs", rounds=6),
    "model.fit of tfjs-node": Loop(FIT, setup=MODEL % "tfjs-node", rounds=6),
}
