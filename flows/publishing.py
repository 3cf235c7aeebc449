"""What readers search, compare and read is brought up to date at the end of whatever wrote to the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.errors import CopydeskError

if TYPE_CHECKING:
    from warehouse.connect import Warehouse


def publish(warehouse: Warehouse) -> list[str]:
    """Index, compare and publish what was written; return what a person should know: it is kept in any case."""
    try:
        warehouse.refresh_search()
        warehouse.refresh_stories()
        warehouse.publish()
    except CopydeskError as error:
        return [f"written, but not published: {error}"]
    return []
