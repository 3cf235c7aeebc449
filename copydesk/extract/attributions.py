"""Cues of attribution in a sentence: who (subject), how (cue), what (content); for quotes and claims alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from copydesk.document import Span
from copydesk.extract.clauses import (
    AUXILIARIES,
    PREPOSITIONS,
    PRONOUNS,
    VerbGroup,
    complement_end,
    is_adverb,
    main_subject,
    subject_span,
    verb_group,
)
from copydesk.extract.cue_words import is_clause, is_past, is_verb
from copydesk.extract.verbs import Form, VerbForm, forms_of, load
from copydesk.extract.words import Word, Words, places_of
from copydesk.facts import Modality

_STOPS = (
    *("but", "while", "though", "although", "whereas", "according", "which", "and"),
    *("accusing", "adding", "arguing", "asking", "calling", "citing", "demanding", "promising", "saying", "urging"),
)
_HEARERS = frozenset("tell inform assure remind ask urge warn".split())
_QUESTIONS = frozenset("whether if how why what who where when".split())
_MAX_HEARER = 14
_BEFORE_THAT = PREPOSITIONS | {"reporters", "morning", "afternoon", "evening", "night"}
_LINKS = frozenset("however meanwhile moreover nevertheless nonetheless therefore thus still , and but".split())
_NO_END = (PREPOSITIONS - {"within", "without"}) | {"and", "or", "but", "nor", "to"}
_KEPT = frozenset("all both further here more never no not once there".split())
"""Adverbs that belong to what is said when they open it: ``said there was``, ``hopes not to``."""
_FINITE = (Form.BASE, Form.THIRD, Form.PAST)


class Cue(NamedTuple):
    """A cue: ``words[first:last]``; ``subject`` as word indexes (first, past the last)."""

    group: VerbGroup
    first: int
    last: int
    subject: tuple[int, int] | None
    inverted: bool = False
    is_own: bool = True
    """Whether the subject stands by this verb: not that of a verb before it."""

    @property
    def lemma(self) -> str:
        """The verb."""
        return self.group.lemma


@cache
def verbs_of(name: str) -> frozenset[str]:
    """Return a list of verbs of the lexicon, by its name there."""
    return frozenset(load("attribution_en.json")[name])


def cue_forms() -> AbstractSet[str]:
    """Return the forms (in lower case) of the verbs that attribute."""
    return _forms().keys()


@cache
def _quoting() -> frozenset[str]:
    return verbs_of("speech") | verbs_of("quoted")


@cache
def _stance() -> Mapping[str, Modality]:
    stance: Mapping[str, Sequence[str]] = load("attribution_en.json")["stance"]
    return {lemma: Modality(name) for name, lemmas in stance.items() for lemma in lemmas}


@cache
def _forms() -> Mapping[str, tuple[VerbForm, ...]]:
    return forms_of(sorted(_quoting() | set(_stance())))


def is_speech(lemma: str) -> bool:
    """Tell whether a verb brings a clause or a quotation as words said."""
    return lemma in verbs_of("speech")


def may_quote(lemma: str) -> bool:
    """Tell whether a verb beside quotation marks brings what stands within them as words said."""
    return lemma in _quoting()


def stance_of(lemma: str) -> Modality | None:
    """Return how sure what follows a verb of stance is; None for other verbs."""
    return _stance().get(lemma)


def find_cues(words: Sequence[Word]) -> Sequence[Cue]:
    """Return the cues of a sentence in text order; for a sentence's own words they are found once."""
    if not isinstance(words, Words):
        return list(_cues(words))
    if words.cues is None:
        words.cues = list(_cues(words))
    return words.cues


def _cues(words: Sequence[Word]) -> Iterator[Cue]:
    last_subject: tuple[int, int] | None = None
    forms = _forms()
    for at in places_of(words, forms.keys()):
        if words[at].text.isupper():
            continue
        group = verb_group(words, at, forms[words[at].lower])
        if group is None or group.is_infinitive or group.is_passive or _follows_preposition(words, group):
            continue
        if not is_verb(words, group):
            continue
        inverted = group.first == at and may_quote(group.lemma) and group.form in _FINITE and _is_inverted(words, at)
        subject = noun_phrase(words, _subject_after(words, at + 1) if inverted else subject_span(words, group.first))
        own = subject is not None
        subject = subject or last_subject or noun_phrase(words, main_subject(words[:at]))
        if own:
            last_subject = subject
        yield Cue(group, group.start, _cue_end(words, at, group.lemma), subject, inverted, own)


def noun_phrase(words: Sequence[Word], piece: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return words as a noun phrase, without an adverb that opens the sentence; None where they are no such phrase.

    What ends in a conjunction, a preposition or a figure is a piece of a clause: ``met two groups and``, ``60%``.
    """
    if piece is None:
        return None
    first, last = piece
    while first < last and (is_adverb(words[first]) or words[first].lower in _LINKS):
        first += 1
    if first < last and words[last - 1].lower in ("and", "but"):
        return _opening_name(words, first, last)
    if first >= last or not words[last - 1].is_word or words[last - 1].lower in _NO_END:
        return None
    if not any(w.text[0].isalpha() for w in words[first:last]) or words[last - 1].text[0].isdigit():
        return None
    return first, last


def _opening_name(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """Return the name, or the pronoun, that a clause opens with: whose verbs follow."""
    end = first + 1
    while end < last and words[end].is_name:
        end += 1
    return (first, end) if end > first + 1 or words[first].lower in ("he", "she", "they") else None


def _follows_preposition(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether a gerund hangs on a preposition: ``for accusing``; nobody is told to have done it."""
    return (
        group.form is Form.ING
        and group.first > 0
        and words[group.first - 1].lower in PREPOSITIONS - {"after", "before"}
    )


def _is_inverted(words: Sequence[Word], at: int) -> bool:
    """Tell whether a subject follows its verb: ``, said Ms Diaz``."""
    after = words[at + 1] if at + 1 < len(words) else None
    before = words[at - 1].text if at else ","
    if before not in (",", "”", '"', "’", "'", "''") or after is None or not after.is_word:
        return False
    opens = after.lower not in PREPOSITIONS | PRONOUNS | {"that"} and not is_adverb(after)
    subject = _subject_after(words, at + 1) if opens else None
    if subject is None or any(_is_verb(w) for w in words[slice(*subject)]):
        return False
    if subject[1] < len(words) and words[subject[1]].lower == "to":
        return False  # warned Ms Diaz not to
    return not is_clause(words[slice(*subject)])


def _is_verb(word: Word) -> bool:
    return word.lower in AUXILIARIES | {"to"} or (word.lower in _forms() and not word.is_name)


def _subject_after(words: Sequence[Word], start: int) -> tuple[int, int] | None:
    end = start
    while end < len(words) and (words[end].is_word or words[end].lower == "’s"):
        if end > start and (
            words[end].lower in PREPOSITIONS - {"of", "for"} or words[end].lower in ("who", "that", "as")
        ):
            break
        end += 1
    return (start, end) if end > start else None


def _cue_end(words: Sequence[Word], at: int, lemma: str) -> int:
    particles: Sequence[str] = load("attribution_en.json")["with"].get(lemma, ())
    after = words[at + 1].lower if at + 1 < len(words) else ""
    return at + 2 if after in particles else at + 1


def content_after(words: Sequence[Word], cue: Cue) -> tuple[int, int] | None:
    """Return the words of the complement that follows a cue; None where nothing that is said or held follows."""
    if cue.inverted:
        return None
    start = _complement_start(words, cue)
    if start is None:
        return None
    end = _before_joined(words, cue, start, complement_end(words, start, _STOPS))
    return (start, end) if any(w.is_word for w in words[start:end]) and not _is_time(words[start:end]) else None


def _before_joined(words: Sequence[Word], cue: Cue, start: int, end: int) -> int:
    """Return where a complement ends before a second verb of the same subject: ``said he would go and warned``."""
    if cue.group.form is not Form.PAST:
        return end
    for at in range(start + 2, end - 2):
        if words[at].lower in ("and", "but") and words[at - 1].text != ",":
            after = at + 1 + is_adverb(words[at + 1])
            forms = _forms().get(words[after].lower, ()) if not words[after].is_name else ()
            if any(f.form is Form.PAST and f.lemma in verbs_of("joined") for f in forms):
                return at
    return end


def _is_time(words: Sequence[Word]) -> bool:
    """Tell whether words only say when, as in ``last week``."""
    plain = [w.lower for w in words if w.is_word]
    if plain[0] in ("morning", "afternoon", "evening", "night") and words[min(1, len(words) - 1)].text in (",", "."):
        return True
    return len(plain) <= 2 and plain[0] in ("last", "this", "next", "earlier", "late", "early", "that")


def _complement_start(words: Sequence[Word], cue: Cue) -> int | None:
    at = cue.last
    while at < len(words) and is_adverb(words[at]) and words[at].lower not in _KEPT:
        at += 1
    if at >= len(words):
        return None
    that = _that_after(words, at, cue.lemma)
    if that is not None:
        return _behind_that(words, cue, at, that)
    if words[at].lower in _QUESTIONS and is_speech(cue.lemma):
        return at
    if words[at].text in (",", ".", ";") or words[at].lower in ("and", "or", "but", "as", "by"):
        return None
    if cue.last - 1 > cue.group.head:  # the cue has its particle: called for
        return at
    return _bare_start(words, at, cue.lemma)


def _behind_that(words: Sequence[Word], cue: Cue, at: int, that: int) -> int | None:
    """Return where the complement behind ``that`` starts; at it, or nowhere, where it belongs to a noun."""
    is_noun = that == at and _is_pointing(words, that)
    if not is_noun or (is_speech(cue.lemma) and cue.lemma not in verbs_of("needs_that")):
        return that + 1
    return None if is_speech(cue.lemma) else that  # continued that line; rejected that argument


def _bare_start(words: Sequence[Word], at: int, lemma: str) -> int | None:
    """Return where a complement with neither ``that`` nor a particle starts, where the verb allows one."""
    lexicon = load("attribution_en.json")
    if lemma in lexicon["needs_that"] and words[at].text != ":":
        return None
    if lemma in lexicon["needs_to"] and "to" not in [w.lower for w in words[at : at + 1 + (words[at].lower in _KEPT)]]:
        return None
    if not stance_of(lemma):
        return _clause_start(words, at, lemma)
    if words[at].lower in PREPOSITIONS - {"to", "about"} or lemma in lexicon["needs_with"]:
        return _clause_start(words, at, lemma) if is_speech(lemma) else None
    return at


def _that_after(words: Sequence[Word], at: int, lemma: str) -> int | None:
    """Return where the ``that`` of the complement stands, past a hearer or a place: ``told us in Rome that``."""
    near = [word[3] for word in words[at : at + _MAX_HEARER]]
    if "that" not in near:
        return None
    for index, word in enumerate(near, at):
        if word == "that":
            if any(w.text == "," for w in words[at : index - 1]) and words[index - 1].text != ",":
                return None
            belongs = index == at or lemma in _HEARERS or words[at].lower in _BEFORE_THAT or words[at].is_name
            return index if belongs else None
        is_mark = words[index].text in (":", ".") or (words[index].text in '“"' and lemma not in _HEARERS)
        if is_mark or _opens(words[index]):
            return None
    return None


def _is_pointing(words: Sequence[Word], that: int) -> bool:
    """Tell whether a ``that`` belongs to the noun behind it: ``rejected that argument in June``."""
    if that + 2 >= len(words):
        return True
    noun, after = words[that + 1], words[that + 2]
    opens = noun.lower in PREPOSITIONS | PRONOUNS | {"there"} or noun.is_name or noun.lower.endswith("s")
    return not opens and (after.lower in PREPOSITIONS or not after.is_word)


def _opens(word: Word) -> bool:
    """Tell whether a word is a verb or opens a clause: what follows belongs to another one."""
    return _is_verb(word) or word.lower in _QUESTIONS or is_past(word.lower)


def _clause_start(words: Sequence[Word], at: int, lemma: str) -> int | None:
    """Return where a clause without ``that`` starts, past a hearer or a time: ``told reporters he would``."""
    if words[at].text == ":":
        return at + 1 if at + 1 < len(words) else None
    is_number = at + 1 < len(words) and words[at + 1].text[:1].isdigit()  # said about 20 people
    if lemma not in _HEARERS and (is_number or words[at].lower not in PREPOSITIONS):
        return at
    for index in range(at + 1, min(len(words), at + _MAX_HEARER)):
        word = words[index]
        if word.text in (",", ".", ";") or word.lower == "of":
            return None
        if (
            word.lower in PRONOUNS | {"to", "there", "about", "whether", "if", "how"}
            and words[index - 1].lower not in PREPOSITIONS
        ):
            return index
    return None


def span_of(words: Sequence[Word], piece: tuple[int, int]) -> Span:
    """Return the characters of a run of words."""
    return Span(words[piece[0]].start, words[piece[1] - 1].end)
