"""Killed at any point of ingesting, loading and deriving anew: the next run ends with the rows of an undisturbed one.

The short test runs always; the long one, with a hundred kills, by ``make crash``.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import loading
from flows.backfill import backfill, stale_versions
from flows.roots import Root
from flows.steps import ingest_paths
from tests.warehousing import contents
from warehouse.backfills import Wanted
from warehouse.connect import open_warehouse
from warehouse.integrity import find_problems

PROJECT = Path(__file__).parent.parent
SHORT, LONG = 6, 100
COUNT, SIZE = 9, 2
"""Articles, and how many make a batch."""
TEXT = """Ferry number {n} is late

Published: {n} March 2026

The ferry to Skarvik was late again on Monday, and fares rose by {n} per cent in 2025. Nobody knew why it was late.

Share on Facebook

“A pump has to be replaced,” said minister Kari Holm in Oslo on {n} March 2026.
"""
TIMES = ("last_seen_at", "run_id", "shown_at", "captured_at", "valid_from", "valid_to", "position")
"""Columns that differ from run to run. The articles are copies of each other; their dates tell of which."""

CHILD = """
import sys
from pathlib import Path
from tests.test_crash import work
print("ready", flush=True)
work(Path(sys.argv[1]))
print("done", flush=True)
"""


def work(folder: Path) -> None:
    """Ingest all articles in small batches, then derive them anew by other rules; as often as it is called."""
    loading.BATCH, loading.SCAN = SIZE, 2 * SIZE
    (folder / "copydesk.toml").write_text("[clean]\nmin_confidence = 0.5\n", encoding="utf-8")
    root = Root.find(folder)
    if not root.warehouse.exists() or not is_derived_anew(root):
        ingest_paths([str(root.raw)], root)
    (folder / "copydesk.toml").write_text("[clean]\nmin_confidence = 0.98\n", encoding="utf-8")
    other = Root.find(folder)
    backfill(stale_versions(other, Wanted()), other)


def is_derived_anew(root: Root) -> bool:
    """Tell whether the second part of the work has begun: everything is in."""
    with open_warehouse(root.warehouse) as warehouse:
        (row,) = warehouse.rows("SELECT count(DISTINCT ruleset) AS rulesets FROM derivations")
    return bool(row["rulesets"] > 1)


def make(folder: Path) -> Path:
    """Make a root with articles."""
    Root.find(folder).make()
    for n in range(1, COUNT + 1):
        (folder / "raw" / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return folder


def start(folder: Path) -> subprocess.Popen[str]:
    """Start a process of its own that works, and wait until it is about to begin."""
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", CHILD, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=PROJECT,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, list[str]], float]]:
    """Return what is left by work that nobody disturbs, and how many seconds it takes."""
    folder = make(tmp_path_factory.mktemp("undisturbed"))
    with start(folder) as child:
        began = time.monotonic()
        child.communicate()
        seconds = time.monotonic() - began
    assert child.returncode == 0
    sizes = loading.BATCH, loading.SCAN
    yield contents(Root.find(folder).warehouse, TIMES), seconds
    loading.BATCH, loading.SCAN = sizes


def kill(number: int, count: int, folder: Path, undisturbed: tuple[dict[str, list[str]], float]) -> None:
    """Kill the work at the given one of so many points of time; the next run has to mend all."""
    expected, seconds = undisturbed
    root = Root.find(make(folder))
    moment = random.Random(number).uniform(number / count, (number + 1) / count) * seconds  # noqa: S311 - no secret
    with start(folder) as child:
        time.sleep(moment)
        child.kill()
    if root.warehouse.exists():
        with open_warehouse(root.warehouse) as warehouse:
            assert list(find_problems(warehouse.connection)) == []
    work(folder)
    assert contents(root.warehouse, TIMES) == expected
    with open_warehouse(root.warehouse) as warehouse:
        assert list(find_problems(warehouse.connection)) == []
        (row,) = warehouse.rows("SELECT count(*) FILTER (WHERE status = 'running') AS n FROM runs")
    assert row["n"] == 0
    shutil.rmtree(folder)


@pytest.mark.parametrize("number", range(SHORT))
def test_killed_at_some_points(number: int, tmp_path: Path, undisturbed: tuple[dict[str, list[str]], float]) -> None:
    """Six times ``kill -9``, spread over the work."""
    kill(number, SHORT, tmp_path, undisturbed)


@pytest.mark.long
@pytest.mark.parametrize("number", range(LONG))
def test_killed_at_a_hundred_points(
    number: int, tmp_path: Path, undisturbed: tuple[dict[str, list[str]], float]
) -> None:
    """A hundred times ``kill -9``."""
    kill(number, LONG, tmp_path, undisturbed)


RUN = [sys.executable, "-m", "flows.cli", "run", "--direct", "-q"]


def run(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start ``copydesk run``, in a group of its own."""
    env = {**os.environ, "PYTHONPATH": str(PROJECT), "COPYDESK_ROOT": str(folder)}
    return subprocess.Popen(  # noqa: S603
        [*RUN, *words], env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def test_two_runs_started_together_load_every_article_once(tmp_path: Path) -> None:
    """They take turns; both end well."""
    root = Root.find(make(tmp_path))
    for child in [run(tmp_path), run(tmp_path)]:
        _, errors = child.communicate(timeout=300)
        assert (child.returncode, errors) == (0, "")
    with open_warehouse(root.warehouse) as warehouse:
        assert list(find_problems(warehouse.connection)) == []
        assert warehouse.rows("SELECT count(*) AS n FROM versions") == [{"n": COUNT}]
        assert warehouse.rows("SELECT DISTINCT status FROM runs") == [{"status": "completed"}]


def alive(group: int) -> list[str]:
    """Return the states of the processes of a group, but of those that only wait to be buried."""
    found = subprocess.run(["ps", "-e", "-o", "pgid=,stat="], capture_output=True, text=True, check=True)  # noqa: S607
    states = (line.split() for line in found.stdout.splitlines())
    return [state for name, state in states if name == str(group) and not state.startswith("Z")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_so_and_the_next_one_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C reaches the workers too: no traceback, no process left, what was loaded stays."""
    root = Root.find(make(tmp_path))
    for n in range(COUNT, 500):
        (root.raw / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    child = run(tmp_path, "-j", "2")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not any(root.store.rglob("[0-9a-f]*")):
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(child.pid, number)
    _, errors = child.communicate(timeout=120)
    assert child.returncode == 130
    assert errors == "copydesk: stopped; what is loaded stays, and the next run goes on from there.\n"
    while time.monotonic() < deadline and alive(child.pid):
        time.sleep(0.1)
    assert alive(child.pid) == []
    with open_warehouse(root.warehouse) as warehouse:
        assert warehouse.rows("SELECT status FROM runs") == [{"status": "stopped"}]
        assert list(find_problems(warehouse.connection)) == []
