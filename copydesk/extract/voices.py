"""Who may say, think or want something (English): people, bodies, papers, readers, anybody, things.

The head of a noun phrase decides, by its own word (``data/voices_en.json``, endings of agents), by a capital letter, or
by the mention that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache

from copydesk.document import Span
from copydesk.extract.attributions import cue_forms, span_of, verbs_of
from copydesk.extract.clauses import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    is_adverb,
    subject_span,
)
from copydesk.extract.cue_words import is_past
from copydesk.extract.named import Named
from copydesk.extract.verbs import Form, inflect, load
from copydesk.extract.words import Word
from copydesk.facts import EntityType


class Voice(StrEnum):
    """What kind of speaker or holder a noun phrase names."""

    SOMEBODY = "somebody"
    """A person, a body, or a name."""
    SOURCE = "source"
    """What is read or counted: a study, a letter, a poll."""
    ANYBODY = "anybody"
    """People in general: anyone, users, those who."""
    READER = "reader"
    AUTHOR = "author"
    IT = "it"
    """A pronoun that may stand for a body or for a thing."""
    THING = "thing"


_AGENT = re.compile(r"[a-z-]{3,}(?:(?<!m)ent|er|or|ee|ist|ian|ant|man|woman|men|women|person|people)")
_SUBJECT_PRONOUNS = frozenset("i you he she it we they".split())
_READER = frozenset("you your yours".split())
_SPEAKERS = (EntityType.PERSON, EntityType.ORG, EntityType.COUNTRY, EntityType.REGION)
_NAME = 40
"""Characters of a name, at the most."""
_IT = frozenset("it its which that".split())
_AUTHOR = frozenset("i we my our me us mine ours myself ourselves".split())
_SOME = frozenset("others several many some few all most".split())
_OF_READER = frozenset("you your my our".split())
_COMMON = re.compile(r"(?:s|ing|[st]ion|ity|ment|ness|ed|ly|th|ance|ence|ure|ery|ogy|age|able|ism|are)$")
"""Endings of common nouns, by which one with the capital of its sentence is told from a name."""
_OTHERS = frozenset("he his she her they their both two three".split())
_AFTER_HEAD = PREPOSITIONS | RELATIVES | _SUBJECT_PRONOUNS
_QUANTITIES = frozenset(
    "one two three some many most several all each both none half majority number dozens hundreds thousands few lot "
    "couple group pair handful minority quarter third percent %".split()
)
_GENERAL = frozenset("a an one many most some more few all other any every each your these those".split())
_ALONE = _SUBJECT_PRONOUNS | frozenset("who which".split())
_CUTS = frozenset("-|*•")
_WHICH = frozenset("this last next that earlier".split())
_TIMES = frozenset("week month year morning afternoon evening night weekend spring summer fall autumn winter".split())
_OPENERS = DETERMINERS | _SUBJECT_PRONOUNS | {"some", "many", "several", "most"}


@cache
def _nouns(name: str) -> frozenset[str]:
    return frozenset(load("voices_en.json")[name])


@cache
def _verbs() -> frozenset[str]:
    """Return words that are nothing but verbs."""
    pasts = [
        word
        for lemma in load("verbs_en.json")["irregular"]
        if inflect(lemma)[Form.PAST] != inflect(lemma)[Form.PARTICIPLE]
        for word in inflect(lemma)[Form.PAST]
    ]
    return frozenset((*load("voices_en.json")["verbs"], *pasts)) | AUXILIARIES - {"’s", "’d"}


@cache
def _tells() -> frozenset[str]:
    """Return present forms that are no nouns: says, suggests."""
    nouns = {*load("verbs_en.json")["also_nouns"], *load("attribution_en.json")["also_nouns"]}
    return frozenset(form for lemma in verbs_of("speech") - nouns for form in inflect(lemma)[Form.THIRD])


@cache
def _stops() -> frozenset[str]:
    """Return the words of which one stands in every subject that holds a verb."""
    return frozenset((*_verbs(), *_tells(), *(form for form in cue_forms() if form.endswith("ed"))))


@cache
def _loose() -> frozenset[str]:
    """Return the words of which one stands in every subject that is cut."""
    return _stops() | _SUBJECT_PRONOUNS | _TIMES | _CUTS


def find_voice(
    text: str, words: Sequence[Word], subject: tuple[int, int] | None, *, is_ing: bool = False
) -> tuple[int, int] | None:
    """Return a subject without what belongs to another clause or line; None where no noun phrase is left.

    Of ``the officer who made the arrest`` the relative clause goes, of ``many times they`` all but the pronoun; before
    a participle (``Ms Diaz spoke in Rome, saying``) the main verb and what follows it.
    """
    if subject is None:
        return None
    first, last = subject
    if last - first == 1 and (words[first].is_name or words[first].lower in _ALONE):
        return subject
    behind_relative = first > 0 and words[first - 1].lower in RELATIVES
    if not (is_ing or behind_relative) and _is_plain(text, words, first, last):
        return subject
    first, last = _on_line(text, words, first, last), _without_time(words, first, last)
    if last - first > 1 and words[last - 1].lower in _SUBJECT_PRONOUNS and words[last - 2].lower not in ("and", "or"):
        return last - 1, last
    opener = words[first]
    lower = opener.lower
    opens = not opener.is_name and (lower in _verbs() or lower.endswith("ed") or is_past(lower))
    if opens and behind_relative:
        return find_voice(text, words, subject_span(words, first - 1))
    return _before_verb(words, first, last) if is_ing else _behind_verb(words, first, last)


def _is_plain(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Tell at a glance whether a subject is whole: nothing in it may belong to another clause, line or time."""
    lowers = [w[3] for w in words[first:last]]
    if not _loose().isdisjoint(lowers) or lowers[0].endswith("ed") or is_adverb(words[last - 1]):
        return False
    return "\n" not in text[words[first].start : words[last - 1].start]


def _on_line(text: str, words: Sequence[Word], first: int, last: int) -> int:
    """Return where the last line of a phrase begins, past the marks of a list."""
    if "\n" not in text[words[first].start : words[last - 1].start] and all(
        w.text not in _CUTS for w in words[first:last]
    ):
        return first
    for at in range(last - 1, first, -1):
        if "\n" in text[words[at - 1].end : words[at].start] or words[at - 1].text in _CUTS:
            return at
    return first


def _before_verb(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    return first, next((at for at in range(first + 1, last) if _is_main_verb(words, at)), last)


def _behind_verb(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """Return the noun phrase behind the last verb that a subject holds: ``the study suggests [musicians]``."""
    if _stops().isdisjoint([w[3] for w in words[first:last]]):
        return first, last
    for at in range(last - 1, first - 1, -1):
        word = words[at]
        if word.is_name or not (word.lower in _verbs() or _is_told(words, at, first, last)):
            continue
        starts = at + 1 < last and (words[at + 1].lower in _OPENERS or words[at + 1].is_name)
        starts = (starts and at > first) or (at + 1 < last and voice_of_noun(words[at + 1].lower) is not None)
        return (at + 1, last) if starts else None
    return first, last


def _is_told(words: Sequence[Word], at: int, first: int, last: int) -> bool:
    lower = words[at].lower
    if at + 1 < last and lower in _tells():
        return True
    return at > first and lower.endswith("ed") and words[at - 1].is_name and lower in cue_forms()


def _is_main_verb(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word behind a name or a noun is a finite verb: ``Ms Diaz filed a motion``."""
    word, before = words[at], words[at - 1].lower
    if word.is_name or before in DETERMINERS or before in PREPOSITIONS:
        return False
    return word.lower in _verbs() or word.lower.endswith("ed")


def _without_time(words: Sequence[Word], first: int, last: int) -> int:
    """Return where a phrase ends without a time behind it: ``the court this month``."""
    if last - first > 2 and words[last - 2].lower in _WHICH and words[last - 1].lower in _TIMES:
        last -= 2
    while last - first > 1 and is_adverb(words[last - 1]):
        last -= 1
    return last


def voice_of(words: Sequence[Word], piece: tuple[int, int] | None, named: Named) -> Voice:
    """Tell what kind of voice a noun phrase is; THING for what is none."""
    if piece is None:
        return Voice.THING
    first, last = piece
    if last - first == 1 and words[first].lower == "who":
        return _antecedent(words, first, named)
    return _by_first(words[first].lower, is_alone=last - first == 1) or _by_head(words, piece, named)


def _by_first(lower: str, *, is_alone: bool) -> Voice | None:
    """Return the voice that the first word of a phrase tells."""
    if lower in _READER or (is_alone and lower == "one"):
        return Voice.READER
    if lower in _AUTHOR:
        return Voice.AUTHOR
    if is_alone and lower in _IT:
        return Voice.IT
    if is_alone and lower in _OTHERS:
        return Voice.SOMEBODY
    if is_alone and lower in _SOME:
        return Voice.ANYBODY
    return Voice.ANYBODY if lower in _nouns("anyone") and (is_alone or lower not in ("one", "most")) else None


def _by_head(words: Sequence[Word], piece: tuple[int, int], named: Named) -> Voice:
    head = _head(words, *piece)
    word = words[head]
    if any(w.lower in _OF_READER for w in words[piece[0] : head]):
        return Voice.READER
    kind = voice_of_noun(word.lower.rpartition("-")[2])
    if word.is_name and head > piece[0] and words[head - 1].is_name and kind is Voice.THING:
        return Voice.SOMEBODY
    may_be_any = kind in (Voice.SOMEBODY, None) and _singular(word.lower) in _nouns("anybody")
    if may_be_any and not word.text.isupper() and _is_general(words, piece[0], head):
        return Voice.ANYBODY
    if kind is None and word.is_name:
        is_one = head + 1 < len(words) and words[head + 1].lower.endswith("s") and not word.lower.endswith("ss")
        is_name = head > 0 or is_one or word.text.isupper() or not _COMMON.search(word.lower)
        return Voice.SOMEBODY if is_name or named.head(span_of(words, piece)) is not None else Voice.THING
    mention = named.head(span_of(words, piece)) if kind is None else None
    if mention is not None and mention.type in _SPEAKERS:
        return Voice.SOMEBODY
    return kind or Voice.THING


def _is_general(words: Sequence[Word], first: int, head: int) -> bool:
    """Tell whether nothing tells which ones are meant: ``young readers``, ``any reader``; not ``the readers``."""
    if words[first].lower in _GENERAL or head == first:
        return True
    some = DETERMINERS | _QUANTITIES | {"’s", "’"}
    if any(w.lower in some or w.text[:1].isdigit() for w in words[max(0, first - 1) : head]):
        return False
    return not any(w.is_name for w in words[max(1, first) : head])


def _antecedent(words: Sequence[Word], at: int, named: Named) -> Voice:
    """Return the voice of what a ``who`` follows."""
    end = at - 1 if at > 1 and words[at - 1].text in (",", "—", "–") else at
    if end < 1:
        return Voice.ANYBODY
    before = words[end - 1]
    if before.lower in ("he", "she") or (before.is_name and (end < at or _is_person(before, named))):
        return Voice.SOMEBODY
    if end == at and _singular(before.lower) in _nouns("anybody"):
        return Voice.ANYBODY
    piece = subject_span(words, end)
    if piece is None or piece[1] - piece[0] < 1 or words[end - 1].lower == "who":
        return Voice.ANYBODY
    start = end - 1
    while start > piece[0] and words[start - 1].lower not in PREPOSITIONS and words[start].lower not in DETERMINERS:
        start -= 1
    if words[start].lower not in DETERMINERS or words[start].lower in ("any", "every", "each"):
        return Voice.ANYBODY
    return voice_of(words, (start, end), named)


def _is_person(word: Word, named: Named) -> bool:
    """Tell whether a word is a person's name."""
    near = named.within(Span(word.start - _NAME, word.end))
    return any(m.type is EntityType.PERSON and m.place.end == word.end for m in near)


def _head(words: Sequence[Word], first: int, last: int) -> int:
    """Return the index of the noun that a phrase is about: before the first preposition, past ``one of``."""
    start = first
    while True:
        end = start
        while end < last and not _ends_head(words, start, end):
            end += 1
        while end > start + 1 and (is_adverb(words[end - 1]) or not words[end - 1].is_word):
            end -= 1
        of = end + 1 < last and words[end].lower == "of"
        if of and (words[end - 1].lower in _QUANTITIES or words[end - 1].text[:1].isdigit()):
            start = end + 1
            continue
        return max(start, end - 1)


def _ends_head(words: Sequence[Word], start: int, at: int) -> bool:
    """Tell whether a noun phrase goes on after its head: with a preposition, a relative clause, a participle."""
    lower = words[at].lower
    if words[at].text in (",", "(", "|") or lower in _AFTER_HEAD:
        return True
    if at == start or words[at].is_name or not lower.endswith(("ed", "ing")) or "-" in lower:
        return False
    return (
        words[at - 1].lower not in DETERMINERS
        and not is_adverb(words[at - 1])
        and voice_of_noun(lower) is None
        and (at - start > 1 or voice_of_noun(words[at - 1].lower) is not None)
    )


@lru_cache(maxsize=4096)
def voice_of_noun(lower: str) -> Voice | None:
    """Return the voice of a noun (in lower case) by itself; None where it tells nothing."""
    noun = _singular(lower)
    if noun in _nouns("sources"):
        return Voice.SOURCE
    if noun in _nouns("things"):
        return Voice.THING
    if noun in _nouns("people") or noun in _nouns("bodies") or noun in _nouns("anybody"):
        return Voice.SOMEBODY
    return Voice.SOMEBODY if _AGENT.fullmatch(noun) else None


def _singular(lower: str) -> str:
    if lower.endswith("ies"):
        return f"{lower[:-3]}y"
    if lower.endswith(("ches", "shes", "sses", "xes")):
        return lower[:-2]
    if lower.endswith("men") and len(lower) > 3:
        return f"{lower[:-3]}man"
    if lower == "children":
        return "child"
    return lower[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) else lower


def is_listed(lower: str) -> bool:
    """Tell whether a noun (in lower case) is in the lists of people and bodies: its ending alone does not count."""
    noun = _singular(lower)
    return any(noun in _nouns(name) for name in ("people", "bodies", "anybody"))
