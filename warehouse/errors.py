"""What the warehouse has to say.

CopydeskError
├── TransientError
│   ├── WarehouseBusy   another process holds the file: wait, or try again
│   └── StoreFailed     the disk under the file refused (full, gone, no rights)
└── WarehouseError      the file is missing, is no warehouse, or is newer than this program
    └── QueryError      a reader's SQL is wrong, or wants what readers may not
"""

from __future__ import annotations

from datetime import datetime

from copydesk.errors import CopydeskError, TransientError


class WarehouseError(CopydeskError):
    """The file is missing, is no warehouse, or is newer than this program."""


class QueryError(WarehouseError):
    """A reader's SQL is wrong, or wants what readers may not."""


class StoreFailed(TransientError):
    """The disk under the warehouse refused."""


class WarehouseBusy(TransientError):
    """Another process holds the warehouse.

    Attributes:
        pid: its process id; None when the system does not tell.
        since: when it opened the file; None when it has left no note.

    """

    def __init__(self, source: str, *, pid: int | None, since: datetime | None) -> None:
        """Put what is known into words."""
        who = f"process {pid}" if pid else "another process"
        when = f" since {since:%Y-%m-%d %H:%M:%S} UTC" if since else ""
        super().__init__(
            f"{who} holds the warehouse{when}.",
            advice="Wait until it is done, or read a published copy.",
            source=source,
        )
        self.pid, self.since = pid, since
