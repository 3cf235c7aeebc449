"""What keeps a deed from being told as a fact: conditions, denials, reports, doubts.

A deed in the clause that somebody says or thinks (``Peru said Chile had seized it``) is that speaker's word and no
more: ``reported``. That of a deed beside an attribution (``Chile seized it, officials said``) follows from the
quotations, in ``events``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from copydesk.extract.attributions import is_speech
from copydesk.extract.clauses import DETERMINERS, VerbGroup, is_adverb
from copydesk.extract.events_scene import Piece
from copydesk.extract.verbs import VerbForm, forms_of, load
from copydesk.extract.words import Word
from copydesk.facts import Modality, Tense

_CONDITIONS = frozenset(("if", "unless", "whether", "provided", "providing", "assuming", "supposing", "lest"))
_LONG_CONDITIONS = frozenset((("in", "case"), ("on", "condition"), ("as", "long"), ("so", "long"), ("in", "order")))
_INVERTED = frozenset(("had", "should", "were"))
_WHEN = frozenset(("when", "once", "until", "till", "before", "after", "as", "whenever"))
_FUTURE = frozenset(("will", "would", "wo", "’ll", "’d", "shall", "may", "might", "could", "can", "must", "should"))
_NOBODY = frozenset(("no", "neither", "nor", "none", "nobody", "nothing", "hardly", "scarcely"))
_LOOK_BACK = 15
_THAT_BACK = 9
_HEARER = 4
_BREAKS = frozenset((",", ";", ":", "—", "–"))


def hedge(words: Sequence[Word], group: VerbGroup, subject: Piece | None) -> Modality | None:
    """Return what the words about a verb group make of a deed that it tells as done; None when they leave it so."""
    start = subject[0] if subject is not None and subject[0] < group.first else group.first
    if words[-1].text == "?" or _is_conditional(words, group, start):
        return Modality.HYPOTHETICAL
    if _is_denied(words, group.first, start):
        return Modality.NEGATED
    return _doubt(words, start, group.head) or report_before(words, start)


def _is_conditional(words: Sequence[Word], group: VerbGroup, start: int) -> bool:
    """Tell whether the clause is a condition, or a time that has not come: ``until Peru frees them, Chile will``."""
    if start and words[start - 1].lower in _INVERTED and (start == 1 or not words[start - 2].is_word):
        return True
    for index in range(group.first - 1, max(-1, group.first - _LOOK_BACK), -1):
        word = words[index].lower
        if words[index].text in _BREAKS:
            return False
        if word in _CONDITIONS or (word, _at(words, index + 1)) in _LONG_CONDITIONS:
            return True
        if word in _WHEN and group.tense in (Tense.PRESENT, Tense.PRESENT_PERFECT):
            return any(w.lower in _FUTURE for w in words)
    return False


def _at(words: Sequence[Word], index: int) -> str:
    return words[index].lower if index < len(words) else ""


def _is_denied(words: Sequence[Word], first: int, start: int) -> bool:
    """Tell whether nobody did it: ``neither Peru nor Chile signed``, ``nor has Peru signed``, ``no troops were``."""
    for index in range(first - 1, max(-1, start - 3), -1):
        if words[index].text in _BREAKS:
            return False
        if words[index].lower in _NOBODY or (words[index].lower == "not" and index <= start):
            return True
    return False


def _doubt(words: Sequence[Word], start: int, head: int) -> Modality | None:
    doubts = _doubts()
    near = (words[0], *words[max(0, start - 1) : head])
    return next((doubts[w.lower] for w in near if w.lower in doubts), None)


@cache
def _doubts() -> Mapping[str, Modality]:
    lexicon: Mapping[str, str] = load("events_en.json")["doubts"]
    return {word: Modality(name) for name, found in lexicon.items() for word in found.split()}


def report_before(words: Sequence[Word], start: int) -> Modality | None:
    """Return the modality of a clause that somebody says or thinks: told, feared or denied; None of any other.

    Looked for is what stands right before the clause: ``that`` after a verb or noun of saying, or such a verb.
    """
    at = start - 1
    while at >= 0 and is_adverb(words[at]):
        at -= 1
    if at < 0:
        return None
    if words[at].lower == "that":
        before = range(at - 1, max(-1, at - _THAT_BACK), -1)
        return next((found for i in before if (found := _said(words, i))), None)
    if words[at].lower in _bare():
        return _said(words, at)
    hearer = range(at - 1, max(-1, at - _HEARER), -1)
    return next((Modality.REPORTED for i in hearer if _lemma(words[i].lower) in ("tell", "inform", "assure")), None)


def _said(words: Sequence[Word], at: int) -> Modality | None:
    word = words[at].lower
    nouns = _nouns()
    if word in nouns:
        return nouns[word]
    lemma = _lemma(word)
    if lemma is None or (at and words[at - 1].lower in DETERMINERS and words[at - 1].lower not in ("this", "that")):
        return None
    return Modality.NEGATED if lemma == "deny" else Modality.REPORTED


def _lemma(word: str) -> str | None:
    found = _verbs().get(word)
    return found[0].lemma if found else None


@cache
def _verbs() -> Mapping[str, tuple[VerbForm, ...]]:
    """Return the forms of the verbs that bring what is said or thought."""
    lexicon = load("attribution_en.json")
    thought = load("events_en.json")["thinking"].split()
    return forms_of(sorted({*lexicon["speech"], *thought} - {"begin", "continue", "read"}))


@cache
def _bare() -> frozenset[str]:
    """Return the words that a clause may follow without ``that``."""
    needs = {*load("attribution_en.json")["needs_that"], "agree", "ask", "recall", "pledge", "confirm", "repeat"}
    thought = {"believe", "think", "fear", "suspect", "understand"}
    return frozenset(
        word
        for word, found in _verbs().items()
        if (is_speech(found[0].lemma) and found[0].lemma not in needs) or found[0].lemma in thought
    )


@cache
def _nouns() -> Mapping[str, Modality]:
    lexicon: Mapping[str, str] = load("events_en.json")["saying_nouns"]
    return {
        word: Modality(name) for name, nouns in lexicon.items() for noun in nouns.split() for word in (noun, f"{noun}s")
    }
