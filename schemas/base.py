"""What the models of the tables have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandera.polars as pa
import polars as pl

from copydesk.article import FieldName
from schemas.columns import confidence, key, offset, one_of, plain, ref, string, uuid
from schemas.rules import in_order, rule, together


class Table(pa.DataFrameModel):
    """A warehouse table. Its docstring is the table's comment."""

    class Config:
        """Helper columns of ``schemas.context`` are let through; what is stored is chosen by name."""

        strict = False


def title_of(model: type[Table]) -> str:
    """Return the first line of a model's docstring: the table's comment."""
    return (model.__doc__ or "").strip().splitlines()[0]


def metadata_of(column: object) -> Mapping[str, Any]:
    """Return what a column has beside its pandera field: ``sql``, ``key``, ``ref``."""
    return getattr(column, "metadata", None) or {}


class Fact(Table):
    """What every kind of fact has."""

    fact_id: str = key("follows from derivation, kind, field, span and value")
    fact_key: str = uuid(
        "follows from document, kind, value, the words around and their number: the same in every version"
    )
    document_id: str = ref("documents", "the document")
    derivation_id: str = ref("derivations", "what it was derived by")
    field_id: str = ref("fields", "the text that it stands in")
    field: str = one_of(FieldName, "which text that is")
    start_offset: int = offset("where its words begin in that text, in code points")
    end_offset: int = offset("where they end (half open)")
    raw_start: int = offset("where they begin in the base text")
    raw_end: int = offset("where they end in the base text")
    is_exact: bool = plain("the base text has the same characters there")
    evidence: str = string("its words")
    sentence: str = string("the sentence around them", nullable=True)
    sentence_start: int = offset("where that sentence begins in the text", nullable=True)
    rule_id: str = string("the rule that found it", longest=200)
    rule_version: str = string("the version of copydesk that the rule was of", longest=50)
    confidence: float = confidence()
    run_id: str = uuid("the run that wrote it")

    @rule(
        "The words are not those that stand between the offsets in the text of the field.",
        blames=("start_offset", "end_offset", "evidence"),
        needs=("_words",),
    )
    def evidence_is_text(self) -> pl.Expr:
        """The promise: every fact shows its words."""
        return (pl.col("_words") == pl.col("evidence")).fill_null(value=False) & (pl.col("evidence") != "")

    @rule("The sentence is not in the text of the field.", blames=("sentence", "sentence_start"), needs=("_sentence",))
    def sentence_is_text(self) -> pl.Expr:
        """The sentence is quoted, too."""
        quoted = (pl.col("_sentence") == pl.col("sentence")).fill_null(value=False)
        return together("sentence", "sentence_start") & (pl.col("sentence").is_null() | quoted)

    @rule(
        "The place in the base text ends before it begins, or lies outside.",
        blames=("raw_start",),
        needs=("_base_length",),
    )
    def fact_raw_span(self) -> pl.Expr:
        """Raw spans lie in the base text."""
        return in_order("raw_start", "raw_end", "_base_length")

    @rule(
        "The place in the base text is said to be exact, but other characters stand there.",
        blames=("is_exact",),
        needs=("_raw_words",),
    )
    def exact_is_exact(self) -> pl.Expr:
        """Exact means the same characters."""
        return ~pl.col("is_exact") | (pl.col("_raw_words") == pl.col("evidence"))
