"""The sample builder is importable, as it is for the tests of the samples."""

from __future__ import annotations

import sys
from pathlib import Path

SAMPLES = str(Path(__file__).resolve().parents[3] / "samples")
if SAMPLES not in sys.path:
    sys.path.insert(0, SAMPLES)
