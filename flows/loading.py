"""The one way from captures into the warehouse: plan, process, check, load; one batch is processed while another loads.

The warehouse is opened for as short a time as can be, by this process alone.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from copydesk.canonical import find_canonical
from copydesk.errors import CopydeskError
from flows.batches import BatchCaller, BatchJob, BatchResult, Done, Pending, call_directly, process_batch
from flows.landing import load_bytes
from flows.roots import Root
from flows.summaries import Summary
from flows.whereabouts import Whereabouts
from warehouse.records import Capture, Fetch, Plan, Planned, Run

if TYPE_CHECKING:
    from warehouse.load import Inspect

WAIT = 60.0
"""Seconds to wait for another process that holds the warehouse: a batch is loaded in far less."""
BATCH = 200
"""Documents a batch. A task call costs Prefect about 10 ms and one frame pandera 6 ms, whatever it holds."""
SCAN = 1000
"""Inputs that are looked up at a time: the usual one is unchanged, and costs nothing but that."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A batch that is being processed."""

    plan: Plan
    pending: Pending
    fetches: list[Fetch]


@dataclass
class Line:
    """The way of one run's captures into the warehouse.

    Attributes:
        call: how a batch is processed.
        whereabouts: tells a renamed file from a new one.
        inspect, is_dry: as in ``warehouse.load``.

    """

    root: Root
    run: Run
    summary: Summary
    call: BatchCaller = call_directly
    whereabouts: Whereabouts | None = None
    inspect: Inspect | None = None
    is_dry: bool = False
    _begun: deque[_Begun] = field(default_factory=deque)

    def send(self, captures: Sequence[Capture], fetches: Sequence[Fetch] = (), let_in: Collection[str] = ()) -> None:
        """Begin with a batch, and load those that are ready.

        Args:
            captures: at most some thousand.
            fetches: what servers said of them; written down once they are loaded: what is cut off is asked for again.
            let_in: captures that a person lets in, by id.

        """
        from warehouse.connect import open_warehouse  # noqa: PLC0415 - duckdb and polars load only where rows are written

        captures = [self._with_canonical(capture) for capture in captures]
        with open_warehouse(self.root.warehouse, wait=WAIT) as warehouse:
            if self.whereabouts is not None:
                self.summary.moved += len(warehouse.follow_moves(captures, self.whereabouts.is_there))
            plan = warehouse.plan(captures, ruleset=self.run.ruleset, let_in=let_in)
            if not plan.work:
                warehouse.touch(plan.unchanged)
                if self._begun:  # an archive is read in full only when its batches before are loaded
                    self._begun[-1].fetches.extend(fetches)
                else:
                    warehouse.save_fetches(fetches)
                self.summary.unchanged += len(plan.unchanged)
                self.summary.hold({found.document_id: found.held for found in plan.unchanged if found.held})
                return
        for number in range(0, len(plan.work), BATCH):
            is_last = number + BATCH >= len(plan.work)
            part = Plan(
                plan.work[number : number + BATCH],
                plan.unchanged if number == 0 else (),
                plan.later if is_last else (),
            )
            self.begin(part, fetches if is_last else ())

    def begin(self, plan: Plan, fetches: Sequence[Fetch] = ()) -> None:
        """Process what was planned, and load what is ready: one batch stays under way while the next is prepared."""
        self._begun.append(_Begun(plan, self.call(process_batch, self._job(plan.work)), list(fetches)))
        while self._begun and (isinstance(self._begun[0].pending, Done) or len(self._begun) > 1):
            self._load(self._begun.popleft())

    def finish(self) -> None:
        """Load what is still under way."""
        while self._begun:
            self._load(self._begun.popleft())

    def _job(self, work: tuple[Planned, ...]) -> BatchJob:
        return BatchJob(str(self.root.path), self.run.ruleset, self.run.run_id, self.root.options, work)

    def _load(self, begun: _Begun) -> None:
        """Load a batch. Documents whose history moved meanwhile, or that have more captures, go round again."""
        from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``send``

        again = self._check_and_load(begun.plan, begun.pending.result())
        while again:
            with open_warehouse(self.root.warehouse, wait=WAIT) as warehouse:
                plan = warehouse.plan(again, ruleset=self.run.ruleset)
            again = self._check_and_load(plan, self.call(process_batch, self._job(plan.work)).result())
        if begun.fetches:
            with open_warehouse(self.root.warehouse, wait=WAIT) as warehouse:
                warehouse.save_fetches(begun.fetches)

    def _check_and_load(self, plan: Plan, result: BatchResult) -> list[Capture]:
        from warehouse.check import check_documents  # noqa: PLC0415 - polars and pandera load where rows are checked
        from warehouse.connect import open_warehouse  # noqa: PLC0415 - as in ``send``

        run, summary = self.run, self.summary
        checked = check_documents(result.rows, ruleset=run.ruleset, run_id=run.run_id, failures=result.failures)
        with open_warehouse(self.root.warehouse, wait=WAIT) as warehouse:
            loaded = warehouse.load(checked, unchanged=plan.unchanged, inspect=self.inspect, is_dry=self.is_dry)
        summary.add(loaded)
        stale = set(loaded.stale)
        waiting = Counter(checked.rows.quarantined["document_id"].to_list())
        summary.quarantined.update({name: n for name, n in waiting.items() if name and name not in stale})
        left_out = stale | set(loaded.held)
        summary.report(report for report in result.reports if report.document_id not in left_out)
        summary.failures.extend(failure for failure in result.failures if _document_of(failure.planned) not in stale)
        return [*plan.later, *(work.capture for work in plan.work if work.document_id in stale)]

    def _with_canonical(self, capture: Capture) -> Capture:
        """Return a page that was fetched with the address that it gives for itself."""
        if capture.url is None or capture.canonical_url or "html" not in capture.media_type:
            return capture
        try:
            return replace(capture, canonical_url=find_canonical(load_bytes(capture.sha256, self.root), capture.url))
        except CopydeskError:  # the bytes are gone or damaged: processing will say so
            return capture


def _document_of(planned: Planned | None) -> str | None:
    return planned.document_id if planned else None
