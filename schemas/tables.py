"""All tables of the warehouse, parents before children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pandera.polars as pa
import polars as pl

from schemas.base import Table
from schemas.tables_desk import Quarantine, Reviews, StoryMembers, StoryTexts
from schemas.tables_facts import (
    Claims,
    Dates,
    Entities,
    EventParticipants,
    Events,
    Mentions,
    Officeholders,
    Quantities,
    Quotes,
    Relations,
)
from schemas.tables_fetches import Fetches
from schemas.tables_history import Captures, Derivations, Documents, Runs, Showings, Sources, Versions
from schemas.tables_texts import Blocks, Edits, Fields, LeftOutBlocks, Paragraphs

TABLES: Mapping[str, type[Table]] = {
    "runs": Runs,
    "sources": Sources,
    "fetches": Fetches,
    "documents": Documents,
    "captures": Captures,
    "versions": Versions,
    "derivations": Derivations,
    "showings": Showings,
    "blocks": Blocks,
    "left_out_blocks": LeftOutBlocks,
    "fields": Fields,
    "paragraphs": Paragraphs,
    "edits": Edits,
    "entities": Entities,
    "mentions": Mentions,
    "dates": Dates,
    "quantities": Quantities,
    "officeholders": Officeholders,
    "events": Events,
    "event_participants": EventParticipants,
    "relations": Relations,
    "quotes": Quotes,
    "claims": Claims,
    "quarantine": Quarantine,
    "reviews": Reviews,
    "story_texts": StoryTexts,
    "story_members": StoryMembers,
}
"""Table name -> model, in an order in which every reference points back."""


@cache
def schema_of(table: str) -> pa.DataFrameSchema:
    """Return the pandera schema of a table."""
    return TABLES[table].to_schema()


@cache
def dtypes_of(table: str) -> Mapping[str, pl.DataType]:
    """Return the polars types of a table's columns, in order."""
    return {name: column.dtype.type for name, column in schema_of(table).columns.items()}


def key_of(table: str) -> str:
    """Return the name of a table's key: its first column."""
    return next(iter(dtypes_of(table)))


@cache
def references_of(table: str) -> Mapping[str, str]:
    """Return column -> table for the columns that refer to other tables."""
    columns = schema_of(table).columns
    return {name: column.metadata["ref"] for name, column in columns.items() if (column.metadata or {}).get("ref")}


def references_to(parent: str) -> Iterator[tuple[str, str]]:
    """Yield the tables and columns that refer to a table."""
    for table in TABLES:
        for column, target in references_of(table).items():
            if target == parent:
                yield table, column
