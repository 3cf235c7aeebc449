"""Repairs: one artifact a module, each a pure function ``find_x(view) -> proposals``.

They run in phases: all repairs of a phase see the same view, and the ledger takes their proposals as one stage. A new
repair is a new file and a line in ``PHASES``. ``VERSION`` of a module rises when its results change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from copydesk.proposals import Proposal
from copydesk.repairs import bios, bylines, characters, cut_ends, datelines, inserts, pull_quotes, spacing, titles
from copydesk.view import View

Repair = Callable[[View], Iterable[Proposal]]


class Phase(NamedTuple):
    """A stage of repairs; on a tie between overlapping proposals the earlier repair wins."""

    name: str
    repairs: Sequence[Repair]


PHASES: Sequence[Phase] = (
    Phase("encoding", ()),  # text that was read in a wrong encoding
    Phase("markup", ()),  # leftover entities, tags, shortcodes
    Phase("characters", (characters.find_odd_characters,)),
    Phase("pages", ()),  # what a printed page has and an article has not: numbers, running heads, table debris
    Phase("quotes", ()),  # pull quotes that are known by their short lines
    Phase("joins", ()),  # wrapped lines and line-end hyphens
    Phase("fields", (datelines.find_date_lines, bylines.find_bylines, titles.find_title, bios.find_author_bios)),
    Phase(
        "inserts", (cut_ends.find_cut_ends, inserts.find_inserts)
    ),  # ads, links, share rows, newsletter, cookie, comment and paywall texts
    Phase("repeats", (pull_quotes.find_pull_quotes,)),
    Phase("splits", ()),  # paragraphs split in mid-sentence
    Phase("letters", ()),  # drop caps, spaced letters, missing spaces
    Phase("spacing", (spacing.find_loose_ends,)),
)
"""What comes first makes the later work easier: lines are joined before the inserts among them are read, and inserts
are gone before paragraphs are compared and split sentences joined."""
