"""What sources yield, and what they need of the world."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from copydesk.errors import CopydeskError
from flows.keeping import Keeper
from flows.roots import Root
from warehouse.records import Capture, Fetch

if TYPE_CHECKING:
    from flows.fetch import Hosts


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a source has.

    Attributes:
        capture: bytes that are kept, with where and when they came from.
        error: why there are none.
        fetch: what a server said; written down when the capture is loaded, so that a crash in between loses nothing.
        notice: a line for a person that is no failure.

    """

    capture: Capture | None = None
    error: CopydeskError | None = None
    fetch: Fetch | None = None
    notice: str | None = None


PAUSE = Found()
"""Nothing: what comes next has to be waited for, and what has come can be loaded meanwhile."""


@dataclass(slots=True)
class Landing:
    """What sources need of the world.

    Attributes:
        root: where the store is, and the options.
        ruleset: of the run: an archive that was read under another one is read again.
        now: the clock.
        known: from addresses to what their servers last said.
        hosts: what servers asked of us in this run; ``asked``: addresses that were asked for in this run.
        contact: how servers can reach who runs this.
        expected: things that sources expect to yield, as far as they know.
        keeper: writes into the store.

    """

    root: Root
    ruleset: str
    now: Callable[[], datetime]
    known: Callable[[Sequence[str]], Mapping[str, Fetch]]
    hosts: Hosts = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    contact: str = ""
    expected: int = 0
    keeper: Keeper = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = Keeper(self.root)

    def keep(self, data: bytes, source: str) -> str:
        """Begin to store bytes, and return their SHA-256 in hex; ``keeper.settle`` tells what the disk refused."""
        digest = hashlib.sha256(data).hexdigest()
        self.keeper.keep(data, digest, source)
        return digest
