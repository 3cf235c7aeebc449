"""Whether a verb of saying tells what somebody has said: by its frame and by whose it is (English).

Left alone: what the reader is told to say (``once you have confirmed``), what somebody may say, and what is read,
written or shown without being a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from copydesk.document import Span
from copydesk.extract.attributions import Cue, noun_phrase, span_of, verbs_of
from copydesk.extract.clauses import NEGATIONS, PREPOSITIONS, main_subject, subject_span
from copydesk.extract.cue_words import is_clause
from copydesk.extract.named import Named
from copydesk.extract.verbs import Form
from copydesk.extract.voices import Voice, find_voice
from copydesk.extract.words import Word
from copydesk.facts import Tense

_MAY = frozenset("can ca could may might should must ’d".split())
_IF = frozenset("if unless whether lest".split())
_WHEN = frozenset("when whenever once until before".split())
_QUESTIONS = frozenset("whether if how why what who where when".split())
FREE = frozenset("what whatever how everything anything".split())
"""What opens a clause that says no more than that something is said: ``what they say``."""
_SAY = frozenset("say state argue claim warn".split())
SHOWN = frozenset("indicate reveal show suggest".split())
"""What things do too."""
_MAX_EXAMPLES = 16


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


def first_comma(words: Sequence[Word], content: tuple[int, int]) -> int:
    """Return where the first comma of a content stands; its end where there is none."""
    return next((at for at in range(content[0] + 1, content[1]) if words[at].text == ","), content[1])


def line_end(text: str, span: Span) -> int:
    """Return where the line ends that a span begins on."""
    found = text.find("\n", span.start, span.end)
    return found if found >= 0 else span.end


def find_teller(text: str, words: Sequence[Word], cue: Cue, named: Named) -> tuple[int, int] | None:
    """Return who a cue's subject names; of a participle without a subject of its own, that of the main verb.

    Of what begins with a preposition (``At the fair in Oslo Ms Diaz``) the name at its end is left.
    """
    if not is_bare_participle(cue):
        found = find_voice(text, words, _past_examples(words, cue.subject))
        is_place = found is not None and words[found[0]].lower in PREPOSITIONS
        return _name_at_end(words, found, named) if is_place and found is not None else found
    main = noun_phrase(words, main_subject(words[: cue.first]))
    behind_comma = cue.first > 0 and words[cue.first - 1].text == ","
    for subject in (main, cue.subject) if behind_comma else (cue.subject, main):
        found = find_voice(text, words, subject, is_ing=True)
        if found is not None and words[found[0]].lower not in PREPOSITIONS:
            return found
    return None


def _past_examples(words: Sequence[Word], subject: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the subject that examples stand behind, whose last one looks like it: ``banks, such as A and B,``."""
    if subject is None or subject[0] < 2 or words[subject[0] - 1].text != ",":
        return subject
    for at in range(subject[0] - 1, max(0, subject[0] - _MAX_EXAMPLES), -1):
        opens = words[at].lower == "including" or (words[at].lower == "such" and words[at + 1].lower == "as")
        if opens:
            return noun_phrase(words, subject_span(words, at - (words[at - 1].text == ","))) or subject
        if words[at].is_word and not words[at].is_name:
            return subject
    return subject


def _name_at_end(words: Sequence[Word], piece: tuple[int, int], named: Named) -> tuple[int, int] | None:
    if piece[0] > 1 and words[piece[0] - 1].lower in ("and", "or"):
        others = noun_phrase(words, subject_span(words, piece[0] - 1))
        return (others[0], piece[1]) if others is not None else None  # people in Rome and around the country
    whole = span_of(words, piece)
    at_end = [m.place.start for m in named.within(whole) if m.place.end == whole.end]
    return next(((at, piece[1]) for at in range(*piece) if words[at].start in at_end), None)


def is_bare_participle(cue: Cue) -> bool:
    """Tell whether a cue is a present participle without an auxiliary: ``saying``."""
    return cue.group.form is Form.ING and cue.group.head == cue.group.first


def is_possible(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether a cue says only what may be or should be; what may not be is told (``could not say``)."""
    if cue.group.head == cue.group.first:
        return False
    chain = {w.lower for w in words[cue.group.first : cue.group.head]}
    return not _MAY.isdisjoint(chain) and NEGATIONS.isdisjoint(chain)


def is_supposed(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None) -> bool:
    """Tell whether a clause only supposes its verb: ``if he says``, ``when customers ask``."""
    before = _before(words, cue, subject)
    return before in _IF or (before in _WHEN and cue.group.tense is not Tense.PAST)


def is_free(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None) -> bool:
    """Tell whether a verb stands in ``what they say`` and the like."""
    return _before(words, cue, subject) in FREE


def _before(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None) -> str:
    """Return the word before the subject of a verb; nothing where the subject is that of a verb before it."""
    return words[subject[0] - 1].lower if subject is not None and subject[0] and cue.is_own else ""


def may_tell(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None, voice: Voice) -> bool:
    """Tell whether a verb of saying tells what somebody has said, says or will say."""
    is_worth = cue.first > 0 and words[cue.first - 1].lower == "worth"
    if voice is Voice.READER or is_worth or is_free(words, cue, subject) or is_possible(words, cue):
        return False
    if is_bare_participle(cue):
        return cue.lemma in verbs_of("participles") and (cue.lemma not in SHOWN or voice is Voice.SOURCE)
    return not is_supposed(words, cue, subject) and _may_be_told(cue, subject, voice)


def _may_be_told(cue: Cue, subject: tuple[int, int] | None, voice: Voice) -> bool:
    """Tell whether a voice says what a verb tells: not ``I would say``, ``the road reports``."""
    if subject is None:
        return cue.lemma in _SAY and cue.first > 0
    if voice is Voice.AUTHOR:
        return cue.group.tense in (Tense.PAST, Tense.PRESENT_PERFECT)
    if voice is Voice.IT:
        return cue.lemma in verbs_of("participles") or cue.lemma == "report"
    return voice is not Voice.THING or cue.lemma in SHOWN or cue.lemma == "say"
