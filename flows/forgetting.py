"""Documents are forgotten: in the warehouse and its copies, and in the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.inputs import input_error
from flows.landing import name_in_source, store_path
from flows.loading import WAIT
from flows.roots import SETTINGS, Root
from flows.ruleset import ruleset_of
from flows.sources.settings import read_sources
from flows.steps import utc_now
from flows.whereabouts import Whereabouts
from schemas.domains import RunStatus
from warehouse.connect import open_warehouse
from warehouse.forget import Forgotten, Known, find_document_named, try_forgetting
from warehouse.forget import forget as forget_rows
from warehouse.records import Run


def find_and_try(names: Sequence[str], root: Root) -> Forgotten:
    """Return what forgetting documents (ids, paths or addresses) would remove.

    Raises:
        WarehouseError: a name is of none, or of more than one; there is no warehouse.

    """
    _see_warehouse(root)
    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        found = [find_document_named(warehouse, name, name_in_source(Path(name), root)) for name in names]
        return try_forgetting(warehouse, sorted(set(found)))


def _see_warehouse(root: Root) -> None:
    with open_warehouse(root.warehouse, wait=WAIT, read_only=True):
        """A writer would make one."""


def forget(document_ids: Sequence[str], root: Root) -> Forgotten:
    """Remove documents for good, and return what was removed.

    Raises:
        StoreFailed, InputError: the disk refused; what is still there can be forgotten again.
        WarehouseBusy: another process holds the warehouse for longer than we wait.

    """

    def remove_bytes(digests: Sequence[str]) -> None:
        for digest in digests:
            path = store_path(digest, root)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise input_error(error, str(path)) from error

    run = Run.start(started_at=utc_now(), ruleset=ruleset_of(root.options), orchestrator="direct")
    counts = {"forgotten": len(document_ids)}
    with open_warehouse(root.warehouse, wait=WAIT) as warehouse:
        run = run.finish(ended_at=utc_now(), status=RunStatus.COMPLETED, counts=counts)
        return forget_rows(warehouse, document_ids, run, remove_bytes)


def would_come_back(documents: Sequence[Known], root: Root) -> Iterator[str]:
    """Yield, in words, what the next run would take in again."""
    whereabouts = Whereabouts(root, read_sources(root.path / SETTINGS))
    for document in documents:
        folder = whereabouts.folders.get(document.source)
        if document.url:
            yield f"{document.url}, if a source still leads there"
        elif document.path and folder and whereabouts.is_there(document.source, document.path):
            yield str(folder / document.path)
