"""Schedules: served by a real Prefect server, kept by ourselves, or left to cron."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import CopydeskError
from flows.orchestration import name_of
from flows.roots import SETTINGS, Root
from flows.sources.settings import make_source
from flows.watch import Turn, turns_of, watch
from tests.serving import Site, serving
from tests.test_flows import PROJECT, call, post, query
from tests.test_sources import LINES, page

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site that is empty at first."""
    with serving() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Make a root."""
    found = Root.find(tmp_path / "root")
    found.path.mkdir()
    found.make()
    return found


def until(look: Callable[[], Any], seconds: float = 60) -> Any:  # noqa: ANN401 - whatever is waited for
    """Return what a look gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.3)
    pytest.fail("it did not come")


def test_a_deployment_for_each_source(root: Root, site: Site, server: str, tmp_path: Path) -> None:
    """Served, triggered through the API, late runs made one, the limit kept, events raised, rows in the warehouse."""
    site.page("/a", page("Ferry late"))
    location = json.dumps([f"{site.url}/a", f"{site.url}/b"])
    site.status("/b", 403)
    with (root.path / SETTINGS).open("a") as settings:
        settings.write(f'[sources.isle]\nkind = "urls"\nlocation = {location}\nallow_private = true\ndelay = 0\n')
        settings.write('[sources.tide]\nkind = "folder"\nlocation = "tide"\ncron = "30 4 * * *"\n')
    env = {**os.environ, "PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path / "home"), "PYTHONPATH": str(PROJECT)}
    env |= {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    command = [sys.executable, "-m", "flows.cli", "schedule", "--root", str(root.path), "--every", "12h"]
    with (tmp_path / "log").open("wb") as log:
        runner = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=tmp_path)  # noqa: S603 - ourselves
    try:
        deployments = {d["name"]: d for d in until(lambda: _deployments(server, root))}
        assert set(deployments) == {"isle", "tide", "raw", "all"}
        assert deployments["tide"]["schedules"][0]["schedule"]["cron"] == "30 4 * * *"
        assert deployments["isle"]["schedules"][0]["schedule"]["interval"] == 12 * 3600
        assert deployments["all"]["schedules"] == []
        isle = deployments["isle"]["id"]
        trigger = f"{server}/deployments/{isle}/create_flow_run"
        started = [post(trigger, {"state": {"type": "SCHEDULED"}})["id"] for _ in range(3)]
        states = until(lambda: _ended(server, started))
        assert sorted(states) == ["CANCELLED", "CANCELLED", "COMPLETED"]
        assert query(root, "SELECT title FROM articles") == [("Ferry late",)]
        site.page("/a", page("Ferry late", lines=LINES[:3]))
        again = post(trigger, {"state": {"type": "SCHEDULED"}})["id"]
        assert until(lambda: _ended(server, [again])) == ["COMPLETED"]
    finally:
        runner.terminate()
        runner.wait(30)
    assert query(root, "SELECT count(*) FROM versions") == [(2,)]
    runs = query(root, "SELECT orchestrator, status, (counts->>'failed')::INT FROM runs")
    assert runs == [("prefect", "completed", 1)] * 2
    limits = post(f"{server}/v2/concurrency_limits/filter", {})
    assert [limit["limit"] for limit in limits if limit["name"] == name_of(root.warehouse)] == [1]
    wanted = {"filter": {"event": {"name": ["copydesk.document.failed"]}}}
    events = until(lambda: post(f"{server}/events/filter", wanted)["events"], 20)
    assert f"{site.url}/b" in {event["payload"]["source"] for event in events}


def _deployments(server: str, root: Root) -> list[dict[str, Any]]:
    found = post(f"{server}/deployments/filter", {"deployments": {"tags": {"all_": ["copydesk"]}}})
    mine = [one for one in found if one["parameters"].get("root") == str(root.path)]
    return mine if len(mine) == 4 else []


def _ended(server: str, ids: Sequence[str]) -> list[str]:
    found = post(f"{server}/flow_runs/filter", {"flow_runs": {"id": {"any_": list(ids)}}})
    states = [run["state"]["type"] for run in found]
    return states if all(state in ("COMPLETED", "CANCELLED", "FAILED", "CRASHED") for state in states) else []


def test_schedules_without_a_server(root: Root) -> None:
    """A line for cron each; to serve them needs a server, and says so."""
    with (root.path / SETTINGS).open("a") as settings:
        settings.write('[sources.isle]\nkind = "folder"\nlocation = "isle"\nevery = "6h"\n')
        settings.write('[sources.tide]\nkind = "folder"\nlocation = "tide"\ncron = "30 4 * * *"\n')
    done = call("schedule", "--list", "--root", str(root.path))
    assert f"0 */6 * * * copydesk run --root {root.path} --source isle -q" in done.stdout
    assert f"30 4 * * * copydesk run --root {root.path} --source tide -q" in done.stdout
    home = str(root.path / "home")
    done = call("schedule", "--root", str(root.path), PREFECT_HOME=home, PREFECT_API_URL="")
    assert (done.returncode, "prefect server start" in done.stderr) == (1, True)


class Stopped(Exception):
    """Somebody stops the watch."""


class Days:
    """A clock that moves when somebody sleeps, and stops the watch after some hours."""

    def __init__(self, hours: float) -> None:
        """Take how long to watch."""
        self.time, self.end = NOON, NOON + timedelta(hours=hours)

    def now(self) -> datetime:
        """Return the time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.time += timedelta(seconds=seconds)
        if self.time > self.end:
            raise Stopped


def watched(turns: Sequence[Turn], hours: float, cost: float = 0.0) -> tuple[list[tuple[str, float]], list[str]]:
    """Watch for some hours; return what was looked at, after how many hours, and what was told."""
    days, looks, told = Days(hours), list[tuple[str, float]](), list[str]()

    def look(turn: Turn) -> None:
        looks.append((turn.name, round((days.time - NOON).total_seconds() / 3600, 2)))
        days.sleep(cost * 3600)
        if turn.name == "bad":
            raise CopydeskError("it is away.", source="bad")

    with pytest.raises(Stopped):
        watch(lambda: turns, look, told.append, now=days.now, sleep=days.sleep)
    return looks, told


def test_sources_are_looked_at_when_they_are_due() -> None:
    """At once and then by their times; a cron line says when itself."""
    looks, _ = watched([Turn("a", timedelta(hours=2)), Turn("b", cron="30 * * * *")], 4.2)
    assert looks == [("a", 0.0), ("b", 0.5), ("b", 1.5), ("a", 2.0), ("b", 2.5), ("b", 3.5), ("a", 4.0)]


def test_turns_that_were_missed_are_made_one() -> None:
    """A look that takes three hours is followed by one more, not by three."""
    looks, _ = watched([Turn("a", timedelta(hours=1))], 7, cost=3)
    assert looks == [("a", 0.0), ("a", 3.0), ("a", 6.0)]


def test_an_error_does_not_end_the_watch() -> None:
    """It is told, and the next turn comes."""
    looks, told = watched([Turn("bad", timedelta(hours=1)), Turn("good", timedelta(hours=1))], 1.5)
    assert looks == [("bad", 0.0), ("good", 0.0), ("bad", 1.0), ("good", 1.0)]
    assert told == ["bad: it is away."] * 2


def test_settings_that_break_while_watching_are_told() -> None:
    """And read again until they are mended."""
    days, told, plans = Days(0.1), list[str](), iter([CopydeskError("not valid TOML.")])

    def plan() -> Sequence[Turn]:
        for error in plans:
            raise error
        return turns_of([make_source("a", {"kind": "folder", "location": "a"})], timedelta(hours=1))

    looks: list[Turn] = []
    with pytest.raises(Stopped):
        watch(plan, looks.append, told.append, now=days.now, sleep=days.sleep)
    assert (told, [turn.name for turn in looks]) == (["not valid TOML."], ["a"])


def test_run_watch_stays_and_sees_what_comes(root: Root) -> None:
    """A file that is dropped in is in the warehouse after the next look; a signal ends it."""
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "run",
        "--watch",
        "--every",
        "10s",
        "--direct",
        "--root",
        str(root.path),
    ]
    (root.raw / "a.txt").write_text("\n\n".join(LINES))
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ourselves
        assert process.stdout is not None
        assert "raw: articles 1, new versions 1" in process.stdout.readline()
        (root.raw / "b.txt").write_text(LINES[0])
        assert "raw: articles 1, unchanged 1, new versions 1" in process.stdout.readline()
        process.send_signal(2)
        process.wait(20)
    assert process.returncode == 130
    assert query(root, "SELECT count(*) FROM articles") == [(2,)]
