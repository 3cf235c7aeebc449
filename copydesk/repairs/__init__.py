"""Repairs: one artifact a module, each a pure function ``find_x(view) -> proposals``.

They run in phases: all repairs of a phase see the same view, and the ledger takes their proposals as one stage. A new
repair is a new file and a line in ``PHASES``. ``VERSION`` of a module rises when its results change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from copydesk.proposals import Proposal
from copydesk.repairs import (
    bios,
    bylines,
    characters,
    datelines,
    hyphens,
    jump_lines,
    line_wraps,
    page_furniture,
    pull_quotes,
    spacing,
    split_paragraphs,
    table_debris,
    titles,
)
from copydesk.view import View

Repair = Callable[[View], Iterable[Proposal]]


class Phase(NamedTuple):
    """A stage of repairs; on a tie between overlapping proposals the earlier repair wins."""

    name: str
    repairs: Sequence[Repair]


PHASES: Sequence[Phase] = (
    Phase("encoding", ()),  # text that was read in a wrong encoding
    Phase("markup", ()),  # leftover entities, tags, shortcodes
    # what a printed page has and an article has not: numbers, running heads, table debris; while form feeds are there
    Phase(
        "pages",
        (page_furniture.find_page_furniture, jump_lines.find_jump_lines, table_debris.find_table_debris),
    ),
    Phase("characters", (hyphens.find_soft_hyphens, characters.find_odd_characters)),
    Phase("quotes", (pull_quotes.find_pull_quotes,)),  # pull quotes that are known by their short lines
    Phase("joins", (line_wraps.find_line_wraps,)),  # wrapped lines and line-end hyphens
    Phase("fields", (datelines.find_date_lines, bylines.find_bylines, titles.find_title, bios.find_author_bios)),
    Phase("inserts", ()),  # ads, links, share rows, newsletter, cookie, comment and paywall texts
    Phase("repeats", ()),
    Phase("splits", (split_paragraphs.find_split_paragraphs,)),  # paragraphs split in mid-sentence
    Phase("letters", ()),  # drop caps, spaced letters, missing spaces
    Phase("spacing", (spacing.find_loose_ends,)),
)
"""What comes first makes the later work easier: lines are joined before the inserts among them are read, and inserts
are gone before paragraphs are compared and split sentences joined."""
