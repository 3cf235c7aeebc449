"""Cold starts of the command line, beside a bare Python in the same run.

    python benchmarks/cold_start.py [--times 5]

Each command runs in a process of its own on the sample article, the fastest of a few tries counts. Goals on a machine
of two cores: help 0.3 s, clean 0.5 s, run (without a server, into a new warehouse) 2 s.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).parent.parent
SAMPLE = next((PROJECT / "raw").glob("*.txt"))
GOALS = {"help": 0.3, "clean": 0.5, "facts": 1.0, "run": 2.0, "run again": 1.0}


def seconds(command: Sequence[str]) -> float:
    """Return how long a command takes, start and end included."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    return time.perf_counter() - began


def best(command: Sequence[str], times: int, *, afresh: Path | None = None) -> float:
    """Return the fastest of some tries; ``afresh`` is a root that is emptied before each."""
    found = []
    for number in range(times):
        root = [str(afresh / str(number))] if afresh else []
        found.append(seconds([*command, *root]))
    return min(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5, help="tries a command")
    times = parser.parse_args().times
    call = [sys.executable, "-m", "flows.cli"]
    bare = best([sys.executable, "-c", "pass"], times)
    with tempfile.TemporaryDirectory() as folder:
        run = [*call, "run", "--direct", str(SAMPLE), "--root"]
        measured = {
            "help": best([*call, "--help"], times),
            "clean": best([*call, "clean", str(SAMPLE)], times),
            "facts": best([*call, "facts", str(SAMPLE)], times),
            "run": best(run, times, afresh=Path(folder)),
            "run again": best([*run, str(Path(folder, "0"))], times),
        }
    print(f"{'command':10} {'s':>6} {'x bare Python':>14} {'goal':>6}")
    for name, took in measured.items():
        print(f"{name:10} {took:6.2f} {took / bare:14.1f} {GOALS[name]:6.1f}")


if __name__ == "__main__":
    main()
