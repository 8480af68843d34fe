"""Run a command, and tell what it took: wall time, and the most memory that it and its children held at once.

    .venv/bin/python tests/benchmarks/measure.py .venv/bin/dragoman build DOCUMENTS -o OUT

Memory is the sum of resident sets, looked at every 20 ms in /proc; pages that processes share count for each, so that
the figure is rather too high than too low. Without /proc it is the largest single process, as the system reports it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

INTERVAL = 0.02
"""Seconds between two looks."""


def main(command: list[str]) -> int:
    started, most = time.perf_counter(), 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            most = max(most, _resident_kib(process.pid))
            time.sleep(INTERVAL)
    wall = time.perf_counter() - started
    most = max(most, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(f"took {wall:.1f} s of wall time and {most / 1024:.0f} MiB of memory", file=sys.stderr)
    return process.returncode


def _resident_kib(pid: int) -> int:
    """KiB that process `pid` and those below it hold, 0 where they are gone."""
    folder = Path(f"/proc/{pid}")
    try:
        status = (folder / "status").read_text()
        children = [child for task in folder.glob("task/*/children") for child in task.read_text().split()]
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return own + sum(_resident_kib(int(child)) for child in children)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
