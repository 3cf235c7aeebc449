"""Whether somebody tells, thinks or wants something in earnest: by the frame of the verb and whose it is (English).

Left alone: what the reader is told to say or think (``once you have confirmed``), what somebody may say, and what is
read, written or shown without being a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from copydesk.document import Span
from copydesk.extract.attributions import Cue, noun_phrase, verbs_of
from copydesk.extract.clauses import NEGATIONS, PREPOSITIONS, main_subject
from copydesk.extract.cue_words import is_clause
from copydesk.extract.verbs import Form
from copydesk.extract.voices import Voice, find_voice
from copydesk.extract.words import Word
from copydesk.facts import Tense

_MAY = frozenset("can ca could may might should must ’d".split())
_IF = frozenset("if unless whether lest".split())
_WHEN = frozenset("when whenever once until before".split())
_QUESTIONS = frozenset("whether if how why what who where when".split())
_SAY = frozenset("say state argue claim warn".split())
_OF_THINGS = frozenset("indicate reveal say show suggest".split())


class Frame(StrEnum):
    """What stands behind a verb that attributes."""

    THAT = "that"
    QUESTION = "question"
    INFINITIVE = "to"
    CLAUSE = "clause"
    PHRASE = "phrase"
    """No finite verb: an object."""


def frame_of(words: Sequence[Word], content: tuple[int, int]) -> Frame:
    """Return what the words of a content are."""
    first, last = content
    if first and words[first - 1].lower == "that":
        return Frame.THAT
    opener = words[first].lower
    if opener in _QUESTIONS:
        return Frame.QUESTION
    if opener == "to" or (opener == "not" and first + 1 < last and words[first + 1].lower == "to"):
        return Frame.INFINITIVE
    return Frame.CLAUSE if is_clause(words[first:last]) else Frame.PHRASE


def line_end(text: str, span: Span) -> int:
    """Return where the line ends that a span begins on."""
    found = text.find("\n", span.start, span.end)
    return found if found >= 0 else span.end


def find_teller(text: str, words: Sequence[Word], cue: Cue) -> tuple[int, int] | None:
    """Return who a cue's subject names; of a participle without a subject of its own, that of the main verb."""
    if cue.group.form is not Form.ING or cue.group.head > cue.group.first:
        return find_voice(text, words, cue.subject)
    for subject in (cue.subject, noun_phrase(words, main_subject(words[: cue.first]))):
        found = find_voice(text, words, subject, is_ing=True)
        if found is not None and words[found[0]].lower not in PREPOSITIONS:
            return found
    return None


def may_tell(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None, voice: Voice) -> bool:
    """Tell whether a verb of saying tells what somebody has said, says or will say."""
    if voice is Voice.READER or is_supposed(words, cue, subject):
        return False
    chain = words[cue.group.first : cue.group.head]
    is_bare_ing = cue.group.form is Form.ING and not chain
    if is_bare_ing and cue.lemma not in verbs_of("participles"):
        return False
    if any(w.lower in _MAY for w in chain) and not any(w.lower in NEGATIONS for w in chain):
        return False
    if is_bare_ing:
        return True
    if voice is Voice.AUTHOR:
        return cue.group.tense in (Tense.PAST, Tense.PRESENT_PERFECT)
    if voice is Voice.IT:
        return cue.lemma in verbs_of("behind")
    if voice is Voice.THING and subject is not None:
        return cue.lemma in _OF_THINGS
    return subject is not None or cue.lemma in _SAY


def is_supposed(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None) -> bool:
    """Tell whether a clause only supposes its verb: ``if he says``, ``when customers ask``."""
    if subject is None or not cue.is_own:
        return False
    before = words[subject[0] - 1].lower if subject[0] else ""
    return before in _IF or (before in _WHEN and cue.group.tense is not Tense.PAST)
