"""Ask for known vulnerabilities of the pinned packages: fail on one, and never for lack of a network."""

import json
import subprocess
import sys
from pathlib import Path

SECONDS = 60
AUDIT = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")


def vulnerable(report: str) -> list[str]:
    """Return a line for each vulnerability in pip-audit's report."""
    return [
        f"{package['name']} {package['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'none'}"
        for package in json.loads(report)["dependencies"]
        for one in package.get("vulns", ())
    ]


def audit(lock: str, program: tuple[str, ...] = (sys.executable, "-m", "pip_audit")) -> int:
    """Print what is known about the packages of a file; return 1 if one is vulnerable."""
    command, reason = [*program, *AUDIT, "-r", lock], f"no answer in {SECONDS} seconds"
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)  # noqa: S603
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        found = vulnerable(done.stdout)
    except (ValueError, KeyError, subprocess.TimeoutExpired):
        print(f"{lock}: not audited, because the advisories cannot be reached: {reason[:200]}")
        return 0
    print(*found or [f"{lock}: no known vulnerability"], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(max(audit(name) for name in sys.argv[1:] if Path(name).is_file()))
