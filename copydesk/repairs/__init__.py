"""Repairs: one artifact a module, each a pure function ``find_x(view) -> proposals``.

They run in phases: all repairs of a phase see the same view, and the ledger takes their proposals as one stage. A new
repair is a new file and a line in ``PHASES``. ``VERSION`` of a module rises when its results change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from copydesk.proposals import Proposal
from copydesk.repairs import bios, bylines, characters, datelines, pull_quotes, spacing, titles
from copydesk.view import View

Repair = Callable[[View], Iterable[Proposal]]


class Phase(NamedTuple):
    """A stage of repairs; on a tie between overlapping proposals the earlier repair wins."""

    name: str
    repairs: Sequence[Repair]


PHASES: Sequence[Phase] = (
    Phase("characters", (characters.find_odd_characters,)),
    Phase("furniture", (datelines.find_date_lines, bylines.find_bylines, titles.find_title, bios.find_author_bios)),
    Phase("repeats", (pull_quotes.find_pull_quotes,)),
    Phase("spacing", (spacing.find_loose_ends,)),
)
