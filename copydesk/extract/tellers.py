"""Whether somebody tells, thinks or wants something in earnest: by the frame of the verb and whose it is (English).

Left alone: what the reader is told to say or think (``once you have confirmed``), what somebody may say, and what is
read, written or shown without being a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from copydesk.document import Span
from copydesk.extract.attributions import Cue, noun_phrase, span_of, stance_of, verbs_of
from copydesk.extract.clauses import NEGATIONS, PREPOSITIONS, QUOTE_MARKS, main_subject, subject_span
from copydesk.extract.cue_words import is_clause, is_title
from copydesk.extract.named import Named
from copydesk.extract.verbs import Form
from copydesk.extract.voices import Voice, find_voice, is_listed
from copydesk.extract.words import Word
from copydesk.facts import EntityType, Modality, Tense

_MAY = frozenset("can ca could may might should must ’d".split())
_IF = frozenset("if unless whether lest".split())
_WHEN = frozenset("when whenever once until before".split())
_FOUND = frozenset("find indicate reveal show".split())
_AFTER_PARTICIPLE = frozenset("above at below by earlier here in on previously".split())
_CALLING = frozenset("call consider deem describe label".split())
_KNOWING = frozenset("decide determine discover find forget identify know learn remember understand".split())
_BELIEFS = frozenset("agree argue assume believe criticise criticize expect fear hope oppose say think".split())
_INTENTS = (Modality.INTENDED, Modality.EXPECTED)
_FREE = frozenset("what whatever how everything anything".split())
"""What opens a clause that says no more than that something is said: ``what they say``."""
_QUESTIONS = frozenset("whether if how why what who where when".split())
_MORE = frozenset("who whose where another".split())
_SHORT_ING = 5
_SHORT = 3
_MAX_EXAMPLES = 16
_NEAR = 8
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


def _has_infinitive(words: Sequence[Word], content: tuple[int, int], lemma: str) -> bool:
    """Tell whether words are an infinitive, or hold one with its subject: ``him to go``, ``it to be true``."""
    if frame_of(words, content) is Frame.INFINITIVE:
        return lemma not in verbs_of("clause_held")
    near = words[content[0] : min(content[1], content[0] + _NEAR)]
    after = "be" if lemma in verbs_of("clause_held") - {"encourage", "tell"} else ""
    return any(a.lower == "to" and b.lower.startswith(after) for a, b in pairwise(near))


def find_teller(text: str, words: Sequence[Word], cue: Cue, named: Named) -> tuple[int, int] | None:
    """Return who a cue's subject names; of a participle without a subject of its own, that of the main verb.

    Of what begins with a preposition (``At the fair in Oslo Ms Diaz``) the name at its end is left.
    """
    is_ing = cue.group.form is Form.ING and cue.group.head == cue.group.first
    others = (noun_phrase(words, main_subject(words[: cue.first])),) if is_ing else ()
    for subject in (_past_examples(words, cue.subject), *others):
        found = find_voice(text, words, subject, is_ing=is_ing)
        if found is not None and words[found[0]].lower in PREPOSITIONS:
            found = None if is_ing else _name_at_end(words, found, named)
        if found is not None:
            return found
    return None


def _past_examples(words: Sequence[Word], subject: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the subject that examples stand behind, where a subject is the last of them: ``banks, such as A and B,``."""
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


def object_end(words: Sequence[Word], content: tuple[int, int]) -> int:
    """Return where an object ends before what only tells more of it or of its holder: ``, who``, ``, leaving``."""
    for at in range(content[0] + 1, content[1] - 1):
        after = words[at + 1].lower
        if words[at].text == "," and (after in _MORE or (after.endswith("ing") and len(after) > _SHORT_ING)):
            return at if all(w.text != "," for w in words[at + 1 : content[1]]) else content[1]
    return content[1]


def may_tell(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None, voice: Voice) -> bool:
    """Tell whether a verb of saying tells what somebody has said, says or will say."""
    is_bare_ing = cue.group.form is Form.ING and cue.group.head == cue.group.first
    if voice is Voice.READER or (is_supposed(words, cue, subject) and not is_bare_ing):
        return False
    if cue.first and words[cue.first - 1].lower == "worth":
        return False
    if subject is not None and subject[0] and words[subject[0] - 1].lower in _FREE and cue.is_own:
        return False
    chain = words[cue.group.first : cue.group.head]
    if is_bare_ing and cue.lemma not in verbs_of("participles"):
        return False
    if is_bare_ing and cue.lemma in _OF_THINGS - _SAY and voice is not Voice.SOURCE:
        return False
    if any(w.lower in _MAY for w in chain) and not any(w.lower in NEGATIONS for w in chain):
        return False
    if is_bare_ing:
        return True
    if voice is Voice.AUTHOR:
        return cue.group.tense in (Tense.PAST, Tense.PRESENT_PERFECT)
    if voice is Voice.IT:
        return cue.lemma in verbs_of("participles") or cue.lemma == "report"
    if voice is Voice.THING and subject is not None:
        return cue.lemma in _OF_THINGS
    return subject is not None or (cue.lemma in _SAY and cue.first > 0)


def is_supposed(words: Sequence[Word], cue: Cue, subject: tuple[int, int] | None) -> bool:
    """Tell whether a clause only supposes its verb: ``if he says``, ``when customers ask``."""
    if subject is None or not cue.is_own:
        return False
    before = words[subject[0] - 1].lower if subject[0] else ""
    return before in _IF or (before in _WHEN and cue.group.tense is not Tense.PAST)


def _is_claimed(
    words: Sequence[Word], cue: Cue, content: tuple[int, int], subject: tuple[int, int], frame: Frame
) -> bool:
    """Tell whether a verb says more than ``what they like``, ``compared to`` or ``what they call Base One``."""
    opener, group = words[content[0]].lower, cue.group
    if cue.lemma == "compare" and opener in ("to", "with"):
        return False
    if frame is Frame.PHRASE and words[subject[1] - 1].lower == "they" and group.tense is not Tense.PAST:
        return False
    if group.form is Form.BASE and group.head == group.first and words[group.first - 1].text == ",":
        if not words[subject[1] - 1].lower.endswith(("s", "people", "men")):
            return False  # on your board, decide on
    if group.form is Form.PAST and group.head == group.first and _is_reduced(words, cue, frame):
        return False
    before = words[subject[0] - 1].lower if subject[0] and cue.is_own else ""
    names = not is_title(words) and all(w.is_name for w in words[slice(*content)] if w.is_word and len(w.text) > _SHORT)
    if cue.lemma == "call" and names and frame is Frame.PHRASE and cue.last == cue.group.head + 1:
        return False
    marks = any(w.text in QUOTE_MARKS or w.text in "'‘" for w in words[slice(*content)])
    return before not in _FREE or (cue.lemma in _CALLING and frame is Frame.PHRASE and marks)


def _is_reduced(words: Sequence[Word], cue: Cue, frame: Frame) -> bool:
    """Tell whether a past is a participle without its auxiliary: ``a plan, intended to``, ``studies mentioned here``."""
    first = cue.group.first
    if cue.subject is not None and cue.subject[1] == first - 1 and words[first - 1].text == ",":
        return True
    after = words[cue.last].lower if cue.last < len(words) else ""
    return frame is Frame.PHRASE and cue.last == first + 1 and after in _AFTER_PARTICIPLE


def is_known_holder(words: Sequence[Word], subject: tuple[int, int], named: Named) -> bool:
    """Tell whether a holder is a person or a body for sure: by a noun, a pronoun or a mention, not by its capital."""
    last = words[subject[1] - 1].lower
    if last in ("he", "she", "who") or any(is_listed(w.lower) for w in words[slice(*subject)]):
        return True
    mention = named.head(span_of(words, subject))
    return mention is not None and mention.type in (EntityType.PERSON, EntityType.COUNTRY)


def may_hold(
    words: Sequence[Word],
    cue: Cue,
    content: tuple[int, int],
    subject: tuple[int, int],
    voice: Voice,
    *,
    is_known: bool = True,
) -> bool:
    """Tell whether a verb of thinking, wanting or judging says what somebody holds.

    What a thing needs or shows, what readers want, and what is known, found or felt without a clause are none.
    """
    frame, lemma = frame_of(words, content), cue.lemma
    if voice in (Voice.READER, Voice.AUTHOR) or is_supposed(words, cue, subject):
        return False
    chain = words[cue.group.first : cue.group.head]
    if any(w.lower in _MAY for w in chain) and not any(w.lower in NEGATIONS for w in chain):
        return False
    if lemma in _KNOWING and (frame is Frame.QUESTION or cue.group.modality is Modality.NEGATED):
        return False
    is_full = frame in (Frame.THAT, Frame.QUESTION, Frame.CLAUSE) or _has_infinitive(words, content, lemma)
    is_full = is_full or cue.last - 1 > cue.group.head  # decided against, learned of
    if lemma in verbs_of("clause_held") and not is_full and not (voice is Voice.SOURCE and lemma in _FOUND):
        return False
    if not _is_claimed(words, cue, content, subject, frame):
        return False
    if voice is Voice.SOMEBODY:
        return frame is not Frame.PHRASE or lemma not in verbs_of("of_people") or is_known
    if voice is Voice.SOURCE:
        return lemma in verbs_of("of_sources")
    if voice is Voice.ANYBODY:
        return is_full and lemma in _BELIEFS and words[subject[0]].lower != "who"
    if voice is Voice.IT:
        return is_full and (stance_of(lemma) in _INTENTS or frame is Frame.THAT) and lemma != "want"
    return frame is Frame.THAT and lemma in _OF_THINGS
