"""A load that is killed at any moment leaves a sound file, and a re-run finishes what is left."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.warehousing import TEXT, contents, ingest
from warehouse.connect import open_warehouse
from warehouse.integrity import find_problems

KILLS = 20
TEXTS = {f"{n}.txt": TEXT.replace("Ferry", f"Ferry {n}") for n in range(6)}
BATCHES = [dict(list(TEXTS.items())[n : n + 3]) for n in range(0, len(TEXTS), 3)]

CHILD = """
import sys
from pathlib import Path
from tests.test_kill import BATCHES
from tests.warehousing import ingest
print("ready", flush=True)
for batch in BATCHES:
    ingest(Path(sys.argv[1]), batch)
    print("loaded", flush=True)
"""


def start(path: Path) -> subprocess.Popen[str]:
    """Start a process of its own that loads the batches, and wait until it is about to begin."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str]], float]:
    """Return what a load that nobody disturbs leaves, and how many seconds it takes in a process of its own."""
    path = tmp_path_factory.mktemp("undisturbed") / "w.duckdb"
    with start(path) as child:
        began = time.monotonic()
        child.communicate()
        seconds = time.monotonic() - began
    assert child.returncode == 0
    return contents(path), seconds


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_at_a_random_moment(
    number: int, tmp_path: Path, undisturbed: tuple[dict[str, list[str]], float]
) -> None:
    """Twenty times ``kill -9``: every batch is in whole or not at all, and the re-run gives the undisturbed rows."""
    expected, seconds = undisturbed
    path = tmp_path / "w.duckdb"
    moment = random.Random(number).uniform(number / KILLS, (number + 1) / KILLS) * seconds  # noqa: S311 - no secret
    with start(path) as child:
        time.sleep(moment)
        child.kill()
    if path.exists():
        with open_warehouse(path) as wh:
            assert list(find_problems(wh.connection)) == []
            (row,) = wh.rows("SELECT count(*) AS n FROM documents")
            assert row["n"] in (0, 3, 6)
    for batch in BATCHES:
        ingest(path, batch)
    assert contents(path) == expected
