"""How one state of an article differs from the next: sentence by sentence, and fact by fact.

Whether a reader would notice is asked of folded words: without case, spacing, and the shapes of marks and dashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from rapidfuzz.fuzz import ratio

from copydesk.extract.reading import split_sentences

ALIKE = 60
"""Likeness (rapidfuzz ratio, 0 to 100) from which a sentence counts as another one changed: half of the words stay."""
REACH = 40
"""Sentences up and down in which the changed form of a sentence is looked for."""
_MARKS: Mapping[int, str] = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "…": "..."}
)
_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def fold(text: str) -> str:
    """Return a text as far as its words go.

    Superscripts and fractions stay what they are: 10² is not 102.

    >>> fold("He  said “No”.")
    'he said "no".'
    """
    folded = "".join(unicodedata.normalize("NFKC", part) if not part.isnumeric() else part for part in _pieces(text))
    return _SPACES.sub(" ", folded.translate(_MARKS).casefold()).strip()


def _pieces(text: str) -> list[str]:
    return [text] if text.isascii() else re.split(r"([²³¹⁰-⁹₀-₉¼-¾⅐-⅞])", text)


class Change(StrEnum):
    """What happened to a sentence or a fact."""

    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    """A sentence stands elsewhere in the text, as it was."""


class Piece(NamedTuple):
    """Some characters of a changed sentence: ``None`` for those that stayed, else gone or new."""

    change: Change | None
    text: str


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that is not what, or not where, it was.

    Attributes:
        change: what happened.
        before: the sentence as it was; None for a new one.
        after: the sentence as it is; None for one that is gone.

    """

    change: Change
    before: str | None
    after: str | None

    def pieces(self) -> list[Piece]:
        """Return the sentence word by word, with what went before what came.

        >>> SentenceChange(Change.CHANGED, "Up 29 per cent.", "Up 28 per cent.").pieces()[1:3]
        [Piece(change=<Change.GONE: 'gone'>, text='29'), Piece(change=<Change.NEW: 'new'>, text='28')]
        """
        if self.before is None or self.after is None or self.change is Change.MOVED:
            state = None if self.change is Change.MOVED else self.change
            return [Piece(state, self.after or self.before or "")]
        old, new = _WORDS.findall(self.before), _WORDS.findall(self.after)
        found = []
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
            if tag == "equal":
                found.append(Piece(None, "".join(old[i1:i2])))
                continue
            gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
            found += [Piece(kind, text) for kind, text in ((Change.GONE, gone), (Change.NEW, come)) if text]
        return found


def compare_texts(before: str, after: str) -> list[SentenceChange]:
    """Return the sentences that differ, in the order of the newer text; spacing and marks alone make no difference.

    >>> compare_texts("It rose 29 per cent. So.", "It rose 28 per cent. So.")[0].pieces()[2].text
    '28'
    """
    old, new = _sentences(before), _sentences(after)
    opcodes = SequenceMatcher(None, [s.folded for s in old], [s.folded for s in new]).get_opcodes()
    changes = [change for tag, *ends in opcodes if tag != "equal" for change in _within(old, new, *ends)]
    return list(_with_moves(changes))


class _Sentence(NamedTuple):
    text: str
    folded: str


def _sentences(text: str) -> list[_Sentence]:
    parts = (" ".join(text[start:end].split()) for start, end in split_sentences(text))
    return [_Sentence(part, fold(part)) for part in parts]


def _within(
    old: Sequence[_Sentence], new: Sequence[_Sentence], i1: int, i2: int, j1: int, j2: int
) -> Iterator[SentenceChange]:
    """Yield what happened between two stretches that have no sentence in common: each old one pairs once, in order."""
    at = i1
    for j in range(j1, j2):
        near = range(at, min(i2, at + REACH))
        scores = [(ratio(old[i].folded, new[j].folded, score_cutoff=ALIKE), -i) for i in near]
        best, number = max(scores, default=(0, 0))
        if not best:
            yield SentenceChange(Change.NEW, None, new[j].text)
            continue
        for i in range(at, -number):
            yield SentenceChange(Change.GONE, old[i].text, None)
        yield SentenceChange(Change.CHANGED, old[-number].text, new[j].text)
        at = -number + 1
    for i in range(at, i2):
        yield SentenceChange(Change.GONE, old[i].text, None)


def _with_moves(changes: Sequence[SentenceChange]) -> Iterator[SentenceChange]:
    """Yield changes, with what went here and came there as one move."""
    gone: dict[str, list[int]] = defaultdict(list)
    for number, change in enumerate(changes):
        if change.change is Change.GONE:
            gone[fold(change.before or "")].append(number)
    moved: dict[int, int] = {}
    for number, change in enumerate(changes):
        if change.change is Change.NEW and (places := gone.get(fold(change.after or ""))):
            moved[number] = places.pop(0)
    left = set(moved.values())
    for number, change in enumerate(changes):
        if number in moved:
            yield SentenceChange(Change.MOVED, changes[moved[number]].before, change.after)
        elif number not in left:
            yield change


# Facts --------------------------------------------------------------------------------------------------------------


Content: TypeAlias = tuple[object, ...]
"""What a fact says, to be compared as a whole."""


class FactState(NamedTuple):
    """A fact, as far as it can be compared: the columns of the view ``facts`` that bear these names.

    Attributes:
        kind: mention, date, quantity, officeholder, event, relation, quote or claim.
        fact_key: the same in every version in which value, words and surroundings are the same.
        evidence: its words; ``sentence`` those around them.

    """

    kind: str
    fact_key: str
    field: str
    evidence: str
    sentence: str | None
    subkind: str | None
    subject: str | None
    object: str | None
    value: str | None
    number: float | None
    direction: str | None
    period: str | None
    modality: str | None

    def content(self) -> Content:
        """Return what the fact says, wherever it says it."""
        return (self.kind, *self[5:], fold(self.evidence) if self.kind in ("quote", "claim") else "")

    def words(self) -> str:
        """Return the fact in a line, without its kind.

        >>> FactState("quantity", "", "body", "29 per cent", None, "percent_change", "trade", None, "percent", 29.0,
        ...           "increase", "2018", None).words()
        'percent_change, trade: 29 percent, increase, 2018'
        """
        about = ", ".join(part for part in (self.subkind, self.subject) if part)
        if self.kind in ("quote", "claim"):
            return f"{about}: {self.value}" if about else str(self.value)
        figure = "" if self.number is None else f"{self.number:g}"
        value = " ".join(part for part in (figure, self.value) if part)
        rest = ", ".join(part for part in (value, self.object, self.direction, self.period, self.modality) if part)
        return ": ".join(part for part in (about, rest) if part)


class FactChange(NamedTuple):
    """A fact that appeared (``new``), vanished (``gone``) or says something else (``changed``)."""

    change: Change
    before: FactState | None
    after: FactState | None


_SLOTS: Mapping[str, Sequence[Sequence[str]]] = {
    "quantity": (("subkind", "subject", "value"), ("subkind", "value"), ("subject",)),
    "date": (("subkind",), ()),
    "officeholder": (("subject",), ("object", "value")),
    "event": (("subkind", "subject", "object"), ("subkind",), ("subject", "object")),
    "relation": (("subject", "object"), ("subject", "subkind")),
    "quote": (("subject",), ()),
    "claim": (("subkind", "subject"), ("subkind",)),
}
"""By kind, what two facts have in common that are one fact changed: the first that fits counts. Mentions only come and
go."""


def compare_facts(before: Sequence[FactState], after: Sequence[FactState]) -> list[FactChange]:
    """Return the facts that appeared, vanished or changed their value.

    Facts are the same by their key, or by what they say; a fact has changed when one with the same slot stands in the
    same sentence, or in the sentence that this one became.
    """
    keys = {fact.fact_key for fact in before} & {fact.fact_key for fact in after}
    gone = [fact for fact in before if fact.fact_key not in keys]
    new = [fact for fact in after if fact.fact_key not in keys]
    gone, new = _without_equal(gone, new)
    changed: list[FactChange] = []
    for kind, slots in _SLOTS.items():
        for slot in slots:
            pairs = _pairs(gone, new, kind, slot)
            changed += [FactChange(Change.CHANGED, gone[i], new[j]) for i, j in pairs]
            left, right = {i for i, _ in pairs}, {j for _, j in pairs}
            gone = [fact for i, fact in enumerate(gone) if i not in left]
            new = [fact for j, fact in enumerate(new) if j not in right]
    changed += [FactChange(Change.GONE, fact, None) for fact in gone]
    return changed + [FactChange(Change.NEW, None, fact) for fact in new]


def _without_equal(gone: Sequence[FactState], new: Sequence[FactState]) -> tuple[list[FactState], list[FactState]]:
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, fact in enumerate(new):
        places[fact.content()].append(number)
    left, matched = [], set[int]()
    for fact in gone:
        if found := places.get(fact.content()):
            matched.add(found.pop(0))
        else:
            left.append(fact)
    return left, [fact for number, fact in enumerate(new) if number not in matched]


def _pairs(
    gone: Sequence[FactState], new: Sequence[FactState], kind: str, slot: Sequence[str]
) -> list[tuple[int, int]]:
    """Return the numbers of the facts that are one fact changed, each used once."""
    rivals: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, fact in enumerate(new):
        if fact.kind == kind:
            rivals[(fact.field, *(getattr(fact, name) for name in slot))].append(number)
    pairs = []
    for number, fact in enumerate(gone):
        if fact.kind != kind:
            continue
        found = rivals.get((fact.field, *(getattr(fact, name) for name in slot)), [])
        scores = [
            (ratio(fact.sentence or "", new[other].sentence or "", score_cutoff=ALIKE), -other) for other in found
        ]
        best, other = max(scores, default=(0, 0))
        if best:
            found.remove(-other)
            pairs.append((number, -other))
    return pairs
