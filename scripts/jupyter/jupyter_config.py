"""What every Jupyter server that the project starts is told."""

import sys
from pathlib import Path

# Jupyter runs this file without its folder in the path, and once for each of its parts.
FOLDER = str(Path(__file__).parent)
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from own_ports import use_own_ports  # noqa: E402

use_own_ports()
