"""Deriving anew, from the kept bytes, what other rules made."""

from __future__ import annotations

from flows import loading
from flows.batches import BatchCaller, call_directly
from flows.loading import WAIT, Line
from flows.roots import Root
from flows.ruleset import ruleset_of
from flows.steps import Started, Tell, in_run, no_progress, utc_now
from flows.summaries import Summary
from warehouse.backfills import Differences, Stale, Wanted, find_stale, in_batches, plan_stale
from warehouse.connect import open_warehouse
from warehouse.records import Plan, Run

SAMPLE = 50
"""Versions that are tried out before anything is written."""


def stale_versions(root: Root, wanted: Wanted) -> list[Stale]:
    """Return the versions that are to be derived anew."""
    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        return find_stale(warehouse.connection, wanted, ruleset=ruleset_of(root.options))


def try_out(
    stale: list[Stale], root: Root, *, call: BatchCaller = call_directly, tell: Tell = no_progress
) -> tuple[Differences, Summary]:
    """Derive versions anew and say what would be different; nothing of it is kept."""
    run = Run.start(started_at=utc_now(), ruleset=ruleset_of(root.options), orchestrator="direct")
    summary = Summary(run_id=run.run_id)
    return _derive(stale, Line(root, run, summary, call, is_dry=True), tell), summary


def backfill(
    stale: list[Stale], root: Root, *, call: BatchCaller = call_directly, tell: Tell = no_progress
) -> tuple[Differences, Summary]:
    """Derive versions anew, batch by batch, and say what is different.

    What is derived stays when it is stopped; the next backfill finds what is left.

    Raises:
        WarehouseBusy: another process holds the warehouse for longer than we wait.

    """
    found = Differences()

    def work(run: Run, summary: Summary) -> None:
        _derive(stale, Line(root, run, summary, call), tell, found)

    return found, in_run(root, Started(), work)


def _derive(stale: list[Stale], line: Line, tell: Tell, found: Differences | None = None) -> Differences:
    found = Differences() if found is None else found
    before = {one.version_id: one.derivation_id for one in stale}
    line.inspect = lambda connection, new: found.inspect(connection, before, new)
    line.summary.found = len(stale)
    done = 0
    for batch in in_batches(stale, loading.BATCH):
        tell(done, len(stale))
        with open_warehouse(line.root.warehouse, wait=WAIT) as warehouse:
            planned = plan_stale(warehouse.connection, batch)
        line.begin(Plan(work=planned))
        done += len(batch)
    line.finish()
    tell(done, len(stale))
    return found
