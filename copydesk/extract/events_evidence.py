"""Whether a word is a verb where it stands, and whether what a verb tells is an event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.attributions import is_speech
from copydesk.extract.clauses import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    WEEKDAYS,
    VerbGroup,
    is_adverb,
)
from copydesk.extract.events_scene import Act, Deed, Piece, Scene
from copydesk.extract.plover import Plover
from copydesk.extract.verbs import Form
from copydesk.extract.words import Word
from copydesk.facts import EntityType, Mention, MentionKind

_MISHAP = re.compile(
    r"\b(?:accident|crash(?:es|ed)?|collapse[ds]?|earthquake|quake|floods?|flooding|storm|hurricane|typhoon|cyclone|"
    r"tornado|tsunami|landslide|avalanche|wildfires?|outbreak|virus|disease|stampede|blaze|fires?|"
    r"drown(?:s|ed|ing)?|derail\w*)\b",
    re.IGNORECASE,
)
"""Words of mishaps: who is killed in one is not killed by somebody."""

_WEAK = 0.65
_DIRECT = 5
_NOT_DIRECT = (PREPOSITIONS - {"of"}) | {"that", "there", ","}
_OF_FORCE = frozenset((Plover.ASSAULT, Plover.COERCE, Plover.MOBILIZE, Plover.PROTEST, Plover.RETREAT, Plover.SANCTION))
_STANDS = frozenset((Plover.ACCUSE, Plover.AGREE, Plover.REJECT, Plover.REQUEST, Plover.THREATEN))
"""Words of a state, a body or an office-holder: deeds even if nobody is named for them, as in ``Peru condemned it``."""

_OPENERS = DETERMINERS | frozenset("him her them us it me those these both all more that to".split())
_NO_OBJECT = PREPOSITIONS | SUBORDINATORS | WEEKDAYS
_CROWDED = "141"
"""Code of a crowd in the street: who demonstrates there has no object."""

_NO_DEED = {"plead": ("guilty", "innocent"), "thank": ("to",), "back": ("away", "off", "out", "up")}
"""What a verb is no deed before: ``pleaded guilty``, ``thanks to the rain``, ``backed off``."""

_SELVES = frozenset("myself yourself himself herself itself ourselves themselves".split())
_STANDARDS = frozenset(
    "criteria deadline deadlines expectation expectations goal goals guideline guidelines need needs requirement "
    "requirements standard standards".split()
)
_VOTES = frozenset("percent percentage points votes %".split())
_CLAUSE_SUBJECTS = frozenset("i he she they we".split())
_WORDS_ONLY = frozenset("say comment answer discuss reveal rule".split())


def is_verb(scene: Scene, group: VerbGroup, own: Piece | None) -> bool:
    """Tell whether a form is a verb where it stands, and no auxiliary: many are nouns or adjectives as well."""
    return _is_whole(scene.words, group) and _is_finite(scene, group, own)


def _is_finite(scene: Scene, group: VerbGroup, own: Piece | None) -> bool:
    words, head = scene.words, scene.words[group.head]
    if any(w.lower in AUXILIARIES | {"to", "’s"} for w in words[group.first : group.head]):
        return True
    if head.is_name and scene.passage.field is not FieldName.TITLE:
        return False
    if group.form in (Form.ING, Form.PARTICIPLE):
        return True
    before = words[group.first - 1] if group.first else None
    if own is None:
        return before is not None and before.lower in (",", "and", "then", "but") and group.form is Form.PAST
    if group.form is Form.PAST:
        return before is not None and (before.is_name or not before.lower.endswith("ing"))
    return _opens_object(words, group.head + 1) or (before is not None and _is_subject_end(scene, before))


def _is_whole(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether a form is what it seems: no auxiliary, no noun before its clause (``the shot I had``)."""
    if group.lemma == "have":
        return not _is_auxiliary(words, group.head)
    if group.lemma == "allege" and group.first == group.head:
        return _opens_object(words, group.head + 1)
    if _has_other_sense(words, group) or _is_order(words, group):
        return False
    after = words[group.head + 1].lower if group.head + 1 < len(words) else ""
    if after in _SELVES or after in _NO_DEED.get(group.lemma, ()):
        return False
    return after not in _CLAUSE_SUBJECTS or is_speech(group.lemma)


def _has_other_sense(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether the words about a verb give it another sense: a price that is charged, what is called something."""
    at = group.head + 1
    if group.lemma == "meet":
        return any(w.lower in _STANDARDS for w in words[at : at + 8])
    if group.lemma == "charge":
        return any(w.text in "$£€" or w.text[0].isdigit() for w in words[at : at + 5])
    if group.lemma == "beat":
        return any(w.lower in _VOTES for w in words[at : at + 8])
    return group.lemma == "call" and any(w.lower == "what" for w in words[max(0, group.first - 3) : group.first])


def _is_order(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether a reader is told what not to do: ``so don’t let it down``."""
    if words[group.first].lower != "do":
        return False
    return group.first == 0 or not words[group.first - 1].is_word or words[group.first - 1].lower in ("so", "please")


def _is_bare(words: Sequence[Word], at: int) -> bool:
    """Tell whether no object follows a verb: only a mark, a preposition, an adverb or another clause."""
    if at >= len(words) or not words[at].is_word or is_adverb(words[at]):
        return True
    return words[at].lower in _NO_OBJECT


def _are_several(words: Sequence[Word], subject: Piece | None) -> bool:
    return subject is not None and words[subject[1] - 1].lower.endswith("s")


def _is_writer(words: Sequence[Word], subject: Piece) -> bool:
    return subject[1] - subject[0] == 1 and words[subject[0]].lower in ("i", "we", "you")


def _is_auxiliary(words: Sequence[Word], at: int) -> bool:
    """Tell whether a participle follows: ``has strongly condemned``."""
    after = next((w.lower for w in words[at + 1 : at + 4] if not is_adverb(w)), "")
    return after.endswith("ed")


def _opens_object(words: Sequence[Word], at: int) -> bool:
    after = words[at] if at < len(words) else None
    return after is not None and (after.lower in _OPENERS or after.is_name or after.text[0].isdigit())


def _is_subject_end(scene: Scene, word: Word) -> bool:
    """Tell whether a word is a pronoun or ends the name of a state, a body or a person."""
    if word.lower in PRONOUNS | RELATIVES:
        return True
    found = scene.named.within(Span(scene.sentence.start, word.end))
    ends = [m for m in found if m.place.end == word.end and m.kind is not MentionKind.DEMONYM and not m.is_nested]
    return any(m.entity_id in scene.politic for m in ends)


def holds(scene: Scene, act: Act, deed: Deed) -> bool:
    """Tell whether a deed is told well enough: weak frames need both sides, and a mishap is nobody's assault."""
    if not _fits(scene, act, deed) or not _has_sides(scene, act, deed):
        return False
    if act.frame.cameo == _CROWDED and not act.frame.objects and not _is_bare(scene.words, act.last):
        return False  # demonstrated its strength, rallied voters
    if not deed.actors and act.mood.subject is not None and _is_writer(scene.words, act.mood.subject):
        return deed.is_plain and scene.is_on_politics  # we call on all parties; not: I searched, we attacked
    if act.group.lemma in ("meet", "attack") and not deed.targets and len(deed.actors) == 1:
        return False  # met the standards, attacked the plan
    is_of_nobody = not deed.actors or act.group.form is Form.ING  # suffered a crash, killing all aboard
    mishap = act.frame.plover in (Plover.ASSAULT, Plover.COERCE) and is_of_nobody
    return not (mishap and _is_mishap(scene, deed))


def _is_mishap(scene: Scene, deed: Deed) -> bool:
    found = _MISHAP.finditer(scene.passage.text, scene.sentence.start, scene.sentence.end)
    return any(not deed.trigger.contains(Span(*m.span())) for m in found)  # set fire to: that is the deed itself


def _fits(scene: Scene, act: Act, deed: Deed) -> bool:
    """Tell whether the frame's demands on its sides are met."""
    if act.frame.is_direct and not _is_direct(scene, act, deed.targets):
        return False
    if act.group.lemma in ("refuse", "decline") and _refuses_words(scene.words, act):
        return False
    if act.frame.needs_person and not _has_person(deed.targets):
        return False
    return bool(deed.actors or deed.targets) or deed.by_body or _is_alone(act, deed)


def _is_alone(act: Act, deed: Deed) -> bool:
    """Tell whether a deed says enough with its place alone: a protest, or what was done to somebody."""
    return deed.plover is Plover.PROTEST or act.group.is_passive or bool(act.frame.objects or act.frame.subjects)


def _has_sides(scene: Scene, act: Act, deed: Deed) -> bool:
    """Tell whether enough of both sides is known: a frame of words without an object of its own wants both."""
    sides = bool(deed.actors and deed.targets) or (act.frame.both and len(deed.actors) > 1)
    if act.frame.weight < _WEAK or act.frame.is_via:
        several = act.frame.is_via and deed.by_body and _are_several(scene.words, act.mood.subject)
        return several or (sides and scene.is_politic(deed.targets))
    if deed.plover is Plover.PROTEST and not act.frame.objects and are_people(deed.actors):
        return bool(deed.targets)  # a politician who rallies voters
    if act.frame.objects or act.frame.subjects:
        return True
    if deed.plover in _OF_FORCE:
        return bool(deed.targets) or deed.plover is not Plover.MOBILIZE  # deploys a new service
    if deed.by_body:
        return True
    is_own = scene.is_politic(deed.actors) or (act.group.is_passive and scene.is_politic(deed.targets))
    is_stand = deed.plover in _STANDS and bool(deed.actors) and not deed.targets
    is_done_to = scene.is_on_politics and scene.is_politic(deed.targets)
    return sides or is_own or is_done_to or (is_stand and scene.is_on_politics)


def are_people(mentions: Sequence[Mention]) -> bool:
    """Tell whether only persons are mentioned."""
    return bool(mentions) and all(m.type is EntityType.PERSON for m in mentions)


def _is_direct(scene: Scene, act: Act, targets: Sequence[Mention]) -> bool:
    """Tell whether a target stands right after the verb: ``warned Peru``, not ``warned that Peru``."""
    between = scene.words[act.last : act.last + _DIRECT]
    span = Span(between[0].start, between[-1].end) if between else None
    if span is None or not targets or targets[0].place.start >= span.end:
        return False
    lead = [w for w in between if w.end <= targets[0].place.start]
    return all(w.lower not in _NOT_DIRECT and not is_adverb(w) for w in lead)


def _refuses_words(words: Sequence[Word], act: Act) -> bool:
    return any(w.lower in _WORDS_ONLY for w in words[act.group.head + 1 : act.group.head + 3])


def _has_person(mentions: Sequence[Mention]) -> bool:
    return any(m.type is EntityType.PERSON for m in mentions)
