"""Frames between polars and DuckDB by the Arrow C stream alone.

Given the things themselves, DuckDB would load pyarrow (0.2 s), and polars would leave references to DuckDB's types that
are reported as leaks when the program ends.
"""

from __future__ import annotations

from typing import Protocol


class Streamable(Protocol):
    """What can be read as an Arrow C stream."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class Stream:
    """The Arrow C stream of a frame or a relation, and nothing else of it."""

    def __init__(self, source: Streamable) -> None:
        """Take what is to be read."""
        self.source = source

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.source.__arrow_c_stream__(requested_schema)
