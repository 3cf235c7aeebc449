"""A sentence as the finders of events see it, and what they find in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.document import Span
from copydesk.extract.clauses import VerbGroup
from copydesk.extract.events_frames import Frame
from copydesk.extract.named import Named
from copydesk.extract.plover import Plover
from copydesk.extract.reading import ReadingPassage
from copydesk.extract.words import Word
from copydesk.facts import Mention, Modality, Tense

Piece = tuple[int, int]
"""Some words of a sentence: the index of the first, and the one past the last."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its words, the one before it, the mentions of the passage, and the ids of political actors."""

    passage: ReadingPassage
    sentence: Span
    previous: Span | None
    words: Sequence[Word]
    named: Named
    politic: frozenset[str] = frozenset()
    is_on_politics: bool = False
    """Whether the document is on politics: there a candidate's refusal is a deed, too."""

    def is_politic(self, mentions: Sequence[Mention]) -> bool:
        """Tell whether one of some mentions is a political actor."""
        return any(m.entity_id in self.politic for m in mentions)


@dataclass(frozen=True, slots=True)
class Mood:
    """How a deed is told: where its words start, whose deed it is, how sure it is."""

    first: int
    subject: Piece | None
    modality: Modality
    tense: Tense
    penalty: float
    is_announced: bool = False
    is_attempt: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """A verb group that fills a frame; ``last`` is past the last word of its trigger."""

    group: VerbGroup
    frame: Frame
    last: int
    mood: Mood


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An event before its date and its place are known."""

    plover: Plover
    cameo: str
    trigger: Span
    actors: Sequence[Mention]
    targets: Sequence[Mention]
    modality: Modality
    tense: Tense
    rule: str
    confidence: float
    is_reciprocal: bool = False
    is_plain: bool = False
    """Whether its verb means a political deed whoever does it: ``accused``, ``arrested``."""
    by_body: bool = False
    """Whether an unnamed body or crowd does it: ``the judge``, ``protesters``."""
