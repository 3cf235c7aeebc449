"""What can be chosen: one frozen record, the same for every document of a run."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read and cleaned.

    Attributes:
        max_bytes: larger inputs are refused: no article is that long, and an archive wants its own reader.
        min_confidence: proposals below it are kept as suggestions for a person, not applied.

    """

    max_bytes: int = 16 * MEBIBYTE
    min_confidence: float = 0.5
