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
    captions,
    characters,
    copyrights,
    cut_ends,
    datelines,
    drop_caps,
    duplicates,
    entities,
    hyphens,
    inline_repeats,
    inserts,
    jump_lines,
    leads,
    line_wraps,
    marked_blocks,
    markup,
    missing_spaces,
    mojibake,
    page_furniture,
    page_menus,
    pull_quotes,
    spaced_letters,
    spacing,
    split_paragraphs,
    table_debris,
    titles,
    user_phrases,
)
from copydesk.view import View

Repair = Callable[[View], Iterable[Proposal]]


class Phase(NamedTuple):
    """A stage of repairs; on a tie between overlapping proposals the earlier repair wins.

    Attributes:
        name: what it is about.
        repairs: they see the same text.
        is_for_pasted: it mends what copying breaks; the blocks of a page are whole, and repeats there are meant.

    """

    name: str
    repairs: Sequence[Repair]
    is_for_pasted: bool = False


PHASES: Sequence[Phase] = (
    Phase("blocks", (marked_blocks.find_marked_blocks,)),  # what a page itself marks as beside the text
    Phase("encoding", (mojibake.find_mojibake,)),  # text that was read in a wrong encoding
    Phase("markup", (markup.find_markup, entities.find_entities)),  # leftover entities, tags, shortcodes
    Phase("menus", (page_menus.find_page_menus,), is_for_pasted=True),  # what stands around the article on a page
    Phase(  # what a printed page has and an article has not, while form feeds are there
        "pages",
        (page_furniture.find_page_furniture, jump_lines.find_jump_lines, table_debris.find_table_debris),
        is_for_pasted=True,
    ),
    Phase("characters", (hyphens.find_soft_hyphens, characters.find_odd_characters)),
    Phase(  # pull quotes that are known by their short lines
        "quotes", (pull_quotes.find_wrapped_quotes, pull_quotes.find_signed_quotes), is_for_pasted=True
    ),
    Phase("joins", (line_wraps.find_line_wraps,), is_for_pasted=True),  # wrapped lines and line-end hyphens
    Phase(  # ads, links, share rows, boxes, notices, walls
        "inserts", (user_phrases.find_user_phrases, cut_ends.find_cut_ends, inserts.find_inserts)
    ),
    Phase(
        "fields",
        (
            datelines.find_date_lines,
            bylines.find_bylines,
            leads.find_repeated_lead,
            titles.find_title,
            bios.find_author_bios,
            captions.find_captions,
            copyrights.find_copyright_lines,
        ),
    ),
    Phase("repeats", (duplicates.find_duplicates, inline_repeats.find_inline_repeats)),
    Phase(  # what repeats a sentence and is no cut-off copy
        "flat quotes", (pull_quotes.find_flat_quotes,), is_for_pasted=True
    ),
    Phase("splits", (split_paragraphs.find_split_paragraphs,), is_for_pasted=True),  # paragraphs split in mid-sentence
    Phase("letters", (drop_caps.find_drop_caps, spaced_letters.find_spaced_letters), is_for_pasted=True),
    Phase("spacing", (missing_spaces.find_missing_spaces, spacing.find_loose_spaces, spacing.find_loose_ends)),
)
"""What comes first makes the later work easier: lines are joined before the inserts among them are read, and inserts
are gone before paragraphs are compared and split sentences joined."""
