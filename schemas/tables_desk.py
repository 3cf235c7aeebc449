"""What people and the checks leave at the desk: quarantine, reviews, stories."""

from __future__ import annotations

import polars as pl

from copydesk.likeness import StoryRole
from copydesk.reviews import Outcome
from schemas.base import Table
from schemas.columns import (
    LONG,
    SHORT,
    Instant,
    Numbers,
    Words,
    json,
    key,
    number,
    offset,
    one_of,
    plain,
    ref,
    string,
    uuid,
)
from schemas.domains import QuarantineStatus, ReviewKind, ReviewStatus
from schemas.rules import rule


class Quarantine(Table):
    """Rows that broke a rule, whole, and values that were taken out of rows that stayed."""

    quarantine_id: str = key("follows from table, row, rule and ruleset")
    table_name: str = string("the table that the row is of", longest=100)
    row_key: str = string("its key there", longest=SHORT)
    rule: str = string("the rule that it broke", longest=100)
    message: str = string("what is wrong, in words", longest=LONG)
    columns: Words = plain("the columns that cannot be believed")
    is_stopped: bool = plain("the whole row waits here; otherwise it was loaded without those columns")
    row_json: str = json("the row as it came, with all its columns")
    blocked_by: str = uuid("the entry of the parent that has to be put right first", nullable=True)
    document_id: str = uuid("the document", nullable=True)
    derivation_id: str = uuid("what it was derived by; NULL for what hangs on none", nullable=True)
    ruleset: str = string("the ruleset that made it", longest=100)
    status: str = one_of(QuarantineStatus, "what became of it")
    run_id: str = uuid("the run that wrote it")
    note: str = string("why it was dismissed", nullable=True, longest=LONG)


class Reviews(Table):
    """Decisions of people, found again by the words that they stand at: they outlast derivations."""

    review_id: str = key("follows from document, kind, edit and quote")
    document_id: str = ref("documents", "the document")
    kind: str = one_of(ReviewKind, "what was decided")
    edit_kind: str = string("the artifact of the edit", longest=100)
    rule_id: str = string("the rule that found it", longest=200)
    exact: str = string("the words of the base text (W3C TextQuoteSelector)")
    prefix: str = string("the words before them")
    suffix: str = string("the words after them")
    start_offset: int = offset("where the words stood in the base text: decides between equal quotes")
    replacement: str = string("what the edit puts in")
    decided_at: Instant = plain("when it was decided")
    decided_by: str = string("by whom", nullable=True, longest=SHORT)
    note: str = string("why", nullable=True, longest=LONG)
    status: str = one_of(ReviewStatus, "whether it is in force")
    outcome: str = one_of(Outcome, "what became of it in the latest derivation of the document", nullable=True)

    @rule("The decision is about no place in the text.", blames=("exact",))
    def review_has_an_anchor(self) -> pl.Expr:
        """An empty quote can be anywhere."""
        return (pl.col("exact") + pl.col("prefix") + pl.col("suffix")) != ""


class StoryTexts(Table):
    """What the current text of a document is found by among all others; see copydesk/shingles.py."""

    document_id: str = key("the document")
    derivation_id: str = ref("derivations", "whose text it is")
    position: str = string(
        "sorts texts by when they appeared: day, time (unknown is last), length (longest first), first capture, id"
    )
    text_keys: Numbers = plain("hashes of pieces of the text, and of the whole")


class StoryMembers(Table):
    """The documents of which there is a copy or that are one: one row a document in a story."""

    document_id: str = key("the document")
    story_id: str = ref("documents", "the story: the document that is its original")
    role: str = one_of(StoryRole, "what it is in the story")
    copy_of: str = ref("documents", "the document that most of it is in; NULL for the original", nullable=True)
    similarity: float = number(
        "runs of five words in both, in all that are in one of them, 0 to 1", nullable=True, least=0, most=1
    )
    share: float = number(
        "part of its words that stand in such runs of copy_of, 0 to 1", nullable=True, least=0, most=1
    )
    share_of_other: float = number(
        "part of the words of copy_of that stand in such runs of it, 0 to 1", nullable=True, least=0, most=1
    )
    is_same_text: bool = plain("it has the same words as copy_of in the same order", nullable=True)
    shared_paragraphs: Numbers = plain("ordinals of its paragraphs that are in copy_of, by half or more", nullable=True)

    @rule(
        "A copy has no document that it is a copy of, or an original has one.",
        blames=("copy_of",),
    )
    def only_copies_have_an_origin(self) -> pl.Expr:
        """An original comes from nowhere, as far as is known."""
        is_original = pl.col("role") == StoryRole.ORIGINAL
        return is_original == pl.col("copy_of").is_null()
