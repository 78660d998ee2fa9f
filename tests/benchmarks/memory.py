"""Measure the memory of this process."""

import resource
import sys
from pathlib import Path


def peak_megabytes() -> float:
    """Return the most memory that this process had; what `getrusage` counts includes the parent's, on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
