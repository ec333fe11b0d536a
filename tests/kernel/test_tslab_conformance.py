"""The public conformance suite of Jupyter for the kernel `tslab`."""

from __future__ import annotations

import jupyter_kernel_test
from suite_samples import SuiteSamples


class TslabConformance(SuiteSamples, jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"

    code_display_data = [
        {
            "code": 'import { display } from "tslab"; display.html("<b>bold</b>");',
            "mime": "text/html",
        },
    ]
