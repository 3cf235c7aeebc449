"""Opening the warehouse: one writer at a time, for as short a time as can be."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb

from warehouse import fetches, places, plans, publish, reviews, run_log, search_index, seen, stories
from warehouse.errors import StoreFailed, WarehouseBusy, WarehouseError
from warehouse.migrate import is_made, migrate
from warehouse.records import Capture, Fetch, LoadResult, Plan, Review, Run, Unchanged

if TYPE_CHECKING:
    import polars as pl

    from warehouse.check import CheckedDocuments
    from warehouse.load import Inspect

_PID = re.compile(r"\(PID (\d+)")
_LOCKED = re.compile(r"Could not set lock|being used by another process")
_FIRST_RUN = "`copydesk run` makes one."
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
"""Seconds between two tries to open a file that is held."""

Parameters: TypeAlias = Sequence[object] | Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Warehouse:
    """An open warehouse; see the package for how to use it."""

    connection: duckdb.DuckDBPyConnection
    path: Path

    def plan(self, captures: Sequence[Capture], *, ruleset: str, let_in: Collection[str] = ()) -> Plan:
        """Return what is to be done about captures; see ``warehouse.plans``."""
        return plans.make_plan(self.connection, captures, ruleset=ruleset, let_in=let_in)

    def follow_moves(self, captures: Sequence[Capture], is_there: Callable[[str, str], bool]) -> list[places.Move]:
        """Give renamed documents their new names, and return what was moved; see ``warehouse.places``."""
        moves = places.find_moves(self.connection, captures, is_there)
        places.note_moves(self.connection, moves)
        return moves

    def load(
        self,
        checked: CheckedDocuments,
        *,
        unchanged: Sequence[Unchanged] = (),
        inspect: Inspect | None = None,
        is_dry: bool = False,
    ) -> LoadResult:
        """Put a checked batch into the warehouse in one transaction; see ``warehouse.load``."""
        from warehouse.load import load  # noqa: PLC0415 - polars loads with it; readers do without

        return load(self.connection, checked, unchanged=unchanged, inspect=inspect, is_dry=is_dry)

    def note_missing(self, source: str, folder: str, is_there: Callable[[str, str], bool], now: datetime) -> list[str]:
        """Note which files of a source's folder are gone, and return their names; see ``warehouse.places``."""
        return places.note_missing(self.connection, (source, folder), is_there, now)

    def count_copies(self, document_ids: Sequence[str]) -> int:
        """Return how many of some documents are copies of others."""
        sql = "SELECT count(*) FROM copies WHERE document_id IN (SELECT unnest(?::UUID[]))"
        (count,) = (self.connection.execute(sql, [list(document_ids)]).fetchone() if document_ids else None) or (0,)
        return int(count)

    def touch(self, unchanged: Sequence[Unchanged]) -> None:
        """Note when captures were seen again: all that is to be done when a plan has no work."""
        seen.touch(self.connection, unchanged)

    def save_run(self, run: Run) -> None:
        """Write down a run, or how far it came."""
        run_log.save_run(self.connection, run)

    def fetches_of(self, urls: Sequence[str]) -> Mapping[str, Fetch]:
        """Return what servers last said of addresses, by address."""
        return fetches.read_fetches(self.connection, urls)

    def save_fetches(self, found: Sequence[Fetch]) -> None:
        """Write down what servers said of addresses."""
        fetches.save_fetches(self.connection, found)

    def refresh_search(self) -> int:
        """Bring the index of search up to date, and return how many documents it took; see ``search_index``."""
        return search_index.refresh(self.connection)

    def refresh_stories(self) -> int:
        """Bring stories up to date, and return how many documents have another place in them; see ``stories``."""
        return stories.refresh(self.connection)

    def publish(self, *, afresh: bool = False) -> publish.Published | None:
        """Bring the readers' copy up to date; see ``warehouse.publish``."""
        return publish.publish(self.connection, self.path, afresh=afresh)

    def note_cut_off(self, is_dead: Callable[[str], bool]) -> None:
        """Note which runs ended without saying so, as their processes tell."""
        run_log.note_cut_off(self.connection, is_dead)

    def save_review(self, review: Review) -> str:
        """Write down a decision in place of an earlier one about the same edit, and return its id."""
        return reviews.save_review(self.connection, review)

    def withdraw_review(self, beginning: str) -> str:
        """Take back the decision whose id begins so, and return its document; see ``warehouse.reviews``."""
        return reviews.withdraw_review(self.connection, beginning)

    def reviews_for(self, document_ids: Sequence[str]) -> Mapping[str, tuple[Review, ...]]:
        """Return the decisions in force, by document, oldest first."""
        return reviews.read_reviews(self.connection, document_ids)

    def rows(self, sql: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """Return the result of our own SQL as dictionaries."""
        found = self.connection.execute(sql, parameters)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def frame(self, sql: str) -> pl.DataFrame:
        """Return the result of our own SQL as a polars frame."""
        import polars as pl  # noqa: PLC0415 - readers of single rows do without it

        from warehouse.streams import Stream  # noqa: PLC0415 - as above

        return pl.DataFrame(Stream(self.connection.sql(sql)))


@contextmanager
def open_warehouse(path: Path | str, *, wait: float = 30.0, read_only: bool = False) -> Iterator[Warehouse]:
    """Open a warehouse, for as long as the ``with`` block takes.

    A writer makes the file if there is none, and brings its tables and views up to date. ``wait`` is how many seconds
    to wait for another process to let go of the file.

    Raises:
        WarehouseBusy: it did not.
        WarehouseError: no file (for a reader), no warehouse, or one of a newer program.
        StoreFailed: the disk refused.

    """
    path = Path(path)
    if read_only and not path.is_file():
        raise WarehouseError("there is no warehouse.", advice=_FIRST_RUN, source=str(path))
    with _words_for_disk(path):
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path, wait, read_only=read_only)
        try:
            connection.execute("SET TimeZone = 'UTC'")
            if not read_only:
                with _note_of_writer(path):
                    migrate(connection, path)
                    yield Warehouse(connection, path)
            else:
                if not is_made(connection, path):
                    raise WarehouseError("no run has made its tables.", advice=_FIRST_RUN, source=str(path))
                yield Warehouse(connection, path)
        finally:
            connection.close()


def _connect(path: Path, wait: float, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    deadline, pause = time.monotonic() + wait, _FIRST_PAUSE
    while True:
        seen = _file_at(path)
        try:
            connection = duckdb.connect(str(path), read_only=read_only)
            if seen in (None, _file_at(path)):
                return connection
            connection.close()  # another file was put there meanwhile (`copydesk forget`): this one is nobody's
            continue
        except duckdb.IOException as error:
            if not _LOCKED.search(str(error)):
                raise
            if time.monotonic() + pause > deadline:
                raise _busy(path, str(error)) from error
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _file_at(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one under the same path; None where there is none."""
    try:
        found = path.stat()
    except OSError:  # to open it will say what is wrong
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _words_for_disk(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # it is the reader of what is printed who has gone
        raise
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" not in str(error).lower():
            raise
        raise KeyboardInterrupt from error  # DuckDB has caught a Ctrl-C
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException, OSError) as error:
        if isinstance(error, duckdb.IOException) and "not a valid DuckDB database" in str(error):
            raise WarehouseError(
                "this is no DuckDB file, or one of another version.", advice="Name another path.", source=str(path)
            ) from error
        reason = str(error).splitlines()[0].rstrip(".") + "."
        advice = "Make room on the disk, or give this user the right to write there; then run again."
        raise StoreFailed(reason, advice=advice, source=str(path)) from error


# Who holds the file -------------------------------------------------------------------------------------------------


def _note_path(path: Path) -> Path:
    return path.with_name(path.name + ".writer")


@contextmanager
def _note_of_writer(path: Path) -> Iterator[None]:
    """Leave a note for those who wait: who writes, and since when. The lock itself is DuckDB's."""
    note = _note_path(path)
    note.write_text(json.dumps({"pid": os.getpid(), "since": datetime.now(UTC).isoformat()}), encoding="utf-8")
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def _busy(path: Path, message: str) -> WarehouseBusy:
    found = _PID.search(message)
    pid = int(found[1]) if found else None
    try:
        note = json.loads(_note_path(path).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(note["since"]) if note["pid"] == pid else None
    except (OSError, ValueError, KeyError, TypeError):  # no note, or one cut short: say what is known
        since = None
    return WarehouseBusy(str(path), pid=pid, since=since)
