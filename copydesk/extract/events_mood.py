"""How a verb's deed is told: by whom it is done, when, and how sure the text is of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from copydesk.extract.clauses import (
    BE,
    PREPOSITIONS,
    RELATIVES,
    SAYING,
    VerbGroup,
    is_adverb,
    main_subject,
    subject_span,
    verb_group,
)
from copydesk.extract.events_actors import is_people, is_unnamed
from copydesk.extract.events_frames import governor_forms
from copydesk.extract.events_scene import Mood, Piece
from copydesk.extract.verbs import Form, load
from copydesk.extract.words import Word
from copydesk.facts import Modality, Tense

_MAX_LEAD = 12
_APART, _BELOW = 0.15, 0.2
"""What a deed loses in confidence when its subject is that of another verb, or when it stands in a lower clause."""

_SUBORDINATE = frozenset("after because since as while when before who whom whose which where although that".split())


def who_acts(words: Sequence[Word], own: Piece | None, known: Piece | None) -> Piece | None:
    """Return the words that say who acts: what ``who`` stands for, the subject before for ``they``."""
    if own is None or own[1] - own[0] > 1:
        return own or known
    word = words[own[0]].lower
    if word in RELATIVES and own[0]:
        return _antecedent(words, subject_span(words, own[0] - (words[own[0] - 1].text == ",")))
    return known or main_subject(words[: own[0]]) if word in ("he", "she", "they", "it") else own


def _antecedent(words: Sequence[Word], piece: Piece | None) -> Piece | None:
    """Return the noun phrase that a relative clause is about: ``risky for Ana Ruiz, who``, ``among those who``."""
    if piece is None:
        return None
    preps = (at for at in range(piece[1] - 2, piece[0] - 1, -1) if words[at].lower in PREPOSITIONS)
    at = next((at for at in preps if words[at].lower != "of"), None)
    return piece if at is None else (at + 1, piece[1])


def mood_of(words: Sequence[Word], group: VerbGroup, known: Piece | None, own: Piece | None) -> Mood | None:
    """Return how a verb group is told; None for purposes, gerunds after prepositions and the like."""
    is_bare = group.form is Form.ING and group.first == group.head and group.head > 0
    if is_bare and _is_done(words, group) and (main := main_subject(words)) is not None:
        return Mood(group.start, main, Modality.ASSERTED, Tense.PAST, _BELOW)
    before = words[group.head - 1]
    if is_bare and (is_unnamed(before) or is_people(before)):  # troops shelling the port
        return Mood(group.start, (group.first - 1, group.first), Modality.ASSERTED, Tense.PRESENT, _BELOW)
    subject = who_acts(words, own, known) or main_subject(words[: group.head])
    penalty = _APART if own is None else _BELOW if _is_subordinate(words, own, group.start) else 0.0
    if group.is_infinitive or (is_bare and before.is_word):  # for shelling, resume shelling
        return _governed_mood(words, group, known, Mood(group.start, subject, group.modality, group.tense, penalty))
    if own is None and group.head and words[group.head - 1].lower in ("as", "than", "if", "when"):
        return None  # as agreed
    if _is_future_in_past(words, group):
        return Mood(group.start, subject, Modality.EXPECTED, Tense.FUTURE, penalty, is_announced=True)
    announced = group.tense is Tense.FUTURE or group.modality is Modality.EXPECTED
    return Mood(group.start, subject, group.modality, group.tense, penalty, is_announced=announced)


def _governed_mood(words: Sequence[Word], group: VerbGroup, known: Piece | None, mood: Mood) -> Mood | None:
    governed = _governed(words, group)
    if governed is None:
        return None
    governor, modality = governed
    announced = modality in (Modality.INTENDED, Modality.EXPECTED) or governor.tense is Tense.FUTURE
    if announced and words[group.first - 1].lower in ("not", "never"):
        modality = Modality.NEGATED
    return Mood(
        governor.start,
        who_acts(words, subject_span(words, governor.first), known) or mood.subject,
        modality,
        governor.tense,
        mood.penalty,
        is_announced=announced,
        is_attempt=governor.lemma in load("events_en.json")["attempt"],
    )


def _governed(words: Sequence[Word], group: VerbGroup) -> tuple[VerbGroup, Modality] | None:
    """Return the verb that an infinitive hangs on, and how sure it makes the deed; None for purposes and the like."""
    at = group.first - 1
    while at > 0 and is_adverb(words[at]):
        at -= 1
    if at < 0:
        return None
    lexicon = load("events_en.json")
    word = words[at].lower
    if word in lexicon["intend_adjectives"] and any(w.lower in BE for w in words[max(0, at - 3) : at]):
        modality = Modality.EXPECTED if word in ("due", "expected", "scheduled", "likely") else Modality.INTENDED
        return _be_group(words, at, group, modality), modality
    candidates = governor_forms().get(word)
    governor = verb_group(words, at, candidates) if candidates else None
    if governor is None:
        return None
    if governor.modality is not Modality.ASSERTED:
        return governor, governor.modality
    if governor.is_infinitive and governor.lemma in lexicon["go_on"]:
        return _governed(words, governor)
    return governor, Modality.ASSERTED if governor.lemma in lexicon["go_on"] else Modality.INTENDED


def _is_done(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether an -ing form says what the subject did before or in doing something: ``after accusing Peru``."""
    before, after = words[group.head - 1].lower, words[group.head + 1 : group.head + 2]
    return before in ("after", "by") or (before == "in" and bool(after) and after[0].is_name)


def _be_group(words: Sequence[Word], at: int, group: VerbGroup, modality: Modality) -> VerbGroup:
    first = next(i for i in range(at - 1, -1, -1) if words[i].lower in BE)
    return replace(group, first=first, head=at, tense=Tense.PRESENT, modality=modality)


def _is_subordinate(words: Sequence[Word], subject: Piece, first: int) -> bool:
    if words[subject[0]].lower in RELATIVES:
        return True
    start = min(first, subject[0])
    return start > 0 and words[start - 1].lower in _SUBORDINATE


def _is_future_in_past(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether ``would`` is the future of something said: ``said it would send aid``."""
    if not any(w.lower in ("would", "’d") for w in words[group.first : group.head]):
        return False
    lead = words[max(0, group.first - _MAX_LEAD) : group.first]
    return any(w.lower in SAYING or w.lower in ("announcing", "promised", "pledged", "vowed", "warned") for w in lead)
