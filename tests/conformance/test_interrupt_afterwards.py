"""What an interrupted cell leaves behind, and what it must not."""

from __future__ import annotations

import pytest
from interrupts import interrupted
from loops import LOOPS
from notebook import Notebook


def held(kernel: Notebook) -> int:
    """The bytes of the objects that are left once garbage is collected."""
    return int(kernel.out("""import { setFlagsFromString } from "node:v8"; import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc");
runInNewContext("gc")();
console.log(process.memoryUsage().heapUsed);"""))


class TestAfterwards:
    def test_timers_of_the_interrupted_cell_never_fire(self, kernel: Notebook) -> None:
        kernel.run("let fired = 0;")
        request = kernel.start(
            "setTimeout(() => fired++, 50); setInterval(() => fired++, 20);\n"
            "setTimeout(() => console.log('late'), 50); console.log('started'); while (true) {}"
        )
        interrupted(kernel, "a loop that never awaits", request)
        before = int(kernel.out("console.log(fired)"))
        ran = kernel.run("await new Promise((r) => setTimeout(r, 150)); console.log(fired)")
        assert int(ran.stdout) == before

    def test_an_awaiting_cell_does_not_go_on(self, kernel: Notebook) -> None:
        kernel.run("let turns = 0;")
        request = kernel.start(
            "console.log('started'); while (true) { await new Promise((r) => setTimeout(r, 5)); turns++; }"
        )
        interrupted(kernel, "a loop that awaits a timer", request)
        before = kernel.out("console.log(turns)")
        kernel.run("await new Promise((r) => setTimeout(r, 60));")
        assert kernel.out("console.log(turns)") == before

    def test_timers_of_other_cells_go_on(self, kernel: Notebook) -> None:
        kernel.run("let beats = 0; const heart = setInterval(() => beats++, 5);")
        request = kernel.start("console.log('started'); while (true) {}")
        interrupted(kernel, "a loop that never awaits", request)
        code = "const from = beats; await new Promise((r) => setTimeout(r, 100)); console.log(beats > from)"
        assert kernel.out(code) == "true\n"
        kernel.run("clearInterval(heart);")

    def test_async_storage_of_the_user_still_works(self, kernel: Notebook) -> None:
        kernel.run('import { AsyncLocalStorage } from "node:async_hooks";\n'
                   "const storage = new AsyncLocalStorage<string>();")
        request = kernel.start("storage.run('in', () => { console.log('started'); while (true) {} });")
        interrupted(kernel, "a loop that never awaits", request)
        code = (
            "const told = await storage.run('mine', async () => { await null;"
            " await new Promise((r) => setTimeout(r, 5)); return storage.getStore(); });\nconsole.log(told)"
        )
        assert kernel.out(code) == "mine\n"

    def test_async_hooks_of_the_user_still_run(self, kernel: Notebook) -> None:
        kernel.run(
            'import { createHook } from "node:async_hooks";\nlet inits = 0;\n'
            "const hook = createHook({ init() { inits++; }, before() {}, after() {} }).enable();"
        )
        request = kernel.start("setTimeout(() => { for (;;); }, 5); console.log('started');"
                               " await new Promise(() => {});")
        interrupted(kernel, "a loop in a timer's callback", request)
        code = "const from = inits; setTimeout(() => {}, 0); console.log(inits > from)"
        assert kernel.out(code) == "true\n"
        kernel.run("hook.disable();")

    @pytest.mark.parametrize("event", ["init", "before", "after", "destroy", "promiseResolve"])
    def test_a_slow_async_hook_is_not_ended_in_its_middle(self, kernel: Notebook, event: str) -> None:
        """Node ends the process where a hook that it calls by itself does not return."""
        kernel.run(
            'import { createHook } from "node:async_hooks"; import { stat } from "node:fs/promises";\n'
            "const busy = () => { const end = performance.now() + 3; while (performance.now() < end); };\n"
            f"const hook = createHook({{ {event}: busy }});"
        )
        for _ in range(6):
            request = kernel.start(
                "hook.enable();\n"
                "for (let turn = 0; ; turn++) {\n"
                "  await Promise.all([stat('/'), stat('.'), new Promise((r) => setTimeout(r, 1))]);\n"
                "  if (turn === 1) console.log('started');\n"
                "}"
            )
            interrupted(kernel, "a loop that awaits a timer", request)
            assert kernel.goes_on()
            kernel.run("hook.disable();")

    def test_an_async_hook_without_end_is_ended_by_a_second_interrupt(self, kernel: Notebook) -> None:
        request = kernel.start(
            'import { createHook } from "node:async_hooks"; let calls = 0;\n'
            "createHook({ init() { if (calls++ === 0) { console.log('started'); for (;;); } } }).enable();\n"
            "setTimeout(() => {}, 1);"
        )
        kernel.interrupt()
        interrupted(kernel, "a loop that never awaits", request)
        assert kernel.goes_on()

    def test_a_model_can_be_trained_again(self, kernel: Notebook) -> None:
        loop = LOOPS["model.fit of tfjs"]
        kernel.run(loop.setup, timeout=60)
        for _ in range(3):
            interrupted(kernel, "model.fit of tfjs", kernel.start(loop.code))
            again = kernel.run("(await model.fit(xs, ys, { epochs: 2, verbose: 0 })).epoch.length")
            assert again.result == "2", again.content

    @pytest.mark.parametrize(
        "loop",
        ["for (;;) tf.ones([2]);", "let x = tf.ones([8, 8]); for (;;) x = tf.softmax(x.matMul(x).relu());"],
        ids=["one operation", "several"],
    )
    def test_tidy_leaks_nothing(self, kernel: Notebook, loop: str) -> None:
        """The code is ended again and again, as V8 ends compiled code in other places."""
        kernel.run(LOOPS["model.fit of tfjs"].setup, timeout=60)
        state = "tf.engine().state.scopeStack.length, tf.memory().numTensors, tf.engine().backend.numDataIds()"
        before = kernel.out(f"// @check off\nconsole.log({state});")
        for _ in range(12):
            request = kernel.start(f"console.log('started'); tf.tidy(() => {{ {loop} }});")
            interrupted(kernel, "a loop that never awaits", request)
            assert kernel.out(f"// @check off\nconsole.log({state});") == before

    def test_an_operation_without_end_is_ended(self, kernel: Notebook) -> None:
        kernel.run(LOOPS["model.fit of tfjs"].setup, timeout=60)
        kernel.run("tf.registerKernel({ kernelName: 'Endless', backendName: tf.getBackend(),"
                   " kernelFunc: () => { console.log('started'); for (;;); } });")
        for _ in range(3):
            request = kernel.start("tf.engine().runKernel('Endless', {});")
            interrupted(kernel, "a loop that never awaits", request)
            assert kernel.goes_on()
        assert kernel.out("console.log(tf.tidy(() => tf.ones([2]).sum().dataSync()[0]));") == "2\n"

    def test_the_memory_of_interrupts_is_given_back(self, kernel: Notebook) -> None:
        def some(count: int) -> None:
            for _ in range(count):
                request = kernel.start("const held = new Array(1e5).fill(1); console.log('started');"
                                       " while (true) await null;")
                interrupted(kernel, "a loop that awaits null", request)

        some(10)
        before = held(kernel)
        some(40)
        # What the cells hold would be 32 MB. How much room V8 keeps for new objects is its own affair.
        assert held(kernel) - before < 10_000_000
