"""The texts of a derivation: blocks, fields, paragraphs, and the edits between base text and clean text."""

from __future__ import annotations

import polars as pl

from copydesk.article import FieldName
from copydesk.document import BlockKind
from copydesk.edits import EditStatus
from schemas.base import Table
from schemas.columns import LONG, Numbers, confidence, json, key, offset, one_of, plain, ref, string, uuid
from schemas.rules import in_order, rule, together


class Blocks(Table):
    """The blocks of the base text, as its reader saw them."""

    block_id: str = key("follows from derivation and number")
    document_id: str = ref("documents", "the document")
    derivation_id: str = ref("derivations", "what it was derived by")
    ordinal: int = offset("its number, from 0 in text order")
    kind: str = one_of(BlockKind, "what it is")
    raw_start: int = offset("where it begins in the base text")
    raw_end: int = offset("where it ends in the base text")
    run_id: str = uuid("the run that wrote it")

    @rule(
        "The block ends before it begins, or lies outside the base text.",
        blames=("raw_start",),
        needs=("_base_length",),
    )
    def block_raw_span(self) -> pl.Expr:
        """Blocks lie in the base text."""
        return in_order("raw_start", "raw_end", "_base_length")


class LeftOutBlocks(Table):
    """What stands on a page beside its article: menus, teasers, boxes, notices."""

    left_out_id: str = key("follows from derivation and number")
    document_id: str = ref("documents", "the document")
    derivation_id: str = ref("derivations", "what it was derived by")
    ordinal: int = offset("its number, from 0 in page order")
    kind: str = one_of(BlockKind, "what it is")
    text: str = plain("its text")
    reason: str = string("why it is no part of the article", longest=LONG)
    score: float = plain("how much it reads like the article, 0 to 1")
    raw_start: int = offset("where it would stand in the base text")
    source_start: int = offset("where it begins in the page's source; NULL when not known", nullable=True)
    source_end: int = offset("where it ends there", nullable=True)
    run_id: str = uuid("the run that wrote it")

    @rule(
        "A piece of the source ends before it begins, or has one end alone.",
        blames=("source_start", "source_end"),
    )
    def left_out_span(self) -> pl.Expr:
        """Places in the source have two ends."""
        return in_order("source_start", "source_end") & together("source_start", "source_end")


class Fields(Table):
    """The texts that facts stand in: the clean body, and what left it as a field (title, byline, bio ...)."""

    field_id: str = key("follows from derivation, field and number")
    document_id: str = ref("documents", "the document")
    derivation_id: str = ref("derivations", "what it was derived by")
    field: str = one_of(FieldName, "which text it is")
    ordinal: int = offset("its number among the texts of that name, from 0 in text order")
    text: str = string("its characters")
    raw_start: int = offset("where it begins in the base text (the hull)")
    raw_end: int = offset("where it ends in the base text (the hull)")
    is_exact: bool = plain("the base text has the same characters there")
    edit_seq: int = offset("the edit that took it out of the body; NULL for the body", nullable=True)
    run_id: str = uuid("the run that wrote it")

    @rule(
        "The field ends before it begins, or lies outside the base text.",
        blames=("raw_start",),
        needs=("_base_length",),
    )
    def field_raw_span(self) -> pl.Expr:
        """Fields lie in the base text."""
        return in_order("raw_start", "raw_end", "_base_length")

    @rule("The field is said to be exact, but the base text differs.", blames=("is_exact",), needs=("_raw_words",))
    def exact_field_is_exact(self) -> pl.Expr:
        """Exact means the same characters."""
        return ~pl.col("is_exact") | (pl.col("_raw_words") == pl.col("text"))


class Paragraphs(Table):
    """The paragraphs of the clean body."""

    paragraph_id: str = key("follows from derivation and number")
    document_id: str = ref("documents", "the document")
    derivation_id: str = ref("derivations", "what it was derived by")
    ordinal: int = offset("its number, from 0 in text order")
    start_offset: int = offset("where it begins in the body, in code points")
    end_offset: int = offset("where it ends (half open)")
    raw_start: int = offset("where it begins in the base text (the hull)")
    raw_end: int = offset("where it ends in the base text (the hull)")
    is_exact: bool = plain("the base text has the same characters there")
    text: str = string("its characters")
    run_id: str = uuid("the run that wrote it")

    @rule("The paragraph is not what stands between its offsets in the body.", blames=("text",), needs=("_words",))
    def paragraph_is_text(self) -> pl.Expr:
        """Paragraphs are pieces of the body."""
        return (pl.col("_words") == pl.col("text")).fill_null(value=False)

    @rule(
        "The place of the paragraph in the base text ends before it begins, or lies outside.",
        blames=("raw_start",),
        needs=("_base_length",),
    )
    def paragraph_raw_span(self) -> pl.Expr:
        """Raw spans lie in the base text."""
        return in_order("raw_start", "raw_end", "_base_length")


class Edits(Table):
    """Every edit of the text, active or not. In order of seq they replay to the clean text."""

    edit_id: str = key("follows from derivation and number")
    document_id: str = ref("documents", "the document")
    derivation_id: str = ref("derivations", "what it was derived by")
    seq: int = offset("its number in the ledger, from 0: edit_id of copydesk explain and undo")
    phase: str = string("the stage that took it", longest=100)
    view_start: int = offset("where it begins in that stage's view of the text")
    view_end: int = offset("where it ends in that view")
    replacement: str = string("the text that takes the place")
    removed: str = string("the base text that it stands for")
    kind: str = string("the artifact, e.g. pull_quote", longest=100)
    rule_id: str = string("the rule that found it", longest=200)
    reason: str = string("one line for a person", longest=LONG)
    confidence: float = confidence()
    raw_start: int = offset("where it begins in the base text (the hull)")
    raw_end: int = offset("where it ends in the base text (the hull)")
    evidence_start: int = offset("where what it repeats or matched begins in the base text", nullable=True)
    evidence_end: int = offset("where that ends", nullable=True)
    status: str = one_of(EditStatus, "whether it is part of the text")
    is_suggestion: bool = plain("the rule was not sure enough: off until taken up")
    depends_on: Numbers = plain("seq of the edits that take it along when they are undone")
    kept_fields: str = json("pieces of its view that are kept as fields: name, start, end")
    run_id: str = uuid("the run that wrote it")

    @rule(
        "What the edit is said to remove is not what stands at its place in the base text.",
        blames=("removed",),
        needs=("_raw_words",),
    )
    def removed_is_text(self) -> pl.Expr:
        """An edit shows what it took."""
        return (pl.col("_raw_words") == pl.col("removed")).fill_null(value=False)

    @rule("The edit ends before it begins in its view.", blames=("view_start", "view_end"))
    def view_span_in_order(self) -> pl.Expr:
        """Spans are half open, and may be empty."""
        return in_order("view_start", "view_end")

    @rule(
        "The evidence of the edit ends before it begins, or has one end only.",
        blames=("evidence_start", "evidence_end"),
    )
    def evidence_span_in_order(self) -> pl.Expr:
        """Evidence has a place or none."""
        return in_order("evidence_start", "evidence_end") & together("evidence_start", "evidence_end")

    @rule("The edit depends on itself or on a later one.", blames=("depends_on",))
    def depends_on_earlier(self) -> pl.Expr:
        """Edits build on what was there."""
        return pl.col("depends_on").list.max().is_null() | (pl.col("depends_on").list.max() < pl.col("seq"))
