"""Jupyter's public conformance suite, with all that it can ask."""

from __future__ import annotations

from unittest.mock import patch

import jupyter_kernel_test
from conftest import KERNEL
from notebook import PATIENCE
from suite_samples import SuiteSamples

DISPLAYS = KERNEL.dialect


class TestJupyter(SuiteSamples, jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL.name

    code_clear_output = DISPLAYS.say("clear", False) if DISPLAYS.clear else ""
    code_display_data = [{"code": DISPLAYS.say("html", "<b>bold</b>"), "mime": "text/html"}]
    code_history_pattern = "6 * ?"
    supported_history_operations = ("tail", "range", "search")


class TestWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL.name
    support_iopub_welcome = True

    def test_recv_iopub_welcome_msg(self) -> None:
        """The suite would wait for ever."""
        get_msg = self.kc.get_iopub_msg
        with patch.object(self.kc, "get_iopub_msg", lambda: get_msg(timeout=PATIENCE)):
            super().test_recv_iopub_welcome_msg()
