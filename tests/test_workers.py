"""Work shared among processes gives the rows of one, and survives the death of a worker."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.batches import BatchJob, BatchResult, process_batch
from flows.roots import Root
from flows.steps import ingest_sources, sources_at
from flows.summaries import Summary
from flows.workers import WORTH, Workers
from tests.warehousing import contents

TIMES = ("last_seen_at", "run_id", "shown_at", "captured_at", "valid_from", "valid_to", "position")
POISON = "7.txt"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Make a root with enough articles for several processes."""
    root = Root.find(tmp_path)
    root.make()
    for n in range(WORTH):
        text = f"Ferry {n} is late\n\nFares to Skarvik rose by {n + 2} per cent in 2025, and Norway knew why.\n"
        (root.raw / f"{n}.txt").write_text(text, encoding="utf-8")
    return root


def ingest(root: Root, database: Path, jobs: int) -> Summary:
    """Ingest all into a warehouse of its own."""
    place = Root(root.path, root.options, database)
    with Workers(jobs) as workers:
        return ingest_sources(sources_at([str(root.raw)]), place, call=workers.call)


def test_two_processes_make_the_rows_of_one(root: Root, tmp_path: Path) -> None:
    """In the same order, with the same reports."""
    found = {jobs: ingest(root, tmp_path / f"{jobs}.duckdb", jobs) for jobs in (1, 2)}
    assert found[1].counts() == found[2].counts()
    assert found[1].articles == found[2].articles
    assert contents(tmp_path / "1.duckdb", TIMES) == contents(tmp_path / "2.duckdb", TIMES)


def die_on_poison(job: BatchJob) -> BatchResult:
    """Process a batch, but end the process on one document."""
    if any(planned.capture.path == POISON for planned in job.planned):
        os._exit(9)
    return process_batch(job)


def test_a_document_that_kills_its_worker_is_told_and_the_others_go_in(root: Root, tmp_path: Path) -> None:
    """Those that were with it are taken one by one."""
    place = Root(root.path, root.options, tmp_path / "w.duckdb")
    with Workers(2) as workers:
        summary = ingest_sources(
            sources_at([str(root.raw)]), place, call=lambda _process, job: workers.call(die_on_poison, job)
        )
    assert [failure.source for failure in summary.failures] == [POISON]
    assert "the process that read it died" in summary.failures[0].reason
    assert summary.processed == WORTH - 1
