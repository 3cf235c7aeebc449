"""Whether a verb of thinking, wanting or judging says what somebody holds (English).

Left alone: what a thing needs or shows, what readers want, and what is known, found or felt without a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from copydesk.extract.attributions import Cue, span_of, stance_of, verbs_of
from copydesk.extract.clauses import DETERMINERS, PRONOUNS, QUOTE_MARKS
from copydesk.extract.cue_words import is_title
from copydesk.extract.named import Named
from copydesk.extract.tellers import Frame, is_free, is_possible, is_supposed
from copydesk.extract.verbs import Form
from copydesk.extract.voices import Voice, is_listed
from copydesk.extract.words import Word
from copydesk.facts import EntityType, Modality, Tense

_FOUND = frozenset("find indicate reveal show".split())
_KNOWING = frozenset("decide determine discover find forget identify know learn remember understand".split())
_BELIEFS = frozenset("agree argue assume believe criticise criticize expect fear hope oppose say think".split())
_OF_THINGS = frozenset("indicate reveal say show suggest".split())
_CALLING = frozenset("call consider deem describe label".split())
_CLAUSES = (Frame.THAT, Frame.QUESTION, Frame.CLAUSE)
_INTENTS = (Modality.INTENDED, Modality.EXPECTED)
_MORE = frozenset("who whose where another".split())
_AFTER_PARTICIPLE = frozenset("above at below by earlier here in on previously".split())
_MARKS = QUOTE_MARKS | {"'", "‘"}
_SHORT_ING = 5
_SHORT = 3
_NEAR = 8


class Held(NamedTuple):
    """A verb with what it may say that somebody holds; ``content`` and ``subject`` as word indexes."""

    cue: Cue
    content: tuple[int, int]
    subject: tuple[int, int]
    voice: Voice
    frame: Frame


def may_hold(words: Sequence[Word], held: Held, named: Named) -> bool:
    """Tell whether a verb says what its subject holds, wants or judges."""
    cue, subject = held.cue, held.subject
    if held.voice in (Voice.READER, Voice.AUTHOR) or is_supposed(words, cue, subject) or is_possible(words, cue):
        return False
    is_full = held.frame in _CLAUSES or _has_infinitive(words, held)
    is_full = is_full or cue.last - 1 > cue.group.head  # decided against, learned of
    return (
        _is_enough(held, is_full=is_full)
        and _may_be(words, held, named, is_full=is_full)
        and _is_finite(words, held)
        and _is_judged(words, held)
    )


def _has_infinitive(words: Sequence[Word], held: Held) -> bool:
    """Tell whether words are an infinitive, or hold one with its subject: ``him to go``, ``it to be true``."""
    needs_clause = held.cue.lemma in verbs_of("clause_held")
    if held.frame is Frame.INFINITIVE:
        return not needs_clause
    near = words[held.content[0] : min(held.content[1], held.content[0] + _NEAR)]
    after = "be" if needs_clause and held.cue.lemma not in ("encourage", "tell") else ""
    return any(a.lower == "to" and b.lower.startswith(after) for a, b in pairwise(near))


def _is_enough(held: Held, *, is_full: bool) -> bool:
    """Tell whether a complement is one of a thought: ``knows that``, not ``knows the way``, ``knows how``."""
    lemma = held.cue.lemma
    if lemma in _KNOWING and (held.frame is Frame.QUESTION or held.cue.group.modality is Modality.NEGATED):
        return False
    return is_full or lemma not in verbs_of("clause_held") or (held.voice is Voice.SOURCE and lemma in _FOUND)


def _may_be(words: Sequence[Word], held: Held, named: Named, *, is_full: bool) -> bool:
    """Tell whether such a voice holds such a thing."""
    lemma, voice, frame = held.cue.lemma, held.voice, held.frame
    if voice is Voice.SOMEBODY:
        is_thinglike = frame is Frame.PHRASE and lemma in verbs_of("of_people")
        return not is_thinglike or _is_known(words, held.subject, named)
    if voice is Voice.SOURCE:
        return lemma in verbs_of("of_sources")
    if voice is Voice.ANYBODY:
        return is_full and lemma in _BELIEFS and words[held.subject[0]].lower != "who"
    if voice is Voice.IT:
        return is_full and (stance_of(lemma) in _INTENTS or frame is Frame.THAT) and lemma not in ("encourage", "want")
    return frame is Frame.THAT and lemma in _OF_THINGS


def _is_known(words: Sequence[Word], subject: tuple[int, int], named: Named) -> bool:
    """Tell whether a holder is a person or a body for sure: by a noun, a pronoun or a mention, not by its capital."""
    last = words[subject[1] - 1].lower
    if last in ("he", "she", "who") or any(is_listed(w.lower) for w in words[slice(*subject)]):
        return True
    mention = named.head(span_of(words, subject))
    return mention is not None and mention.type in (EntityType.PERSON, EntityType.COUNTRY)


def _is_finite(words: Sequence[Word], held: Held) -> bool:
    """Tell whether a verb is no participle and no order: ``a plan, intended to``, ``on your board, decide on``."""
    cue, group, first = held.cue, held.cue.group, held.cue.group.first
    if group.head > first:
        return True
    behind_comma = words[first - 1].text == ","
    if group.form is Form.BASE and behind_comma:
        return words[held.subject[1] - 1].lower.endswith(("s", "people", "men"))
    if group.form is not Form.PAST:
        return True
    if behind_comma and cue.subject is not None and cue.subject[1] == first - 1:
        return False
    opener = words[held.content[0]]
    is_plain = not (opener.is_name or opener.lower in DETERMINERS | PRONOUNS)
    if held.frame is Frame.PHRASE and is_plain and cue.last == first + 1 and stance_of(cue.lemma) in _INTENTS:
        return False  # use recommended tools
    after = words[cue.last].lower if cue.last < len(words) else ""
    return held.frame is Frame.THAT or cue.last > first + 1 or after not in _AFTER_PARTICIPLE


def _is_judged(words: Sequence[Word], held: Held) -> bool:
    """Tell whether a verb says more than ``what they like``, ``compared to`` or ``what they call Base One``."""
    cue, content = held.cue, held.content
    if cue.lemma == "compare" and words[content[0]].lower in ("to", "with"):
        return False
    if held.frame is not Frame.PHRASE:
        return not is_free(words, cue, held.subject)
    if words[held.subject[1] - 1].lower == "they" and cue.group.tense is not Tense.PAST:
        return False  # they reject noise: things too
    if cue.lemma == "call" and cue.last == cue.group.head + 1 and not is_title(words) and _are_names(words, content):
        return False
    is_said = cue.lemma in _CALLING and any(w.text in _MARKS for w in words[slice(*content)])
    return is_said or not is_free(words, cue, held.subject)


def _are_names(words: Sequence[Word], piece: tuple[int, int]) -> bool:
    return all(w.is_name for w in words[slice(*piece)] if w.is_word and len(w.text) > _SHORT)


def object_end(words: Sequence[Word], content: tuple[int, int]) -> int:
    """Return where an object ends before what only tells more of it or of its holder: ``, who``, ``, leaving``."""
    for at in range(content[0] + 1, content[1] - 1):
        after = words[at + 1].lower
        if words[at].text == "," and (after in _MORE or (after.endswith("ing") and len(after) > _SHORT_ING)):
            return at if all(w.text != "," for w in words[at + 1 : content[1]]) else content[1]
    return content[1]
