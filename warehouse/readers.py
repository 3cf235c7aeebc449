"""Opening the warehouse to read it: the published copy, which no writer ever holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import WarehouseBusy
from warehouse.files import published_path


@contextmanager
def open_readers(path: Path | str, *, wait: float = 30.0) -> Iterator[Warehouse]:
    """Open the published copy of a warehouse to read it, or where there is none the file itself.

    Args:
        path: of the warehouse.
        wait: seconds to wait for a writer, where nothing has been published yet.

    Raises:
        WarehouseBusy, WarehouseError, StoreFailed: as for ``open_warehouse``.

    """
    path = Path(path)
    published = published_path(path)
    chosen = published if path.is_file() and published.is_file() else path
    with open_warehouse(chosen, wait=wait, read_only=True) as warehouse:
        yield warehouse


@contextmanager
def open_latest(path: Path | str) -> Iterator[Warehouse]:
    """Open the warehouse itself to read it, or while a writer holds it the published copy: runs under way show.

    Raises:
        WarehouseBusy, WarehouseError, StoreFailed: as for ``open_warehouse``.

    """
    with ExitStack() as stack:
        try:
            warehouse = stack.enter_context(open_warehouse(path, wait=0, read_only=True))
        except WarehouseBusy:
            warehouse = stack.enter_context(open_readers(path))
        yield warehouse
